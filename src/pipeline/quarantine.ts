import type { CheckReport } from '../domain/check-report.ts';
import { Bug, ExtractError } from '../domain/errors.ts';
import type { Lease } from '../store/store.ts';
import { begin } from './check-run.ts';
import { settleFailure } from './commit.ts';
import type { Line } from './context.ts';

/** After this many leases in a row that ended without a word, a target is taken to kill its reader. */
export const MOST_TRIES = 3;

/**
 * Ends the lease of a target whose check crashed: it is put off like any failed check, and an answer that was kept and
 * not read counts as read, so that the next check asks anew instead of crashing on it again. The answer itself stays.
 */
export async function setAside(line: Line, lease: Lease, cause: Error): Promise<CheckReport> {
  const { target } = lease;
  const watcher = line.watchers.get(target.watcher);
  if (watcher === undefined) throw new Bug(`No watcher ${target.watcher} for ${target.url}.`);
  const message = `${watcher.id} crashed on the answer, which is kept: ${cause.message}`;
  const error = new ExtractError('malformed', message, { cause });
  const [unread] = await line.store.snapshots.unread(target.id);
  const failure = unread === undefined ? { error } : { error, snapshot: unread.id };
  return settleFailure(line, begin(lease), watcher, failure);
}

/** Sets a target aside whose reader died on it again and again, unread. */
export function setAsideUnread(line: Line, lease: Lease): Promise<CheckReport> {
  const times = lease.tries - 1;
  return setAside(line, lease, new Error(`the process ended ${times} times while it was read`));
}
