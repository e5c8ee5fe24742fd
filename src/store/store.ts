import type { Alert, Delivery, Silence } from '../domain/alert.ts';
import type { Validators } from '../domain/capture.ts';
import type { Check } from '../domain/check.ts';
import type { Claim } from '../domain/claim.ts';
import type { Evidence, Retraction, Sighting } from '../domain/evidence.ts';
import type {
  AlertId,
  BodyHash,
  ClaimKey,
  DeliveryId,
  EvidenceId,
  PolicyDigest,
  TargetId,
} from '../domain/ids.ts';
import type { Policy } from '../domain/policy.ts';
import type { Subject } from '../domain/subject.ts';
import type { SubjectRecord } from '../domain/subject-record.ts';
import type { Health, Target, TargetState } from '../domain/target.ts';
import type { Instant } from '../domain/time.ts';
import type { StoredVerdict, Transition } from '../domain/verdict.ts';
import type { Chores, Follows } from './daemon-seam.ts';
import type { Items, Snapshots } from './page-seam.ts';
import type { Proposals } from './proposals-seam.ts';
import type { Reads } from './reads-seam.ts';
import type { Upkeep } from './upkeep-seam.ts';
import type { Voices } from './voice-index.ts';

/** What a settled check writes back to its target. Absent keys stay as they are. */
export interface TargetUpdate {
  dueAt?: Instant;
  lastCheckAt?: Instant;
  lastGoodAt?: Instant;
  lastChangeAt?: Instant;
  baselineAt?: Instant;
  health?: Health | null;
  failures?: number;
  validators?: Validators | null;
  fullAt?: Instant;
  readBy?: string;
  bodyHash?: BodyHash;
  itemCount?: number;
  suspectHash?: BodyHash | null;
  awaitsRepeat?: boolean;
}

export interface Lease {
  target: TargetState;
  owner: string;
  until: Instant;
  /** How often in a row the target was leased and not settled, this time included: a reader that dies of it never settles. */
  tries: number;
}

/** What to lease among. */
export interface LeaseFilter {
  /** Only targets of these watchers. */
  watchers?: readonly string[];
  /** None of these hosts, each with its port where there is one: they are being asked already. */
  exceptHosts?: readonly string[];
}

export interface Targets {
  /** Registers what is not there yet, due at once, and returns what was new; a known target is left as it is. */
  register(targets: readonly Target[], at: Instant): Promise<readonly TargetState[]>;
  get(id: TargetId): Promise<TargetState | null>;
  list(filter?: { watcher?: string }): Promise<readonly TargetState[]>;
  /** Leases up to `limit` targets that are due and not leased, the longest due first. */
  leaseDue(
    now: Instant,
    until: Instant,
    owner: string,
    limit: number,
    among?: LeaseFilter,
  ): Promise<readonly Lease[]>;
  /** Leases one target whether due or not; null when somebody holds it. */
  lease(id: TargetId, now: Instant, until: Instant, owner: string): Promise<Lease | null>;
  /** Ends a lease with what the check found. Throws `StoreError` of kind conflict when the lease is no longer the owner's. */
  settle(id: TargetId, owner: string, update: TargetUpdate): Promise<void>;
  /** Lets go of a lease and writes nothing else. */
  release(id: TargetId, owner: string): Promise<void>;
  /** Makes a target due at a moment, when it is due later. */
  hasten(id: TargetId, dueAt: Instant): Promise<void>;
  /** The targets that entries of feeds led to, registered at a moment or later. */
  leads(since: Instant): Promise<readonly TargetState[]>;
  /** When a watcher finished its first pass; null before. Targets registered later have no baseline. */
  firstPassAt(watcher: string): Promise<Instant | null>;
  recordFirstPass(watcher: string, at: Instant): Promise<void>;
}

export interface Claims {
  /** Adds claims that are new, known from `at` on; one that turns out to have been known before is known from then. */
  add(claims: readonly Claim[], at: Instant): Promise<void>;
  get(key: ClaimKey): Promise<Claim | null>;
  subjects(): Promise<readonly Subject[]>;
  /** Adds subjects that are new; returns those. */
  discover(subjects: readonly Subject[]): Promise<readonly Subject[]>;
  /** Adds evidence that is new, by id; returns those pieces. */
  addEvidence(evidence: readonly Evidence[]): Promise<readonly Evidence[]>;
  /** Ends the standing of pieces of evidence from a moment on; what has ended keeps its first end. */
  supersede(ids: readonly EvidenceId[], at: Instant): Promise<void>;
  evidence(id: EvidenceId): Promise<Evidence | null>;
  /** Evidence that stands now, read from the given target. */
  standing(target: TargetId): Promise<readonly Evidence[]>;
  addSightings(sightings: readonly Sighting[]): Promise<void>;
  /** The sightings of what a target showed, the oldest first. */
  sightings(target: TargetId): Promise<readonly Sighting[]>;
  /** Throws `NotFoundError` when there is no such evidence. */
  retract(retraction: Retraction): Promise<void>;
  /**
   * What was known of a subject at a moment (`knownAt`, `at` and `observedAt` not after it). Evidence that had ended
   * by then is part of it, with its end; an end that came later is not known yet and is null.
   */
  record(subject: string, at: Instant): Promise<SubjectRecord>;
  /** The same of several subjects, by subject. */
  records(subjects: readonly string[], at: Instant): Promise<ReadonlyMap<string, SubjectRecord>>;
  /** The verdicts as last judged, of one subject or of all. */
  verdicts(subject?: string): Promise<readonly StoredVerdict[]>;
  /** The verdicts of several subjects as last judged. */
  verdictsOf(subjects: readonly string[]): Promise<readonly StoredVerdict[]>;
  putVerdicts(verdicts: readonly StoredVerdict[]): Promise<void>;
  addTransitions(transitions: readonly Transition[]): Promise<void>;
  /** Subjects with a verdict that time alone may have changed by now. */
  toReconsider(now: Instant): Promise<readonly string[]>;
  keepPolicy(digest: PolicyDigest, policy: Policy): Promise<void>;
  policy(digest: PolicyDigest): Promise<Policy | null>;
}

