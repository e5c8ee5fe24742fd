import {
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  type MetricObjectWithValues,
  type MetricValue,
  Registry,
} from 'prom-client';
import type { OutboxDepth } from '../domain/alert.ts';
import type { CheckReport } from '../domain/check-report.ts';
import type { TargetState } from '../domain/target.ts';
import { elapsed, type Instant, SECOND } from '../domain/time.ts';
import type { ScheduledWork } from '../domain/worker.ts';

/** What is true at the moment somebody looks. */
export interface Vitals {
  now: Instant;
  /** What is to be read, each with whether it is a vendor's own channel. */
  targets: readonly { target: TargetState; isPrimary: boolean }[];
  outbox: OutboxDepth;
  scheduled: readonly ScheduledWork[];
  /** What the database takes on the disk, in bytes. */
  databaseBytes: number;
  /** What the browser holds in memory, in bytes; null while none runs. */
  browserBytes: number | null;
}

/** How one delivery went, as far as it is counted. */
export interface Delivered {
  channel: string;
  outcome: string;
  /** Milliseconds the attempt took. */
  took: number;
}

/** What is counted while the program runs, and how it is shown. */
export interface Metrics {
  checked(report: CheckReport): void;
  delivered(delivered: Delivered): void;
  reloaded(outcome: 'used' | 'refused'): void;
  /** All of it in the text format of Prometheus. */
  page(): Promise<{ type: string; text: string }>;
  /** All of it as it is. */
  figures(): Promise<readonly Figure[]>;
}

/** A figure as it stands, with a value for each of its labels. */
export interface Figure {
  name: string;
  help: string;
  kind: 'counter' | 'gauge' | 'histogram' | 'summary';
  values: readonly FigureValue[];
}

export interface FigureValue {
  /** Of a histogram: whether it is a bucket, the sum or the count. */
  metricName?: string | undefined;
  labels: Readonly<Record<string, string | number | undefined>>;
  value: number;
}

export interface MetricsOptions {
  version: string;
  /** Asked each time the page is. */
  vitals(): Promise<Vitals>;
}

/** From a look-up in memory to a page that takes all the time it may, in seconds. */
const BUCKETS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Between two looks at how late the event loop is, in milliseconds; ten by default, which wakes an idle process. */
const LOOP_PRECISION = 100;

export function openMetrics({ version, vitals }: MetricsOptions): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_PRECISION });
  const counts = countersIn(registry);
  const gauges = gaugesIn(registry);
  gauges.build.set({ version }, 1);
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: two that ask at once must not see gauges half set. */
  function inTurn<T>(read: () => Promise<T>): Promise<T> {
    const fresh = async () => {
      show(gauges, await vitals());
      return read();
    };
    const answer = last.then(fresh, fresh);
    last = answer.catch(() => undefined);
    return answer;
  }

  return {
    checked: (report) => countCheck(counts, report),
    delivered({ channel, outcome, took }) {
      counts.deliveries.inc({ channel, outcome });
      counts.deliverySeconds.observe({ channel }, took / SECOND);
    },
    reloaded: (outcome) => counts.reloads.inc({ outcome }),
    page: () =>
      inTurn(async () => ({ type: registry.contentType, text: await registry.metrics() })),
    figures: () => inTurn(async () => (await registry.getMetricsAsJSON()).map(figureOf)),
  };
}

function figureOf({
  name,
  help,
  type,
  values,
}: MetricObjectWithValues<MetricValue<string>>): Figure {
  // The types promise an enumeration where the values are its words.
  return { name, help, kind: `${type}` as Figure['kind'], values };
}

function countersIn(registry: Registry) {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labels: readonly Label[]) =>
    new Counter({ name: `firsthand_${name}`, help, labelNames: [...labels], registers });
  const seconds = <Label extends string>(name: string, help: string, labels: readonly Label[]) =>
    new Histogram({
      ...{ name: `firsthand_${name}`, help, labelNames: [...labels] },
      ...{ buckets: BUCKETS, registers },
    });
  return {
    checks: counter('checks_total', 'Checks by watcher and outcome.', ['watcher', 'outcome']),
    failures: counter('check_failures_total', 'Checks that were not good, by what was wrong.', [
      'watcher',
      'failure',
    ]),
    changes: counter('changes_total', 'Items added, revised or withdrawn.', ['watcher']),
    transitions: counter('transitions_total', 'Claims whose level or status moved.', ['watcher']),
    bytes: counter('fetched_bytes_total', 'Bytes of bodies that were fetched.', ['watcher']),
    checkSeconds: seconds('check_seconds', 'Where the time of a check goes.', ['stage']),
    deliveries: counter('deliveries_total', 'Attempts to deliver, by channel and outcome.', [
      'channel',
      'outcome',
    ]),
    deliverySeconds: seconds('delivery_seconds', 'How long an attempt to deliver takes.', [
      'channel',
    ]),
    reloads: counter('config_reloads_total', 'Times the configuration was read again.', [
      'outcome',
    ]),
  };
}

