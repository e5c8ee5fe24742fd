import type { Facet } from '../../../domain/facet.ts';
import { DAY, dayOf, type Interval, plus } from '../../../domain/time.ts';
import type { CueMatch } from '../cues/lexicon.ts';
import type { Clause } from '../document/clause.ts';
import { datesWithin, type TextAnalysis } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';

/** Facets that tell of something that happened, or will, on a day. */
const EVENTS = new Set([
  'announced',
  'released',
  'product_available',
  'api_listed',
  'retired',
  'deprecated',
  'date',
  'limited_test',
]);

/** When what a clause asserts happened, or takes effect: a date in it, or "yesterday". */
export function eventOf(
  analysis: TextAnalysis,
  cueMatch: CueMatch,
  clause: Clause,
  { facet }: { facet: Facet },
): Interval | null {
  if (!EVENTS.has(facet)) return null;
  const dates = datesWithin(analysis, clause).filter(
    ({ start }) => !isAsOf(analysis, clause.sentence, start),
  );
  const nearest = dates.reduce<(typeof dates)[number] | null>(
    (best, date) =>
      best === null || distance(date, cueMatch) < distance(best, cueMatch) ? date : best,
    null,
  );
  return nearest?.interval ?? relativeDay(analysis, clause);
}

function distance(a: Range, b: Range): number {
  return Math.max(a.start - b.end, b.start - a.end, 0);
}

function relativeDay(analysis: TextAnalysis, { start, end }: Range): Interval | null {
  const text = analysis.folded.slice(start, end);
  const back = /\b(?:yesterday|gestern|ayer|ontem|hier)\b|昨天|昨日|어제/.test(text) ? 1 : 0;
  const isToday = analysis.lists['event-time.relative-day'].test(text);
  if (back === 0 && !isToday) return null;
  const day = dayOf(plus(analysis.today, -back * DAY));
  return { from: day, to: null, precision: 'day' };
}

function isAsOf(analysis: TextAnalysis, sentence: Range, dateStart: number): boolean {
  return analysis.lists['event-time.as-of'].test(
    analysis.folded.slice(Math.max(sentence.start, dateStart - 40), dateStart),
  );
}

/** What moment a sentence speaks of, by its own words; null when it says nothing. */
export function spokenOf(analysis: TextAnalysis, { sentence }: Clause): Interval | null {
  const date = datesWithin(analysis, sentence).find(({ start }) =>
    isAsOf(analysis, sentence, start),
  );
  return date?.interval ?? null;
}
