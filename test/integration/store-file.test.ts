import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { StoreError, UsageError } from '../../src/domain/errors.ts';
import { openStore } from '../../src/store/open.ts';
import { sqliteDialect } from '../../src/store/sqlite-dialect.ts';
import { Sqlite } from '../../src/store/sqlite-file.ts';
import { storeOver } from '../../src/store/store-over.ts';
import { fileStore, memoryStore, temporaryFolder } from '../support/store.ts';
import { evidenceOn, layGround, makeCapture, makeTarget, minute } from '../support/store-makers.ts';

const news = makeTarget('news');

test('the library of SQLite is the one made with Node-API where that runs, for the other aborts on Node 24', () => {
  new Sqlite(':memory:').close();
  const loaded = Object.keys(createRequire(import.meta.url).cache);
  const major = Number.parseInt(process.versions.node, 10);
  expect(loaded.some((path) => path.includes('better-sqlite3-napi'))).toBe(major >= 22);
});

test('opening the database takes a path or a sqlite: address, and creates the folders on the way', async () => {
  const path = join(temporaryFolder(), 'data', 'state', 'firsthand.db');
  const first = await openStore({ url: `sqlite:${path}` });
  await first.targets.register([news], minute(0));
  await first.close();
  const again = await openStore({ url: path, integrity: 'full' });
  expect(await again.targets.list()).toHaveLength(1);
  await again.close();
});

test('opening the database keeps a database in memory apart from every other', async () => {
  const [one, two] = [await memoryStore(), await memoryStore()];
  await one.targets.register([news], minute(0));
  expect(await two.targets.list()).toEqual([]);
});

test('opening the database says which addresses it takes', async () => {
  await expect(openStore({ url: 'mysql://host/db' })).rejects.toThrow(UsageError);
  await expect(openStore({ url: 'sqlite:' })).rejects.toThrow(/sqlite:<path>/);
});

test('opening the database refuses a database that a newer version has written, and changes nothing in it', async () => {
  const { store, path } = await fileStore();
  await store.close();
  const database = new Sqlite(path);
  database.exec("insert into schema_migrations values ('0999-tomorrow', '2027-01-01')");
  database.close();
  const opening = openStore({ url: path });
  await expect(opening).rejects.toMatchObject({ family: 'store', kind: 'newer' });
  await expect(opening).rejects.toThrow(/newer version of firsthand \(0999-tomorrow\): update/);
});

test('opening the database refuses a file that is no database, or the database of another program', async () => {
  const folder = temporaryFolder();
  const text = join(folder, 'notes.txt');
  writeFileSync(text, 'no database at all, but long enough to look into. '.repeat(20));
  await expect(openStore({ url: text })).rejects.toMatchObject({ kind: 'corrupt' });
  const path = join(folder, 'other.db');
  const other = new Sqlite(path);
  other.exec('create table letters (text text)');
  other.close();
  await expect(openStore({ url: path })).rejects.toThrow(/another program/);
});

test('opening the database finds a file that was cut off', async () => {
  const path = await closedRecord();
  truncateSync(path, 20_000);
  await expect(openStore({ url: path })).rejects.toMatchObject({ kind: 'corrupt' });
});

test('opening the database finds a damaged page when it is asked to read them all', async () => {
  const path = await closedRecord();
  const pages = new Sqlite(path, { readonly: true });
  const root = pages
    .prepare("select rootpage from sqlite_schema where name = 'evidence_subject'")
    .pluck()
    .get() as number;
  pages.close();
  overwrite(path, (root - 1) * 4096, 'x'.repeat(4096));
  const opening = openStore({ url: path, integrity: 'full' });
  await expect(opening).rejects.toMatchObject({ kind: 'corrupt' });
  await expect(opening).rejects.toThrow(/restore the last backup/);
});

test('opening the database says so when the place cannot be written', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  const below = openStore({ url: join(folder, 'file', 'firsthand.db') });
  await expect(below).rejects.toBeInstanceOf(StoreError);
  await expect(below).rejects.toMatchObject({ kind: 'unavailable' });
  mkdirSync(join(folder, 'folder.db'));
  await expect(openStore({ url: join(folder, 'folder.db') })).rejects.toMatchObject({
    kind: 'unavailable',
  });
});

test('opening the database can give freed pages back and leaves no log behind after a clean end', async () => {
  const path = await closedRecord();
  expect(existsSync(`${path}-wal`)).toBe(false);
  const database = new Sqlite(path);
  expect(database.pragma('auto_vacuum', { simple: true })).toBe(2);
  expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
  database.close();
});

