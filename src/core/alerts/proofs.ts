import type { Proof } from '../../domain/alert.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { BodyHash, EvidenceId, SnapshotId } from '../../domain/ids.ts';
import { PUBLISHER_CLASSES } from '../../domain/publisher.ts';
import type { Transition } from '../../domain/verdict.ts';

/** More quotes than this prove nothing more to a reader. */
const MOST_PROOFS = 8;

/** What there is to show. */
interface Shown {
  evidence: ReadonlyMap<EvidenceId, Evidence>;
  pictures?: ReadonlyMap<SnapshotId, BodyHash>;
}

/** The evidence that moved the levels, the weightiest publisher first, one quote a page. */
export function proofsOf(
  transitions: readonly Transition[],
  { evidence, pictures }: Shown,
  nameOf: (publisher: string) => string,
): readonly Proof[] {
  const ids = new Set(transitions.flatMap((transition) => transition.evidence));
  const pieces = [...ids].flatMap((id) => evidence.get(id) ?? []);
  pieces.sort(
    (a, b) => weight(a) - weight(b) || compare(a.observedAt, b.observedAt) || compare(a.id, b.id),
  );
  const pages = new Map<string, Evidence>();
  for (const piece of pieces) {
    if (!pages.has(piece.url)) pages.set(piece.url, piece);
  }
  return [...pages.values()].slice(0, MOST_PROOFS).map(
    ({ quote, url, publisher, publisherClass, observedAt, snapshot }): Proof => ({
      quote,
      url,
      publisher: nameOf(publisher),
      publisherClass,
      observedAt,
      snapshot,
      ...pictureOf(snapshot, pictures),
    }),
  );
}

function pictureOf(snapshot: SnapshotId, pictures: Shown['pictures']): Pick<Proof, 'picture'> {
  const picture = pictures?.get(snapshot);
  return picture === undefined ? {} : { picture };
}

function weight({ publisherClass, polarity }: Evidence): number {
  return PUBLISHER_CLASSES.indexOf(publisherClass) + (polarity === 'deny' ? 100 : 0);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
