import { type RawBuilder, sql } from 'kysely';
import { type AppError, asError, Bug, StoreError, type StoreFailure } from '../domain/errors.ts';

export type BackendKind = 'sqlite' | 'postgres';

/** All in which the databases differ; the rest of the store is one SQL for both. */
export interface Backend {
  kind: BackendKind;
  /** Text that compares byte by byte, whatever the locale of the database. */
  text: RawBuilder<unknown>;
  bytes: RawBuilder<unknown>;
  /** What follows the columns of a table. */
  tableEnd: RawBuilder<unknown>;
  /** What follows the columns of a table whose rows lie in the order of its primary key. */
  clusteredEnd: RawBuilder<unknown>;
  tablesNamed(name: string): RawBuilder<unknown>;
  /** What a code of the database's own means to us. */
  meaningOf(code: string): Meaning;
}

/**
 * `conflict`: another transaction was in the way, and the same work may be tried again; `broken-rule`: a constraint
 * of the schema, which only a mistake of ours can hit.
 */
type Meaning = 'locked' | 'read-only' | 'full' | 'lost' | 'corrupt' | 'conflict' | 'broken-rule';

const SQLITE_MEANINGS: readonly (readonly [RegExp, Meaning])[] = [
  [/^SQLITE_(BUSY|LOCKED)/, 'locked'],
  [/^(SQLITE_(READONLY|PERM|AUTH)|EACCES|EPERM|EROFS)/, 'read-only'],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, 'full'],
  [/^(SQLITE_(IOERR|CANTOPEN|NOMEM|PROTOCOL|NOLFS)|E(?!RR_))/, 'lost'],
  [/^SQLITE_(CORRUPT|NOTADB|FORMAT)/, 'corrupt'],
];

/** By SQLSTATE: serialization failure and deadlock, full disk, read-only, corrupt, shut down or out of reach. */
const POSTGRES_MEANINGS: readonly (readonly [RegExp, Meaning])[] = [
  [/^40(001|P01)$/, 'conflict'],
  [/^55P03$/, 'locked'],
  [/^25006$/, 'read-only'],
  [/^53100$/, 'full'],
  [/^XX00[12]$/, 'corrupt'],
  [/^(08|53|57P|58)|^E(?!RR_)/, 'lost'],
];

const BACKENDS: Readonly<Record<BackendKind, Backend>> = {
  sqlite: {
    kind: 'sqlite',
    text: sql`text`,
    bytes: sql`blob`,
    tableEnd: sql`strict`,
    clusteredEnd: sql`strict, without rowid`,
    tablesNamed: (name) => sql`select 1 from sqlite_schema where name = ${name}`,
    meaningOf: (code) => meaningIn(SQLITE_MEANINGS, code),
  },
  postgres: {
    kind: 'postgres',
    text: sql`text collate "C"`,
    bytes: sql`bytea`,
    tableEnd: sql``,
    clusteredEnd: sql``,
    tablesNamed: (name) => sql`select 1 where to_regclass(${name}) is not null`,
    meaningOf: (code) => meaningIn(POSTGRES_MEANINGS, code),
  },
};

export function backendOf(kind: BackendKind): Backend {
  return BACKENDS[kind];
}

function meaningIn(table: readonly (readonly [RegExp, Meaning])[], code: string): Meaning {
  return table.find(([pattern]) => pattern.test(code))?.[1] ?? 'broken-rule';
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Whether the same transaction may simply be run again. */
export function isConflict(backend: Backend, thrown: unknown): boolean {
  const cause = thrown instanceof StoreError ? thrown.cause : thrown;
  return cause instanceof Error && backend.meaningOf(codeOf(cause)) === 'conflict';
}

/** What a person can do about it, by meaning. */
const ADVICE: Readonly<Record<Meaning, string>> = {
  locked: 'is locked by another process: wait for it or stop it',
  'read-only': 'cannot be written: check who owns it and how its disk is mounted',
  full: 'cannot grow, its disk is full; nothing was half written: free some space and start again',
  lost: 'cannot be reached: check that it is there and that its disk is sound',
  corrupt: 'is damaged or no database: keep a copy of it and restore the last backup',
  conflict: 'was changed by another process in the same rows: try again',
  'broken-rule': 'refused a statement',
};

const FAILURES: Readonly<Partial<Record<Meaning, StoreFailure>>> = {
  corrupt: 'corrupt',
  conflict: 'conflict',
};

/** What a database threw, as an error of ours that says what to do. `place` is the file or address, without secrets. */
export function storeErrorOf(backend: Backend, thrown: unknown, place: string): AppError {
  const cause = asError(thrown);
  if (cause instanceof StoreError || cause instanceof Bug) return cause;
  const meaning = backend.meaningOf(codeOf(cause));
  const message = `${place} ${ADVICE[meaning]} (${cause.message})`;
  return meaning === 'broken-rule'
    ? new Bug(message, { cause })
    : new StoreError(FAILURES[meaning] ?? 'unavailable', message, { cause });
}
