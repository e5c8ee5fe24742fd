import type { Proof } from '../domain/alert.ts';
import type { Capture } from '../domain/capture.ts';
import { NotFoundError } from '../domain/errors.ts';
import type { EvidenceId, SnapshotId, StoryId } from '../domain/ids.ts';
import type { QuotedEvidence } from '../store/ports/claims.ts';
import { alertNamed } from './alerts.ts';
import type { Known } from './known.ts';

/** What is shown of one snapshot: when and how the page was had, whether it is whole, and what was read in it. */
export interface KeptPage
  extends Pick<Capture, 'url' | 'finalUrl' | 'status' | 'contentType' | 'fetchedAt' | 'bodyHash'> {
  snapshot: string;
  target: string;
  bytes: number;
  /** The stored body hashes to its name. */
  verified: boolean;
  evidence: readonly { id: string; subject: string; quote: string }[];
  /** How many pieces there are beside those. */
  more: number;
}

/** A page about a hundred models gives hundreds of pieces. */
const MOST_PIECES = 40;
const PAGE = 500;

/** One stored answer. Throws `NotFoundError` for an id nobody knows. */
export async function keptPage({ store }: Known, id: string): Promise<KeptPage> {
  const snapshot = await store.snapshots.get(id as SnapshotId);
  if (snapshot === null) {
    throw new NotFoundError(`There is no snapshot ${id}; what nothing rests on is pruned in time.`);
  }
  const { url, finalUrl, status, contentType, fetchedAt, bodyHash } = snapshot.capture;
  // Reading the body checks it against its hash.
  const body = await store.snapshots.body(bodyHash);
  const pieces = await piecesOn({ store }, snapshot.id);
  return {
    ...{ snapshot: snapshot.id, target: snapshot.target, url, finalUrl, status, contentType },
    ...{ fetchedAt, bodyHash, bytes: snapshot.size, verified: body !== null },
    evidence: pieces.slice(0, MOST_PIECES).map(({ id: own, subject, quote }) => ({
      ...{ id: own, subject, quote },
    })),
    more: Math.max(0, pieces.length - MOST_PIECES),
  };
}

async function piecesOn(
  { store }: Pick<Known, 'store'>,
  snapshot: SnapshotId,
): Promise<readonly QuotedEvidence[]> {
  const found: QuotedEvidence[] = [];
  for (;;) {
    const last = found.at(-1)?.id ?? ('' as EvidenceId);
    const page = await store.claims.evidenceAfter({ snapshot, id: last }, PAGE);
    const own = page.filter((piece) => piece.snapshot === snapshot);
    found.push(...own);
    if (own.length < PAGE) return found;
  }
}

/** The words an alert or a story was told with, each with the evidence it stands in. */
export interface Proven {
  id: string;
  title: string;
  proofs: readonly (Pick<Proof, 'quote' | 'url' | 'publisher' | 'observedAt' | 'snapshot'> & {
    /** Null for a quote of a page that has been read anew since. */
    evidence: string | null;
  })[];
}

/** What proves an alert, or all that was told of a story. Throws `NotFoundError` for an id nobody knows. */
export async function provenBy(known: Known, id: string): Promise<Proven> {
  const { store } = known;
  const story = id.startsWith('st_') ? await store.stories.get(id as StoryId) : null;
  const ids =
    story === null ? [id] : [...new Set(story.events.flatMap(({ alert }) => alert ?? []))];
  if (id.startsWith('st_') && story === null) {
    throw new NotFoundError(`There is no story ${id}: firsthand stories`, []);
  }
  const alerts = await Promise.all(ids.map((one) => alertNamed(store, one)));
  const told = new Map(
    alerts
      .flatMap(({ alert }) => alert.message.proofs)
      .map((proof) => [`${proof.snapshot} ${proof.quote}`, proof]),
  );
  const proofs = [];
  // Many proofs stand on one page.
  const pieces = new Map<SnapshotId, readonly QuotedEvidence[]>();
  for (const { quote, url, publisher, observedAt, snapshot } of told.values()) {
    const own = pieces.get(snapshot) ?? (await piecesOn(known, snapshot));
    pieces.set(snapshot, own);
    const piece = own.find((one) => one.quote === quote);
    proofs.push({ quote, url, publisher, observedAt, snapshot, evidence: piece?.id ?? null });
  }
  const title = story?.title ?? alerts[0]?.alert.message.title ?? '';
  return { id, title, proofs };
}
