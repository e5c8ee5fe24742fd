import { join } from 'node:path';
import { expect, test } from 'vitest';
import { idOf } from '../../src/domain/ids.ts';
import { sqliteDialect } from '../../src/store/sqlite-dialect.ts';
import { Sqlite } from '../../src/store/sqlite-file.ts';
import type { Store } from '../../src/store/store.ts';
import { storeOver } from '../../src/store/store-over.ts';
import { makeAlert, makeDelivery } from '../support/messages.ts';
import { closing, temporaryFolder } from '../support/store.ts';
import { evidenceOn, layGround, makeTarget, minute } from '../support/store-makers.ts';

const [news, help] = [makeTarget('news'), makeTarget('help')];
const at = minute(5);

/** What the line, a status or a page asks again and again; with a million rows a scan would show. */
const QUESTIONS: readonly [string, (store: Store) => Promise<unknown>][] = [
  ['leasing what is due', (store) => store.targets.leaseDue(at, minute(9), 'me', 10)],
  ['leasing one target', (store) => store.targets.lease(news.id, at, minute(9), 'me')],
  ['the targets of a watcher', (store) => store.targets.list({ watcher: 'reports' })],
  ['unread snapshots', (store) => store.snapshots.unread(news.id)],
  ['snapshots of a target', (store) => store.snapshots.list(news.id, at)],
  ['standing items', (store) => store.items.current(news.id)],
  ['the record of a subject', (store) => store.claims.record('gpt-image-2', at)],
  ['standing evidence', (store) => store.claims.standing(news.id)],
  ['sightings at a target', (store) => store.claims.sightings(news.id)],
  ['verdicts of a subject', (store) => store.claims.verdicts('gpt-image-2')],
  ['what time may have changed', (store) => store.claims.toReconsider(at)],
  ['the latest checks', (store) => store.checks.latest([news.id, help.id], at)],
  ['the checks of a target', (store) => store.checks.list(news.id, 5)],
  ['the channels that are due', (store) => store.outbox.dueChannels(at)],
  ['leasing deliveries', (store) => store.outbox.leaseDue(at, minute(9), 'me', 10, 'mail')],
  ['the depth of the outbox', (store) => store.reads.outboxDepth()],
  ['transitions of a subject', (store) => store.reads.transitions({ subject: 'gpt-image-2' })],
  ['the newest changes', (store) => store.reads.changes({ limit: 5 })],
  ['all changes', (store) => store.reads.changes({ limit: 5, includeBaseline: true })],
  ['changes of a target', (store) => store.reads.changes({ limit: 5, target: news.id })],
  ['pages that share marks', (store) => store.voices.sharing(['by ada quill'], 'a', 5)],
  ['how widely marks are spread', (store) => store.voices.spread(['by ada quill'])],
  ['how many groups there are', (store) => store.voices.groups()],
  ['subjects between groups', (store) => store.voices.subjectsBetween(['a', 'b'])],
  ['first sightings', (store) => store.reads.firstSightings('gpt-image-2', at)],
  ['the newest alerts', (store) => store.reads.alerts({ limit: 5 })],
  ['what each channel has not delivered', (store) => store.reads.outboxTallies()],
  ['alerts that were given up', (store) => store.reads.alerts({ limit: 5, state: 'dead' })],
  ['alerts of a subject', (store) => store.reads.alerts({ limit: 5, subject: 'gpt-image-2' })],
];

test.each(QUESTIONS)(
  'the questions put to a database: %s is answered by an index',
  async (_name, ask) => {
    const { store, planOf } = await watchedStore();
    const plan = await planOf(() => ask(store));
    expect(plan.length).toBeGreaterThan(0);
    expect(plan.filter((step) => step.startsWith('SCAN') && !isShort(step))).toEqual([]);
  },
);

test('the record of a subject is looked up by subject and moment', async () => {
  const { store, planOf } = await watchedStore();
  const plan = await planOf(() => store.claims.record('gpt-image-2', at));
  expect(plan).toContain('SEARCH evidence USING INDEX evidence_subject (subject=? AND known_at<?)');
  expect(plan).toContain('SEARCH sightings USING INDEX sightings_claim (claim=? AND at<?)');
});

