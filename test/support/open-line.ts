import { fileURLToPath } from 'node:url';
import { type OpenPipeline, openPipeline } from '../../src/app/build-pipeline.ts';
import type { Environment } from '../../src/config/secrets.ts';
import type { RecordedCapture } from '../../src/domain/capture.ts';
import type { ReplayEvent } from '../../src/domain/check-report.ts';
import { manualClock } from '../../src/domain/clock.ts';
import type { FetchFailure } from '../../src/domain/errors.ts';
import type { Instant } from '../../src/domain/time.ts';
import { replayAll, subjectIn } from '../../src/operations/replay.ts';
import { recordedSource, replay } from '../../src/pipeline/replay.ts';
import { ownerIn } from '../../src/watch/registry.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The whole line over a database in memory, with the project's own config and catalogue. */
export function openTestLine(
  over: { db?: string; config?: string; environment?: Environment } = {},
): Promise<OpenPipeline> {
  return openPipeline({
    config: over.config ?? `${ROOT}config.yaml`,
    db: over.db ?? ':memory:',
    environment: over.environment ?? {},
    folder: ROOT,
  });
}

/** Replays a recording into a line and returns what it told. */
export async function replayed(
  open: OpenPipeline,
  recording: string,
  until: Instant | null = null,
): Promise<readonly ReplayEvent[]> {
  const events: ReplayEvent[] = [];
  await replayAll(open, [recording], { until, onEvent: (event) => void events.push(event) });
  return events;
}

/** The folder of corpus files; tests that need it skip with a line where it is absent. */
export const CORPUS =
  process.env['FIRSTHAND_CORPUS'] ??
  fileURLToPath(new URL('../../../shared/corpus', import.meta.url));

/** One exchange as a test writes it: what an address answered at a moment. */
export interface Exchange {
  at: Instant;
  url: string;
  status?: number;
  type?: string;
  body?: string | Uint8Array;
  failure?: FetchFailure;
}

/** Runs exchanges through a line, each at its own time. */
export async function play(
  open: OpenPipeline,
  exchanges: readonly Exchange[],
): Promise<readonly ReplayEvent[]> {
  const events: ReplayEvent[] = [];
  const [first] = exchanges;
  if (first === undefined) return events;
  const recording = { name: 'test', captures: exchanges.map(captureOf) };
  await replay(open.context, recording, {
    clock: manualClock(first.at),
    source: recordedSource(),
    until: null,
    ownerOf: (url) => ownerIn(open, url),
    subjectOf: (watcher, url) => subjectIn(open, watcher, url),
    onEvent: (event) => void events.push(event),
  });
  return events;
}

const TYPES: Readonly<Record<string, string>> = {
  md: 'text/markdown',
  xml: 'application/rss+xml',
  models: 'application/json',
};

function captureOf({ at, url, status, type, body, failure }: Exchange): RecordedCapture {
  const ending = /(?:\.|\/)(md|xml|models)$/.exec(url)?.[1] ?? '';
  const contentType = `${type ?? TYPES[ending] ?? 'text/html'}; charset=utf-8`;
  const bytes =
    typeof body === 'string' ? new TextEncoder().encode(body) : (body ?? new Uint8Array());
  const outcome =
    failure === undefined
      ? ({ kind: 'answer', status: status ?? 200, contentType, headers: {} } as const)
      : ({ kind: 'failure', failure } as const);
  return { at, url, finalUrl: url, outcome, body: async () => bytes };
}

/** What was told, by checks and by the calendar. */
export function alertsOf(events: readonly ReplayEvent[]) {
  return events.flatMap((event) => {
    if (event.kind === 'passed-over') return [];
    return event.kind === 'checked' ? event.report.alerts : event.judged.alerts;
  });
}

/** The reports of the checks among the events. */
export function reportsOf(events: readonly ReplayEvent[]) {
  return events.flatMap((event) => (event.kind === 'checked' ? [event.report] : []));
}
