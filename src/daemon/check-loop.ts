import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { Clock } from '../domain/clock.ts';
import { asError, StoreError } from '../domain/errors.ts';
import type { TargetId } from '../domain/ids.ts';
import type { Target } from '../domain/target.ts';
import { HOUR, type Instant, plus, SECOND } from '../domain/time.ts';
import type { Logger } from '../log.ts';
import type { Lease, Targets } from '../store/ports/work.ts';
import { fullParties } from './fair-share.ts';

export interface CheckLimits {
  /** How many checks run side by side; of one host never more than one. */
  concurrency: number;
  /**
   * How long one check may take, in milliseconds. A lease lasts a little longer, so that a killed process is soon made
   * up for.
   */
  deadline: number;
}

export interface CheckLoopOptions {
  targets: Pick<Targets, 'release' | 'settle' | 'get'>;
  clock: Clock;
  log(): Logger;
  /** Under which name leases are held: one a process. */
  owner: string;
  /** What may change while the loop runs. */
  limits(): CheckLimits;
  /** How long a host still wants to be left alone, in milliseconds: that wait is no part of a check's time. */
  restOf?(host: string): number;
  /** Whose share of the room the checks of a watcher count to; null, and when this is left out, for nobody's. */
  partyOf?(watcher: string): string | null;
  /**
   * Leases up to `limit` targets that are next, of nobody and at no host that is passed over. What it leases more than
   * one of at a time must have been `settled`: it waits here, and must not be blamed when the process dies.
   */
  lease(until: Instant, passedOver: PassedOver, limit: number): Promise<readonly Lease[]>;
  /**
   * Checks a leased target and ends its lease. Its signal is aborted at the deadline and when the loop is cut off;
   * `waited` says how long ago the lease was asked for, in milliseconds.
   */
  check(lease: Lease, signal: AbortSignal, waited: number): Promise<void>;
  /** Ends the lease of a target whose check crashed, and puts it off. */
  quarantine(lease: Lease, error: Error): Promise<void>;
  /** Whenever the last that ran has ended. */
  onIdle?(): void;
  /** The store failed: nothing more is started, and the process is to end. */
  onFault(error: Error): void;
}

/** What is not leased now. */
export interface PassedOver {
  /** They are being asked. */
  hosts: readonly string[];
  /** They have all the checks under way that they may have. */
  parties: ReadonlySet<string>;
}

export interface CheckLoop {
  /** Starts what is due, as far as there is room. What ends makes room, and the next is started by itself. */
  fill(): Promise<void>;
  /** Resolves when nothing is due and nothing runs. */
  untilIdle(): Promise<void>;
  running(): number;
  /** What is under way, and since when. */
  underWay(): readonly { target: TargetId; since: Instant }[];
  /** Starts nothing more; what runs has `limit` milliseconds to end before it is called off and given back. */
  close(limit: number): Promise<void>;
  /** Calls off what runs, at once. */
  cut(): void;
}

/** Why a check was called off that did nothing wrong: its target is given back, and nothing is counted. */
export const STOPPED = new DOMException('The loop was stopped.', 'AbortError');

/** A lease outlasts the deadline by this much, in milliseconds, for reading and writing what came. */
const LEASE_MARGIN = 10 * SECOND;

/** How many targets are leased at a time: one statement for each would cost more than a check that finds nothing. */
const BATCH = 32;

/** Every so many times one is leased alone, whatever came of its last lease. */
const ALONE = 8;

/** How long a leased target may wait for its turn, in milliseconds. */
const LEASE_WAIT = 30 * SECOND;

/** A database that takes longer over one row counts as having been away, in milliseconds. */
const AWAY = 2 * SECOND;

/** How long what was called off may take to let go, in milliseconds. */
const LET_GO = SECOND;

/** Where a target is put when even setting it aside crashes. */
const LAST_RESORT = HOUR;

