import type { Instant } from '../domain/time.ts';
import { claimWords } from './claim-words.ts';

/** A level that moved, or a step within it. */
interface Step {
  from: string;
  to: string;
  status: string;
}

/** `rumor to secondary`; where the level stays as it was, the step within it: `confirmed, in effect`. */
export function stepWords(
  { from, to, status }: Step,
  shown: (level: string) => string = String,
): string {
  const words = from === to ? `${shown(to)}, ${status}` : `${from} to ${shown(to)}`;
  return words.replaceAll('_', ' ');
}

/** What moved and how: `a price of …: rumor to confirmed`. */
export function moveWords(
  move: Step & { facet: string },
  shown?: (level: string) => string,
): string {
  return `${claimWords(move.facet).replace(/^at /, 'a price of ')}: ${stepWords(move, shown)}`;
}

/** When what waits is told; once that has passed, since when somebody should have been. */
export function waitWords(
  dueAt: Instant | null,
  now: Instant,
  shown: (moment: Instant) => string,
): string {
  if (dueAt === null) return 'waits to be told';
  return dueAt < now
    ? `waits to be sent, and should have been at ${shown(dueAt)}`
    : `is told at ${shown(dueAt)}`;
}
