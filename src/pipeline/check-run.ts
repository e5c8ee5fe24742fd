import type { CheckReport, Spent } from '../domain/check-report.ts';
import { asError, Bug, type ExtractError, type FetchError } from '../domain/errors.ts';
import type { BodyHash, SnapshotId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import type { Watcher } from '../domain/watcher.ts';
import type { Lease } from '../store/ports/work.ts';
import type { Span } from '../tracing.ts';
import type { PipelineContext } from './context.ts';

/** One check under way: its lease, who reads the target, and what it has cost so far. */
export interface CheckRun extends Lease {
  watcher: Watcher;
  spent: Spent;
  /** The size of the answer's body. */
  bytes: number;
  /** The stage under way, or the check between two. */
  trace: Span;
}

/** Throws `Bug` when no watcher reads the target. */
export function beginRun(
  { watchers, trace }: Pick<PipelineContext, 'watchers' | 'trace'>,
  lease: Lease,
): CheckRun {
  const { watcher: id, url } = lease.target;
  const watcher = watchers.get(id);
  if (watcher === undefined) throw new Bug(`No watcher ${id} for ${url}.`);
  const spent = { fetch: 0, extract: 0, judge: 0, write: 0 };
  return { ...lease, watcher, spent, bytes: 0, trace };
}

/** A check that was not good: it is counted, the target backs off, and it is evidence of nothing. */
export interface Failed {
  kind: 'failed';
  error: FetchError | ExtractError;
  /** The answer that could not be read; it stays, and the last good one stands. */
  snapshot?: SnapshotId;
  /** The answer that a later one has to repeat before it is believed. */
  suspect?: BodyHash | null;
}

/** The last good answer again. */
export interface Unchanged {
  kind: 'unchanged';
  /** When the page itself came, where it was not the far side that said "not modified". */
  fullAt?: Instant;
}

/** The stages of a check as a trace shows them, each with the part of the time that it counts as. */
const STAGES = {
  'read again': 'extract',
  fetch: 'fetch',
  keep: 'write',
  extract: 'extract',
  interpret: 'extract',
  judge: 'judge',
  commit: 'write',
} as const satisfies Record<string, keyof Spent>;

/** Counts and traces the time of a stage. A stage inside another one counts as its own alone. */
export async function timed<T>(
  run: Pick<CheckRun, 'spent' | 'trace'>,
  stage: keyof typeof STAGES,
  work: () => Promise<T>,
): Promise<T> {
  const { spent, trace: around } = run;
  const from = performance.now();
  const before = total(spent);
  run.trace = around.begin(stage);
  let error: Error | null = null;
  try {
    return await work();
  } catch (thrown) {
    error = asError(thrown);
    throw thrown;
  } finally {
    run.trace.end(error);
    run.trace = around;
    const inside = total(spent) - before;
    spent[STAGES[stage]] += performance.now() - from - inside;
  }
}

function total({ fetch, extract, judge, write }: Spent): number {
  return fetch + extract + judge + write;
}

/** What a check that has ended tells its caller; what was not found anew is as before. */
export function reportOf(
  { target, spent, bytes }: CheckRun,
  found: Pick<CheckReport, 'outcome'> & Partial<CheckReport>,
): CheckReport {
  // Named one by one: this runs for every check, and spreading costs more than all else here.
  return {
    target,
    outcome: found.outcome,
    unchanged: found.unchanged ?? false,
    items: found.items ?? target.itemCount ?? 0,
    changes: found.changes ?? [],
    transitions: found.transitions ?? [],
    alerts: found.alerts ?? [],
    error: found.error ?? null,
    ms: spent,
    bytes,
  };
}
