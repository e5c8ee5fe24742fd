import { listWords } from '../core/stories/sentences.ts';
import type { Instant } from '../domain/time.ts';
import type { GlanceView } from './glance-view.ts';
import type { SurfaceView } from './surface-view.ts';

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
    return `${status === 'in_effect' ? 'since' : 'on'} ${day(value)}`;
  }
  const from = since === null ? '' : ` since ${written(since)}`;
  return `${level}${PLAIN.has(status) ? '' : `, ${words(status)}`}${from}${value === null ? '' : `: ${value}`}`;
}

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
    const kinds = unread.filter((one) => one.state === state).map(({ kind }) => words(kind));
    // Of pages that were never read nothing more is to be said.
    const isTold = kinds.length === 0 || (state === 'never' && readAt === null);
    return isTold ? [] : [`${what}: ${listWords(kinds, 5)}.`];
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
