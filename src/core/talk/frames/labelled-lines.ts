import type { Qualifiers } from '../../../domain/claim.ts';
import type { Polarity } from '../../../domain/evidence.ts';
import type { Facet } from '../../../domain/facet.ts';
import type { WordListName } from '../../../domain/word-lists.ts';
import type { Claimed } from '../document/clause.ts';
import type { WordLists } from '../syntax/word-classes.ts';

/** What a label and its value say: "Status: deprecated", a cell under "In the API". */
export interface LabelledFact extends Claimed {
  polarity: Polarity;
}

const AMOUNT = /[$€£]\s?\d/;

/** A label and its value, folded, vendors' words as what they stand for. */
export interface LabelledLine {
  label: string;
  value: string;
  /** The value is a day, and it is past. */
  isPastDate: boolean;
  isDate: boolean;
  /** The product that the label names. */
  surface: string | null;
  lists: WordLists;
}

type Reading = (line: LabelledLine) => LabelledFact | null;

function fact(
  facet: Facet,
  polarity: Polarity = 'support',
  qualifiers: Qualifiers = {},
): LabelledFact {
  return { facet, qualifiers, polarity };
}

/** "ChatGPT: yes" */
function yesOrNo(facet: Facet): Reading {
  return ({ value, isPastDate, surface, lists }) => {
    const ofSurface = facet === 'product_available' && surface !== null ? { surface } : {};
    if (lists['labelled-lines.no'].test(value)) return fact(facet, 'deny', ofSurface);
    const holds = isPastDate || lists['labelled-lines.yes'].test(value);
    return holds ? fact(facet, 'support', ofSurface) : null;
  };
}

function status({ value, lists }: LabelledLine): LabelledFact | null {
  if (/^\W*(?:deprecated|legacy and deprecated|marked deprecated)/.test(value))
    return fact('deprecated');
  if (lists['labelled-lines.status-retired'].test(value)) return fact('retired');
  if (lists['labelled-lines.status-limited'].test(value)) return fact('limited_test');
  if (
    lists['labelled-lines.no'].test(value) ||
    /^\W*(?:in development|in training|upcoming)/.test(value)
  )
    return /^\W*n\/a/.test(value) ? null : fact('released', 'deny');
  return lists['labelled-lines.yes'].test(value) ? fact('released') : null;
}

function releaseDay({ value, isPastDate, lists }: LabelledLine): LabelledFact | null {
  if (isPastDate) return fact('released');
  return lists['labelled-lines.no'].test(value) && !/^\W*n\/a/.test(value)
    ? fact('date', 'deny')
    : null;
}

/** "Availability: ChatGPT Plus and the API", "Platforms: Codex" */
function whereToGet(line: LabelledLine): LabelledFact | null {
  if (line.lists['labelled-lines.places'].test(line.value)) return fact('product_available');
  return yesOrNo('product_available')({ ...line, surface: null });
}

const LABELS: readonly (readonly [WordListName, Reading])[] = [
  ['labelled-lines.label-end', ({ isDate }) => (isDate ? fact('retired') : null)],
  [
    'labelled-lines.deprecated',
    ({ value, isDate, lists }) =>
      isDate || lists['labelled-lines.yes'].test(value) ? fact('deprecated') : null,
  ],
  ['labelled-lines.label-release-day', releaseDay],
  ['labelled-lines.label-status', status],
  ['labelled-lines.label-announced', yesOrNo('announced')],
  ['labelled-lines.label-id', () => null],
  ['labelled-lines.label-product', yesOrNo('product_available')],
  ['labelled-lines.label-documented', yesOrNo('documented')],
  ['labelled-lines.label-api', yesOrNo('api_listed')],
  ['labelled-lines.label-place', whereToGet],
];

/** What a value says under its label; null where it says nothing certain. */
export function labelledFact(line: LabelledLine): LabelledFact | null {
  const { label, value, lists } = line;
  if (lists['labelled-lines.open'].test(value) || lists['labelled-lines.open'].test(label))
    return null;
  if (AMOUNT.test(value)) return isUnitPrice(lists, label, value) ? fact('priced') : null;
  const [, reading] = LABELS.find(([name]) => lists[name].test(label)) ?? [];
  return reading?.(line) ?? null;
}

/** A price of use, and none of a subscription. */
function isUnitPrice(lists: WordLists, label: string, value: string): boolean {
  const words = `${label} ${value}`;
  return (
    lists['labelled-lines.prices'].test(label) &&
    !/\b(?:month|year|seat|plan|subscription)\b|\/mo\b/.test(words)
  );
}

const EVENTS: readonly (readonly [WordListName, Facet])[] = [
  ['labelled-lines.event-retired', 'retired'],
  ['labelled-lines.deprecated', 'deprecated'],
  ['labelled-lines.event-limited', 'limited_test'],
  ['labelled-lines.event-announced', 'announced'],
  ['labelled-lines.event-released', 'released'],
];

/** What a line of a timeline says happened on its day; null where it tells of a plan, a rumor or nothing. */
export function timelineFact(lists: WordLists, text: string): Facet | null {
  if (lists['labelled-lines.open'].test(text) || lists['labelled-lines.untold'].test(text))
    return null;
  return EVENTS.find(([name]) => lists[name].test(text))?.[1] ?? null;
}
