import { fileURLToPath } from 'node:url';
import { type OpenLine, openLine } from '../../src/app/line.ts';
import { replayAll } from '../../src/app/replaying.ts';
import type { ReplayEvent } from '../../src/domain/check-report.ts';
import type { Instant } from '../../src/domain/time.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The whole line over a record in memory, with the project's own config and catalogue. */
export function openTestLine(over: { db?: string; config?: string } = {}): Promise<OpenLine> {
  return openLine({
    config: over.config ?? `${ROOT}config.yaml`,
    db: over.db ?? ':memory:',
    environment: {},
    folder: ROOT,
  });
}

/** Replays a recording into a line and returns what it told. */
export async function replayed(
  open: OpenLine,
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
