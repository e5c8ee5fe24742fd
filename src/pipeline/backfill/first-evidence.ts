import { toEvidence } from '../../core/claims/to-evidence.ts';
import { dayPoint } from '../../core/extract/dates.ts';
import type { Claim } from '../../domain/claim.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { canonicalJson, idOf, type SnapshotId } from '../../domain/ids.ts';
import { type Item, type ItemVersion, keptItem } from '../../domain/item.ts';
import type { Subject } from '../../domain/subject.ts';
import type { Target } from '../../domain/target.ts';
import type { Watcher } from '../../domain/watcher.ts';
import type { Entry, PipelineContext } from '../context.ts';
import { judgeSubjects } from '../judge-subjects.ts';
import { compareVersions, type FirstTyped } from './plan.ts';
import type { VersionRead } from './version.ts';

/** Where an id was first typed, with the version that has it. */
export interface FirstOf {
  first: FirstTyped;
  read: VersionRead;
}

interface Said {
  version: ItemVersion;
  claims: readonly Claim[];
  evidence: readonly Evidence[];
}

/**
 * Writes what the history says: that an id was typed, by the first version that has it and on that version's day,
 * known from now on. Quietly: it moves levels, and nobody is told. Writing it again adds nothing, and an earlier version
 * takes the place of a later one.
 */
export async function recordFirsts(
  context: PipelineContext,
  watcher: Watcher,
  target: Target,
  firsts: readonly FirstOf[],
): Promise<void> {
  const at = context.clock.now();
  const standing = await context.store.claims.standing(target.id);
  const history = standing.filter(({ url }) => url !== target.url);
  const stated: Said[] = [];
  for (const one of firsts) stated.push(...(await statedBy(context, watcher, target, one, at)));
  const said = stated.filter(
    ({ evidence }) => !history.some((known) => evidence.some((one) => isBefore(known, one))),
  );
  const claims = said.flatMap((one) => one.claims);
  const evidence = said.flatMap((one) => one.evidence);
  const discovered = discoveredIn(context, watcher, target, said, at);
  context.reader.learn(discovered);
  await context.store.write(async (tx) => {
    await tx.claims.discover(discovered);
    await tx.items.apply({ added: said.map(({ version }) => version), ended: [], changes: [] });
    await tx.claims.add(claims, at);
    const added = await tx.claims.addEvidence(evidence);
    const later = history.filter((known) => evidence.some((one) => isBefore(one, known)));
    await tx.claims.supersede(
      later.map(({ id }) => id),
      at,
    );
    const subjects = [...new Set(added.map(({ subject }) => subject))];
    await judgeSubjects(context, tx, { subjects, changes: [], at, technical: true });
  });
}

/** Of two versions that type an id, the one that was earlier: it is the better word on when that began. */
function isBefore(one: Evidence, other: Evidence): boolean {
  return one.claim === other.claim && compareVersions(versionOf(one), versionOf(other)) < 0;
}

function versionOf({ url }: Evidence): string {
  return url.slice(url.lastIndexOf('@') + 1);
}

async function statedBy(
  context: PipelineContext,
  watcher: Watcher,
  target: Target,
  { first, read }: FirstOf,
  knownAt: string,
): Promise<readonly Said[]> {
  const { capture, snapshot } = read;
  const found = read.typed.get(first.id);
  if (found === undefined || snapshot === null) return [];
  const publisher = context.reader.publisherOf(capture.finalUrl);
  const entry = { item: historic(found, read), publisher, at: capture.fetchedAt };
  const [reading] = await context.reader.read(watcher, [entry], 'again');
  if (reading === undefined) return [];
  const version = versionFrom(target, entry, reading.mentions, snapshot);
  // What a version said of ends and offers was its word then; the newest has the last word on them.
  const statements = reading.statements.filter(({ claim }) => claim.facet === 'sdk_typed');
  const from = { target, watcher, publisher, version, capture, snapshot, knownAt, baseline: true };
  return [{ version, ...toEvidence(statements, from) }];
}

/** The entry as that version had it, with the day and address of the version. */
function historic(item: Item, { capture, day }: VersionRead): Item {
  return { ...item, url: capture.url, published: day === null ? null : dayPoint(day) };
}

/** A version that never stood: the live watch has its own. */
function versionFrom(
  target: Target,
  { item: read, at }: Pick<Entry, 'item' | 'at'>,
  mentions: readonly string[],
  snapshot: SnapshotId,
): ItemVersion {
  const item = keptItem(read);
  return {
    id: idOf('iv', target.id, item.key, canonicalJson(item), at),
    target: target.id,
    item,
    snapshot,
    mentions,
    firstSeenAt: at,
    supersededAt: at,
  };
}

function discoveredIn(
  { reader }: PipelineContext,
  { vendor }: Watcher,
  target: Target,
  said: readonly Said[],
  at: string,
): readonly Subject[] {
  const unknown = new Map<string, SnapshotId>();
  for (const { version, claims } of said)
    for (const { subject } of claims) {
      if (reader.subject(subject) === null && !unknown.has(subject))
        unknown.set(subject, version.snapshot);
    }
  return [...unknown].map(([id, snapshot]) =>
    reader.createSubject(id, vendor, {
      at,
      target: target.id,
      snapshot,
      firstHand: true,
      baseline: true,
    }),
  );
}
