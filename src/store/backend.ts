import { type RawBuilder, sql } from 'kysely';
import { type AppError, asError, Bug, StoreError, type StoreFailure } from '../domain/errors.ts';

export type BackendKind = 'sqlite' | 'postgres';

/** All in which the databases differ; the rest of the store is one SQL for both. */
export interface Backend {
  kind: BackendKind;
  /** Whether workers on several machines may be at it at the same time. */
  isShared: boolean;
  /** Text that compares byte by byte, whatever the locale of the database. */
  text: RawBuilder<unknown>;
  bytes: RawBuilder<unknown>;
  /** What follows the columns of a table. */
  tableEnd: RawBuilder<unknown>;
  /** What follows the columns of a table whose rows lie in the order of its primary key. */
  clusteredEnd: RawBuilder<unknown>;
  tablesNamed(name: string): RawBuilder<unknown>;
  /**
   * Makes the writes that judge wait for each other, so that the later sees what the earlier found; null where the
   * beginning of a transaction does so already. It ends with the transaction, whatever pool stands between.
   */
  takeWriteTurn: RawBuilder<unknown> | null;
  /** What a code of the database's own means to us. */
  meaningOf(code: string): Meaning;
}

/**
 * `conflict`: another transaction was in the way, or the line was cut before the end of this one: the same work may be
 * tried again; `broken-rule`: a constraint of the schema, which only a mistake of ours can hit.
 */
type Meaning =
  | 'locked'
  | 'late'
  | 'read-only'
  | 'refused'
  | 'full'
  | 'lost'
  | 'corrupt'
  | 'conflict'
  | 'broken-rule';

const SQLITE_MEANINGS: readonly (readonly [RegExp, Meaning])[] = [
  [/^SQLITE_(BUSY|LOCKED)/, 'locked'],
  [/^(SQLITE_(READONLY|PERM|AUTH)|EACCES|EPERM|EROFS)/, 'read-only'],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, 'full'],
  [/^(SQLITE_(IOERR|CANTOPEN|NOMEM|PROTOCOL|NOLFS)|E(?!RR_))/, 'lost'],
  [/^SQLITE_(CORRUPT|NOTADB|FORMAT)/, 'corrupt'],
];

/** What the dialect calls a transaction whose connection was lost before its end, and a query without an answer in time. */
export const CUT_OFF = 'CUT_OFF';
export const NO_ANSWER = 'NO_ANSWER';

/**
 * By SQLSTATE: serialization failure and deadlock, no lock or no end in time, who may do what, full disk, read-only,
 * corrupt, shut down or out of reach.
 */
const POSTGRES_MEANINGS: readonly (readonly [RegExp, Meaning])[] = [
  [/^(40(001|P01)|CUT_OFF)$/, 'conflict'],
  [/^55P03$/, 'locked'],
  [/^(57014|NO_ANSWER)$/, 'late'],
  [/^25006$/, 'read-only'],
  [/^(28|3D000|3F000|42501)/, 'refused'],
  [/^53100$/, 'full'],
  [/^XX00[12]$/, 'corrupt'],
  [/^(08|53|57P|58)|^E(?!RR_)/, 'lost'],
];

/** The number of our lock in a database, which others may use as well ("Fhnd"). */
const WRITE_TURN = 0x46686e64;

const BACKENDS: Readonly<Record<BackendKind, Backend>> = {
  sqlite: {
    kind: 'sqlite',
    isShared: false,
    text: sql`text`,
    bytes: sql`blob`,
    tableEnd: sql`strict`,
    clusteredEnd: sql`strict, without rowid`,
    tablesNamed: (name) => sql`select 1 from sqlite_schema where name = ${name}`,
    takeWriteTurn: null,
    meaningOf: (code) => meaningIn(SQLITE_MEANINGS, code),
  },
  postgres: {
    kind: 'postgres',
    isShared: true,
    text: sql`text collate "C"`,
    bytes: sql`bytea`,
    tableEnd: sql``,
    clusteredEnd: sql``,
    tablesNamed: (name) => sql`select 1 where to_regclass(${name}) is not null`,
    takeWriteTurn: sql`select pg_advisory_xact_lock(${sql.lit(WRITE_TURN)})`,
    meaningOf: (code) => meaningIn(POSTGRES_MEANINGS, code),
  },
};

export function backendOf(kind: BackendKind): Backend {
  return BACKENDS[kind];
}

function meaningIn(table: readonly (readonly [RegExp, Meaning])[], code: string): Meaning {
  return table.find(([pattern]) => pattern.test(code))?.[1] ?? 'broken-rule';
}

export function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Whether the same transaction may simply be run again: the database was in the way, and not a lease that was lost. */
export function mayRunAgain(thrown: unknown): boolean {
  return thrown instanceof StoreError && thrown.kind === 'conflict' && thrown.cause !== undefined;
}

/** What a person can do about it, by meaning. */
const ADVICE: Readonly<Record<Meaning, string>> = {
  locked: 'is locked by another process: wait for it or stop it',
  late: 'took longer over a statement than it may: see what else keeps it busy, then try again',
  'read-only': 'cannot be written: check who owns it and how its disk is mounted',
  refused: 'refuses us: check user, password, database and what that user may do',
  full: 'cannot grow, its disk is full; nothing was half written: free some space and start again',
  lost: 'cannot be reached: check that it is there and that its disk is sound',
  corrupt: 'is damaged or no database: keep a copy of it and restore the last backup',
  conflict: 'was in use by another process in the same rows, or cut off: try again',
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
