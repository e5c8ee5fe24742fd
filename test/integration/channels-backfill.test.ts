import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../../src/app/open-database.ts';
import { systemClock } from '../../src/domain/clock.ts';
import { npmFetcher } from '../../src/fetch/npm.ts';
import { openFetchContext } from '../../src/fetch/open-fetch-context.ts';
import { type BackfillSummary, runBackfill } from '../../src/operations/backfill.ts';
import { evidenceDetail, evidenceOf } from '../../src/read/evidence.ts';
import { statusOf } from '../../src/read/status.ts';
import { type HttpSite, openSite } from '../support/http-site.ts';
import { publishOn } from '../support/npm-registry.ts';
import { undocumentedIn } from '../support/shapes.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;
let site: HttpSite;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firsthand-backfill-'));
  site = await openSite();
});

afterEach(async () => {
  await site.abandon();
  await rm(folder, { recursive: true });
});

/** Twelve versions, one a day: an unpublished one, ids named by the log or not, one that goes again. */
const HISTORY = Array.from({ length: 12 }, (_, index) => ({
  version: `7.${index}.0`,
  day: `2026-05-${String(index + 1).padStart(2, '0')}`,
}));
const BROUGHT: Readonly<Record<string, readonly string[]>> = {
  '7.0.0': ['gpt-5.4', 'o3'],
  '7.3.0': ['gpt-image-2', 'gpt-image-2-2026-04-21'],
  '7.4.0': ['gpt-7-fleeting'],
  '7.6.0': ['gpt-7-nova'],
  '7.11.0': ['gpt-7-nova-mini'],
};
const SAID: Readonly<Record<string, string>> = {
  '7.3.0': '* **api:** update image 2',
  '7.5.0': '* **api:** add GPT-7 Nova model identifier',
};
const UNPUBLISHED = '7.5.0';

function log(upTo: number): string {
  const entries = HISTORY.slice(0, upTo + 1).map(({ version, day }) => {
    const said = SAID[version] ?? '* **deps:** bump a package';
    return `## [${version}](https://host.example/compare/${version}) (${day})\n\n${said}\n`;
  });
  return `# Changelog\n\n${entries.reverse().join('\n')}`;
}

function filesOf(index: number): Record<string, string> {
  const versions = HISTORY.slice(0, index + 1).map(({ version }) => version);
  const ids = versions.flatMap((version) => BROUGHT[version] ?? []);
  const here = ids.filter((id) => id !== 'gpt-7-fleeting' || index < 8);
  const union = here.map((id) => `'${id}'`).join(' | ');
  return {
    'CHANGELOG.md': log(index),
    'resources/shared.d.ts': `export type ChatModel = ${union};\n`,
  };
}

function publish(upTo = HISTORY.length - 1): void {
  const versions = HISTORY.slice(0, upTo + 1)
    .map(({ version }, index) => [version, filesOf(index)] as const)
    .filter(([version]) => version !== UNPUBLISHED);
  publishOn(site, 'openai', {
    latest: HISTORY[upTo]?.version ?? '',
    versions: Object.fromEntries(versions),
  });
}

const app = () => ({
  config: join(ROOT, 'config.yaml'),
  db: join(folder, 'firsthand.db'),
  environment: {},
  folder,
});

function run(over: { since?: string; most?: number } = {}): Promise<BackfillSummary> {
  const context = openFetchContext({
    clock: systemClock,
    agent: { version: '0.1.0', contact: null },
  });
  return runBackfill(app(), {
    watcher: 'openai-sdk-node',
    since: over.since ?? '2026-05-01',
    most: over.most ?? 60,
    signal: new AbortController().signal,
    onRead: () => undefined,
    fetcher: npmFetcher(context, { settings: { registry: site.origin } }),
  });
}

const downloads = () => site.requests.filter(({ path }) => path.startsWith('/tarballs')).length;

