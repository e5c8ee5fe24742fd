import type { Qualifiers } from '../../../domain/claim.ts';
import type { Polarity } from '../../../domain/evidence.ts';
import type { Facet } from '../../../domain/facet.ts';

/** What a label and its value say: "Status: deprecated", a cell under "In the API". */
export interface LabelledFact {
  facet: Facet;
  qualifiers: Qualifiers;
  polarity: Polarity;
}

const NO =
  /^\W*(?:no|none|not|never|unknown|tbc|tba|tbd|coming soon|soon|unreleased|unavailable|absent|missing|pending|false|nothing|private|unannounced|unconfirmed|undocumented|cancelled|canceled|rumou?red|n\/a|✗|✘|❌|×)(?!\w)/;
const YES =
  /^\W*(?:yes|live|available|released|launched|open|out|shipped|generally available|ga|announced|true|public|active|current|stable|everyone|all (?:plans|users|tiers)|paid plans|✓|✔|✅)(?!\w)/;
const OPEN =
  /\b(?:expected|planned|rumou?red|estimated?|likely|probably|may|might|could|speculat\w+|projected|predicted|\?)\b|\?/;
const AMOUNT = /[$€£]\s?\d/;

type Reading = (value: string, isPastDate: boolean, isDate: boolean) => LabelledFact | null;

function fact(
  facet: Facet,
  polarity: Polarity = 'support',
  qualifiers: Qualifiers = {},
): LabelledFact {
  return { facet, qualifiers, polarity };
}

function yesOrNo(facet: Facet, qualifiers: Qualifiers = {}): Reading {
  return (value, isPastDate) => {
    if (NO.test(value)) return fact(facet, 'deny', qualifiers);
    return YES.test(value) || isPastDate ? fact(facet, 'support', qualifiers) : null;
  };
}

function status(value: string): LabelledFact | null {
  if (/^\W*(?:deprecated|legacy and deprecated|marked deprecated)/.test(value))
    return fact('deprecated');
  if (/^\W*(?:retired|shut ?down|discontinued|removed|sunset|offline|end of life|eol)/.test(value))
    return fact('retired');
  if (
    /^\W*(?:(?:limited|research|private|public|closed|in)? ?(?:preview|beta|testing|alpha)|in testing)/.test(
      value,
    )
  )
    return fact('limited_test');
  if (NO.test(value) || /^\W*(?:in development|in training|upcoming)/.test(value))
    return /^\W*n\/a/.test(value) ? null : fact('released', 'deny');
  return YES.test(value) ? fact('released') : null;
}

function releaseDay(value: string, isPastDate: boolean): LabelledFact | null {
  if (isPastDate) return fact('released');
  return NO.test(value) && !/^\W*n\/a/.test(value) ? fact('date', 'deny') : null;
}

/** "Released: not yet", "Launched: April 23" */
function releasedOrNot(value: string, isPastDate: boolean): LabelledFact | null {
  if (isPastDate || YES.test(value)) return fact('released');
  return /^\W*(?:no|not|never|unreleased|unavailable)\b/.test(value)
    ? fact('released', 'deny')
    : null;
}

const LABELS: readonly (readonly [RegExp, Reading])[] = [
  [
    /\b(?:shut-?down|retire(?:ment|d|s)?|end of life|eol|sunset|removal|removed)\b/,
    (_value, _past, isDate) => (isDate ? fact('retired') : null),
  ],
  [
    /\bdeprecat(?:ed|ion)\b/,
    (value, _past, isDate) => (isDate || YES.test(value) ? fact('deprecated') : null),
  ],
  [/\b(?:release|launch)(?: date)?\b|\bgeneral availability\b/, releaseDay],
  [/\b(?:released|launched|shipped)\b/, releasedOrNot],
  [/\b(?:status|lifecycle|state|stage)\b/, status],
  [/\b(?:announce(?:d|ment)|official word)\b/, yesOrNo('announced')],
  [/\b(?:model ids?|api ids?|model strings?|api names?)\b/, () => null],
  [/\bcodex\b/, yesOrNo('product_available', { surface: 'codex' })],
  [/\bchatgpt\b/, yesOrNo('product_available', { surface: 'chatgpt' })],
  [/\b(?:docs|documentation|documented|model page|changelog)\b/, yesOrNo('documented')],
  [/\b(?:apis?|api access|endpoints?)\b/, yesOrNo('api_listed')],
  [/\b(?:availab\w+|access|usable|public)\b/, yesOrNo('product_available')],
];

/** What a value says under its label; null where it says nothing certain. Both folded. */
export function labelledFact(
  label: string,
  value: string,
  isPastDate: boolean,
  isDate: boolean,
): LabelledFact | null {
  if (OPEN.test(value) || OPEN.test(label)) return null;
  if (AMOUNT.test(value)) return isUnitPrice(label, value) ? fact('priced') : null;
  const [, reading] = LABELS.find(([words]) => words.test(label)) ?? [];
  return reading?.(value, isPastDate, isDate) ?? null;
}

/** A price of use, and none of a subscription. */
function isUnitPrice(label: string, value: string): boolean {
  const words = `${label} ${value}`;
  return (
    /\b(?:price|prices|pricing|costs?|input|output|per image|tokens?)\b/.test(label) &&
    !/\b(?:month|year|seat|plan|subscription)\b|\/mo\b/.test(words)
  );
}

const EVENTS: readonly (readonly [RegExp, Facet])[] = [
  [
    /\b(?:end of (?:support|life)|shut-?down|retired|removed|switched off|taken offline|cannot be reached)\b/,
    'retired',
  ],
  [/\bdeprecat(?:ed|ion)\b/, 'deprecated'],
  [
    /\b(?:(?:limited|research|private|closed|early) (?:\w+ )?(?:preview|beta|access)|red[- ]team\w*)\b/,
    'limited_test',
  ],
  [/\b(?:announced|unveiled|announcement|introduced|presented|revealed)\b/, 'announced'],
  [
    /\b(?:launch(?:ed)?|release[ds]?|roll-?out|rolled out|general availability|generally available|goes live|went live|debut)\b/,
    'released',
  ],
];

/** What a line of a timeline says happened on its day; null where it tells of a plan, a rumor or nothing. */
export function timelineFact(text: string): Facet | null {
  if (
    OPEN.test(text) ||
    /\b(?:no|not|never|without|will|delay\w*|leak\w*|reports?|claims?)\b/.test(text)
  )
    return null;
  return EVENTS.find(([words]) => words.test(text))?.[1] ?? null;
}
