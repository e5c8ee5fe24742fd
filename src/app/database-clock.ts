import { type Clock, systemClock } from '../domain/clock.ts';
import { instantOf, millisecondsOf } from '../domain/time.ts';
import type { Store } from '../store/store.ts';

/** The clock by which a database is worked on, and how to set it by that database again. */
export interface DatabaseClock extends Clock {
  align(): Promise<void>;
}

/**
 * Where machines share a database, they go by its clock: a lease that one of them takes must not have run out by the
 * clock of another. Between two looks at it time passes steadily, whatever the clock of this machine is set to.
 * A database of this machine goes by the clock of this machine.
 */
export async function databaseClock(
  { isShared, maintenance }: Pick<Store, 'isShared' | 'maintenance'>,
  clock: Clock = systemClock,
  steady: () => number = () => performance.now(),
): Promise<DatabaseClock> {
  if (!isShared) return { now: () => clock.now(), align: () => Promise.resolve() };
  let theirs = { at: millisecondsOf(clock.now()), steady: steady() };
  async function align(): Promise<void> {
    const asked = steady();
    const now = await maintenance.now();
    // It looked somewhere between question and answer.
    if (now !== null) theirs = { at: millisecondsOf(now), steady: (asked + steady()) / 2 };
  }
  await align();
  return { align, now: () => instantOf(Math.round(theirs.at + steady() - theirs.steady)) };
}
