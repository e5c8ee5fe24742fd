import { NAME_ALONE, wasCarriedBefore } from '../core/claims/first-carried.ts';
import { NO_COUNT } from '../core/extract/extraction.ts';
import { StoreError } from '../domain/errors.ts';
import type { BodyHash, SnapshotId } from '../domain/ids.ts';
import type { ItemVersion } from '../domain/item.ts';
import type { Instant } from '../domain/time.ts';
import { extractorOf, readersIn, type Watcher } from '../domain/watcher.ts';
import type { PipelineContext, ProposedPlace } from '../pipeline/context.ts';
import { newsroomHistory } from '../pipeline/newsroom-history.ts';
import type { EvidencePlace, QuotedEvidence } from '../store/ports/claims.ts';
import type { Store } from '../store/store.ts';

/** Something in the database that is not as it must be. */
export interface Finding {
  kind: 'file' | 'body' | 'quote' | 'reading' | 'verdict' | 'time';
  /** What it is about: an id, a hash, a claim. */
  about: string;
  message: string;
}

/** What was looked at so far. */
export interface Tally {
  bodies: number;
  evidence: number;
  /** Pieces whose text was made again from the stored bytes; the others were read by another version of their watcher. */
  reread: number;
  verdicts: number;
  /** Verdicts that another engine found: their digests are checked, and they are not derived again. */
  engineChanged: number;
  findings: Finding[];
}

export type Verifying = Omit<PipelineContext, 'fetcher' | 'clock'>;

/** How many pieces are looked at together. */
const PAGE = 500;

/** The texts of so many snapshots are kept: those of one page stand together in the order of the evidence. */
const SNAPSHOTS_KEPT = 20;

/** What today's watcher makes of a snapshot, by snapshot and reader, then by entry; null when another version read it. */
type Texts = Map<string, ReadonlyMap<string, string> | null>;

/** Looks up every quote, a page at a time in the order of their snapshots, so that each is read again once. */
export async function* verifyEvidence(
  context: Verifying,
  tally: Tally,
  from: EvidencePlace | null,
  latest: Instant,
): AsyncGenerator<EvidencePlace> {
  const read: Texts = new Map();
  let last = from;
  for (;;) {
    const pieces: readonly QuotedEvidence[] = await context.store.claims.evidenceAfter(last, PAGE);
    await verifyPage(context, tally, { pieces, latest, read });
    const end = pieces.at(-1);
    if (end === undefined) return;
    last = { snapshot: end.snapshot, id: end.id };
    yield last;
  }
}

interface Page {
  pieces: readonly QuotedEvidence[];
  latest: Instant;
  read: Texts;
}

async function verifyPage(
  context: Verifying,
  tally: Tally,
  { pieces, latest, read }: Page,
): Promise<void> {
  const items = await context.store.items.versions([...new Set(pieces.map(({ item }) => item))]);
  for (const piece of pieces) {
    const version = items.get(piece.item);
    const { fault, reread } =
      version === undefined
        ? quoteFault('its item is missing')
        : await verifyPiece(context, piece, version, read);
    tally.evidence += 1;
    if (reread) tally.reread += 1;
    if (fault !== null) tally.findings.push({ ...fault, about: piece.id });
    if (piece.knownAt > latest) tally.findings.push(aheadOfTime(piece));
    if (read.size > SNAPSHOTS_KEPT) read.clear();
  }
}

/** A clock that was set ahead stored it, and until then no question finds it. */
function aheadOfTime({ id, knownAt }: QuotedEvidence): Finding {
  const message = `it was stored under ${knownAt}, which has yet to come: the clock was wrong, and nothing finds it until then`;
  return { kind: 'time', about: id, message };
}

interface PieceCheck {
  fault: Omit<Finding, 'about'> | null;
  reread: boolean;
}