test('a full disk loses no row and half-writes none', async () => {
  const path = join(temporaryFolder(), 'firsthand.db');
  const database = new Sqlite(path);
  const store = await storeOver({
    dialect: sqliteDialect(database),
    kind: 'sqlite',
    place: path,
  });
  await store.targets.register([news], minute(0));
  database.pragma(`max_page_count = ${database.pragma('page_count', { simple: true })}`);

  const writing = store.write(async (tx) => {
    const many = Array.from({ length: 500 }, (_, n) => makeTarget(`page-${n}`));
    // Even work that goes on after the fault leaves nothing of itself.
    await tx.targets.register(many, minute(0)).catch(() => []);
    await tx.targets.recordFirstPass('reports', minute(0));
  });

  await expect(writing).rejects.toMatchObject({ family: 'store', kind: 'unavailable' });
  expect((await store.targets.list()).map(({ id }) => id)).toEqual([news.id]);
  expect(await store.targets.firstPassAt('reports')).toBeNull();
  database.pragma('max_page_count = 1000000');
  await store.write((tx) => tx.targets.recordFirstPass('reports', minute(0)));
  await store.close();
});

test('faults of the disk names the disk when a single statement finds it full', async () => {
  const path = join(temporaryFolder(), 'firsthand.db');
  const database = new Sqlite(path);
  const store = await storeOver({
    dialect: sqliteDialect(database),
    kind: 'sqlite',
    place: path,
  });
  database.pragma(`max_page_count = ${database.pragma('page_count', { simple: true })}`);
  const many = Array.from({ length: 500 }, (_, n) => makeTarget(`page-${n}`));
  const writing = store.targets.register(many, minute(0));
  await expect(writing).rejects.toThrow(/its disk is full; nothing was half written/);
  await store.close();
});

test('a body that no longer has its hash is never given out', async () => {
  const { store, path } = await fileStore();
  await store.targets.register([news], minute(0));
  const kept = await store.snapshots.keep(news.id, makeCapture('the words '.repeat(20)));
  const { bodyHash } = kept.capture;
  const database = new Sqlite(path);
  for (const bytes of [Buffer.from('not brotli'), brotliCompressSync('other words')]) {
    database.prepare('update bodies set bytes = ? where hash = ?').run(bytes, bodyHash);
    await expect(store.snapshots.body(bodyHash)).rejects.toMatchObject({ kind: 'corrupt' });
    await expect(store.snapshots.body(bodyHash)).rejects.toThrow(bodyHash);
  }
  database.prepare("update bodies set encoding = 'raw'").run();
  await expect(store.snapshots.body(bodyHash)).rejects.toMatchObject({ kind: 'corrupt' });
  database.close();
});

/** A file with something in every table that matters, closed. */
async function closedRecord(): Promise<string> {
  const { store, path } = await fileStore();
  const ground = await layGround(store, 'page', 'gpt-image-2');
  const evidence = Array.from({ length: 200 }, (_, n) => evidenceOn(ground, `${n}`));
  await store.claims.addEvidence(evidence);
  await store.close();
  const copy = join(temporaryFolder(), 'firsthand.db');
  copyFileSync(path, copy);
  return copy;
}

function overwrite(path: string, position: number, text: string): void {
  const file = openSync(path, 'r+');
  writeSync(file, text, position);
  closeSync(file);
}

test.each([
  ['create trigger t after insert on deliveries begin delete from deliveries; end', /trigger t /],
  ['create view v as select * from alerts', /view v /],
  ['create table extra (a)', /table extra /],
  ['create unique index one on alerts (kind)', /index one /],
  ["alter table alerts add column note text default 'x'", /table alerts was changed/],
  ['drop index if exists deliveries_due', /./],
])(
  'the schema of a database is compared with what the migrations make: %s',
  async (statement, finding) => {
    const { store, path } = await fileStore();
    expect(await store.maintenance.integrity()).toEqual([]);
    const database = new Sqlite(path);
    const before = database.prepare('select count(*) from sqlite_schema').pluck().get();
    database.exec(statement);
    const after = database.prepare('select count(*) from sqlite_schema').pluck().get();
    database.close();
    const found = await store.maintenance.integrity();
    if (before !== after || statement.startsWith('alter')) {
      expect(found).toEqual([expect.stringMatching(finding)]);
    } else expect(found).toEqual([]);
  },
);
