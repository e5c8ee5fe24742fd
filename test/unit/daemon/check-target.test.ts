import { expect, it } from 'vitest';
import { logCheck } from '../../../src/daemon/check-target.ts';
import type { CheckReport } from '../../../src/domain/check-report.ts';
import { FetchError } from '../../../src/domain/errors.ts';
import { type Logger, silentLogger } from '../../../src/log.ts';
import { openMetrics } from '../../../src/metrics/metrics.ts';

const FIELDS = { unchanged: false, items: 0, changes: [], transitions: [], alerts: [], bytes: 0 };

function reportOf(before: 'ok' | 'off' | null): CheckReport {
  const health = before === null ? null : { state: before, since: '', reason: null };
  return {
    ...FIELDS,
    target: { id: 'tg', watcher: 'openai-models', health } as unknown as CheckReport['target'],
    outcome: 'unreachable',
    error: new FetchError('off', 'No key is set.'),
    ms: { fetch: 1, extract: 0, judge: 0, write: 0 },
  };
}

it('says once, at info, that a channel is off, and counts it as off', async () => {
  const levels: string[] = [];
  const heard = (level: string) => () => void levels.push(level);
  const log: Logger = {
    ...silentLogger,
    ...{ debug: heard('debug'), info: heard('info'), warn: heard('warn') },
  };
  for (const before of [null, 'ok', 'off', 'off'] as const) logCheck(log, reportOf(before));
  expect(levels).toEqual(['info', 'info', 'debug', 'debug']);

  const now = '2026-11-29T12:00:00.000Z';
  const outbox = { queued: 0, dead: 0, waitingSince: null };
  const vitals = { now, targets: [], outbox, scheduled: [], databaseBytes: 0, browserBytes: null };
  const metrics = openMetrics({ version: '0', vitals: () => Promise.resolve(vitals) });
  metrics.checked(reportOf('off'));
  const { text } = await metrics.page();
  expect(text).toContain('checks_total{watcher="openai-models",outcome="off"} 1');
  expect(text).not.toContain('failure="off"');
});
