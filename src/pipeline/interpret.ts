import { followUp, replaced } from '../core/claims/sightings.ts';
import { fold } from '../core/claims/to-evidence.ts';
import { diffItems, freshItems, type ItemDiff } from '../core/diff/items.ts';
import type { Capture } from '../domain/capture.ts';
import type { Claim } from '../domain/claim.ts';
import type { Evidence, Sighting } from '../domain/evidence.ts';
import type { ClaimKey, EvidenceId, ItemVersionId, SnapshotId } from '../domain/ids.ts';
import type { Item, ItemVersion } from '../domain/item.ts';
import { isVendorClass } from '../domain/publisher.ts';
import type { Subject } from '../domain/subject.ts';
import type { TargetState } from '../domain/target.ts';
import type { Instant } from '../domain/time.ts';
import type { Watcher } from '../domain/watcher.ts';
import type { Entry, EntryReading, Line, Occasion } from './context.ts';
import { markOtherForms } from './forms.ts';

/** What a good answer says about primary artefacts that stood before it. */
export interface FollowedUp {
  sightings: readonly Sighting[];
  awaitsRepeat: boolean;
  /** The subjects it may have moved. */
  subjects: readonly string[];
}

/** One good answer, read: what it holds, what is new in it, what it says, what it no longer says. */
export interface Reading extends FollowedUp {
  at: Instant;
  diff: ItemDiff;
  claims: readonly Claim[];
  evidence: readonly Evidence[];
  superseded: readonly EvidenceId[];
  /** Subjects the answer names that nobody knew. */
  discovered: readonly Subject[];
  /** The subjects the answer shows: the positive controls of a silence. */
  shows: readonly string[];
}

