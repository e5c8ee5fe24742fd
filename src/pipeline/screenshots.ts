import type { BodyHash, SnapshotId } from '../domain/ids.ts';
import type { Store } from '../store/store.ts';

/** A picture is kept of a page of the vendor that changed: it shows what the text alone does not. */
export async function keepPicture(
  tx: Store,
  { snapshot, picture }: { snapshot: SnapshotId; picture?: Uint8Array },
  isNews: boolean,
): Promise<ReadonlyMap<SnapshotId, BodyHash>> {
  if (picture === undefined || !isNews) return new Map();
  return new Map([[snapshot, await tx.snapshots.illustrate(snapshot, picture)]]);
}
