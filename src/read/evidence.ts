import { isRetracted } from '../core/claims/source-history.ts';
import { voiceNames } from '../core/provenance/independent-voices.ts';
import { originsOf } from '../core/provenance/origins.ts';
import type { Capture } from '../domain/capture.ts';
import { facetLabel } from '../domain/claim.ts';
import { NotFoundError } from '../domain/errors.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { EvidenceId } from '../domain/ids.ts';
import type { SubjectRecord } from '../domain/subject-record.ts';
import type { Instant } from '../domain/time.ts';
import {
  evidenceDetail as detailView,
  type EvidenceDetail,
  type EvidenceRow,
  type EvidenceView,
} from './evidence-view.ts';
import { matching } from './explanation.ts';
import { type Answer, answerNamed, type Known } from './known.ts';

/** How much of the stored text is shown on each side of a quote, in characters. */
const AROUND = 400;

/** Every piece of evidence on a subject known at a moment, the oldest first. */
export async function evidenceOf(
  known: Known,
  typed: string,
  facet: string | null,
  asOf: Instant,
): Promise<EvidenceView> {
  return evidenceIn(known, await answerNamed(known, typed, asOf), facet);
}

/** The evidence that a judgement was made from. */
export function evidenceIn(
  known: Known,
  { subject, asOf, record, verdicts }: Answer,
  facet: string | null,
): EvidenceView {
  const claims =
    facet === null ? null : new Set(matching(verdicts, facet).map(({ claim }) => claim.key));
  const context = contextOf(record, asOf);
  const rows = record.evidence
    .filter(({ claim }) => claims === null || claims.has(claim))
    .map((piece) => rowOf(known, piece, context))
    .sort((a, b) => (a.observedAt < b.observedAt ? -1 : 1));
  return { subject: subject.id, asOf, evidence: rows };
}

/** What a row needs of the record it stands in. */
interface RowContext {
  record: SubjectRecord;
  voices: ReadonlyMap<EvidenceId, string>;
  asOf: Instant;
}

function contextOf(record: SubjectRecord, asOf: Instant): RowContext {
  return { record, voices: voiceNames(record.evidence, originsOf(record.edges, asOf)), asOf };
}

function rowOf(known: Known, piece: Evidence, { record, voices, asOf }: RowContext): EvidenceRow {
  const claim = record.claims.find(({ key }) => key === piece.claim);
  return {
    id: piece.id,
    claim: claim === undefined ? '' : facetLabel(claim),
    subject: piece.subject,
    publisher: piece.publisher,
    publisherName: known.publisherName(piece.publisher),
    class: piece.publisherClass,
    relays: piece.relays,
    voice: voices.get(piece.id) ?? piece.group,
    polarity: piece.polarity,
    force: piece.force,
    evidentiality: piece.evidentiality,
    quote: piece.quote,
    url: piece.url,
    observedAt: piece.observedAt,
    effective: piece.effective,
    snapshot: piece.snapshot,
    extractor: piece.extractor,
    rule: piece.rule,
    marks: marksIn(piece),
    standing: standingOf(piece, record, asOf),
    retraction: retractionOf(piece, record, asOf),
  };
}

/** By offsets in the quote; what stands beyond it is left out. */
function marksIn({ marks, span: [start, end] }: Evidence): EvidenceRow['marks'] {
  return marks
    .filter(({ span }) => span[0] >= start && span[1] <= end)
    .map(({ part, span }) => ({ part, from: span[0] - start, to: span[1] - start }));
}

function retractionOf(
  piece: Evidence,
  { retractions }: SubjectRecord,
  asOf: Instant,
): EvidenceRow['retraction'] {
  if (!isRetracted(piece, retractions, asOf)) return null;
  const last = retractions.filter(({ evidence, at }) => evidence === piece.id && at <= asOf).at(-1);
  return last === undefined ? null : { at: last.at, by: last.by, because: last.because };
}

function standingOf(
  piece: Evidence,
  record: SubjectRecord,
  asOf: Instant,
): EvidenceRow['standing'] {
  if (isRetracted(piece, record.retractions, asOf)) return 'retracted';
  return piece.supersededAt === null ? 'speaks' : 'superseded';
}

/** One piece with so many characters of the stored text around its quote, checked against the stored bytes. */
export async function evidenceDetail(
  known: Known,
  id: string,
  asOf: Instant,
  around = AROUND,
): Promise<EvidenceDetail> {
  const { store } = known;
  const piece = await store.claims.evidence(id as EvidenceId);
  if (piece === null) throw new NotFoundError(`There is no evidence ${id}.`);
  const [version, snapshot, record] = await Promise.all([
    store.items.get(piece.item),
    store.snapshots.get(piece.snapshot),
    store.claims.record(piece.subject, asOf),
  ]);
  if (version === null || snapshot === null) {
    throw new NotFoundError(`The page behind ${id} is no longer kept.`);
  }
  const { text, title } = version.item;
  const [start, end] = piece.span;
  // Reading the body checks it against its hash.
  const body = await store.snapshots.body(snapshot.capture.bodyHash);
  return {
    ...rowOf(known, piece, contextOf(record, asOf)),
    before: text.slice(Math.max(0, start - around), start),
    after: text.slice(end, end + around),
    title,
    finalUrl: snapshot.capture.finalUrl,
    fetchedAt: snapshot.capture.fetchedAt,
    bodyHash: snapshot.capture.bodyHash,
    artefact: packageIn(snapshot.capture, body),
    picture: await store.snapshots.screenshotOf(snapshot.id),
    verified: body !== null && text.slice(start, end) === piece.quote,
  };
}

/** The picture kept of the page behind a piece of evidence, as PNG; null when none is. */
export async function evidenceScreenshot({ store }: Known, id: string): Promise<Uint8Array | null> {
  const piece = await store.claims.evidence(id as EvidenceId);
  const hash = piece === null ? null : await store.snapshots.screenshotOf(piece.snapshot);
  return hash === null ? null : store.snapshots.body(hash);
}

/** What makes a published package one artefact; null for every other page. */
function packageIn(
  { finalUrl }: Pick<Capture, 'finalUrl'>,
  body: Uint8Array | null,
): EvidenceDetail['artefact'] {
  if (!finalUrl.startsWith('npm:') || body === null) return null;
  const { artefact } = detailView.shape;
  return artefact.catch(null).parse(JSON.parse(new TextDecoder().decode(body)));
}
