import type { Facet } from '../../../domain/facet.ts';
import { DAY, dayOf, type Interval, plus } from '../../../domain/time.ts';
import type { Hit } from '../cues/lexicon.ts';
import type { Clause } from '../document/clause.ts';
import { datesWithin, type Scene } from '../document/document.ts';
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
  scene: Scene,
  hit: Hit,
  clause: Clause,
  { facet }: { facet: Facet },
): Interval | null {
  if (!EVENTS.has(facet)) return null;
  const dates = datesWithin(scene, clause).filter(
    ({ start }) => !isAsOf(scene, clause.sentence, start),
  );
  const nearest = dates.reduce<(typeof dates)[number] | null>(
    (best, date) => (best === null || distance(date, hit) < distance(best, hit) ? date : best),
    null,
  );
  return nearest?.interval ?? relativeDay(scene, clause);
}

function distance(a: Range, b: Range): number {
  return Math.max(a.start - b.end, b.start - a.end, 0);
}

function relativeDay(scene: Scene, { start, end }: Range): Interval | null {
  const text = scene.folded.slice(start, end);
  const back = /\b(?:yesterday|gestern|ayer|ontem|hier)\b|昨天|昨日|어제/.test(text) ? 1 : 0;
  const isToday =
    /\b(?:today|this morning|tonight|earlier today|heute|hoy|hoje|aujourd'hui)\b|今天|今日|本日|오늘/.test(
      text,
    );
  if (back === 0 && !isToday) return null;
  const day = dayOf(plus(scene.today, -back * DAY));
  return { from: day, to: null, precision: 'day' };
}

/** "As of mid-April 2026", "up to this point in April": the words before a date that say what moment is spoken of. */
const AS_OF =
  /(?:as of|as at|up to (?:this point in|now in)?|up until|until|by|measured (?:at|in|on)|at this point in|so far in|stand(?:ing)?:?|today,?|now,? in|through|still in|checked|to date in|stand|截至|截止|時点で|現在で)\s*(?:the )?(?:\S+ ){0,2}?$/;

function isAsOf(scene: Scene, sentence: Range, dateStart: number): boolean {
  return AS_OF.test(scene.folded.slice(Math.max(sentence.start, dateStart - 40), dateStart));
}

/** What moment a sentence speaks of, by its own words; null when it says nothing. */
export function spokenOf(scene: Scene, { sentence }: Clause): Interval | null {
  const date = datesWithin(scene, sentence).find(({ start }) => isAsOf(scene, sentence, start));
  return date?.interval ?? null;
}