export interface Checks {
  add(check: Check): Promise<void>;
  /** Adds a good check whose answer was the last good one again: it shows what that one showed. */
  repeat(check: Omit<Check, 'shows' | 'failure'>): Promise<void>;
  /** The last check of each given target not after a moment, and the last good one where that is another. */
  latest(targets: readonly TargetId[], at: Instant): Promise<readonly Check[]>;
  list(target: TargetId, limit: number): Promise<readonly Check[]>;
}

export interface DeliveryLease {
  delivery: Delivery;
  alert: Alert;
  owner: string;
  /** The receipt of the first message this channel sent in the alert's thread; null when there is none. */
  replyTo: string | null;
}

/** A channel of which nothing is due before a moment. */
export interface Hold {
  channel: string;
  until: Instant;
  because: string;
}

/** Which deliveries are meant; all that are dead when nothing is said. */
export interface ReviveFilter {
  id?: DeliveryId;
  alert?: AlertId;
  channel?: string;
}

export interface Outbox {
  /** Adds an alert with its deliveries; both are known by their ids, so adding twice adds once. */
  enqueue(alert: Alert, deliveries: readonly Delivery[]): Promise<void>;
  /** The channels with something due and not leased, but for those on hold. */
  dueChannels(now: Instant): Promise<readonly string[]>;
  /**
   * Leases up to `limit` due deliveries of one channel, the oldest alert first. Due deliveries of one digest come
   * together, however many they are.
   */
  leaseDue(
    now: Instant,
    until: Instant,
    owner: string,
    limit: number,
    channel: string,
  ): Promise<readonly DeliveryLease[]>;
  /** Settles as sent; `error` names those who refused it while others took it. */
  sent(
    id: DeliveryId,
    owner: string,
    at: Instant,
    left: { receipt: string | null; error: string | null },
  ): Promise<void>;
  /** Counts an attempt and tries again at `dueAt`; null gives up and keeps the delivery as dead. A null receipt keeps the old one. */
  failed(
    id: DeliveryId,
    owner: string,
    error: string,
    dueAt: Instant | null,
    receipt: string | null,
  ): Promise<void>;
  /** Counts an attempt and gives up, because another channel has the alert now. */
  handedOver(id: DeliveryId, owner: string, error: string): Promise<void>;
  /** Lets go of a lease and counts no attempt. */
  release(id: DeliveryId, owner: string): Promise<void>;
  /** Nothing of the channel is due before `until`: it asked for a pause or cannot be reached. A later hold replaces it. */
  hold(channel: string, until: Instant, because: string): Promise<void>;
  /** Channels on hold at a moment. */
  holds(at: Instant): Promise<readonly Hold[]>;
  /**
   * Queues dead deliveries again, by hand, from zero attempts, and ends the hold of their channels; returns them. One
   * that was handed over comes back when it is named.
   */
  revive(filter: ReviveFilter, dueAt: Instant): Promise<readonly Delivery[]>;
  /** Takes back what has not been sent of an alert. */
  cancel(alert: AlertId, because: string): Promise<void>;
  get(id: AlertId): Promise<Alert | null>;
  /** Mutes a subject; one that is muted already is muted as said last. */
  silence(silence: Silence): Promise<void>;
  /** The silences that hold at a moment. */
  silences(at: Instant): Promise<readonly Silence[]>;
}

/** The record. All of it is asynchronous, so that a network database can stand in for a file. */
export interface Store {
  readonly targets: Targets;
  readonly snapshots: Snapshots;
  readonly items: Items;
  readonly claims: Claims;
  readonly voices: Voices;
  readonly checks: Checks;
  readonly outbox: Outbox;
  readonly reads: Reads;
  readonly chores: Chores;
  readonly follows: Follows;
  readonly proposals: Proposals;
  readonly upkeep: Upkeep;
  /**
   * All or nothing. Inside `work` only `tx` may be used: a query beside it would wait for ever on SQLite, and is
   * refused with a `Bug`. `tx.write` is a part that can fail alone. A network database may run `work` a second time
   * when another writer was in its way, so it must change nothing but the store.
   */
  write<T>(work: (tx: Store) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
