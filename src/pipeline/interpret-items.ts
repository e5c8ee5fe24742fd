import { followUp, replaced, sightOf, subjectsMoved } from '../core/claims/sightings.ts';
import { toEvidence } from '../core/claims/to-evidence.ts';
import { diffItems, freshItems, type ItemDiff, type VersionChange } from '../core/diff/items.ts';
import type { Capture } from '../domain/capture.ts';
import type { Claim } from '../domain/claim.ts';
import type { Evidence, Sighting } from '../domain/evidence.ts';
import type { ClaimKey, EvidenceId, ItemVersionId, SnapshotId } from '../domain/ids.ts';
import type { Item, ItemVersion } from '../domain/item.ts';
import { isVendorClass } from '../domain/publisher.ts';
import { MOST_UNKNOWN, type Subject } from '../domain/subject.ts';
import type { TargetState } from '../domain/target.ts';
import type { Instant } from '../domain/time.ts';
import type { Watcher } from '../domain/watcher.ts';
import type { Entry, EntryReading, PipelineContext, ReadingMode } from './context.ts';
import { withHistory } from './newsroom-history.ts';

/** What a good answer says about primary artefacts that stood before it. */
export interface FollowUpResult {
  sightings: readonly Sighting[];
  awaitsRepeat: boolean;
  /** The subjects it may have moved. */
  subjects: readonly string[];
}

/** One good answer, read: what it holds, what is new in it, what it says, what it no longer says. */
export interface Interpretation extends FollowUpResult, CollectedEvidence {
  at: Instant;
  diff: ItemDiff;
  superseded: readonly EvidenceId[];
  /** The subjects the answer shows: the positive controls of a silence. */
  shows: readonly string[];
  /** What went wrong in a reader, each with the entry that was set aside for it. */
  faults: readonly EntryFault[];
}

export interface EntryFault {
  key: string;
  message: string;
}

export interface InterpretationInput {
  target: TargetState;
  watcher: Watcher;
  capture: Pick<Capture, 'url' | 'finalUrl' | 'fetchedAt'>;
  snapshot: SnapshotId;
  items: readonly Item[];
  /** The answer was an explicit 404 or 410. */
  gone: boolean;
  baseline: boolean;
  /** Later than the capture only for a second reading of old bytes. */
  knownAt: Instant;
  technical: boolean;
}

/**
 * Compares what was read with what stood, and turns what is new into claims, evidence and sightings. Throws
 * `ExtractError` when reading it takes too long.
 */
export async function interpretItems(
  context: PipelineContext,
  question: InterpretationInput,
): Promise<Interpretation> {
  const { target, watcher, capture, snapshot } = question;
  const before = await context.store.items.current(target.id);
  const publisher = context.reader.publisherOf(capture.finalUrl);
  const fresh = freshItems({ before, now: question.items });
  const entries = fresh.map((item) => ({ item, publisher, at: capture.fetchedAt }));
  const read = await readEntries(context, watcher, entries, 'first');
  const compared = diffItems({
    target: target.id,
    snapshot,
    at: question.knownAt,
    coverage: watcher.coverage,
    before,
    // A page that answers 404 has no items; what it held before is gone with it.
    now: question.items,
    technical: question.technical,
    baseline: question.baseline,
    mentionsOf: ({ key }) => read.get(key)?.mentions ?? [],
  });
  const diff = await markOtherForms(context, watcher, capture, compared);
  const news = await withHistory(context, watcher, [...diff.after.values()], read);
  const said = collectEvidence(context, question, diff.added, news);
  const standing = await context.store.claims.standing(target.id);
  const sight = sightOf(diff.after, [...said.evidence, ...standing], said.evidence);
  const outOfSight = await rolledOff(context, watcher, diff.after, standing, sight.current);
  const primary = [...standing, ...said.evidence].filter(({ artefact }) => artefact !== null);
  const followed = followUp({
    target: target.id,
    at: question.knownAt,
    snapshot,
    evidence: primary,
    sightings: primary.length === 0 ? [] : await context.store.claims.sightings(target.id),
    stated: sight.stated,
    outOfSight,
    gone: question.gone,
    policy: context.policy,
  });
  const ended = new Set<string>(diff.ended.map(({ id }) => id));
  const superseded = replaced(standing, ended, sight.stated);
  return {
    at: question.knownAt,
    diff,
    ...said,
    ...followed,
    superseded,
    subjects: subjectsMoved(
      [...standing, ...said.evidence],
      said.evidence,
      followed.sightings,
      superseded,
    ),
    shows: [...new Set([...diff.after.values()].flatMap(({ mentions }) => mentions))].sort(),
    faults: faultsIn(read),
  };
}

function faultsIn(read: EntryReadings): readonly EntryFault[] {
  return [...read].flatMap(([key, { fault }]) =>
    fault === undefined ? [] : [{ key, message: fault }],
  );
}

/** What was read in entries, by their keys. */
export type EntryReadings = ReadonlyMap<string, EntryReading>;

export async function readEntries(
  { reader }: Pick<PipelineContext, 'reader'>,
  watcher: Watcher,
  entries: readonly Entry[],
  mode: ReadingMode,
): Promise<EntryReadings> {
  const readings = await reader.read(watcher, entries, mode);
  return new Map(
    readings.flatMap((reading, index) => {
      const entry = entries[index];
      return entry === undefined ? [] : [[entry.item.key, reading] as const];
    }),
  );
}

export interface CollectedEvidence {
  claims: readonly Claim[];
  evidence: readonly Evidence[];
  /** Subjects the answer names that nobody knew. */
  discovered: readonly Subject[];
  /** The same where others name them: they wait for a second independent voice. */
  heard: readonly Subject[];
}

