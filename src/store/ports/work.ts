import type { Check } from '../../domain/check.ts';
import type { TargetId } from '../../domain/ids.ts';
import type { SourceKind } from '../../domain/source-kind.ts';
import type { Follow } from '../../domain/subject.ts';
import type { Target, TargetState } from '../../domain/target.ts';
import type { Instant } from '../../domain/time.ts';
import type { ScheduledWork, Worker } from '../../domain/worker.ts';

/** What a settled check writes back to its target. Absent keys stay as they are. */
export type TargetUpdate = Partial<Omit<TargetState, keyof Target | 'createdAt'>>;

export interface Lease {
  target: TargetState;
  owner: string;
  until: Instant;
  /** How often in a row the target was leased and not settled, this time included: a reader that dies of it never settles. */
  tries: number;
  /** An answer of the target is kept and was never read: a process ended between its two writes. */
  hasUnread: boolean;
}

/** What to lease among. */
export interface LeaseFilter {
  /** Only targets of these watchers. */
  watchers?: readonly string[];
  /** Of what is due at the same moment, those of these watchers come first. */
  first?: readonly string[];
  /** None of these hosts, each with its port where there is one: they are being asked already. */
  exceptHosts?: readonly string[];
  /** Only targets whose last lease was settled: none that may have taken the process with it. */
  settled?: boolean;
}

export interface Targets {
  /** Registers what is not there yet, due at once, and returns what was new; a known target is left as it is. */
  register(targets: readonly Target[], at: Instant): Promise<readonly TargetState[]>;
  get(id: TargetId): Promise<TargetState | null>;
  list(filter?: {
    watcher?: string;
    kinds?: readonly SourceKind[];
    /** Only those that are off. */
    off?: boolean;
  }): Promise<readonly TargetState[]>;
  /** Leases up to `limit` targets that are due and not leased, the longest due first, in the order of the rows given back. */
  leaseDue(
    now: Instant,
    until: Instant,
    owner: string,
    limit: number,
    among?: LeaseFilter,
  ): Promise<readonly Lease[]>;
  /** When the first of these watchers' targets is due that nobody holds now; null for none. */
  nextDueAt(now: Instant, watchers: readonly string[]): Promise<Instant | null>;
  /** Leases one target whether due or not; null when somebody holds it. */
  lease(id: TargetId, now: Instant, until: Instant, owner: string): Promise<Lease | null>;
  /** Leases those of the given targets that nobody holds, whether due or not, in the order of their ids. */
  leaseAll(
    ids: readonly TargetId[],
    now: Instant,
    until: Instant,
    owner: string,
  ): Promise<readonly Lease[]>;
  /** Ends a lease with what the check found. Throws `StoreError` of kind conflict when the lease is no longer the owner's. */
  settle(id: TargetId, owner: string, update: TargetUpdate): Promise<void>;
  /** Lets go of a lease and writes nothing else. */
  release(id: TargetId, owner: string): Promise<void>;
  /** Makes a target due at a moment, when it is due later. */
  expedite(id: TargetId, dueAt: Instant): Promise<void>;
  /** The targets that entries of feeds led to, registered at a moment or later. */
  linkedSince(since: Instant): Promise<readonly TargetState[]>;
  /** When a watcher finished its first pass; null before. Targets registered later have no baseline. */
  firstPassAt(watcher: string): Promise<Instant | null>;
  recordFirstPass(watcher: string, at: Instant): Promise<void>;
}

/** A check that found nothing new at a target that was well before. */
export interface UnchangedCheck
  extends Pick<Check, 'id' | 'target' | 'watcher' | 'at' | 'outcome'> {
  owner: string;
  /** When the target is looked at again. */
  dueAt: Instant;
  /** When the page itself came; null where the far side said "not modified". */
  fullAt: Instant | null;
}

export interface Checks {
  add(check: Check): Promise<void>;
  /** Adds a good check whose answer was the last good one again: it shows what that one showed. */
  repeat(check: Omit<Check, 'shows' | 'failure'>): Promise<void>;
  /**
   * Ends the lease of a healthy target whose answer was the last good one again, and adds the check that says so. Many
   * such ends share a transaction of their own; inside one it is part of it. Throws `StoreError` of kind conflict when the
   * lease is no longer the owner's.
   */
  settleUnchanged(check: UnchangedCheck): Promise<void>;
  /** The last check of each given target not after a moment, and the last good one where that is another. */
  latest(targets: readonly TargetId[], at: Instant): Promise<readonly Check[]>;
  list(target: TargetId, limit: number): Promise<readonly Check[]>;
}

/** Calendar work, each with its due time in a row: several daemons do each of it once between them. */
export interface WorkPlan {
  /** Makes these all there is: a new one, or one whose cadence changed, is due as given; the others keep their time. */
  plan(works: readonly Pick<ScheduledWork, 'name' | 'cadence' | 'dueAt'>[]): Promise<void>;
  list(): Promise<readonly ScheduledWork[]>;
  /** Leases what is due and not leased, the longest due first; null when there is none. */
  leaseDue(now: Instant, until: Instant, owner: string): Promise<ScheduledWork | null>;
  /** Ends a lease; does nothing when the lease is no longer the owner's. */
  settle(
    name: string,
    owner: string,
    done: Pick<ScheduledWork, 'dueAt' | 'error'> & { at: Instant },
  ): Promise<void>;
}

/** Small facts about the database as a whole, by name. */
export interface Marks {
  get(name: string): Promise<string | null>;
  /** Null forgets it. */
  put(name: string, value: string | null): Promise<void>;
}

/** Who is followed beside what the config says. */
export interface Follows {
  list(): Promise<readonly Follow[]>;
  /** Said last counts. */
  set(follow: Follow): Promise<void>;
}

/** Who works on the database, each in a row of its own. */
export interface Workers {
  /** Says that a worker is alive and what it is at; forgets those that were last seen before a moment. */
  report(worker: Worker, forgetBefore: Instant): Promise<void>;
  /** A worker ended in order. */
  leave(owner: string): Promise<void>;
  list(): Promise<readonly Worker[]>;
  /** What is due and leased by nobody: how much, and since when the longest. */
  backlog(now: Instant): Promise<{ due: number; oldestDueAt: Instant | null }>;
}

export interface HostTurn {
  now: Instant;
  /** When the turn ends by itself: its owner may be gone. */
  until: Instant;
  /** A visit that goes on, such as a redirect, is not held up by the pause. */
  goesOn: boolean;
}

export interface TurnRefusal {
  /** The pause after the last request, or a quiet time that the host asked for; otherwise the turn of another. */
  isPause: boolean;
  /** When it ends; a turn at the latest. */
  until: Instant;
}

/** Whose turn it is at each host, whichever process asks. */
export interface HostTurns {
  /** Takes the turn at a host that nobody has and whose pause is over: null. Otherwise what is in the way. */
  take(host: string, owner: string, turn: HostTurn): Promise<TurnRefusal | null>;
  /** Gives the turn back; the next may begin at a moment. Does nothing when it is no longer the owner's. */
  giveBack(host: string, owner: string, freeAt: Instant): Promise<void>;
}

/** What a host answered when it was asked for its robots.txt. */
export interface RobotsFile {
  /** Null where the host has none: everything may be read. */
  text: string | null;
  readAt: Instant;
}

/** The robots.txt of each origin as it was read last, so that a process that only looks once need not ask again. */
export interface RobotsFiles {
  get(origin: string): Promise<RobotsFile | null>;
  put(origin: string, file: RobotsFile): Promise<void>;
}
