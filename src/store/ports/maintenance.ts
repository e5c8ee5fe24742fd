import type { Check } from '../../domain/check.ts';
import type { BodyHash, SnapshotId, TargetId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

/** How much room the database takes, in bytes. */
export interface DiskUsage {
  total: number;
  /** Held by the database and unused: given back by `compact`, or filled again. */
  free: number;
}

/** A server that is written to by following another. */
export interface ReplicaState {
  /** Everything that was committed until then is here. */
  asOf: Instant;
  /** How long ago that is by its own clock, in milliseconds. */
  lag: number;
}

/** What of a check of long ago says whether it is still needed. */
export type OldCheck = Pick<Check, 'id' | 'target' | 'at' | 'outcome'>;

/** What the database needs to be kept in order over years. */
export interface Maintenance {
  /**
   * Up to `limit` snapshots that nothing rests on (no evidence, item, change, sighting, mark or discovery, and not the
   * last good answer of a target), fetched before a moment and not among the newest `keep` of their target.
   */
  prunableSnapshots(before: Instant, keep: number, limit: number): Promise<readonly SnapshotId[]>;
  /** Removes snapshots, and the bodies that no other snapshot holds; returns how many bodies went. */
  removeSnapshots(ids: readonly SnapshotId[]): Promise<number>;
  /**
   * Removes some of what lies at the place for bodies and has belonged to none since before a moment: what was let go of,
   * and what was uploaded for a row that never came. Returns how many; fewer are left each time.
   */
  removeSpareObjects(before: Instant): Promise<number>;
  /** The targets of which a day before a moment has more than one check: of the others there is nothing to thin. */
  oftenChecked(before: Instant): Promise<readonly TargetId[]>;
  /** The checks of some targets before a moment, target by target in their order, the oldest first. */
  checksBefore(targets: readonly TargetId[], before: Instant): Promise<readonly OldCheck[]>;
  removeChecks(checks: readonly OldCheck[]): Promise<void>;
  /** Every moment at which something was judged, the earliest first: what was judged then rests on the checks of then. */
  judgedAt(): Promise<readonly Instant[]>;
  /** The hashes of stored bodies, page by page in their order. */
  bodies(after: BodyHash | null, limit: number): Promise<readonly BodyHash[]>;
  /**
   * Makes due what was put off by a clock that ran ahead: rows whose last work lies in the future, or that wait for
   * longer than anything is put off. Returns how many.
   */
  repairClockSkew(now: Instant): Promise<number>;
  diskUsage(): Promise<DiskUsage>;
  /** Gives up to so many free pages back to the disk, and cuts back the log. */
  compact(pages: number): Promise<void>;
  /** What is wrong with the database's pages, indexes and schema; empty when nothing is. */
  integrity(): Promise<readonly string[]>;
  /**
   * Why the file that is open is no longer the one at its place, or no database any more; null while it is. What is
   * written then would be lost. Costs a look at the file's name and head.
   */
  lost(): string | null;
  /** Writes a copy of the database as it stands, while it is used. Throws `UsageError` where it is no file. */
  backup(path: string): Promise<void>;
  /** Changes with every write, whoever wrote; null where the file itself says so. */
  revision(): Promise<string | null>;
  /** How far a server that follows another has come; null for one that follows none, and for a file. */
  replica(): Promise<ReplicaState | null>;
  /** What time it is by the clock of the database, by which all who share it go; null where that is our own. */
  now(): Promise<Instant | null>;
}