/** The titles of the items that name a subject, then their texts. */
function textsNaming(id: string, versions: readonly ItemVersion[]): readonly string[] {
  const naming = versions.filter(({ mentions }) => mentions.includes(id)).map(({ item }) => item);
  return [...naming.map(({ title }) => title), ...naming.map(({ text }) => text)];
}

/** What the new versions say, and the subjects in it that nobody catalogued. */
export function collectEvidence(
  context: Pick<PipelineContext, 'reader' | 'alertPolicy'>,
  question: Pick<
    InterpretationInput,
    'target' | 'watcher' | 'capture' | 'snapshot' | 'knownAt' | 'baseline'
  >,
  added: readonly ItemVersion[],
  read: EntryReadings,
): CollectedEvidence {
  const { capture, watcher, target, snapshot, knownAt, baseline } = question;
  const publisher = context.reader.publisherOf(capture.finalUrl);
  const claims: Claim[] = [];
  const evidence: Evidence[] = [];
  for (const version of added) {
    const statements = read.get(version.item.key)?.statements ?? [];
    const from = { target, watcher, publisher, version, capture, snapshot, knownAt, baseline };
    const folded = toEvidence(statements, from);
    claims.push(...folded.claims);
    evidence.push(...folded.evidence);
  }
  const named = added.flatMap(({ mentions }) => mentions);
  const said = claims.map(({ subject }) => subject);
  const firstHand = isVendorClass(publisher.class) && watcher.vendor !== null;
  const discovery = { at: knownAt, target: target.id, snapshot, firstHand, baseline };
  const create = (ids: readonly string[]) =>
    ids.map((id) => {
      const texts = firstHand ? textsNaming(id, added) : [];
      return context.reader.createSubject(id, watcher.vendor, discovery, texts);
    });
  const unknown = (ids: readonly string[]) =>
    [...new Set(ids)].filter((id) => context.reader.subject(id) === null);
  // A partner's own list is its word on its own surface; what all others write is talk.
  if (firstHand || publisher.class === 'Q') {
    const isHearsay = (id: string) =>
      firstHand && context.reader.subject(id)?.discovered?.firstHand === false;
    const ids = [...new Set(firstHand ? [...said, ...named] : said)];
    // What talk named first becomes the vendor's own: it is watched, and called as the vendor calls it.
    const revealed = ids.filter((id) => context.reader.subject(id) === null || isHearsay(id));
    return { claims, evidence, discovered: create(revealed), heard: [] };
  }
  const isFollowed = (id: string) => context.alertPolicy.interestIn(id) === 'followed';
  const strange = unknown([...said, ...named]).filter((id) => !isFollowed(id));
  const ignored = new Set(strange.length > MOST_UNKNOWN ? strange : []);
  const isTaken = ({ subject }: Claim | Evidence) => !ignored.has(subject);
  return {
    claims: claims.filter(isTaken),
    evidence: evidence.filter(isTaken),
    discovered: create(unknown(said).filter(isFollowed)),
    heard: create(unknown(said).filter((id) => !isFollowed(id) && !ignored.has(id))),
  };
}

/** The last good answer again: what waited for a repeat has had it, what was missing is missing still. */
export async function followUpRepeat(
  context: PipelineContext,
  target: TargetState,
  watcher: Watcher,
  at: Instant,
): Promise<FollowUpResult> {
  const current = await context.store.items.current(target.id);
  const standing = await context.store.claims.standing(target.id);
  const sight = sightOf(current, standing, []);
  const followed = followUp({
    target: target.id,
    at,
    snapshot: null,
    evidence: standing.filter(({ artefact }) => artefact !== null),
    sightings: await context.store.claims.sightings(target.id),
    stated: sight.stated,
    outOfSight: await rolledOff(context, watcher, current, standing, sight.current),
    gone: false,
    policy: context.policy,
  });
  return { ...followed, subjects: subjectsMoved(standing, [], followed.sightings, []) };
}

/** Claims of entries that a rolling list no longer holds: they stand as they were last seen. */
async function rolledOff(
  context: PipelineContext,
  watcher: Watcher,
  after: ReadonlyMap<string, ItemVersion>,
  standing: readonly Evidence[],
  current: ReadonlySet<ItemVersionId>,
): Promise<ReadonlySet<ClaimKey>> {
  const claims = new Set<ClaimKey>();
  if (watcher.coverage !== 'rolling') return claims;
  for (const piece of standing) {
    if (piece.artefact === null || current.has(piece.item)) continue;
    const version = await context.store.items.get(piece.item);
    const isHere = version !== null && after.has(version.item.key);
    if (!isHere) claims.add(piece.claim);
  }
  return claims;
}

/**
 * A page and its twin say the same in other words and other markup: what differs from an entry that was read from the
 * other address may differ by that alone, and is technical. What is added is news in any form.
 */
async function markOtherForms(
  { store }: Pick<PipelineContext, 'store'>,
  watcher: Pick<Watcher, 'twin'>,
  { url }: Pick<Capture, 'url'>,
  diff: ItemDiff,
): Promise<ItemDiff> {
  if (watcher.twin === undefined) return diff;
  const known = new Map<string, string | null>();
  const changes: VersionChange[] = [];
  for (const one of diff.changes) {
    const from = one.before?.snapshot;
    if (from !== undefined && !known.has(from)) {
      known.set(from, (await store.snapshots.get(from))?.capture.url ?? null);
    }
    const was = from === undefined ? null : (known.get(from) ?? null);
    const isOther = was !== null && was !== url;
    changes.push(isOther ? { ...one, change: { ...one.change, technical: true } } : one);
  }
  return { ...diff, changes };
}