export interface ReadingQuestion {
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
export async function readItems(line: Line, question: ReadingQuestion): Promise<Reading> {
  const { target, watcher, capture, snapshot } = question;
  const before = await line.store.items.current(target.id);
  const publisher = line.reader.publisherOf(capture.finalUrl);
  const fresh = freshItems({ before, now: question.items });
  const entries = fresh.map((item) => ({ item, publisher, at: capture.fetchedAt }));
  const read = await readEntries(line, watcher, entries, 'first');
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
  const diff = await markOtherForms(line, watcher, capture, compared);
  const said = stateAll(line, question, diff.added, read);
  const standing = await line.store.claims.standing(target.id);
  const sight = sightOf(diff.after, [...said.evidence, ...standing], said.evidence);
  const outOfSight = await rolledOff(line, watcher, diff.after, standing, sight.current);
  const primary = [...standing, ...said.evidence].filter(({ artefact }) => artefact !== null);
  const followed = followUp({
    target: target.id,
    at: question.knownAt,
    snapshot,
    evidence: primary,
    sightings: primary.length === 0 ? [] : await line.store.claims.sightings(target.id),
    stated: sight.stated,
    outOfSight,
    gone: question.gone,
    policy: line.policy,
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
  };
}

/** What was read in entries, by their keys. */
export type EntryReadings = ReadonlyMap<string, EntryReading>;

export async function readEntries(
  { reader }: Pick<Line, 'reader'>,
  watcher: Watcher,
  entries: readonly Entry[],
  occasion: Occasion,
): Promise<EntryReadings> {
  const readings = await reader.read(watcher, entries, occasion);
  return new Map(
    readings.flatMap((reading, index) => {
      const entry = entries[index];
      return entry === undefined ? [] : [[entry.item.key, reading] as const];
    }),
  );
}

export interface Said {
  claims: readonly Claim[];
  evidence: readonly Evidence[];
  discovered: readonly Subject[];
}

/** What the new versions say, and the subjects in it that nobody catalogued. */
export function stateAll(
  line: Pick<Line, 'reader'>,
  question: Pick<
    ReadingQuestion,
    'target' | 'watcher' | 'capture' | 'snapshot' | 'knownAt' | 'baseline'
  >,
  added: readonly ItemVersion[],
  read: EntryReadings,
): Said {
  const { capture, watcher, target, snapshot, knownAt, baseline } = question;
  const publisher = line.reader.publisherOf(capture.finalUrl);
  const claims: Claim[] = [];
  const evidence: Evidence[] = [];
  for (const version of added) {
    const statements = read.get(version.item.key)?.statements ?? [];
    const from = { target, watcher, publisher, version, capture, snapshot, knownAt, baseline };
    const folded = fold(statements, from);
    claims.push(...folded.claims);
    evidence.push(...folded.evidence);
  }
  const firstHand = isVendorClass(publisher.class) && watcher.vendor !== null;
  const named = firstHand ? added.flatMap(({ mentions }) => mentions) : [];
  const unknown = new Set([...claims.map(({ subject }) => subject), ...named]);
  const discovery = { at: knownAt, target: target.id, snapshot, firstHand, baseline };
  const discovered = [...unknown]
    .filter((id) => line.reader.subject(id) === null)
    .map((id) => line.reader.coin(id, discovery));
  return { claims, evidence, discovered };
}

/** The last good answer again: what waited for a repeat has had it, what was missing is missing still. */
export async function followStanding(
  line: Line,
  target: TargetState,
  watcher: Watcher,
  at: Instant,
): Promise<FollowedUp> {
  const current = await line.store.items.current(target.id);
  const standing = await line.store.claims.standing(target.id);
  const sight = sightOf(current, standing, []);
  const followed = followUp({
    target: target.id,
    at,
    snapshot: null,
    evidence: standing.filter(({ artefact }) => artefact !== null),
    sightings: await line.store.claims.sightings(target.id),
    stated: sight.stated,
    outOfSight: await rolledOff(line, watcher, current, standing, sight.current),
    gone: false,
    policy: line.policy,
  });
  return { ...followed, subjects: subjectsMoved(standing, [], followed.sightings, []) };
}

interface Sight {
  /** The item versions in sight. */
  current: ReadonlySet<ItemVersionId>;
  /** The claims they state. */
  stated: ReadonlySet<ClaimKey>;
}

function sightOf(
  versions: ReadonlyMap<string, ItemVersion>,
  standing: readonly Evidence[],
  fresh: readonly Evidence[],
): Sight {
  const current = new Set([...versions.values()].map(({ id }) => id));
  const inSight = standing.filter(({ item }) => current.has(item));
  return { current, stated: new Set([...fresh, ...inSight].map(({ claim }) => claim)) };
}

/** Whose verdicts may be others now: those spoken of anew, seen again, missed, or no longer spoken of. */
function subjectsMoved(
  known: readonly Evidence[],
  fresh: readonly Evidence[],
  sightings: readonly Sighting[],
  superseded: readonly EvidenceId[],
): readonly string[] {
  const claims = new Set(sightings.map(({ claim }) => claim));
  const ended = new Set(superseded);
  const moved = known.filter(({ id, claim }) => claims.has(claim) || ended.has(id));
  return [...new Set([...fresh, ...moved].map(({ subject }) => subject))].sort();
}

/** Claims of entries that a rolling list no longer holds: they stand as they were last seen. */
async function rolledOff(
  line: Line,
  watcher: Watcher,
  after: ReadonlyMap<string, ItemVersion>,
  standing: readonly Evidence[],
  current: ReadonlySet<ItemVersionId>,
): Promise<ReadonlySet<ClaimKey>> {
  const claims = new Set<ClaimKey>();
  if (watcher.coverage !== 'rolling') return claims;
  for (const piece of standing) {
    if (piece.artefact === null || current.has(piece.item)) continue;
    const version = await line.store.items.get(piece.item);
    const isHere = version !== null && after.has(version.item.key);
    if (!isHere) claims.add(piece.claim);
  }
  return claims;
}