export function openCheckLoop(options: CheckLoopOptions): CheckLoop {
  const queue = new PQueue({ concurrency: options.limits().concurrency });
  const state: State = {
    options,
    queue,
    busy: new Map(),
    ready: [],
    asked: 0,
    filling: null,
    again: false,
    closing: false,
  };
  queue.on('next', () => void fill(state));
  queue.on('idle', () => options.onIdle?.());
  return {
    fill: () => fill(state),
    running: () => running(state),
    underWay: () => [...state.busy.values()].map(({ target, since }) => ({ target, since })),
    cut: () => cut(state),
    async untilIdle() {
      do {
        await fill(state);
        // What was started may have ended already, and made room that is being filled.
        if (running(state) === 0 && state.filling === null) return;
        await queue.onIdle();
      } while (!state.closing);
    },
    async close(limit) {
      state.closing = true;
      await (state.filling ?? Promise.resolve());
      await settledWithin(queue, limit);
      cut(state);
      await queue.onIdle();
      await giveBack(state);
    },
  };
}

interface UnderWay {
  own: AbortController;
  target: TargetId;
  party: string | null;
  since: Instant;
}

/** A lease, at which host, whose share it counts to, and when it was asked for, by a clock that nobody sets. */
interface Held {
  lease: Lease;
  host: string;
  party: string | null;
  askedAt: number;
}

interface State {
  readonly options: CheckLoopOptions;
  readonly queue: PQueue;
  /** What is under way, by host. */
  readonly busy: Map<string, UnderWay>;
  /** Leased and not begun, because their hosts are busy or there is no room. */
  ready: Held[];
  /** How often more was leased. */
  asked: number;
  filling: Promise<void> | null;
  /** Room was made while it was being filled. */
  again: boolean;
  closing: boolean;
}

function running({ queue }: State): number {
  return queue.pending + queue.size;
}

function fill(state: State): Promise<void> {
  state.again = true;
  state.filling ??= fillAgain(state);
  return state.filling;
}

async function fillAgain(state: State): Promise<void> {
  try {
    await fillUp(state);
  } finally {
    state.filling = null;
  }
  // Room that was made after the last look and before this moment would be found by nobody.
  if (state.again && !state.closing) await fill(state);
}

async function fillUp(state: State): Promise<void> {
  while (state.again && !state.closing) {
    state.again = false;
    state.queue.concurrency = state.options.limits().concurrency;
    while (!state.closing && running(state) < state.queue.concurrency) {
      const held = await leaseNext(state);
      if (held === null) break;
      start(state, held);
    }
  }
}

/** What may begin now: of what is leased, else of what is leased next. */
async function leaseNext(state: State): Promise<Held | null> {
  const { clock, limits, lease } = state.options;
  const { deadline } = limits();
  try {
    const ready = await takeReady(state, deadline);
    if (ready !== null) return ready;
    const until = plus(clock.now(), deadline + LEASE_MARGIN + LEASE_WAIT);
    const hosts = new Set([...state.busy.keys(), ...state.ready.map(({ host }) => host)]);
    const passedOver = { hosts: [...hosts], parties: fullOf(state) };
    const limit = state.asked % ALONE === 0 ? 1 : BATCH;
    state.asked += 1;
    const askedAt = performance.now();
    const leased = await lease(until, passedOver, limit);
    // What is due longest may have taken the process with it before, and is no part of a batch: it is looked for alone.
    const next = leased.length > 0 || limit === 1 ? leased : await lease(until, passedOver, 1);
    const { partyOf = nobody } = state.options;
    state.ready.push(
      ...next.map((one) => ({
        lease: one,
        host: hostOf(one.target),
        party: partyOf(one.target.watcher),
        askedAt,
      })),
    );
    return takeReady(state, deadline);
  } catch (thrown) {
    fault(state, asError(thrown));
    return null;
  }
}

/** Who has a share where none is counted. */
function nobody(): null {
  return null;
}

const NOBODY: ReadonlySet<string> = new Set();

function fullOf({ busy, options: { limits, partyOf } }: State): ReadonlySet<string> {
  if (partyOf === undefined) return NOBODY;
  const underWay = [...busy.values()].map(({ party }) => party);
  return fullParties(underWay, limits().concurrency);
}

/**
 * A ready target at a host that nobody asks, of a party that has not its share; one whose lease no longer lasts for a
 * check is let go.
 */
async function takeReady(state: State, deadline: number): Promise<Held | null> {
  const { ready, busy, options } = state;
  const { targets, clock, owner } = options;
  const full = fullOf(state);
  const mayBegin = ({ host, party }: Held) =>
    !busy.has(host) && !(party !== null && full.has(party));
  for (;;) {
    const at = ready.findIndex(mayBegin);
    const [held] = at === -1 ? [] : ready.splice(at, 1);
    if (held === undefined) return null;
    if (plus(clock.now(), deadline + LEASE_MARGIN) <= held.lease.until) return held;
    await targets.release(held.lease.target.id, owner);
  }
}

