import { type Clock, systemClock } from '../domain/clock.ts';
import { HOUR, instantOf, MINUTE, millisecondsOf, SECOND } from '../domain/time.ts';
import type { Store } from '../store/store.ts';

/**
 * The clock of this machine as far as the hosts that are asked bear it out. What is stored under a time that has yet to
 * come would be hidden until then, and a clock may be set years ahead by mistake.
 */
export interface TrustedClock extends Clock {
  /**
   * Takes in what time an answer says it is. False for an answer whose host disagrees while no other has borne this
   * clock out: what it says is not to be stored under either time.
   */
  heard(host: string, headers: Readonly<Record<string, string>>): boolean;
}

/** Clocks that differ by less than this agree, in milliseconds: caches and slow answers count for as much. */
const TOLERANCE = 5 * MINUTE;
/** A clock that moves this much more or less than time passes was set, or the machine slept. */
const JUMP = 30 * SECOND;
const MOST_HOSTS = 32;
/** A clock that only one host contradicts is believed in the end: hosts are wrong, too. */
const MOST_REFUSALS = 3;

interface State {
  /** What is added to the clock of the machine, in milliseconds. */
  offset: number;
  /** By how much that clock is ahead of each host, in milliseconds, as heard since it last jumped. */
  ahead: Map<string, number>;
  /** The clock jumped, and nobody has said yet which time is right: the one before goes on. */
  isHeld: boolean;
  isBorneOut: boolean;
  refusals: number;
  wall: number;
  steady: number;
}

/** `steady` counts milliseconds whatever the clock is set to. */
export function trustedClock(
  clock: Clock,
  steady: () => number = () => performance.now(),
): TrustedClock {
  const read = lastRead(clock);
  const state: State = {
    ...{ offset: 0, ahead: new Map(), isHeld: false, isBorneOut: false, refusals: 0 },
    ...{ wall: read(), steady: steady() },
  };
  const look = () => {
    const [wall, now] = [read(), steady()];
    const jumped = wall - state.wall - (now - state.steady);
    [state.wall, state.steady] = [wall, now];
    if (Math.abs(jumped) >= JUMP) hold(state, jumped);
    return wall;
  };
  return {
    now: () => instantOf(look() + state.offset),
    heard(host, headers) {
      const theirs = timeIn(headers);
      if (theirs === null) return true;
      const ahead = look() - theirs;
      note(state, host, ahead);
      // One more host that agrees with a clock that nobody doubts changes nothing.
      const isDoubted = state.isHeld || state.offset !== 0 || Math.abs(ahead) > TOLERANCE;
      if (isDoubted) settle(state);
      if (Math.abs(ahead + state.offset) <= TOLERANCE) state.isBorneOut = true;
      const isRefused =
        !state.isBorneOut &&
        Math.abs(ahead + state.offset) > HOUR &&
        state.refusals < MOST_REFUSALS;
      if (isRefused) state.refusals += 1;
      return !isRefused;
    },
  };
}

/** Reads a moment anew when it is another. */
function lastRead(clock: Clock): () => number {
  let [moment, milliseconds] = ['', 0];
  return () => {
    const now = clock.now();
    if (now !== moment) [moment, milliseconds] = [now, millisecondsOf(now)];
    return milliseconds;
  };
}

/** Goes on with the time from before the jump until a host says which of the two it is. */
function hold(state: State, jumped: number): void {
  state.offset -= jumped;
  state.ahead.clear();
  state.isHeld = true;
}

function note({ ahead }: State, host: string, by: number): void {
  ahead.delete(host);
  ahead.set(host, by);
  const [oldest] = ahead.keys();
  if (ahead.size > MOST_HOSTS && oldest !== undefined) ahead.delete(oldest);
}

/** One host may choose between the clock and the time that was held; to set another time takes most of several. */
function settle(state: State): void {
  const sorted = [...state.ahead.values()].sort((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) return;
  const agreeing = sorted.filter((one) => Math.abs(one - middle) <= TOLERANCE).length;
  if (agreeing >= 2 && agreeing * 2 > sorted.length) {
    state.offset = Math.abs(middle) <= TOLERANCE ? 0 : -middle;
    state.isHeld = false;
    state.isBorneOut = true;
    return;
  }
  if (!state.isHeld) return;
  const chosen = [0, state.offset].find((offset) => Math.abs(middle + offset) <= TOLERANCE);
  if (chosen === undefined) return;
  state.offset = chosen;
  state.isHeld = false;
}

/** The `Date` of an answer, with the time that it lay in a cache, in milliseconds; null when it says none. */
function timeIn(headers: Readonly<Record<string, string>>): number | null {
  const said = Date.parse(headers['date'] ?? '');
  const age = Number(headers['age'] ?? 0);
  if (Number.isNaN(said)) return null;
  return said + (Number.isFinite(age) ? age * SECOND : 0);
}

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
