import { AsyncLocalStorage } from 'node:async_hooks';
import { type Dialect, Kysely, sql } from 'kysely';
import { Bug } from '../domain/errors.ts';
import { type Backend, type BackendKind, backendOf, isConflict } from './backend.ts';
import { checksIn } from './checks.ts';
import { claimsIn } from './claims.ts';
import { toFlag } from './codec.ts';
import { type Database, moment } from './database.ts';
import { guardedDialect, type InsideWork } from './guarded-dialect.ts';
import { itemsIn } from './items.ts';
import { migrate } from './migrate.ts';
import { outboxIn } from './outbox.ts';
import type { Checks } from './ports/targets.ts';
import type { Follows, Marks } from './ports/work-plan.ts';
import { proposalsIn } from './proposals.ts';
import { readsIn } from './reads.ts';
import { robotsFilesIn } from './robots-files.ts';
import { workPlanIn } from './scheduled-work.ts';
import { foreignSchema } from './schema-check.ts';
import { snapshotsIn } from './snapshots.ts';
import type { SqliteFile } from './sqlite-file.ts';
import type { Store } from './store.ts';
import { storiesIn } from './stories.ts';
import type { Tables } from './tables.ts';
import { targetsIn } from './targets.ts';
import { unchangedChecksIn } from './unchanged-checks.ts';
import { maintenanceIn } from './upkeep.ts';
import { voicesIn } from './voices.ts';

/** How often a transaction is run again that another writer was in the way of. */
const TRIES = 5;

export interface BackendOptions {
  dialect: Dialect;
  kind: BackendKind;
  /** The file or address for messages, without secrets. */
  place: string;
  /** The file as a whole, where the database is one. */
  file?: SqliteFile;
}

/** The database over any database Kysely can talk to; brings its schema up to date first. */
export async function storeOver({ dialect, kind, place, file }: BackendOptions): Promise<Store> {
  const backend = backendOf(kind);
  const inside: InsideWork = new AsyncLocalStorage();
  const db = new Kysely<Tables>({ dialect: guardedDialect(dialect, { backend, place, inside }) });
  try {
    await migrate(db as Kysely<unknown>, backend, place);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    ...partsOver(
      db,
      unchangedChecksIn(db, (work) => transact(db, backend, work)),
    ),
    maintenance: maintenanceIn(db, file ?? null, () =>
      foreignSchema(db as Kysely<unknown>, backend),
    ),
    write: (work) => transact(db, backend, (tx) => workIn(tx, inside, work)),
    close: () => db.destroy(),
  };
}

function partsOver(
  db: Database,
  settleUnchanged: Checks['settleUnchanged'],
): Omit<Store, 'maintenance' | 'write' | 'close'> {
  return {
    targets: targetsIn(db),
    snapshots: snapshotsIn(db),
    items: itemsIn(db),
    claims: claimsIn(db),
    voices: voicesIn(db),
    checks: checksIn(db, settleUnchanged),
    outbox: outboxIn(db),
    reads: readsIn(db),
    workPlan: workPlanIn(db),
    follows: followsIn(db),
    marks: marksIn(db),
    proposals: proposalsIn(db),
    robotsFiles: robotsFilesIn(db),
    stories: storiesIn(db),
  };
}

async function transact<T>(
  db: Database,
  backend: Backend,
  work: (tx: Database) => Promise<T>,
): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (tried === TRIES || !isConflict(backend, error)) throw error;
    }
  }
}

async function workIn<T>(
  tx: Database,
  inside: InsideWork,
  work: (tx: Store) => Promise<T>,
): Promise<T> {
  const scope = { open: true };
  try {
    return await inside.run(scope, () => work(transactionStore(tx)));
  } finally {
    scope.open = false;
  }
}

function transactionStore(tx: Database): Store {
  return {
    ...partsOver(
      tx,
      unchangedChecksIn(tx, (work) => work(tx)),
    ),
    maintenance: maintenanceIn(tx, null),
    write: (work) => writePart(tx, work),
    close: () =>
      Promise.reject(
        new Bug('A transaction ends with its work; only the store itself can be closed.'),
      ),
  };
}

/** A part of a transaction that can fail alone. */
async function writePart<T>(tx: Database, work: (tx: Store) => Promise<T>): Promise<T> {
  await sql`savepoint part`.execute(tx);
  try {
    const result = await work(transactionStore(tx));
    await sql`release savepoint part`.execute(tx);
    return result;
  } catch (error) {
    await sql`rollback to savepoint part`.execute(tx);
    await sql`release savepoint part`.execute(tx);
    throw error;
  }
}

function followsIn(db: Database): Follows {
  return {
    async list() {
      const rows = await db.selectFrom('follows').selectAll().orderBy('subject').execute();
      return rows.map(({ subject, followed, at }) => ({ subject, followed: followed === 1, at }));
    },
    async set({ subject, followed, at }) {
      const said = { followed: toFlag(followed), at: moment(at) };
      await db
        .insertInto('follows')
        .values({ subject, ...said })
        .onConflict((conflict) => conflict.column('subject').doUpdateSet(said))
        .execute();
    },
  };
}

function marksIn(db: Database): Marks {
  return {
    async get(name) {
      const row = await db
        .selectFrom('marks')
        .select('value')
        .where('name', '=', name)
        .executeTakeFirst();
      return row?.value ?? null;
    },
    async put(name, value) {
      await db
        .insertInto('marks')
        .values({ name, value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute();
    },
  };
}
