import type { Capture } from '../../domain/capture.ts';
import { FetchError } from '../../domain/errors.ts';
import type { Target } from '../../domain/target.ts';
import type { Day } from '../../domain/time.ts';
import type { Watcher } from '../../domain/watcher.ts';
import type { PipelineContext } from '../context.ts';
import { requestTo } from '../fetch-target.ts';
import { type FirstOf, recordFirsts } from './first-evidence.ts';
import { firstTyped, nextToRead, releasesSince, type TypedIn } from './plan.ts';
import { releasesIn, type VersionRead, versionOf } from './version.ts';

export interface BackfillOptions {
  since: Day;
  /** Versions that are downloaded at most, in one run. */
  most: number;
  signal: AbortSignal;
  onRead(progress: BackfillProgress): void;
}

/** Where a backfill stands, after each version. */
export interface BackfillProgress {
  version: string;
  day: Day | null;
  /** It was in the database already: nothing was downloaded. */
  kept: boolean;
  downloads: number;
  most: number;
}

export interface Backfill {
  firsts: readonly FirstOf[];
  versions: number;
  downloads: number;
  /** Every first version is known exactly; otherwise the rest lay beyond the limit. */
  isComplete: boolean;
}

/**
 * Reads the published history of a package: only the versions that its change log points at and that narrow down where
 * an id was first typed. Each is kept before it is read, so a run that was stopped goes on where it was. What is found
 * is known from now on and true since then: history, which alerts nobody. Throws `FetchError` when a version cannot be had.
 */
export async function backfill(
  context: PipelineContext,
  watcher: Watcher,
  target: Target,
  options: BackfillOptions,
): Promise<Backfill> {
  const run = { context, watcher, target, options, downloads: 0 };
  const newest = await download(run, target.url);
  const latest = await versionOf(watcher, newest);
  const read = new Map([[latest.version, latest], ...(await keptVersions(run))]);
  const releases = releasesSince(releasesIn(newest), options.since);
  // The newest is asked for again, by its version, when something in it is new.
  const limit = read.get(latest.version)?.snapshot === null ? options.most - 1 : options.most;
  let next = nextToRead(releases, idsIn(read));
  while (next !== null && run.downloads < limit) {
    read.set(next, await readVersion(run, next));
    next = nextToRead(releases, idsIn(read));
  }
  const firsts: FirstOf[] = [];
  for (const first of firstTyped(releases, idsIn(read))) {
    const found = read.get(first.version);
    if (found === undefined) continue;
    const held = found.snapshot === null ? await readVersion(run, first.version) : found;
    read.set(first.version, held);
    firsts.push({ first, read: held });
  }
  await recordFirsts(context, watcher, target, firsts);
  const versions = releases.filter(({ version }) => read.has(version)).length;
  return { firsts, versions, downloads: run.downloads, isComplete: next === null };
}

function idsIn(read: ReadonlyMap<string, VersionRead>): TypedIn {
  return new Map([...read].map(([version, { typed }]) => [version, new Set(typed.keys())]));
}

interface Run {
  context: PipelineContext;
  watcher: Watcher;
  target: Target;
  options: BackfillOptions;
  downloads: number;
}

function versionUrl({ url }: Target, version: string): string {
  return `${url}@${version}`;
}

/** What earlier runs have kept of the history. */
async function keptVersions({
  context,
  watcher,
  target,
  options,
  downloads,
}: Run): Promise<ReadonlyMap<string, VersionRead>> {
  const read = new Map<string, VersionRead>();
  for (const { id, capture } of await context.store.snapshots.list(target.id)) {
    if (capture.url === target.url) continue;
    const body = await context.store.snapshots.body(capture.bodyHash);
    if (body === null) continue;
    const one = { ...(await versionOf(watcher, { ...capture, body })), snapshot: id };
    const { version, day } = one;
    options.onRead({ version, day, kept: true, downloads, most: options.most });
    read.set(version, one);
  }
  return read;
}

async function readVersion(run: Run, version: string): Promise<VersionRead> {
  const { context, watcher, target, options } = run;
  const capture = await download(run, versionUrl(target, version));
  // Kept and marked as read in one write: the live watch must not take an old version for news.
  const snapshot = await context.store.write(async (tx) => {
    const { id } = await tx.snapshots.keep(target.id, capture);
    await tx.snapshots.markRead(id, capture.fetchedAt);
    return id;
  });
  const one = { ...(await versionOf(watcher, capture)), snapshot };
  const { downloads } = run;
  options.onRead({ version, day: one.day, kept: false, downloads, most: options.most });
  return one;
}

async function download(run: Run, url: string): Promise<Capture> {
  const { fetcher } = run.context;
  run.downloads += 1;
  const outcome = await fetcher.fetch(requestTo(run.watcher, url), run.options.signal);
  if (outcome.kind === 'fetched') return outcome.capture;
  const said = outcome.kind === 'failed' ? outcome.error.message : `${url} is not there.`;
  const error = outcome.kind === 'failed' ? outcome.error : null;
  throw new FetchError(
    error?.kind ?? 'status',
    `${said} What was read is kept: run the same command again to go on.`,
    error === null ? {} : { cause: error, transient: error.transient },
  );
}
