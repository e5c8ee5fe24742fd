import { NO_COUNT } from '../core/extract/extraction.ts';
import { ENGINE, verdictDigest } from '../core/verdict/engine.ts';
import { CHECKED_KINDS, relevantTargets, subjectCase } from '../core/verdict/inputs.ts';
import { judgeSubject } from '../core/verdict/judge.ts';
import { systemClock } from '../domain/clock.ts';
import { asError, StoreError } from '../domain/errors.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { BodyHash, SnapshotId } from '../domain/ids.ts';
import type { ItemVersion } from '../domain/item.ts';
import type { Target, TargetState } from '../domain/target.ts';
import { HOUR, type Instant, plus } from '../domain/time.ts';
import type { StoredVerdict } from '../domain/verdict.ts';
import { extractorOf, readersIn, type Watcher } from '../domain/watcher.ts';
import type { PipelineContext, ProposedPlace } from '../pipeline/context.ts';
import type { Store } from '../store/store.ts';

/** Something in the database that is not as it must be. */
export interface Finding {
  kind: 'file' | 'body' | 'quote' | 'reading' | 'verdict' | 'time';
  /** What it is about: an id, a hash, a claim. */
  about: string;
  message: string;
}

export interface Verification {
  bodies: number;
  evidence: number;
  /** Pieces whose text was made again from the stored bytes; the others were read by another version of their watcher. */
  reread: number;
  verdicts: number;
  /** Verdicts that another engine found: their digests are checked, and they are not derived again. */
  engineChanged: number;
  findings: readonly Finding[];
}

type Verifying = Omit<PipelineContext, 'fetcher' | 'clock'>;

/** How many bodies are asked for at a time. */
const BATCH = 200;

/**
 * Proves the database from the bytes up: the file is sound, every body still has its hash, every quote stands in the text
 * that its watcher makes of those bytes, none lies ahead of the time that it is, and every verdict follows from evidence
 * and checks under the policy it names.
 */
export async function verify(
  context: Verifying,
  now: Instant = systemClock.now(),
): Promise<Verification> {
  const findings: Finding[] = [];
  for (const message of await context.store.maintenance.integrity()) {
    findings.push({ kind: 'file', about: 'record', message });
  }
  const bodies = await verifyBodies(context, findings);
  const heard = await verifyEvidence(context, findings, plus(now, HOUR));
  const judged = await verifyVerdicts(context, findings);
  return { bodies, ...heard, ...judged, findings };
}

async function verifyBodies({ store }: Verifying, findings: Finding[]): Promise<number> {
  let count = 0;
  let last: BodyHash | null = null;
  for (;;) {
    const hashes: readonly BodyHash[] = await store.maintenance.bodies(last, BATCH);
    for (const hash of hashes) {
      const fault = await faultIn(() => store.snapshots.body(hash));
      if (fault !== null) findings.push({ kind: 'body', about: hash, message: fault });
    }
    count += hashes.length;
    last = hashes.at(-1) ?? null;
    if (last === null) return count;
  }
}

async function faultIn(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (thrown) {
    return asError(thrown).message;
  }
}

async function verifyEvidence(
  context: Verifying,
  findings: Finding[],
  latest: Instant,
): Promise<Pick<Verification, 'evidence' | 'reread'>> {
  const counts = { evidence: 0, reread: 0 };
  const read = new Map<SnapshotId, ReadonlyMap<string, string> | null>();
  for (const { subject } of await context.store.reads.activity()) {
    const { evidence } = await context.store.claims.record(subject, FOR_EVER);
    for (const piece of evidence) {
      counts.evidence += 1;
      const found = await verifyPiece(context, piece, read);
      if (found.reread) counts.reread += 1;
      if (found.fault !== null) findings.push({ ...found.fault, about: piece.id });
      if (piece.knownAt > latest) findings.push(aheadOfTime(piece));
    }
    // Snapshots are shared within a subject at most: what is kept for longer would grow with the database.
    read.clear();
  }
  return counts;
}

/** A clock that was set ahead stored it, and until then no question finds it. */
function aheadOfTime({ id, knownAt }: Evidence): Finding {
  const message = `it was stored under ${knownAt}, which has yet to come: the clock was wrong, and nothing finds it until then`;
  return { kind: 'time', about: id, message };
}

/** Later than anything: the whole of what was ever known. */
const FOR_EVER = '9999-12-31T23:59:59.999Z';

interface PieceCheck {
  fault: Omit<Finding, 'about'> | null;
  reread: boolean;
}

async function verifyPiece(
  context: Verifying,
  piece: Evidence,
  read: Map<SnapshotId, ReadonlyMap<string, string> | null>,
): Promise<PieceCheck> {
  const version = await context.store.items.get(piece.item);
  if (version === null) return quoteFault('its item is missing');
  const { key, text } = version.item;
  const [start, end] = piece.span;
  if (text.slice(start, end) !== piece.quote) {
    return quoteFault('its quote does not stand at its place in the text');
  }
  const texts = read.get(version.snapshot) ?? (await textsOf(context, piece, version.snapshot));
  read.set(version.snapshot, texts);
  if (texts === null) return { fault: null, reread: false };
  const again = texts.get(key);
  const message =
    again === text
      ? await faultWithModel(context, version, piece)
      : `the stored bytes ${again === undefined ? 'no longer yield its entry' : 'yield another text'}`;
  return { fault: message === null ? null : { kind: 'reading', message }, reread: true };
}

