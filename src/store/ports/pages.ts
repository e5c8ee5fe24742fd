import type { Capture, Snapshot } from '../../domain/capture.ts';
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
