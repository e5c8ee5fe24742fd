import { afterEach, expect, it, vi } from 'vitest';
import { type DaemonOptions, openDaemon } from '../../src/app/build-daemon.ts';
import type { Daemon } from '../../src/daemon/daemon.ts';
import { systemClock } from '../../src/domain/clock.ts';
import { runCheck } from '../../src/operations/check.ts';
import { openStore } from '../../src/store/open.ts';
import {
  attributesOf,
  type Collector,
  openCollector,
  type SentSpan,
} from '../support/collector.ts';
import { WAIT } from '../support/timeouts.ts';
import { openStage, type Stage } from '../support/vendor-stage.ts';

const running: Daemon[] = [];

afterEach(async () => {
  for (const daemon of running.splice(0)) await daemon.stop();
});

async function started({ options }: Stage, over: Partial<DaemonOptions> = {}): Promise<Daemon> {
  const daemon = await openDaemon({ ...options, ...over });
  running.push(daemon);
  return daemon;
}

/** A stage whose work is told to a collector. */
async function watched(): Promise<{ stage: Stage; collector: Collector }> {
  const collector = await openCollector();
  const stage = await openStage({ telemetry: { on: true, endpoint: `${collector.url}/` } });
  return { stage, collector };
}

/** Waits until the page was read as it was: what comes then is news. */
async function baseline({ site }: Stage): Promise<void> {
  const before = site.requests.length;
  await vi.waitFor(() => expect(site.requests.length).toBeGreaterThan(before + 2), WAIT);
}

/** Lets the daemon tell of a model by mail, and ends it, so that all that it had to say is sent. */
async function toldOf(model: string, stage: Stage, daemon: Daemon): Promise<void> {
  await baseline(stage);
  stage.release(model);
  await vi.waitFor(() => expect(stage.mail.mails.length).toBeGreaterThan(0), WAIT);
  await daemon.stop();
}

function spanTold(collector: Collector): readonly SentSpan[] {
  const { traceId } = collector.spans.find(({ name }) => name === 'deliver') ?? { traceId: '' };
  return collector.spans.filter((span) => span.traceId === traceId);
}

it('a daemon that a collector is told of shows a check from its lease to the mail as one trace', async () => {
  const { stage, collector } = await watched();
  await toldOf('gpt-7.1', stage, await started(stage));
  const spans = spanTold(collector);
  const named = (name: string) => spans.filter((span) => span.name === name);
  const [check] = named('check');
  const inOrder = [...spans].sort((a, b) => (begin(a) < begin(b) ? -1 : 1));
  const stages = ['lease', 'fetch', 'keep', 'extract', 'interpret', 'commit', 'judge'];
  const seen = [...new Set(inOrder.map(({ name }) => name))];
  expect(seen.filter((name) => stages.includes(name))).toEqual(stages);
  expect(seen.at(-1)).toBe('deliver');
  const parents = new Map(spans.map(({ spanId, name }) => [spanId, name]));
  const parentOf = (name: string) => parents.get(named(name)[0]?.parentSpanId ?? '');
  for (const name of stages.slice(0, -1)) expect(parentOf(name)).toBe('check');
  expect(parentOf('judge')).toBe('commit');
  expect(parentOf('outbox')).toBe('check');
  expect(parentOf('deliver')).toBe('outbox');
  expect(check?.parentSpanId).toBeUndefined();
  expect(attributesOf(check as SentSpan)).toMatchObject({
    'firsthand.watcher': 'openai-changelog',
    'firsthand.outcome': 'present',
    'url.full': 'https://developers.openai.com/api/docs/changelog.md',
  });
  expect(attributesOf(named('deliver')[0] as SentSpan)).toMatchObject({
    'firsthand.channel': 'mail',
    'firsthand.attempt': 1,
  });
});

