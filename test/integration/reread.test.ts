import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OpenPipeline } from '../../src/app/build-pipeline.ts';
import { manualClock } from '../../src/domain/clock.ts';
import { ExtractError } from '../../src/domain/errors.ts';
import { hashOfBody } from '../../src/domain/ids.ts';
import type { Item } from '../../src/domain/item.ts';
import { HOUR, plus } from '../../src/domain/time.ts';
import type { Watcher } from '../../src/domain/watcher.ts';
import type { FetchOutcome } from '../../src/fetch/fetcher.ts';
import { verify } from '../../src/maintenance/verify.ts';
import { check } from '../../src/pipeline/check.ts';
import type { PipelineContext } from '../../src/pipeline/context.ts';
import { reprocessTarget } from '../../src/pipeline/reprocess.ts';
import { statusOf } from '../../src/read/status.ts';
import { writeLaunchDatabase } from '../support/launch-database.ts';
import { openTestLine } from '../support/open-line.ts';
import { temporaryFolder } from '../support/store.ts';

const CHANGELOG = 'https://developers.openai.com/api/docs/changelog.md';
const AFTER = '2026-05-14T00:00:00.000Z';
const LAUNCHED = '2026-04-22T12:00:00.000Z';

let open: OpenPipeline;

beforeEach(async () => {
  const path = join(temporaryFolder(), 'launch.db');
  await writeLaunchDatabase(path);
  open = await openTestLine({ db: path });
});
afterEach(() => open.close());

/** The line with a later version of the changelog's watcher, whose clock stands after the recording. */
function lineWith(extract: (items: readonly Item[]) => readonly Item[]): PipelineContext {
  const watcher = open.context.watchers.get('openai-changelog');
  if (watcher === undefined) throw new Error('no changelog');
  const later: Watcher = {
    ...watcher,
    version: watcher.version + 1,
    extract: async (capture) => extract(await watcher.extract(capture)),
  };
  return {
    ...open.context,
    watchers: new Map(open.context.watchers).set(later.id, later),
    clock: manualClock(AFTER),
    fetcher: { fetch: () => Promise.reject(new Error('no network')), close: async () => undefined },
  };
}

async function targetOf({ store, watchers }: PipelineContext) {
  const [target] = await store.targets.list({ watcher: 'openai-changelog' });
  const watcher = watchers.get('openai-changelog');
  if (target === undefined || watcher === undefined) throw new Error('no changelog');
  return { target, watcher };
}

async function claimsAt(at: string) {
  const { level, claims } = await statusOf(open.known, 'gpt-image-2', at);
  return [level, claims.map((claim) => [claim.facet, claim.value, claim.level, claim.since])];
}

async function alertCount(): Promise<number> {
  return (await open.store.reads.alerts({ limit: 100 })).rows.length;
}

const said = (items: readonly Item[]) =>
  items.map((item) => ({ ...item, text: `${item.text}\n\nRead once more.` }));

it('a second reading changes no level and no moment, tells nobody, and proves', async () => {
  const context = lineWith(said);
  const before = { now: await claimsAt(AFTER), alerts: await alertCount() };
  const { target, watcher } = await targetOf(context);
  const reread = await reprocessTarget(context, target, watcher);
  expect(reread).toMatchObject({ unreadable: null, transitions: [] });
  expect(reread.snapshots).toBeGreaterThan(2);
  expect(reread.added).toBeGreaterThan(3);
  expect(reread.superseded).toBe(reread.added);
  expect(await claimsAt(AFTER)).toEqual(before.now);
  expect(await alertCount()).toBe(before.alerts);
  expect((await verify(context)).findings).toEqual([]);
  const { rows } = await context.store.reads.changes({ limit: 100, since: AFTER });
  expect(rows.length).toBe(reread.changes);
  expect(rows.every(({ technical }) => technical)).toBe(true);
});

it('a second reading leaves every answer about the past as it was', async () => {
  const context = lineWith((items) => items.filter(({ text }) => !text.includes('gpt-image-2')));
  const before = await claimsAt(LAUNCHED);
  const { target, watcher } = await targetOf(context);
  const reread = await reprocessTarget(context, target, watcher);
  expect(reread.superseded).toBeGreaterThan(0);
  expect(reread.transitions.every(({ quiet }) => quiet)).toBe(true);
  expect(await claimsAt(LAUNCHED)).toEqual(before);
});

it('a second reading finds nothing new when it is made twice', async () => {
  const context = lineWith(said);
  const { target, watcher } = await targetOf(context);
  await reprocessTarget(context, target, watcher);
  const again = await reprocessTarget(context, target, watcher);
  expect(again).toMatchObject({ changes: 0, added: 0, superseded: 0, transitions: [] });
});

it('a second reading changes nothing when the last good answer cannot be read', async () => {
  const context = lineWith(() => {
    throw new ExtractError('no-match', 'another layout');
  });
  const { target, watcher } = await targetOf(context);
  const standing = await context.store.claims.standing(target.id);
  const reread = await reprocessTarget(context, target, watcher);
  expect(reread.unreadable?.message).toBe('another layout');
  expect(await context.store.claims.standing(target.id)).toEqual(standing);
});

it('the first check by a later version of a watcher tells what is new at the source, and nothing that only reads otherwise', async () => {
  const context = lineWith(said);
  const { target } = await targetOf(context);
  const last = (await context.store.snapshots.list(target.id)).at(-1);
  const body = await context.store.snapshots.body(
    last?.capture.bodyHash ?? hashOfBody(new Uint8Array()),
  );
  const text = new TextDecoder().decode(body ?? undefined);
  const entry = '### May 14\n\nFeature · Model: gpt-7.1\n\nReleased `gpt-7.1` in the API.\n\n### ';
  const changed = new TextEncoder().encode(text.replace('### ', entry));
  const report = await checkOnce(context, changed);
  expect(report.error).toBeNull();
  const told = report.alerts.map(({ subject }) => subject);
  expect(told).toEqual(['gpt-7.1']);
  const again = await checkOnce(context, changed);
  expect([again.unchanged, again.alerts]).toEqual([true, []]);
});

async function checkOnce(context: PipelineContext, body: Uint8Array) {
  const { target } = await targetOf(context);
  const outcome: FetchOutcome = {
    kind: 'fetched',
    capture: {
      ...{ url: CHANGELOG, finalUrl: CHANGELOG, redirects: [CHANGELOG], status: 200, headers: {} },
      ...{ contentType: 'text/markdown', body, bodyHash: hashOfBody(body) },
      ...{ fetchedAt: context.clock.now(), via: 'http' },
    },
  };
  const fetcher = { fetch: () => Promise.resolve(outcome), close: async () => undefined };
  const until = plus(AFTER, HOUR);
  const lease = await context.store.targets.lease(target.id, AFTER, until, context.owner);
  if (lease === null) throw new Error('somebody has it');
  return check({ ...context, fetcher }, lease, new AbortController().signal);
}