/** Leases that were not begun are for others. */
async function giveBack(state: State): Promise<void> {
  const { targets, owner } = state.options;
  for (const { lease } of state.ready.splice(0)) {
    await targets.release(lease.target.id, owner).catch((thrown) => fault(state, asError(thrown)));
  }
}

export function hostOf({ url }: Pick<Target, 'url'>): string {
  return new URL(url).host;
}

function start(state: State, held: Held): void {
  const { lease, host, party } = held;
  const own = new AbortController();
  const since = state.options.clock.now();
  state.busy.set(host, { own, target: lease.target.id, party, since });
  // What goes wrong is settled inside; the queue only counts.
  void state.queue.add(async () => {
    await run(state, held, own);
    state.busy.delete(host);
  });
}

async function run(
  state: State,
  { lease, host, askedAt }: Held,
  own: AbortController,
): Promise<void> {
  const { check, limits, restOf = () => 0 } = state.options;
  const { deadline } = limits();
  const allowed = deadline + restOf(host);
  const late = setTimeout(() => own.abort(tooLate(allowed)), allowed);
  try {
    const waited = performance.now() - askedAt;
    await orGivenUp(check(lease, own.signal, waited), own.signal);
  } catch (thrown) {
    await ended(state, lease, asError(thrown), own.signal);
  } finally {
    clearTimeout(late);
  }
}

async function ended(state: State, lease: Lease, error: Error, signal: AbortSignal): Promise<void> {
  const { targets, owner, log, quarantine: setAside } = state.options;
  const { id } = lease.target;
  try {
    if (signal.reason === STOPPED || isBusy(error)) return await targets.release(id, owner);
    if (error instanceof StoreError) throw error;
    if (error === signal.reason && (await wasAway(targets, id))) {
      log().warn({ target: id }, 'database was away');
      return await targets.release(id, owner);
    }
    // Put off first, told then: a row that crashes whoever reports it must not come back at once.
    await setAside(lease, error).catch((thrown) => lastResort(state, lease, thrown));
    log().error({ target: id, err: error }, 'check crashed');
  } catch (thrown) {
    fault(state, asError(thrown), id);
  }
}

/** Whether a check had no end because the database gave no answer: that is no fault of what it read. */
async function wasAway(targets: Pick<Targets, 'get'>, id: TargetId): Promise<boolean> {
  const asked = performance.now();
  await targets.get(id);
  return performance.now() - asked > AWAY;
}

function isBusy(error: Error): boolean {
  return error instanceof StoreError && error.kind === 'busy';
}

async function lastResort(
  { options: { targets, owner, clock, log } }: State,
  { target }: Lease,
  thrown: unknown,
): Promise<void> {
  if (thrown instanceof StoreError) throw thrown;
  await targets.settle(target.id, owner, { dueAt: plus(clock.now(), LAST_RESORT) });
  log().error({ target: target.id, err: asError(thrown) }, 'setting aside crashed');
}

/** A lease that ran out is another runner's by now; any other fault of the store ends the process. */
function fault(state: State, error: Error, target?: string): void {
  const { log, onFault } = state.options;
  if (error instanceof StoreError && error.kind === 'conflict') {
    log().warn({ target, err: error }, 'lease lost');
    return;
  }
  state.closing = true;
  // A store that fails takes nothing back: these leases run out.
  state.ready = [];
  onFault(error);
}

function cut(state: State): void {
  state.closing = true;
  for (const { own } of state.busy.values()) own.abort(STOPPED);
}

async function settledWithin(queue: PQueue, limit: number): Promise<void> {
  const waiting = new AbortController();
  const { signal } = waiting;
  await Promise.race([queue.onIdle(), sleep(limit, undefined, { signal }).catch(() => undefined)]);
  waiting.abort();
}

function tooLate(deadline: number): DOMException {
  return new DOMException(`No end after ${deadline / SECOND} s.`, 'TimeoutError');
}

/** Waits for a check, and no longer for one that goes on although it was called off: its place is needed. */
function orGivenUp(checked: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => {
      const grace = signal.reason === STOPPED ? LET_GO : LEASE_MARGIN / 2;
      setTimeout(() => reject(asError(signal.reason)), grace).unref();
    });
    checked.then(resolve, reject);
  });
}
