import { type Clock, systemClock } from '../domain/clock.ts';
import { instantOf, millisecondsOf } from '../domain/time.ts';
import type { Store } from '../store/store.ts';

/** The clock by which a database is worked on, and how to set it by that database again. */
export interface DatabaseClock extends Clock {
  align(): Promise<void>;
  /** How far it may be from the clock of the database by now, in milliseconds. */
  error(): number;
}

/** How often the database is asked in one look: the answer that came soonest says it best. */
const QUESTIONS = 4;

/** What two steady clocks may drift apart, in milliseconds a millisecond: as fast as a server lets its own be slewed. */
const DRIFT = 0.000_5;

/** A moment of the database and the moment here that it belongs to, which lies within `error` of it. */
interface Look {
  at: number;
  steady: number;
  error: number;
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
  const nothing = { align: () => Promise.resolve(), error: () => 0 };
  if (!isShared) return { now: () => clock.now(), ...nothing };
  let theirs: Look | null = null;
  const errorOf = ({ error, ...look }: Look) => error + (steady() - look.steady) * DRIFT;
  const nowBy = (look: Look) => look.at + steady() - look.steady;

  async function look(): Promise<void> {
    const asked = steady();
    const now = await maintenance.now();
    if (now === null) return;
    // It looked somewhere between question and answer.
    const error = (steady() - asked) / 2;
    const seen = { at: millisecondsOf(now), steady: asked + error, error };
    if (theirs === null || error < errorOf(theirs) || contradicts(seen, theirs)) theirs = seen;
  }

  /** Another server took the place of the one before, or its clock was set. */
  function contradicts(seen: Look, before: Look): boolean {
    return Math.abs(nowBy(seen) - nowBy(before)) > errorOf(seen) + errorOf(before);
  }

  async function align(): Promise<void> {
    for (let question = 0; question < QUESTIONS; question += 1) await look();
  }
  await align();
  return {
    align,
    error: () => (theirs === null ? 0 : Math.ceil(errorOf(theirs))),
    now: () => (theirs === null ? clock.now() : instantOf(Math.round(nowBy(theirs)))),
  };
}
