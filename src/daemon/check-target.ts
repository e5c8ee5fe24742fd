import type { CheckReport } from '../domain/check-report.ts';
import { asError } from '../domain/errors.ts';
import type { TargetId } from '../domain/ids.ts';
import { elapsed } from '../domain/time.ts';
import type { Logger } from '../log.ts';
import { check } from '../pipeline/check.ts';
import type { PipelineContext } from '../pipeline/context.ts';
import { MOST_TRIES, quarantineUnread } from '../pipeline/quarantine.ts';
import { isWanted, suspend } from '../pipeline/targets.ts';
import type { Lease } from '../store/ports/work.ts';
import { STOPPED } from './check-loop.ts';

/**
 * What is done with a leased target: it is checked, unless nobody wants it read any more or its reader has died of it
 * again and again. Null when nothing was read. `waited` says how long ago the lease was asked for, in milliseconds.
 */
export async function checkTarget(
  context: PipelineContext,
  wanted: ReadonlySet<TargetId>,
  lease: Lease,
  signal: AbortSignal,
  waited = 0,
): Promise<CheckReport | null> {
  if (!isWanted(lease.target, wanted, context.clock.now())) {
    await suspend(context, lease);
    return null;
  }
  if (lease.tries > MOST_TRIES) return quarantineUnread(context, lease);
  return tracedCheck(stoppableOf(context), lease, signal, waited);
}

/** The check as one trace, from the question for a lease. */
async function tracedCheck(
  context: PipelineContext,
  lease: Lease,
  signal: AbortSignal,
  waited: number,
): Promise<CheckReport> {
  const { id, watcher, url, dueAt } = lease.target;
  const late = Math.max(0, elapsed(dueAt, context.clock.now()));
  const fields = { target: id, watcher, url, late };
  const span = context.trace.begin('check', { ago: waited, fields });
  span.begin('lease', { ago: waited, fields: { tries: lease.tries } }).end();
  try {
    const own = span === context.trace ? context : { ...context, trace: span };
    const report = await check(own, lease, signal);
    const { outcome, unchanged, bytes, changes, alerts, error } = report;
    span.add({ outcome, unchanged, bytes, changes: changes.length, alerts: alerts.length });
    span.end(error);
    return report;
  } catch (thrown) {
    span.end(asError(thrown));
    throw thrown;
  }
}

const STOPPABLE = new WeakMap<PipelineContext, PipelineContext>();

function stoppableOf(context: PipelineContext): PipelineContext {
  const known = STOPPABLE.get(context) ?? stoppable(context);
  STOPPABLE.set(context, known);
  return known;
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

/**
 * One wide line a check: what came of it, and what it cost. A channel that is off for want of a key or a browser is no
 * trouble: it is said once.
 */
export function logCheck(log: Logger, report: CheckReport): void {
  const { target, outcome, unchanged, ms, bytes, items, changes, transitions, error } = report;
  const fields = {
    target: target.id,
    outcome,
    unchanged,
    ms: {
      fetch: Math.round(ms.fetch),
      extract: Math.round(ms.extract),
      judge: Math.round(ms.judge),
      write: Math.round(ms.write),
    },
    bytes,
    items,
    changes: changes.length,
    transitions: transitions.length,
  };
  if (error?.kind === 'off') {
    const said = { target: target.id, outcome: 'off', reason: error.message };
    if (target.health?.state === 'off') log.debug(said, 'checked');
    else log.info(said, 'checked');
  } else if (error === null) log.info(fields, 'checked');
  else log.warn({ ...fields, failure: error.kind, reason: error.message }, 'checked');
}
