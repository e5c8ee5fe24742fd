import type { Capture, Snapshot } from '../../domain/capture.ts';
import type { Check } from '../../domain/check.ts';
import type { BodyHash, ChangeId, ItemVersionId, SnapshotId, TargetId } from '../../domain/ids.ts';
import type { Change, ItemVersion } from '../../domain/item.ts';
import type { Instant } from '../../domain/time.ts';

export interface Snapshots {
  /** Keeps the capture; its body is stored once per hash. Keeping the same capture again changes nothing. */
  keep(target: TargetId, capture: Capture): Promise<Snapshot>;
  get(id: SnapshotId): Promise<Snapshot | null>;
  body(hash: BodyHash): Promise<Uint8Array | null>;
  /** Snapshots of a target that were kept and never read, the oldest first: what a crash left behind. */
  unread(target: TargetId): Promise<readonly Snapshot[]>;
  markRead(id: SnapshotId, at: Instant): Promise<void>;
  /** Keeps a screenshot of the page beside its snapshot; returns the hash it is kept under. */
  attachScreenshot(id: SnapshotId, screenshot: Uint8Array): Promise<BodyHash>;
  /** The hash of the screenshot kept beside a snapshot; null when there is none. */
  screenshotOf(id: SnapshotId): Promise<BodyHash | null>;
  /** Every snapshot of a target, the oldest first, those fetched at `from` or later. */
  list(target: TargetId, from?: Instant): Promise<readonly Snapshot[]>;
  count(): Promise<{ snapshots: number; bodies: number; rawBytes: number; storedBytes: number }>;
}

export interface Items {
  /** The versions that stand now, by key. */
  current(target: TargetId): Promise<ReadonlyMap<string, ItemVersion>>;
  get(id: ItemVersionId): Promise<ItemVersion | null>;
  /** Those of the given versions that there are, by id. */
  versions(ids: readonly ItemVersionId[]): Promise<ReadonlyMap<ItemVersionId, ItemVersion>>;
  /** The versions of some targets, standing or ended, that name one of some subjects, the oldest first. */
  naming(
    targets: readonly TargetId[],
    subjects: readonly string[],
  ): Promise<readonly ItemVersion[]>;
  /** Writes new versions, ends the ones named, and records the changes between them. */
  apply(update: {
    added: readonly ItemVersion[];
    ended: readonly { id: ItemVersionId; at: Instant }[];
    changes: readonly Change[];
  }): Promise<void>;
  change(id: ChangeId): Promise<Change | null>;
}

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
  /** What was stored under a time later than that, by table: no question finds it until then. */
  ahead(latest: Instant): Promise<readonly Ahead[]>;
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

/** Rows of a table that a clock stored which was ahead, and the last moment among theirs. */
export interface Ahead {
  table: string;
  rows: number;
  last: Instant;
}

/** What was carried over. */
export interface PortableSummary {
  rows: number;
  /** Over all rows; the same for the same content in any database. */
  sha256: string;
}

/** The whole database as lines of text that any kind of database can take in. */
export interface Portable {
  /** Gives every row, as they stand at one moment. */
  write(take: (line: string) => void | Promise<void>): Promise<PortableSummary>;
  /**
   * Fills an empty database, all or nothing, and proves by hash that it holds what was written. Throws `UsageError` when
   * it is not empty or the lines come from another version, `StoreError` of kind corrupt when they do not hold.
   */
  read(lines: () => AsyncIterable<string>): Promise<PortableSummary>;
}