/** Today's watcher, when it is the one that read the evidence. */
function watcherOf({ watchers }: Verifying, { extractor }: Evidence): Watcher | null {
  const name = readersIn(extractor).watcher;
  return [...watchers.values()].find((one) => extractorOf(one) === name) ?? null;
}

function quoteFault(message: string): PieceCheck {
  return { fault: { kind: 'quote', message }, reread: false };
}

/** What today's watcher makes of a snapshot, by key; null when another version of it read the evidence. */
async function textsOf(
  context: Verifying,
  piece: Evidence,
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

async function verifyVerdicts(
  context: Verifying,
  findings: Finding[],
): Promise<Pick<Verification, 'verdicts' | 'engineChanged'>> {
  const targets = await context.store.targets.list({ kinds: CHECKED_KINDS });
  const verdicts = await context.store.claims.verdicts();
  findings.push(...verdicts.filter((verdict) => !isAsJudged(verdict)).map(changedAfterwards));
  const ours = verdicts.filter(({ engine }) => engine === ENGINE);
  for (const group of grouped(ours)) {
    findings.push(...(await verifyJudgement(context, targets, group)));
  }
  return { verdicts: ours.length, engineChanged: verdicts.length - ours.length };
}

function isAsJudged(verdict: StoredVerdict): boolean {
  return verdict.digest === null || verdict.digest === verdictDigest(verdict);
}

function changedAfterwards({ claim, subject, level }: StoredVerdict): Finding {
  const message = `${subject}: its digest is not that of ${level}: it was changed after it was judged`;
  return { kind: 'verdict', about: claim, message };
}

/** Verdicts of one subject that were judged together. */
function grouped(verdicts: readonly StoredVerdict[]): Iterable<readonly StoredVerdict[]> {
  const groups = new Map<string, StoredVerdict[]>();
  for (const verdict of verdicts) {
    const key = `${verdict.subject} ${verdict.judgedAt} ${verdict.policy}`;
    groups.set(key, [...(groups.get(key) ?? []), verdict]);
  }
  return groups.values();
}

async function verifyJudgement(
  { store, reader }: Verifying,
  targets: readonly TargetState[],
  stored: readonly StoredVerdict[],
): Promise<readonly Finding[]> {
  const [first] = stored;
  if (first === undefined) return [];
  const { judgedAt, policy: digest } = first;
  const subject = reader.subject(first.subject);
  const policy = await store.claims.policy(digest);
  if (subject === null || policy === null) {
    const missing =
      subject === null ? 'its subject is not known' : `its policy ${digest} is missing`;
    return stored.map(({ claim }) => ({ kind: 'verdict', about: claim, message: missing }));
  }
  const relevant: readonly Target[] = relevantTargets(targets, subject);
  const record = await store.claims.record(subject.id, judgedAt);
  const checks = await store.checks.latest(
    relevant.map(({ id }) => id),
    judgedAt,
  );
  const derived = judgeSubject(subjectCase(subject, record, relevant, checks), judgedAt, policy);
  const byClaim = new Map(derived.map((verdict) => [verdict.claim.key as string, verdict]));
  return stored.flatMap((verdict): Finding[] => {
    const again = byClaim.get(verdict.claim);
    const was = `${verdict.level} (${verdict.status}, rule ${verdict.rule})`;
    const is =
      again === undefined ? 'nothing' : `${again.level} (${again.status}, rule ${again.rule})`;
    if (was === is) return [];
    const message = `${subject.id}: judged ${was} at ${judgedAt}, derived as ${is}: another version or catalogue judged it, or the database was changed`;
    return [{ kind: 'verdict', about: verdict.claim, message }];
  });
}

/**
 * What is wrong with a piece of evidence that a model had a part in; null when nothing is. Its answer of then is checked
 * against the text again, and must speak of the same subject in the same words. No model is asked.
 */
async function faultWithModel(
  { reader }: Pick<Verifying, 'reader'>,
  { item }: ItemVersion,
  piece: Evidence,
): Promise<string | null> {
  const { model } = readersIn(piece.extractor);
  if (model === null) return null;
  const statements = await reader.proposedBefore({ item, at: piece.observedAt }, model);
  if (statements === null) return `the answer of ${model} that it rests on is not in the database`;
  const isProposed = statements.some((one) => isOn(piece, one));
  return isProposed ? null : `the answer of ${model} says nothing of it`;
}

function isOn(piece: Evidence, { subject, span }: ProposedPlace): boolean {
  const overlaps = span[0] < piece.span[1] && piece.span[0] < span[1];
  return overlaps && subject === piece.subject;
}
