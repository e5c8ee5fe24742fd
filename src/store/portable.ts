import { createHash, type Hash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { StoreError, UsageError } from '../domain/errors.ts';
import type { BodyPlace } from './bodies.ts';
import { insertBody, packedBytes, placed } from './bodies.ts';
import { atomically, chunksOf, consistently, type Database } from './database.ts';
import { migrationsIn } from './migrate.ts';
import type { Portable, PortableSummary } from './ports/pages.ts';
import type { BodyRow, Tables } from './tables.ts';

/** What lies outside and belongs to no row stays where it is. */
type Carried = Exclude<keyof Tables, 'spare_objects'>;

/** Every table with its primary key, in an order in which no row comes before one that it names. */
const KEYS: Readonly<Record<Carried, readonly [string, ...string[]]>> = {
  targets: ['id'],
  first_passes: ['watcher'],
  bodies: ['hash'],
  snapshots: ['id'],
  checks: ['target', 'at', 'id'],
  shown: ['hash'],
  item_versions: ['id'],
  changes: ['id'],
  subjects: ['id'],
  claims: ['key'],
  evidence: ['id'],
  sightings: ['id'],
  retractions: ['evidence', 'at', 'kind'],
  voice_edges: ['a', 'b', 'item'],
  voice_groups: ['voice_group'],
  voice_pages: ['item'],
  voice_marks: ['mark', 'item'],
  policies: ['digest'],
  verdicts: ['claim'],
  transitions: ['id'],
  alerts: ['id'],
  deliveries: ['id'],
  silences: ['subject'],
  holds: ['channel'],
  scheduled_work: ['name'],
  follows: ['subject'],
  proposals: ['id'],
  model_days: ['day'],
  marks: ['name'],
  workers: ['owner'],
  host_turns: ['host'],
  robots_files: ['origin'],
  stories: ['id'],
  story_events: ['story', 'ref', 'subject'],
};

const TABLES = Object.keys(KEYS) as readonly Carried[];

const FORMAT = 1;

/** Rows read at a time; bodies are large. */
function pageOf(table: Carried): number {
  return table === 'bodies' ? 16 : 500;
}

type Row = Readonly<Record<string, string | number | Uint8Array | null>>;

/** Bodies are carried with their bytes, wherever they lie, and put to `place` where there is one. */
export function portableIn(db: Database, place: BodyPlace | null): Portable {
  return {
    write: (take) => consistently(db, (tx) => writeOut({ db: tx, place }, take)),
    read: (lines) => atomically(db, (tx) => readIn({ db: tx, place }, lines())),
  };
}

interface Whole {
  db: Database;
  place: BodyPlace | null;
}

/** What stands in the last line: by table how many rows there are, and the SHA-256 of their lines. */
type Digests = Record<string, { rows: number; sha256: string }>;

async function writeOut(
  whole: Whole,
  take: (line: string) => void | Promise<void>,
): Promise<PortableSummary> {
  await take(
    JSON.stringify({
      firsthand: 'database',
      format: FORMAT,
      migrations: await migrationsIn(whole.db as unknown as Kysely<unknown>),
    }),
  );
  const digests: Digests = {};
  for (const table of TABLES) {
    await take(JSON.stringify({ table }));
    digests[table] = await digestOf(whole, table, take);
  }
  await take(JSON.stringify({ tables: digests }));
  return summaryOf(digests);
}

/** Goes through a table in the order of its key, which both databases compare byte by byte. */
async function digestOf(
  whole: Whole,
  table: Carried,
  take: (line: string) => void | Promise<void>,
): Promise<Digests[string]> {
  const hash = createHash('sha256');
  let rows = 0;
  let last: Row | null = null;
  for (;;) {
    const page: readonly Row[] = await pageAfter(whole, table, last);
    for (const row of page) {
      const line = lineOf(row);
      hash.update(line).update('\n');
      await take(line);
    }
    rows += page.length;
    last = page.at(-1) ?? null;
    if (last === null) return { rows, sha256: hash.digest('hex') };
  }
}

async function pageAfter(
  { db, place }: Whole,
  table: Carried,
  last: Row | null,
): Promise<readonly Row[]> {
  const key = KEYS[table];
  const columns = sql.join(key.map((column) => sql.ref(column)));
  const values = key.map((column) => sql`${last?.[column] ?? ''}`);
  const after = last === null ? sql`` : sql`where (${columns}) > (${sql.join(values)})`;
  const limit = sql.lit(pageOf(table));
  const { rows } = await sql<Row>`
    select * from ${sql.table(table)} ${after} order by ${columns} limit ${limit}
  `.execute(db);
  if (table !== 'bodies') return rows;
  return Promise.all(rows.map((row) => withBytes(place, row as unknown as BodyRow)));
}

/** A body as a row holds it that keeps its own bytes. */
async function withBytes(place: BodyPlace | null, row: BodyRow): Promise<Row> {
  return { ...row, bytes: await packedBytes(place, row), place: null };
}

/** One row in one way, whichever database holds it: columns by name, bytes in base64. */
function lineOf(row: Row): string {
  const entries = Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(
    Object.fromEntries(
      entries.map(([column, value]) => [
        column,
        value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value,
      ]),
    ),
  );
}

function rowIn(line: string, table: Carried): Row {
  if (table !== 'bodies') return JSON.parse(line) as Row;
  return JSON.parse(line, (_column, value) =>
    value !== null && typeof value === 'object' && typeof value.base64 === 'string'
      ? Buffer.from(value.base64, 'base64')
      : value,
  ) as Row;
}

/** Fills an empty database, and proves what it then holds by the digests of the file. */
async function readIn(whole: Whole, lines: AsyncIterable<string>): Promise<PortableSummary> {
  await refuseFilled(whole);
  const told = await fill(whole, lines);
  for (const table of TABLES) {
    const { rows, sha256 } = await digestOf(whole, table, () => undefined);
    const wanted = told[table];
    if (wanted?.rows !== rows || wanted.sha256 !== sha256) {
      throw damaged(`${table} holds ${rows} rows with another hash than was written out`);
    }
  }
  return summaryOf(told);
}

async function fill(whole: Whole, lines: AsyncIterable<string>): Promise<Digests> {
  const { db } = whole;
  let table: Carried | null = null;
  let waiting: Row[] = [];
  let isFirst = true;
  const insert = async () => {
    const rows = waiting;
    waiting = [];
    if (table === null) return;
    if (table === 'bodies') {
      await insertBodies(whole, rows as unknown as readonly BodyRow[]);
      return;
    }
    for (const chunk of chunksOf(rows)) {
      await db
        .insertInto(table)
        .values(chunk as never)
        .execute();
    }
  };
  for await (const line of lines) {
    if (isFirst) await refuseOther(db, line);
    isFirst = false;
    if (line.startsWith('{"table":')) {
      await insert();
      table = tableIn(line);
    } else if (line.startsWith('{"tables":')) {
      await insert();
      return (JSON.parse(line) as { tables: Digests }).tables;
    } else if (table !== null) {
      waiting.push(rowIn(line, table));
      if (waiting.length >= pageOf(table)) await insert();
    }
  }
  throw damaged('it ends in the middle');
}

async function insertBodies({ db, place }: Whole, rows: readonly BodyRow[]): Promise<void> {
  for (const row of rows) await insertBody(db, await placed(db, place, row));
}

function tableIn(line: string): Carried {
  const { table } = JSON.parse(line) as { table: string };
  const known = TABLES.find((one) => one === table);
  if (known === undefined) throw damaged(`there is no table ${table}`);
  return known;
}

/** Tables of another version have other columns. */
async function refuseOther(db: Database, line: string): Promise<void> {
  const { firsthand, format, migrations } = headIn(line);
  if (firsthand !== 'database' || format !== FORMAT) throw damaged('it is no export of a database');
  const own = await migrationsIn(db as unknown as Kysely<unknown>);
  if (JSON.stringify(own) === JSON.stringify(migrations)) return;
  throw new UsageError(
    'The file was written by another version of firsthand: export it again with the version that imports it.',
  );
}

function headIn(line: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch (cause) {
    throw damaged('it is no export of a database', cause);
  }
}

async function refuseFilled(whole: Whole): Promise<void> {
  for (const table of TABLES) {
    const [row] = await pageAfter(whole, table, null);
    if (row === undefined) continue;
    throw new UsageError(
      `The database holds something already (${table}): import into one that is new.`,
    );
  }
}

function summaryOf(digests: Digests): PortableSummary {
  const hash: Hash = createHash('sha256');
  let rows = 0;
  for (const table of TABLES) {
    hash.update(`${table} ${digests[table]?.sha256}\n`);
    rows += digests[table]?.rows ?? 0;
  }
  return { rows, sha256: hash.digest('hex') };
}

function damaged(what: string, cause?: unknown): StoreError {
  const message = `The file does not hold: ${what}. Nothing was imported; export it again.`;
  return new StoreError('corrupt', message, cause === undefined ? {} : { cause });
}
