import type { CheckReport } from '../domain/check-report.ts';
import type { Logger } from '../log.ts';

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
