import { elapsed, type Instant, SECOND } from '../domain/time.ts';
import type { Worker } from '../domain/worker.ts';
import type { Known } from './known.ts';

/** Who works on the database, on what, and how far behind they are together. */
export interface WorkersView {
  asOf: Instant;
  workers: readonly (Omit<Worker, 'checks'> & {
    /** Not heard of for too long: what it had leased is taken over when the leases end. */
    isGone: boolean;
    checks: readonly (Worker['checks'][number] & { url: string | null })[];
  })[];
  /** Checks that are due and that nobody is at. */
  due: number;
  /** For how long the longest due of them waits, in seconds; 0 when none does. */
  behind: number;
}

/** A worker tells of itself every ten seconds. */
const GONE_AFTER = 45 * SECOND;

export async function workersOf({ store }: Known, asOf: Instant): Promise<WorkersView> {
  const [workers, { due, oldestDueAt }] = await Promise.all([
    store.workers.list(),
    store.workers.backlog(asOf),
  ]);
  const asked = new Set(workers.flatMap(({ checks }) => checks.map(({ target }) => target)));
  const targets = await Promise.all([...asked].map((id) => store.targets.get(id)));
  const urls = new Map(
    targets.flatMap((target) => (target === null ? [] : [[target.id, target.url]])),
  );
  return {
    asOf,
    workers: workers.map((worker) => ({
      ...worker,
      isGone: elapsed(worker.seenAt, asOf) > GONE_AFTER,
      checks: worker.checks.map((check) => ({ ...check, url: urls.get(check.target) ?? null })),
    })),
    due,
    behind: oldestDueAt === null ? 0 : Math.max(0, Math.round(elapsed(oldestDueAt, asOf) / SECOND)),
  };
}