test('leases change the rows they picked, by id', async () => {
  const { store, planOf } = await watchedStore();
  const targets = await planOf(() => store.targets.leaseDue(at, minute(9), 'me', 10));
  expect(targets[0]).toBe('SEARCH targets USING INDEX sqlite_autoindex_targets_1 (id=?)');
  expect(targets).toContain('SEARCH targets USING INDEX targets_due (due_at<?)');
  const alert = makeAlert({ at });
  await store.outbox.enqueue(alert, [makeDelivery(alert, { digest: 'daily' })]);
  const plan = await planOf(() => store.outbox.leaseDue(at, minute(9), 'me', 10, 'mail'));
  expect(plan[0]).toBe('SEARCH deliveries USING INDEX sqlite_autoindex_deliveries_1 (id=?)');
  expect(plan).toContain('SEARCH deliveries USING INDEX deliveries_due (state=? AND channel=?)');
  expect(plan).toContain('SEARCH deliveries USING INDEX deliveries_digest (digest=?)');
  expect(plan).toContain(
    'SEARCH deliveries USING INDEX deliveries_sent (channel=? AND thread=? AND sent_at>?)',
  );
});

test('the questions put to a database leases among watchers walk along what is due, and sort nothing', async () => {
  const { store, planOf } = await watchedStore();
  const among = { watchers: ['reports', 'trackers', 'x'], exceptHosts: ['a.example'] };
  const plan = await planOf(() => store.targets.leaseDue(at, minute(9), 'me', 1, among));
  expect(plan).toContain('SEARCH targets USING INDEX targets_due (due_at<?)');
  expect(plan.filter((step) => /targets_watcher|TEMP B-TREE/.test(step))).toEqual([]);
  // Who comes first is sorted among those that are due at the same moment alone.
  const first = ['reports'];
  const sorted = await planOf(() =>
    store.targets.leaseDue(at, minute(9), 'me', 1, { ...among, first }),
  );
  expect(sorted).toContain('SEARCH targets USING INDEX targets_due (due_at<?)');
  expect(sorted.filter((step) => /TEMP B-TREE/.test(step))).toEqual([
    'USE TEMP B-TREE FOR LAST TERM OF ORDER BY',
  ]);
});

test('the questions put to a database pages go on from their cursor without passing over what came before', async () => {
  const { store, planOf } = await watchedStore();
  const cursor = Buffer.from(`${at} ${idOf('ch', 'x')}`).toString('base64url');
  const plan = await planOf(() => store.reads.changes({ limit: 5, cursor }));
  expect(plan).toEqual(['SEARCH changes USING INDEX changes_news (baseline=? AND (at,id)<(?,?))']);
});

test('retention finds by an index what still cites a snapshot', () => {
  const cites = ['evidence', 'item_versions', 'changes', 'sightings'];
  return Promise.all(
    cites.map(async (table) => {
      const { explain } = await watchedStore();
      const [step] = explain(`select 1 from ${table} where snapshot = 'sn_1'`);
      expect(step).toContain(`INDEX ${table}_snapshot`);
    }),
  );
});

/** A row a channel, a group, a small list of the statement's own, or a page that ends at its limit because the index has its order. */
function isShort(step: string): boolean {
  return /^SCAN (seen|holds|voice_groups|\(subquery|\d+ CONSTANT ROW|changes USING INDEX|alerts USING INDEX)/.test(
    step,
  );
}

interface WatchedStore {
  store: Store;
  explain: (sql: string) => readonly string[];
  /** The steps SQLite takes for everything asked meanwhile. */
  planOf: (ask: () => Promise<unknown>) => Promise<readonly string[]>;
}

async function watchedStore(): Promise<WatchedStore> {
  const statements: string[] = [];
  const path = join(temporaryFolder(), 'firsthand.db');
  const database = new Sqlite(path, { verbose: (sql) => statements.push(String(sql)) });
  const store = closing(
    await storeOver({ dialect: sqliteDialect(database), kind: 'sqlite', place: path }),
  );
  const ground = await layGround(store, 'page', 'gpt-image-2');
  await store.claims.addEvidence([evidenceOn(ground, 'one')]);
  const explain = (sql: string): readonly string[] =>
    database
      .prepare(`explain query plan ${sql}`)
      .all()
      .map((row) => (row as { detail: string }).detail);
  const planOf = async (ask: () => Promise<unknown>): Promise<readonly string[]> => {
    statements.length = 0;
    await ask();
    const asked = statements.filter((sql) => /^(select|update|insert)/.test(sql));
    return asked.flatMap(explain);
  };
  return { store, explain, planOf };
}
