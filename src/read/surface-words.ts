import { listWords, priceWords } from '../core/stories/sentences.ts';
import { primaryState } from '../core/verdict/primary-state.ts';
import type { Policy } from '../domain/policy.ts';
import type { Instant } from '../domain/time.ts';
import type { ChannelState, Verdict } from '../domain/verdict.ts';
import type { Answer } from './known.ts';
import type { GlanceView, SurfaceView } from './surface-view.ts';

/** How a moment is written where the words will stand. */
type Written = (at: Instant) => string;

/** What can be said of a place nobody reports: "never looked" and "read in May" are not "no". */
export function unsaidWords(
  { status, checked, readAt }: Pick<SurfaceView, 'status' | 'checked' | 'readAt'>,
  written: Written,
): string {
  if (status === 'denied') return 'denied';
  if (checked.mandatory === 0) return 'not said';
  if (checked.state === 'silent') return 'no';
  if (checked.state === 'names_it') return 'named, no more';
  if (readAt === null) return checked.state === 'never' ? 'never looked' : 'cannot say, never read';
  return `cannot say, last read ${written(readAt)}`;
}

/** One place in words: `confirmed since 21 Apr 2026`, `on 12 May 2026`, `never looked`. */
export function surfaceSentence(surface: SurfaceView, written: Written, day: Written): string {
  const { level, status, since, value } = surface;
  if (level === 'unknown') return unsaidWords(surface, written);
  if (surface.surface === 'retired' && level === 'confirmed' && value !== null) {
    if (status === 'due') return `was set for ${day(value)}; not seen gone since`;
    return `${status === 'in_effect' ? 'since' : 'on'} ${day(value)}`;
  }
  const from = since === null ? '' : sinceWords(surface, written(since));
  const said = [
    ...(value === null ? [] : [valueWords(surface.surface, value)]),
    ...daysWords(surface, day),
  ].join('; ');
  return `${level}${PLAIN.has(status) ? '' : `, ${words(status)}`}${from}${listWordsOf(surface, day)}${said === '' ? '' : `: ${said}`}`;
}

/** What was there when its source was first read may have been there for years. */
export function sinceWords({ isFirstSight }: SurfaceView, since: string): string {
  return isFirstSight ? ` at the first look, ${since}` : ` since ${since}`;
}

/** What is said beside a level of its day: by whom it is given, and what a list says of its row. */
export function besideWords(surface: SurfaceView, day: Written): string {
  return [listWordsOf(surface, day).replace(/^, /, ''), ...daysWords(surface, day)]
    .filter((words) => words !== '')
    .join('; ');
}

function listWordsOf({ listedAs }: SurfaceView, day: Written): string {
  return listedAs === null ? '' : `, by the list alone, which says it was made on ${day(listedAs)}`;
}

/** Days that are given for it: the one that counts, then who says otherwise. */
function daysWords({ days }: SurfaceView, day: Written): readonly string[] {
  const [first, ...others] = days;
  if (first === undefined) return [];
  const isPlain = first.isVendors && others.length === 0;
  return [
    `on ${dayOrPart(first.day, day)}${isPlain ? '' : ` by ${listWords(first.by, 3)}`}`,
    ...others.map(
      ({ by, day: other }) =>
        `${listWords(by, 3)} ${by.length === 1 ? 'says' : 'say'} ${dayOrPart(other, day)}`,
    ),
  ];
}

/** A month or a year that is given for a day stays as it is. */
function dayOrPart(given: string, day: Written): string {
  return given.length === 10 ? day(given) : given;
}

/** Prices as people say them, each once; pages of one vendor give them in different forms. */
function valueWords(surface: string, value: string): string {
  if (surface !== 'priced') return value;
  const prices = [...new Set(value.split('; ').map(priceWords))];
  const rest = prices.length - MOST_PRICES;
  return rest > 0
    ? `${prices.slice(0, MOST_PRICES).join('; ')}; and ${rest} more`
    : prices.join('; ');
}

const MOST_PRICES = 2;

/** Statuses that add nothing to their level. */
const PLAIN = new Set(['current', 'in_effect', 'withdrawn', 'contradicted', 'never_reported']);

/** When the vendor's pages were last read, and which could not be, or not recently enough to count. */
export function readingSentence(
  { vendorName, readAt, isFresh, unread }: GlanceView,
  written: Written,
): string {
  const head =
    readAt === null
      ? `${vendorName}'s pages were never read.`
      : `${vendorName}'s pages were last read on ${written(readAt)}${isFresh ? '' : ', too long ago to count'}.`;
  const missing = UNREAD.flatMap(([state, what]) => {
    const kinds = unread
      .filter((one) => one.state === state)
      .map(({ kind, at }) => words(kind) + (state === 'stale' && at ? ` (${written(at)})` : ''));
    // Of pages that were never read nothing more is to be said than which of them were tried.
    const isTold = kinds.length === 0 || (state === 'never' && readAt === null);
    const head = state === 'unreachable' && readAt === null ? 'Tried in vain' : what;
    return isTold ? [] : [`${head}: ${listWords(kinds, 5)}.`];
  });
  return [head, ...missing].join(' ');
}

const UNREAD: readonly (readonly [state: GlanceView['unread'][number]['state'], what: string])[] = [
  ['unreachable', 'Could not be read'],
  ['control_failed', 'Read in part'],
  ['stale', 'Not read recently'],
  ['never', 'Never looked at'],
];

function words(name: string): string {
  return name.replaceAll(/[_-]/g, ' ');
}

/**
 * The channels that have to state a claim, judged by when they were last read, at the moment of asking. A claim that
 * stands says of its channel that it states it, and hides that the page has not been read since.
 */
export function channelsRead(
  { subject, checks }: Pick<Answer, 'subject' | 'checks'>,
  { claim, asOf, primary }: Verdict,
  policy: Policy,
): readonly ChannelState[] {
  const question = { claim, subject, checks, at: asOf, policy, statedBy: new Set<never>() };
  const readings = new Map(primaryState(question).channels.map((one) => [one.kind, one]));
  return primary.channels.map((channel) => {
    const reading = readings.get(channel.kind);
    const isOld = reading?.state === 'stale' || reading?.state === 'unreachable';
    return channel.state === 'present' && isOld ? reading : channel;
  });
}
