import type { CheckReport } from '../domain/check-report.ts';
import { ExtractError } from '../domain/errors.ts';
import type { Lease } from '../store/ports/work.ts';
import { beginRun, type Failed } from './check-run.ts';
import { commit } from './commit.ts';
import type { PipelineContext } from './context.ts';

/** After this many leases in a row that ended without a word, a target is taken to kill its reader. */
export const MOST_TRIES = 3;

/**
 * Ends the lease of a target whose check crashed: it is put off like any failed check, and an answer that was kept and
 * not read counts as read, so that the next check asks anew instead of crashing on it again. The answer itself stays.
 */
export async function quarantine(
  context: PipelineContext,
  lease: Lease,
  cause: Error,
): Promise<CheckReport> {
  const run = beginRun(context, lease);
  const message = `${run.watcher.id} crashed on the answer, which is kept: ${cause.message}`;
  const error = new ExtractError('malformed', message, { cause });
  const [unread] = await context.store.snapshots.unread(run.target.id);
  const failed: Failed = { kind: 'failed', error };
  const findings = unread === undefined ? failed : { ...failed, snapshot: unread.id };
  return commit(context, run, findings, () => Promise.resolve({ transitions: [], alerts: [] }));
}

/** Sets a target aside whose reader died on it again and again, unread. */
export function quarantineUnread(context: PipelineContext, lease: Lease): Promise<CheckReport> {
  const times = lease.tries - 1;
  return quarantine(
    context,
    lease,
    new Error(`the process ended ${times} times while it was read`),
  );
}
