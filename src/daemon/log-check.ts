import type { CheckReport } from '../domain/check-report.ts';
import type { Logger } from '../log.ts';

/** One wide line a check: what came of it, and what it cost. */
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
  if (error === null) log.info(fields, 'checked');
  else log.warn({ ...fields, failure: error.kind, reason: error.message }, 'checked');
}