it('finds where each id was first typed, with the day of the package’s own change log', async () => {
  publish();
  const summary = await run();
  const { ids, isComplete } = summary;
  expect(isComplete).toBe(true);
  expect(await undocumentedIn('backfill', JSON.stringify(summary))).toEqual([]);
  expect(
    ids.map(({ id, version, day, absentIn, unread }) => [id, version, day, absentIn, unread]),
  ).toEqual([
    ['gpt-5.4', '7.0.0', '2026-05-01', null, 0],
    ['o3', '7.0.0', '2026-05-01', null, 0],
    ['gpt-image-2', '7.3.0', '2026-05-04', '7.2.0', 0],
    ['gpt-image-2-2026-04-21', '7.3.0', '2026-05-04', '7.2.0', 0],
    ['gpt-7-fleeting', '7.4.0', '2026-05-05', '7.3.0', 0],
    // The version whose entry names it was never published: the next one brought it.
    ['gpt-7-nova', '7.6.0', '2026-05-07', '7.4.0', 0],
    ['gpt-7-nova-mini', '7.11.0', '2026-05-12', '7.10.0', 0],
  ]);
  expect(downloads()).toBeLessThan(11);
});

it('makes history known now and true then, with version and hash as the artefact, and tells nobody', async () => {
  publish();
  const began = new Date().toISOString();
  await run();
  const { known, store, close } = await openDatabase(app());
  const now = systemClock.now();
  const { evidence } = await evidenceOf(known, 'gpt-image-2', 'sdk_typed', now);
  expect(evidence).toHaveLength(1);
  const [piece] = evidence;
  expect(piece).toMatchObject({
    publisher: 'npm:openai',
    class: 'P0',
    url: 'npm:openai@7.3.0',
    effective: { from: '2026-05-04', precision: 'day' },
  });
  expect((piece?.observedAt ?? '') >= began).toBe(true);
  const detail = await evidenceDetail(known, piece?.id ?? '', now);
  expect(detail).toMatchObject({
    verified: true,
    artefact: { name: 'openai', version: '7.3.0', integrity: expect.stringMatching(/^sha512-/) },
  });
  const { claims } = await statusOf(known, 'gpt-image-2', now);
  expect(claims.find(({ facet }) => facet === 'sdk_typed')).toMatchObject({ level: 'confirmed' });
  const before = await statusOf(known, 'gpt-image-2', '2026-05-10T00:00:00.000Z');
  expect(before.claims.find(({ facet }) => facet === 'sdk_typed')?.level ?? 'unknown').toBe(
    'unknown',
  );
  expect((await store.reads.alerts({ limit: 10 })).rows).toEqual([]);
  expect((await store.reads.transitions({})).every(({ quiet }) => quiet)).toBe(true);
  expect((await store.claims.subjects()).map(({ id }) => id).sort()).toEqual([
    'gpt-7-fleeting',
    'gpt-7-nova',
    'gpt-7-nova-mini',
  ]);
  await close();
});

it('goes on where it was stopped, and adds nothing twice', async () => {
  publish();
  const first = await run({ most: 4 });
  expect(first).toMatchObject({ isComplete: false, downloads: 4 });
  const second = await run();
  expect(second.isComplete).toBe(true);
  const { versions } = second;
  const asked = site.requests.filter(({ path }) => path.startsWith('/tarballs'));
  // The newest is asked for once by each run, to see what there is.
  expect(asked.length).toBeLessThanOrEqual(versions + 2);
  const third = await run();
  expect(third).toMatchObject({ downloads: 1, ids: second.ids });
  const { store, close } = await openDatabase(app());
  const record = await store.claims.record('gpt-7-nova', systemClock.now());
  const speaking = record.evidence.filter(({ supersededAt }) => supersededAt === null);
  expect(speaking.map(({ url }) => url)).toEqual(['npm:openai@7.6.0']);
  await close();
});

it('keeps what it read when a version cannot be had, and says how to go on', async () => {
  publish();
  site.answer('/tarballs/7.0.0.tgz', { status: 503, body: '' });
  await expect(run()).rejects.toThrow(/run the same command again/);
});

it('refuses a watcher whose channel keeps no history', async () => {
  const context = openFetchContext({
    clock: systemClock,
    agent: { version: '0.1.0', contact: null },
  });
  const command = {
    ...{ since: '2026-05-01', most: 60, signal: new AbortController().signal },
    ...{ onRead: () => undefined, fetcher: npmFetcher(context) },
  };
  await expect(runBackfill(app(), { ...command, watcher: 'openai-news' })).rejects.toThrow(
    /These do: openai-sdk-node/,
  );
  await expect(runBackfill(app(), { ...command, watcher: 'nobody' })).rejects.toThrow(/no watcher/);
});