function countCheck(counts: ReturnType<typeof countersIn>, report: CheckReport): void {
  const { outcome, error, changes, transitions, bytes, ms } = report;
  const { watcher } = report.target;
  const isOff = error?.kind === 'off';
  counts.checks.inc({ watcher, outcome: isOff ? 'off' : outcome });
  if (error !== null && !isOff) counts.failures.inc({ watcher, failure: error.kind });
  counts.changes.inc({ watcher }, changes.length);
  counts.transitions.inc({ watcher }, transitions.length);
  counts.bytes.inc({ watcher }, bytes);
  for (const stage of ['fetch', 'extract', 'judge', 'write'] as const) {
    counts.checkSeconds.observe({ stage }, ms[stage] / SECOND);
  }
}

function gaugesIn(registry: Registry) {
  const registers = [registry];
  const gauge = <Label extends string = never>(
    name: string,
    help: string,
    labels: readonly Label[] = [],
  ) => new Gauge({ name: `firsthand_${name}`, help, labelNames: [...labels], registers });
  return {
    build: gauge('build_info', 'Always 1; the label says which version runs.', ['version']),
    lag: gauge('schedule_lag_seconds', 'How long the target that waits longest is overdue.'),
    due: gauge('targets_due', 'Targets whose next check is due.'),
    targets: gauge('targets', 'Targets by health.', ['health']),
    goodAge: gauge(
      'primary_last_good_check_age_seconds',
      'Time since the last good check of a vendor channel; since it was first listed when there was none.',
      ['watcher', 'target'],
    ),
    outbox: gauge('outbox_deliveries', 'Deliveries that wait, and those given up.', ['state']),
    outboxAge: gauge('outbox_oldest_seconds', 'How long the oldest delivery could have gone out.'),
    scheduledWorkFailed: gauge(
      'scheduled_work_failed',
      'Whether calendar work failed the last time.',
      ['work'],
    ),
    database: gauge('database_bytes', 'What the database takes on the disk.'),
    browser: gauge('browser_memory_bytes', 'What the browser holds; 0 while none runs.'),
  };
}

const HEALTH = ['ok', 'failing', 'blocked', 'drifted', 'suspect', 'off', 'unchecked'] as const;

function show(gauges: ReturnType<typeof gaugesIn>, vitals: Vitals): void {
  const { now, targets, outbox, scheduled } = vitals;
  const overdue = targets
    .filter(({ target }) => target.health?.state !== 'off')
    .map(({ target }) => secondsSince(target.dueAt, now))
    .filter((late) => late > 0);
  gauges.lag.set(Math.max(0, ...overdue));
  gauges.due.set(overdue.length);
  for (const health of HEALTH) {
    const those = targets.filter(({ target }) => (target.health?.state ?? 'unchecked') === health);
    gauges.targets.set({ health }, those.length);
  }
  gauges.goodAge.reset();
  for (const { target, isPrimary } of targets) {
    if (!isPrimary || target.health?.state === 'off') continue;
    const age = secondsSince(target.lastGoodAt ?? target.createdAt, now);
    gauges.goodAge.set({ watcher: target.watcher, target: target.id }, age);
  }
  gauges.outbox.set({ state: 'queued' }, outbox.queued);
  gauges.outbox.set({ state: 'dead' }, outbox.dead);
  gauges.outboxAge.set(secondsSince(outbox.waitingSince ?? now, now));
  gauges.scheduledWorkFailed.reset();
  for (const { name, error } of scheduled)
    gauges.scheduledWorkFailed.set({ work: name }, error === null ? 0 : 1);
  gauges.database.set(vitals.databaseBytes);
  gauges.browser.set(vitals.browserBytes ?? 0);
}

/** None for what lies ahead: a clock may be set back. */
function secondsSince(then: Instant, now: Instant): number {
  return Math.max(0, elapsed(then, now)) / SECOND;
}
