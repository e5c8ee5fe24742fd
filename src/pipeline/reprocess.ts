import { diffItems, type ItemDiff } from '../core/diff/items.ts';
import { type AppError, ExtractError } from '../domain/errors.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Subject } from '../domain/subject.ts';
import type { TargetState } from '../domain/target.ts';
import type { Instant } from '../domain/time.ts';
import type { Transition } from '../domain/verdict.ts';
import type { Watcher } from '../domain/watcher.ts';
import type { Entry, OfflineContext } from './context.ts';
import { joinVoices, type TalkPage, talkPages } from './group-sources.ts';
import { discoverHeard } from './heard-subjects.ts';
import {
  type CollectedEvidence,
  collectEvidence,
  type EntryReadings,
  readEntries,
} from './interpret-items.ts';
import { judgeSubjects } from './judge-subjects.ts';
import { withHistory } from './newsroom-history.ts';
import { captureOf, readStoredCaptures, type StoredCaptures } from './stored-captures.ts';

/** What reading a target's stored answers again came to. */
export interface Reprocessed {
  /** Answers that were read again. */
  snapshots: number;
  /** Entries in the last of them. */
  items: number;
  /** Entries that are new, or read otherwise than before. */
  changes: number;
  /** Evidence that nobody had read before, and evidence that is read no more. */
  added: number;
  superseded: number;
  transitions: readonly Transition[];
  /** Why nothing was changed: today's watcher cannot read the last good answer. */
  unreadable: AppError | null;
}

const NOTHING: Reprocessed = {
  ...{ snapshots: 0, items: 0, changes: 0, added: 0, superseded: 0 },
  ...{ transitions: [], unreadable: null },
};

/** A second reading, ready to be written. */
interface SecondReading extends StoredCaptures {
  at: Instant;
  diff: ItemDiff;
  said: CollectedEvidence;
  talk: readonly TalkPage[];
}

/**
 * Reads the stored answers of a target with today's watcher and reader. What they find is known from now on, and was
 * observed when the bytes were fetched; what they no longer find ends. None of it is told: no source has changed. The
 * lease, if there is one, goes on.
 */
export async function reprocessTarget(
  context: OfflineContext,
  target: TargetState,
  watcher: Watcher,
): Promise<Reprocessed> {
  const answers = await readStoredCaptures(context, target, watcher);
  if (answers === null) return NOTHING;
  if ('unreadable' in answers) return { ...NOTHING, ...answers };
  const at = context.clock.now();
  try {
    const read = await readEntries(context, watcher, entriesIn(context, answers), 'again');
    const diff = await technicalDiff(context, target, watcher, answers, read, at);
    const versions = [...diff.after.values()];
    const news = await withHistory(context, watcher, versions, read);
    const said = sayAll(context, target, watcher, answers, diff, news, at);
    const talk = await talkIn(context, answers, diff);
    return await writeReread(context, target, { ...answers, at, diff, said, talk });
  } catch (thrown) {
    if (thrown instanceof ExtractError) return { ...NOTHING, unreadable: thrown };
    throw thrown;
  }
}

function entriesIn({ reader }: OfflineContext, { seen }: StoredCaptures): readonly Entry[] {
  return [...seen.values()].map(({ item, snapshot: { capture } }) => ({
    item,
    publisher: reader.publisherOf(capture.finalUrl),
    at: capture.fetchedAt,
  }));
}

async function technicalDiff(
  context: OfflineContext,
  target: TargetState,
  watcher: Watcher,
  { seen, last }: StoredCaptures,
  read: EntryReadings,
  at: Instant,
): Promise<ItemDiff> {
  const diff = diffItems({
    ...{ target: target.id, snapshot: last.id, at, coverage: watcher.coverage },
    before: await context.store.items.current(target.id),
    now: [...seen.values()].map(({ item }) => item),
    ...{ technical: true, baseline: false },
    mentionsOf: ({ key }) => read.get(key)?.mentions ?? [],
  });
  // A version names the answer that first held it, which need not be the last one.
  const placed = diff.added.map((version) => ({
    ...version,
    snapshot: seen.get(version.item.key)?.snapshot.id ?? version.snapshot,
  }));
  const byId = new Map(placed.map((version) => [version.id, version]));
  const after = new Map([...diff.after].map(([key, one]) => [key, byId.get(one.id) ?? one]));
  return { ...diff, added: placed, after };
}

