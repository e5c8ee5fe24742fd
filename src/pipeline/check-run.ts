import type { CheckOutcome } from '../domain/check.ts';
import type { CheckReport, Judged, Spent } from '../domain/check-report.ts';
import type { Change } from '../domain/item.ts';
import type { Lease, Store } from '../store/store.ts';
import type { Line } from './context.ts';

/** A lease under way, with what its check has cost so far. */
export interface Checking extends Lease {
  spent: Spent;
  /** The size of the answer's body. */
  bytes: number;
}

export function begin(lease: Lease): Checking {
  return { ...lease, spent: { fetch: 0, extract: 0, judge: 0, write: 0 }, bytes: 0 };
}

/** Counts the time of a part of a check. */
export async function timed<T>(
  { spent }: Pick<Checking, 'spent'>,
  part: keyof Spent,
  work: () => Promise<T>,
): Promise<T> {
  const from = performance.now();
  try {
    return await work();
  } finally {
    spent[part] += performance.now() - from;
  }
}

/** A write of a check; what its judging takes is counted as that. */
export async function write<T>(
  line: Pick<Line, 'store'>,
  checking: Checking,
  work: (tx: Store) => Promise<T>,
): Promise<T> {
  const { spent } = checking;
  const judged = spent.judge;
  const result = await timed(checking, 'write', () => line.store.write(work));
  spent.write -= spent.judge - judged;
  return result;
}

/** What a check that has ended tells its caller; what was not found anew is as before. */
export function reportOf(
  { target, spent, bytes }: Checking,
  outcome: CheckOutcome,
  found: Partial<Judged> & {
    error?: CheckReport['error'];
    unchanged?: boolean;
    items?: number;
    changes?: readonly Change[];
  },
): CheckReport {
  return {
    target,
    outcome,
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
