import { AsyncLocalStorage } from 'node:async_hooks';
import { type Dialect, Kysely, sql } from 'kysely';
import { Bug } from '../domain/errors.ts';
import { type Backend, type BackendKind, backendOf } from './backend.ts';
import type { BodyPlace } from './bodies.ts';
import { checksIn } from './checks.ts';
import { claimsIn } from './claims.ts';
import { type Database, transact } from './database.ts';
import { guardedDialect, type InsideWork } from './guarded-dialect.ts';
import { itemsIn } from './items.ts';
import { proposalsIn, robotsFilesIn } from './kept-answers.ts';
import { foreignSchema, migrate } from './migrate.ts';
import { outboxIn } from './outbox.ts';
import { portableIn } from './portable.ts';
import { refuseOldServer, wholeServer } from './postgres-upkeep.ts';
import { readsIn } from './reads.ts';
import { snapshotsIn } from './snapshots.ts';
import type { SqliteFile } from './sqlite-file.ts';
import type { Store } from './store.ts';
import { storiesIn } from './stories.ts';
import type { Tables } from './tables.ts';
import { leaseDue, leaseDueShared } from './target-leases.ts';
import { targetsIn } from './targets.ts';
import { settleAtOnce, unchangedChecksIn } from './unchanged-checks.ts';
import { maintenanceIn, noWholeDatabase, type WholeDatabase, wholeFile } from './upkeep.ts';
import { voicesIn } from './voices.ts';
import { followsIn, marksIn, workPlanIn } from './work-plan.ts';
import { hostTurnsIn, workersIn } from './workers.ts';

export interface BackendOptions {
  dialect: Dialect;
  kind: BackendKind;
  /** The file or address for messages, without secrets. */
  place: string;
  /** Where bodies lie; in the database when left out. */
  bodies?: BodyPlace | undefined;
  /** The file as a whole, where the database is one. */
  file?: SqliteFile;
  /** Whether the schema is brought up to date; otherwise one that is not is refused, as others may be at work on it. */
  migrates?: boolean;
}

/** The store over any database Kysely can talk to. Throws `StoreError` when its schema is not ours. */
export async function storeOver(options: BackendOptions): Promise<Store> {
  const { dialect, kind, place, file, migrates = true, bodies = null } = options;
  const backend = backendOf(kind);
  const inside: InsideWork = { storage: new AsyncLocalStorage(), under: 0 };
  const db = new Kysely<Tables>({ dialect: guardedDialect(dialect, { backend, place, inside }) });
  try {
    if (backend.isShared) await refuseOldServer(db as Kysely<unknown>, place);
    await migrate(db as Kysely<unknown>, backend, { place, migrates });
  } catch (error) {
    bodies?.close();
    await db.destroy();
    throw error;
  }
  return {
    ...partsOver(db, backend, bodies),
    maintenance: maintenanceIn(db, wholeOf(db, backend, file), bodies),
    write: (work) =>
      transact(db, async (tx) => {
        await backend.takeWriteTurn?.execute(tx);
        return workIn(tx, { backend, inside, bodies }, work);
      }),
    async close() {
      bodies?.close();
      await db.destroy();
    },
  };
}

function wholeOf(db: Kysely<Tables>, backend: Backend, file?: SqliteFile): WholeDatabase {
  const any = db as Kysely<unknown>;
  return file === undefined
    ? wholeServer(any, backend)
    : wholeFile(db, file, () => foreignSchema(any, backend));
}

function partsOver(
  db: Database,
  backend: Backend,
  bodies: BodyPlace | null,
): Omit<Store, 'maintenance' | 'write' | 'close'> {
  return {
    isShared: backend.isShared,
    targets: targetsIn(db, backend.isShared ? leaseDueShared : leaseDue),
    snapshots: snapshotsIn(db, bodies),
    items: itemsIn(db),
    claims: claimsIn(db),
    voices: voicesIn(db),
    checks: checksIn(db, unchangedChecksIn(db, backend.isShared ? settleAtOnce : null)),
    outbox: outboxIn(db),
    reads: readsIn(db),
    workPlan: workPlanIn(db),
    follows: followsIn(db),
    marks: marksIn(db),
    proposals: proposalsIn(db),
    robotsFiles: robotsFilesIn(db),
    stories: storiesIn(db),
    portable: portableIn(db, bodies),
    workers: workersIn(db),
    hostTurns: hostTurnsIn(db),
  };
}

async function workIn<T>(
  tx: Database,
  { inside, ...over }: Over & { inside: InsideWork },
  work: (tx: Store) => Promise<T>,
): Promise<T> {
  const scope = { open: true };
  inside.under += 1;
  try {
    return await inside.storage.run(scope, () => work(transactionStore(tx, over)));
  } finally {
    scope.open = false;
    inside.under -= 1;
    // While a storage is in use Node follows every promise of the process, which makes all of them dear.
    if (inside.under === 0) inside.storage.disable();
  }
}

/** What a store is over, beside its database. */
interface Over {
  backend: Backend;
  bodies: BodyPlace | null;
}

function transactionStore(tx: Database, over: Over): Store {
  return {
    ...partsOver(tx, over.backend, over.bodies),
    maintenance: maintenanceIn(tx, noWholeDatabase(), over.bodies),
    write: (work) => writePart(tx, over, work),
    close: () =>
      Promise.reject(
        new Bug('A transaction ends with its work; only the store itself can be closed.'),
      ),
  };
}

/** A part of a transaction that can fail alone. */
async function writePart<T>(tx: Database, over: Over, work: (tx: Store) => Promise<T>): Promise<T> {
  await sql`savepoint part`.execute(tx);
  try {
    const result = await work(transactionStore(tx, over));
    await sql`release savepoint part`.execute(tx);
    return result;
  } catch (error) {
    await sql`rollback to savepoint part`.execute(tx);
    await sql`release savepoint part`.execute(tx);
    throw error;
  }
}
