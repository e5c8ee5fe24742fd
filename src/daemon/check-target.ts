import type { CheckReport } from '../domain/check-report.ts';
import type { TargetId } from '../domain/ids.ts';
import { check } from '../pipeline/check.ts';
import type { Line } from '../pipeline/context.ts';
import { MOST_TRIES, setAsideUnread } from '../pipeline/quarantine.ts';
import { isWanted, rest } from '../pipeline/targets.ts';
import type { Lease } from '../store/store.ts';
import { STOPPED } from './check-loop.ts';

/**
 * What is done with a leased target: it is checked, unless nobody wants it read any more or its reader has died of it
 * again and again. Null when nothing was read.
 */
export async function attend(
  line: Line,
  wanted: ReadonlySet<TargetId>,
  lease: Lease,
  signal: AbortSignal,
): Promise<CheckReport | null> {
  if (!isWanted(lease.target, wanted, line.clock.now())) {
    await rest(line, lease);
    return null;
  }
  if (lease.tries > MOST_TRIES) return setAsideUnread(line, lease);
  return check(stoppable(line), lease, signal);
}

/** A check that is called off because the process stops is no failed check: it ends before anything is written. */
function stoppable(line: Line): Line {
  const { fetcher } = line;
  return {
    ...line,
    fetcher: {
      ...fetcher,
      async fetch(request, signal) {
        const outcome = await fetcher.fetch(request, signal);
        if (signal.reason === STOPPED) throw STOPPED;
        return outcome;
      },
    },
  };
}