/** What every entry says, each as of the answer that first held it. */
function sayAll(
  context: OfflineContext,
  target: TargetState,
  watcher: Watcher,
  { seen }: StoredCaptures,
  diff: ItemDiff,
  read: EntryReadings,
  knownAt: Instant,
): CollectedEvidence {
  const all = [...seen].map(([key, { snapshot }]): CollectedEvidence => {
    const version = diff.after.get(key);
    if (version === undefined) return { claims: [], evidence: [], discovered: [], heard: [] };
    const { capture, id } = snapshot;
    const baseline = target.baselineAt !== null && capture.fetchedAt <= target.baselineAt;
    const question = { target, watcher, capture, snapshot: id, knownAt, baseline };
    return collectEvidence(context, question, [version], read);
  });
  const once = (subjects: readonly Subject[]) => [
    ...new Map(subjects.map((subject) => [subject.id, subject])).values(),
  ];
  return {
    claims: all.flatMap(({ claims }) => claims),
    evidence: all.flatMap(({ evidence }) => evidence),
    discovered: once(all.flatMap(({ discovered }) => discovered)),
    heard: once(all.flatMap(({ heard }) => heard)),
  };
}

/** The new pages of somebody else, to be compared with those known. */
async function talkIn(
  context: OfflineContext,
  { seen }: StoredCaptures,
  diff: ItemDiff,
): Promise<readonly TalkPage[]> {
  const pages: TalkPage[] = [];
  for (const version of diff.added) {
    const first = seen.get(version.item.key);
    if (version.item.kind !== 'page' || first === undefined) continue;
    const capture = await captureOf(context.store, first.snapshot);
    pages.push(...(await talkPages(context, capture, { diff: { ...diff, added: [version] } })));
  }
  return pages;
}

async function writeReread(
  context: OfflineContext,
  target: TargetState,
  { at, diff, said, talk, snapshots, items }: SecondReading,
): Promise<Reprocessed> {
  const standing = await context.store.claims.standing(target.id);
  const ended = endedBy(standing, said.evidence, diff);
  context.reader.learn(said.discovered);
  return context.store.write(async (tx) => {
    await tx.claims.discover(said.discovered);
    const { added, changes } = diff;
    await tx.items.apply({
      ...{ added, ended: diff.ended },
      changes: changes.map(({ change }) => change),
    });
    await tx.claims.add(said.claims, at);
    const fresh = await tx.claims.addEvidence(said.evidence);
    await tx.claims.supersede(
      ended.map(({ id }) => id),
      at,
    );
    const joined = await joinVoices(context, tx, talk, at);
    await discoverHeard(context, tx, said.heard, at);
    const moved = [...fresh, ...ended].map(({ subject }) => subject);
    const input = { subjects: [...new Set([...moved, ...joined])].sort(), changes: [], at };
    const { transitions } = await judgeSubjects(context, tx, { ...input, technical: true });
    const counts = { added: fresh.length, superseded: ended.length };
    return {
      ...{ snapshots, items, changes: changes.length, ...counts, transitions },
      unreadable: null,
    };
  });
}

/** What stood on entries that were read again and is not said of them any more. */
function endedBy(
  standing: readonly Evidence[],
  said: readonly Evidence[],
  diff: ItemDiff,
): readonly Evidence[] {
  const read = new Set([
    ...[...diff.after.values()].map(({ id }) => id),
    ...diff.ended.map(({ id }) => id),
  ]);
  const saidNow = new Set(said.map(({ id }) => id));
  return standing.filter(({ id, item }) => read.has(item) && !saidNow.has(id));
}