it('a daemon that a collector is told of goes on with the trace when another process delivers', async () => {
  const { stage, collector } = await watched();
  stage.mail.script = { data: { code: 550, text: 'never' } };
  const first = await started(stage);
  await baseline(stage);
  stage.release('gpt-7.1');
  await vi.waitFor(() => expect(stage.mail.sessions.length).toBeGreaterThan(0), WAIT);
  await first.stop();
  const tried = () => collector.spans.filter(({ name }) => name === 'deliver');
  const [failed] = tried();
  expect(failed?.status).toMatchObject({ code: 2, message: expect.stringContaining('550') });
  stage.mail.script = {};
  const store = await openStore({ url: stage.db });
  await store.outbox.revive({}, systemClock.now());
  await store.close();
  const second = await started(stage);
  await vi.waitFor(() => expect(stage.mail.mails.length).toBeGreaterThan(0), WAIT);
  await second.stop();
  const traces = tried().map(({ traceId }) => traceId);
  expect(traces).toEqual([failed?.traceId, failed?.traceId]);
});

it('a daemon that a collector is told of sends the figures that the page for Prometheus shows, without a port', async () => {
  const { stage, collector } = await watched();
  const environment = { OTEL_SERVICE_NAME: 'our-firsthand' };
  await toldOf('gpt-7.1', stage, await started(stage, { environment }));
  const checks = collector.figures.get('firsthand_checks_total')?.sum;
  expect(checks?.isMonotonic).toBe(true);
  const [first] = checks?.dataPoints ?? [];
  expect(first?.asDouble).toBeGreaterThan(1);
  expect(attributesOf(first as SentSpan & typeof first)).toEqual({
    watcher: 'openai-changelog',
    outcome: 'present',
  });
  const lag = collector.figures.get('firsthand_schedule_lag_seconds');
  expect(lag).toMatchObject({
    unit: 's',
    gauge: { dataPoints: [{ asDouble: expect.any(Number) }] },
  });
  const times = collector.figures.get('firsthand_check_seconds')?.histogram?.dataPoints ?? [];
  const judging = times.find((point) => attributesOf(point)['stage'] === 'judge');
  const counted = judging?.bucketCounts?.reduce((sum, one) => sum + one, 0);
  expect(judging?.count).toBeGreaterThan(1);
  expect(counted).toBe(judging?.count);
  expect(judging?.bucketCounts).toHaveLength((judging?.explicitBounds?.length ?? 0) + 1);
  expect(collector.figures.has('process_resident_memory_bytes')).toBe(true);
  expect(collector.resource.get('service.name')).toBe('our-firsthand');
  expect(collector.resource.get('service.instance.id')).toEqual(expect.any(String));
});

it('a daemon that a collector is told of tells its people all the same when the collector refuses what it is sent', async () => {
  const { stage, collector } = await watched();
  collector.status = 400;
  const telemetry = { on: true, endpoint: collector.url };
  stage.configure({ telemetry, log: { level: 'warn' } });
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await toldOf('gpt-7.1', stage, await started(stage));
  const lines = written.mock.calls.map(([line]) => String(line));
  written.mockRestore();
  const faults = lines.filter((line) => line.includes('telemetry was not sent'));
  expect(faults.length).toBeGreaterThan(0);
  expect(faults.join('')).not.toContain('node_modules');
  expect(collector.headers.length).toBeGreaterThan(0);
  expect(stage.mail.mails).toHaveLength(1);
});

it('a daemon that a collector is told of sends nothing when a variable turns it off, or when the config does not turn it on', async () => {
  const { stage, collector } = await watched();
  const environment = { OTEL_SDK_DISABLED: 'true' };
  await toldOf('gpt-7.1', stage, await started(stage, { environment }));
  stage.configure({ telemetry: { endpoint: collector.url } });
  stage.mail.mails.length = 0;
  await toldOf('gpt-7.2', stage, await started(stage));
  expect(collector.headers).toEqual([]);
});

it('a daemon that a collector is told of sends the traces of a single pass before the command ends', async () => {
  const { stage, collector } = await watched();
  const signal = new AbortController().signal;
  await runCheck(stage.options, { watchers: [], due: false, signal });
  stage.release('gpt-7.1');
  await runCheck(stage.options, { watchers: [], due: false, signal });
  const names = new Set(spanTold(collector).map(({ name }) => name));
  expect([...names]).toEqual(expect.arrayContaining(['check', 'outbox', 'deliver']));
});

function begin({ startTimeUnixNano }: SentSpan): bigint {
  return BigInt(startTimeUnixNano);
}
