import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import { FetchError, StoreError } from '../domain/errors.ts';
import { calledOff } from './faults.ts';
import { LONGEST_QUIET } from './retry-after.ts';

/** One request at a time for each host, with a pause after each, and none while the host asked for quiet. */
export interface Throttle {
  /**
   * Waits for the host's turn; what it gives must be called when the request is over, and begins the pause.
   * Throws `FetchError` when the host asked for a quiet time longer than we wait here, or when called off; `StoreError` of
   * kind busy when others have the host for longer than that.
   */
  turn(host: string, gap: number, signal: AbortSignal, visit?: Visit): Promise<() => void>;
  /** How long the pause after the last request to a host still lasts, in milliseconds. */
  restOf(host: string): number;
  /** The host asked for quiet, in milliseconds; counted up to the cap. Gives back what counts. */
  holdOff(host: string, milliseconds: number): number;
  /** The host could not be reached at all: for a while, whoever comes next is told so instead of waiting for the same. */
  unreachable(host: string, error: FetchError): void;
}

/** `goes-on`: a redirect at the same host, for which no pause beyond our longestWait is kept. */
export type Visit = 'begins' | 'goes-on';

/** Turns at hosts that processes on several machines share. */
export interface SharedTurns {
  /** Takes the turn at a host: null, or what is in the way and for how long at most, in milliseconds. */
  take(host: string, visit: Visit): Promise<{ isPause: boolean; wait: number } | null>;
  /** Gives it back, with a pause before the next, in milliseconds. */
  giveBack(host: string, pause: number): Promise<void>;
}

export interface ThrottleOptions {
  /** Asked after the turn in this process is had; none where the process works alone. */
  shared?: SharedTurns;
  /** The longest quiet a host may ask for, in milliseconds. */
  cap?: number;
  /** The longest that a fetch waits for a quiet time to end; beyond it the fetch fails and is tried again later. */
  longestWait?: number;
  /** How long a host that could not be reached is not tried again, in milliseconds. */
  down?: number;
}

interface Lane {
  /** Those who wait for the turn, in the order they came, behind the one who has it. */
  line: PQueue;
  /** When the pause after the last request ends. */
  freeAt: number;
  quietUntil: number;
  /** The shared turn is on its way back. */
  returned: Promise<void>;
  down: { error: FetchError; since: number } | null;
}

const NOTHING = Promise.resolve();

/** Idle hosts are forgotten once this many are known. */
const LANES_KEPT = 1000;

/** Time is the monotonic clock of the process: a replay's clock says nothing about how long a host had its peace. */
export function openThrottle(options: ThrottleOptions = {}): Throttle {
  const cap = options.cap ?? LONGEST_QUIET;
  const longestWait = options.longestWait ?? 10_000;
  const down = options.down ?? 30_000;
  const { shared } = options;
  const lanes = new Map<string, Lane>();

  function laneOf(host: string): Lane {
    const known = lanes.get(host);
    if (known !== undefined) return known;
    if (lanes.size >= LANES_KEPT) forgetIdle(lanes);
    const lane: Lane = {
      line: new PQueue({ concurrency: 1 }),
      freeAt: 0,
      quietUntil: 0,
      down: null,
      returned: NOTHING,
    };
    lanes.set(host, lane);
    return lane;
  }

  return {
    async turn(host, gap, signal, visit = 'begins') {
      const lane = laneOf(host);
      const over = await inLine(lane.line, host, signal);
      try {
        refuseWhileDown(lane, down);
        await rest(lane, host, { longestWait, visit }, signal);
        if (lane.returned !== NOTHING) await lane.returned;
        if (shared !== undefined)
          await sharedTurn(shared, host, { longestWait, visit, gap }, signal);
      } catch (error) {
        over();
        throw error;
      }
      return () => {
        const now = performance.now();
        lane.freeAt = now + gap;
        // When it cannot be given back, it ends by itself.
        lane.returned =
          shared?.giveBack(host, Math.max(gap, lane.quietUntil - now)).catch(() => undefined) ??
          NOTHING;
        over();
      };
    },
    restOf: (host) => Math.max(0, (lanes.get(host)?.freeAt ?? 0) - performance.now()),
    holdOff(host, milliseconds) {
      const counted = Math.min(Math.max(0, milliseconds), cap);
      const lane = laneOf(host);
      lane.quietUntil = Math.max(lane.quietUntil, performance.now() + counted);
      return counted;
    },
    unreachable(host, error) {
      laneOf(host).down = { error, since: performance.now() };
    },
  };
}

