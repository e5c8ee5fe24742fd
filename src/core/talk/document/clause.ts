import type { Statement } from '../../../domain/evidence.ts';
import type { Facet } from '../../../domain/facet.ts';
import { DAY, dayOf, type Interval, plus } from '../../../domain/time.ts';
import type { Mention } from '../../names/mention.ts';
import type { Range } from '../../text/characters.ts';
import type { CueMatch } from '../cues/lexicon.ts';
import { datesWithin, shows, type TextAnalysis, textOf } from './document.ts';

/** What is said of a model. */
export type Claimed = Pick<Statement['claim'], 'facet' | 'qualifiers'>;

/** Whom a statement is about. */
export interface Argument {
  subject: string;
  /** Named only by an alias nobody had verified. */
  aliasClaimed: boolean;
  /** Where it is named; absent where something else stands for it. */
  named?: readonly [number, number];
}

/** What the sentences before have named. */
export interface Memory {
  /** The model the sentence before was about, and those it took it over from. */
  model: Mention | null;
  /** The last codename named in this section. */
  codename: Mention | null;
  /** The model the heading above names. */
  section: Mention | null;
  /** The models the sentence before named side by side. */
  several: readonly Mention[];
  /** What was named last is a model of somebody else's: a pronoun may mean that. */
  isRival: boolean;
  /** The heading above, or the words before a list, say that what is listed ends. */
  isListOfEnds: boolean;
}

export const NOTHING_NAMED: Memory = {
  ...{ model: null, codename: null, section: null },
  several: [],
  isRival: false,
  isListOfEnds: false,
};

/** A clause in its place. */
export interface Clause extends Range {
  sentence: Range;
  memory: Memory;
}

/** A sentence up to this long is quoted whole: a reader sees what was around the words. */
const LONGEST_SENTENCE = 260;
const LONGEST_QUOTE = 380;

/** The words a statement rests on, verbatim, with their place in the item's text. */
export function quoteOf(
  analysis: TextAnalysis,
  { start, end, sentence }: Clause,
): { quote: string; span: readonly [number, number] } {
  const whole = wholeOf(analysis, { start, end }, sentence);
  return quoteRange(analysis, whole.end - whole.start <= LONGEST_SENTENCE ? whole : { start, end });
}

/** The sentence, or the part of it between semicolons: each of those is a sentence of its own. */
function wholeOf(analysis: TextAnalysis, clause: Range, sentence: Range): Range {
  const before = analysis.folded.slice(sentence.start, clause.start).lastIndexOf('; ');
  const behind = analysis.folded.slice(clause.end, sentence.end).indexOf('; ');
  return {
    start: before < 0 ? sentence.start : sentence.start + before + 2,
    end: behind < 0 ? sentence.end : clause.end + behind,
  };
}

export function quoteRange(
  analysis: TextAnalysis,
  { start, end }: Range,
): { quote: string; span: readonly [number, number] } {
  const last = Math.min(end, start + LONGEST_QUOTE);
  return { quote: analysis.item.text.slice(start, last), span: [start, last] };
}

/** A statement of one claim about a subject; what is not given is not told. */
export function statementOf(
  { subject, aliasClaimed }: Argument,
  { facet, qualifiers }: Claimed,
  said: Pick<Statement, 'polarity' | 'force' | 'evidentiality' | 'quote' | 'span' | 'rule'> &
    Partial<Statement>,
): Statement {
  const untold = { effective: null, validTime: null, relays: null, silenceOf: null };
  const claim = { subject, facet, qualifiers, value: null };
  return { claim, ...untold, aliasClaimed, ...said };
}

/** Facets that tell of something that happened, or will, on a day. */
const EVENTS = new Set<Facet>([
  ...(['announced', 'released', 'product_available', 'api_listed'] as const),
  ...(['retired', 'deprecated', 'date', 'limited_test'] as const),
]);

/** When what a clause asserts happened, or takes effect: a date in it, or "yesterday". */
export function eventOf(
  analysis: TextAnalysis,
  cueMatch: CueMatch,
  clause: Clause,
  facet: Facet,
): Interval | null {
  if (!EVENTS.has(facet)) return null;
  const dates = datesWithin(analysis, clause).filter(
    ({ start }) => !isAsOf(analysis, clause.sentence, start),
  );
  const [nearest] = dates.toSorted((a, b) => distance(a, cueMatch) - distance(b, cueMatch));
  return nearest?.interval ?? relativeDay(analysis, clause);
}

function distance(a: Range, b: Range): number {
  return Math.max(a.start - b.end, b.start - a.end, 0);
}

function relativeDay(analysis: TextAnalysis, clause: Range): Interval | null {
  const text = textOf(analysis, clause);
  const back = /\b(?:yesterday|gestern|ayer|ontem|hier)\b|昨天|昨日|어제/.test(text) ? 1 : 0;
  const isToday = analysis.lists['event-time.relative-day'].test(text);
  if (back === 0 && !isToday) return null;
  const day = dayOf(plus(analysis.today, -back * DAY));
  return { from: day, to: null, precision: 'day' };
}

function isAsOf(analysis: TextAnalysis, sentence: Range, dateStart: number): boolean {
  const before = { start: Math.max(sentence.start, dateStart - 40), end: dateStart };
  return shows(analysis, 'event-time.as-of', before);
}

/** What moment a sentence speaks of, by its own words; null when it says nothing. */
export function spokenOf(analysis: TextAnalysis, { sentence }: Clause): Interval | null {
  const date = datesWithin(analysis, sentence).find(({ start }) =>
    isAsOf(analysis, sentence, start),
  );
  return date?.interval ?? null;
}
