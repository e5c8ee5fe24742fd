import type { Mark } from '../../domain/evidence.ts';
import { dayOf, type Interval } from '../../domain/time.ts';
import { datesIn } from '../extract/dates-in-text.ts';
import type { Argument } from '../language/arguments.ts';
import type { Frame } from '../language/frame.ts';
import { foldText, type Range } from '../text/characters.ts';
import type { About } from './named-models.ts';
import type { FramedSentence, Reading } from './reading.ts';
import type { PrimaryStatement, Said } from './statement.ts';

type Grounds = Pick<Said, 'rule' | 'marks'>;

/** What a statement rests on: the rule of its frame, and the words of the predicate, the model and who does it. */
export function groundsOf(
  { mentions }: Pick<Reading, 'mentions'>,
  { rule, predicate, theme, agent }: Frame,
  subject: string | null = null,
): Grounds {
  const named = theme.names.filter(
    ({ mention }) => subject === null || mentions[mention]?.subject === subject,
  );
  const models = named.length === 0 ? [theme] : named;
  return {
    rule,
    marks: [
      ...models.map((range) => markOf('model', range)),
      markOf('predicate', predicate),
      ...(agent === null ? [] : [markOf('agent', agent)]),
    ].sort((a, b) => a.span[0] - b.span[0]),
  };
}

/** What a frame says of one of its models, apart from what it is. */
export function saidBy(
  reading: Pick<Reading, 'item' | 'mentions'>,
  { frame, sentence }: FramedSentence,
  { subject, claimed }: About,
): Omit<Said, 'facet'> {
  const grounds = groundsOf(reading, frame, subject);
  return { subject, aliasClaimed: claimed, span: quoteOf(reading, sentence), ...grounds };
}

/** What a name that stands alone rests on. */
export function namesOnly(rule: string, { names }: Argument): Grounds {
  return { rule, marks: names.map((range) => markOf('model', range)) };
}

function markOf(part: Mark['part'], { start, end }: Range): Mark {
  return { part, span: [start, end] };
}

/** A quote with all the items before the one it needs is read by nobody beyond this; the item alone is, then. */
const LONGEST_WITH_HEAD = 600;

/**
 * "The following models have been shut down:" says it of every item of the list below it: a quote of the head alone names no
 * model, so it goes on to the item that names the one the statement is of.
 */
export function withItems(
  reading: Pick<Reading, 'item' | 'mentions'>,
  statements: readonly PrimaryStatement[],
): readonly PrimaryStatement[] {
  return statements.map((statement) => {
    const span = spanWithItem(reading, statement);
    if (span === null) return statement;
    return { ...statement, span, quote: reading.item.text.slice(span[0], span[1]) };
  });
}

function spanWithItem(
  { item, mentions }: Pick<Reading, 'item' | 'mentions'>,
  { claim, span: [start, end] }: PrimaryStatement,
): readonly [number, number] | null {
  const named = mentions.filter(({ subject }) => subject === claim.subject);
  if (named.some(({ span }) => span[0] < end && span[1] > start)) return null;
  const below = named.find(({ span }) => span[0] >= end);
  const line = below === undefined ? null : itemAt(item, end, below.span[0]);
  if (line === null) return null;
  return line.end - start > LONGEST_WITH_HEAD ? [line.start, line.end] : [start, line.end];
}

/** The item of a list in which a place stands, as far as nothing but the list lies between it and what stands above. */
function itemAt({ document }: Reading['item'], above: number, place: number): Range | null {
  const between = (document?.blocks ?? []).filter(
    ({ start, end }) => end > above && start <= place && start >= above,
  );
  const last = between.at(-1);
  const isList = between.every(({ kind }) => kind === 'item');
  return isList && last !== undefined && place < last.end ? last : null;
}

/** Any day: what is read with it gives its year itself. */
const NO_DAY = '2000-01-01';

/** The days a text gives in full, year included, in order. */
export function fullDaysIn(text: string): readonly { start: number; day: Interval }[] {
  return datesIn(foldText(text), NO_DAY)
    .filter(({ hasYear, interval }) => hasYear && interval.precision === 'day')
    .map(({ start, interval }) => ({ start, day: interval }));
}

/** The place of a line or phrase in a text; null when it does not stand there. */
export function pieceAt(text: string, phrase: string, from = 0): Range | null {
  const start = phrase === '' ? -1 : text.indexOf(phrase, from);
  return start === -1 ? null : { start, end: start + phrase.length };
}

/** How far back, in characters, a day in full gives later ones their year. */
const FURTHEST = 2000;

/** The days a stretch gives; where it leaves the year out, that of the item's own day, or of the last full day before it. */
export function daysIn(reading: Pick<Reading, 'item'>, { start, end }: Range): readonly Interval[] {
  const { published, text } = reading.item;
  const before =
    published === null
      ? fullDaysIn(text.slice(Math.max(0, start - FURTHEST), start)).at(-1)?.day
      : published;
  const reference = before === undefined ? null : dayOf(before.from);
  const folded = foldText(text.slice(start, end));
  const dates = datesIn(folded, reference ?? NO_DAY);
  return dates
    .filter(
      ({ hasYear, interval }) => (hasYear || reference !== null) && interval.precision === 'day',
    )
    .filter((date) => {
      // "from May 12 to June 15": of what is moved, the later day counts.
      const next = dates.find((one) => one.start > date.end);
      return next === undefined || !/^,?\s+to\s+$/.test(folded.slice(date.end, next.start));
    })
    .map(({ interval }) => interval);
}

/** Where a statement's quote stands: the sentence without the sign that ends it. */
export function quoteOf(
  { item }: Pick<Reading, 'item'>,
  { start, end }: Range,
): readonly [number, number] {
  const bare = item.text.slice(start, end).replace(/[.!:;\s]+$/, '');
  return [start, start + bare.length];
}