/** A watcher of one host has many addresses: on a line that is cut, each would wait as long as the first. */
function refuseWhileDown(lane: Lane, milliseconds: number): void {
  if (lane.down === null) return;
  const { error, since } = lane.down;
  const ago = performance.now() - since;
  if (ago < milliseconds) {
    const when = ago < 1000 ? 'just now' : `${Math.round(ago / 1000)} s ago`;
    throw new FetchError(error.kind, `${error.message} That was tried ${when}.`, {
      cause: error,
      transient: true,
    });
  }
  lane.down = null;
}

/** Resolves when the turn is had, with what ends it. Whoever is called off while waiting is told so at once. */
function inLine(line: PQueue, host: string, signal: AbortSignal): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(calledOff(host, signal));
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    // The signal is not given to the queue: it would take a turn for over whose request is only being called off.
    const turn = () =>
      new Promise<void>((over) => {
        signal.removeEventListener('abort', leave);
        if (signal.aborted) over();
        else resolve(over);
      });
    void line.add(turn);
  });
}

async function rest(
  lane: Lane,
  host: string,
  { longestWait, visit }: { longestWait: number; visit: Visit },
  signal: AbortSignal,
): Promise<void> {
  const now = performance.now();
  const quiet = lane.quietUntil - now;
  if (quiet > longestWait) throw askedForQuiet(host, quiet);
  const left = lane.freeAt - now;
  const pause = Math.max(quiet, visit === 'begins' ? left : Math.min(left, longestWait));
  if (signal.aborted) throw calledOff(host, signal);
  if (pause <= 0) return;
  await sleep(pause, undefined, { signal }).catch(() => {
    throw calledOff(host, signal);
  });
}

/** Between two tries to have a turn that another process has, in milliseconds: it may be given back at any time. */
const ASK_AGAIN = 200;

/** What others have of a host is no fault of the host: whoever cannot have the turn in time leaves the host to them. */
async function sharedTurn(
  { take, giveBack }: SharedTurns,
  host: string,
  { longestWait, visit, gap }: { longestWait: number; visit: Visit; gap: number },
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    if (signal.aborted) throw othersHave(host);
    const refusal = await take(host, visit);
    if (refusal === null && signal.aborted) {
      // The database was away for so long that nobody waits for the turn any more; when it cannot be given back, it ends.
      await giveBack(host, gap).catch(() => undefined);
      throw othersHave(host);
    }
    if (refusal === null) return;
    const { isPause, wait } = refusal;
    if (isPause && wait > longestWait) throw othersHave(host);
    await sleep(Math.min(wait, ASK_AGAIN), undefined, { signal }).catch(() => {
      throw othersHave(host);
    });
  }
}

function othersHave(host: string): StoreError {
  return new StoreError(
    'busy',
    `Another worker has its turn or its pause at ${host}: it is asked later.`,
  );
}

function askedForQuiet(host: string, quiet: number): FetchError {
  const message = `${host} asked for quiet; it is asked again in ${Math.ceil(quiet / 1000)} s.`;
  return new FetchError('status', message, { transient: true, retryAfter: Math.ceil(quiet) });
}

function forgetIdle(lanes: Map<string, Lane>): void {
  const now = performance.now();
  for (const [host, lane] of lanes) {
    const isIdle = lane.line.pending + lane.line.size === 0;
    if (isIdle && lane.freeAt < now && lane.quietUntil < now && lane.down === null)
      lanes.delete(host);
  }
}