async function verifyPiece(
  context: Verifying,
  piece: QuotedEvidence,
  version: ItemVersion,
  read: Texts,
): Promise<PieceCheck> {
  const { key, text } = version.item;
  const [start, end] = piece.span;
  if (text.slice(start, end) !== piece.quote) {
    return quoteFault('its quote does not stand at its place in the text');
  }
  // Another version of the watcher may have read the same bytes to other words.
  const reading = `${version.snapshot} ${readersIn(piece.extractor).watcher}`;
  const known = read.get(reading);
  const texts = known === undefined ? await textsOf(context, piece, version.snapshot) : known;
  read.set(reading, texts);
  if (texts === null) return { fault: null, reread: false };
  const again = texts.get(key);
  const message =
    again === text
      ? ((await faultInHistory(context, version, piece)) ??
        (await faultWithModel(context, version, piece)))
      : `the stored bytes ${again === undefined ? 'no longer yield its entry' : 'yield another text'}`;
  return { fault: message === null ? null : { kind: 'reading', message }, reread: true };
}

/** Today's watcher, when it is the one that read the evidence. */
function watcherOf(
  { watchers }: Verifying,
  { extractor }: Pick<QuotedEvidence, 'extractor'>,
): Watcher | null {
  const name = readersIn(extractor).watcher;
  return [...watchers.values()].find((one) => extractorOf(one) === name) ?? null;
}

function quoteFault(message: string): PieceCheck {
  return { fault: { kind: 'quote', message }, reread: false };
}

/** What today's watcher makes of a snapshot, by key; null when another version of it read the evidence. */
async function textsOf(
  context: Verifying,
  piece: QuotedEvidence,
  id: SnapshotId,
): Promise<ReadonlyMap<string, string> | null> {
  const { store, reader } = context;
  const snapshot = await store.snapshots.get(id);
  const watcher = watcherOf(context, piece);
  if (snapshot === null || watcher === null) return null;
  const { capture } = snapshot;
  const body = await soundBody(store, capture.bodyHash);
  if (body === null) return new Map();
  // A list that was once held back as too short was read in the end: how long it was before is no question here.
  const found = await reader.extract(watcher, { ...capture, body }, NO_COUNT);
  if (found.kind === 'unreadable') return new Map();
  return new Map(found.items.map((item) => [item.key, item.text]));
}

/** A damaged body has been told of already: it yields nothing. */
async function soundBody({ snapshots }: Store, hash: BodyHash): Promise<Uint8Array | null> {
  try {
    return await snapshots.body(hash);
  } catch (thrown) {
    if (thrown instanceof StoreError && thrown.kind === 'corrupt') return null;
    throw thrown;
  }
}

/** A title that is a name alone announces only what its newsroom had not named before, as far as was known then. */
async function faultInHistory(
  context: Verifying,
  version: ItemVersion,
  { rule, subject, marks, extractor, knownAt }: QuotedEvidence,
): Promise<string | null> {
  if (rule !== NAME_ALONE) return null;
  const watcher = watcherOf(context, { extractor });
  const history = await newsroomHistory(context, watcher?.vendor ?? null, [subject]);
  const known = history.filter(({ firstSeenAt }) => firstSeenAt <= knownAt);
  return wasCarriedBefore({ subject, marks }, version, known)
    ? `its newsroom had named ${subject} before, so its title announces nothing`
    : null;
}

/**
 * What is wrong with a piece of evidence that a model had a part in; null when nothing is. Its answer of then is checked
 * against the text again, and must speak of the same subject in the same words. No model is asked.
 */
async function faultWithModel(
  { reader }: Pick<Verifying, 'reader'>,
  { item }: ItemVersion,
  piece: QuotedEvidence,
): Promise<string | null> {
  const { model } = readersIn(piece.extractor);
  if (model === null) return null;
  const statements = await reader.proposedBefore({ item, at: piece.observedAt }, model);
  if (statements === null) return `the answer of ${model} that it rests on is not in the database`;
  const isProposed = statements.some((one) => isOn(piece, one));
  return isProposed ? null : `the answer of ${model} says nothing of it`;
}

function isOn(piece: QuotedEvidence, { subject, span }: ProposedPlace): boolean {
  const overlaps = span[0] < piece.span[1] && piece.span[0] < span[1];
  return overlaps && subject === piece.subject;
}
