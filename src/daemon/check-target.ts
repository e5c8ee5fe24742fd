import type { CheckReport } from '../domain/check-report.ts';
import type { TargetId } from '../domain/ids.ts';
import { check } from '../pipeline/check.ts';
import type { PipelineContext } from '../pipeline/context.ts';
import { MOST_TRIES, quarantineUnread } from '../pipeline/quarantine.ts';
import { isWanted, suspend } from '../pipeline/targets.ts';
import type { Lease } from '../store/ports/targets.ts';
import { STOPPED } from './check-loop.ts';

/**
 * What is done with a leased target: it is checked, unless nobody wants it read any more or its reader has died of it
 * again and again. Null when nothing was read.
 */
export async function checkTarget(
  context: PipelineContext,
  wanted: ReadonlySet<TargetId>,
  lease: Lease,
  signal: AbortSignal,
): Promise<CheckReport | null> {
  if (!isWanted(lease.target, wanted, context.clock.now())) {
    await suspend(context, lease);
    return null;
  }
  if (lease.tries > MOST_TRIES) return quarantineUnread(context, lease);
  return check(stoppable(context), lease, signal);
}

/** A check that is called off because the process stops is no failed check: it ends before anything is written. */
function stoppable(context: PipelineContext): PipelineContext {
  const { fetcher } = context;
  return {
    ...context,
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
