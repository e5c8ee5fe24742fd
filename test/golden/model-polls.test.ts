import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenPipeline } from '../../src/app/build-pipeline.ts';
import type { ReplayEvent } from '../../src/domain/check-report.ts';
import { statusOf } from '../../src/read/status.ts';
import { alertsOf, CORPUS, openTestLine, replayed } from '../support/open-line.ts';

const POLLS = join(CORPUS, 'openai-models-api', 'recording.jsonl.gz');
const isHere = existsSync(POLLS);
if (!isHere)
  process.stdout.write('The corpus is absent: the 851 polls of the model list are skipped.\n');
const NOW = '2026-06-01T00:00:00.000Z';

/** When each model was first seen after the baseline, and at which later poll it counted. */
const LAUNCHES = [
  ['gpt-realtime-1.5', '2026-02-23T17:56:26.000Z'],
  ['gpt-5.3-codex', '2026-02-24T19:45:19.000Z'],
  ['gpt-5.4', '2026-03-05T19:11:49.000Z'],
  ['gpt-5.4-pro', '2026-03-05T19:11:49.000Z'],
  ['gpt-5.4-mini', '2026-03-17T17:03:03.000Z'],
  ['gpt-image-2', '2026-04-21T19:00:42.000Z'],
  ['gpt-image-2-2026-04-21', '2026-04-21T20:41:24.000Z'],
  ['gpt-5.5', '2026-04-24T18:39:11.000Z'],
  ['gpt-realtime-2', '2026-05-07T18:17:39.000Z'],
] as const;

describe.skipIf(!isHere)('851 real polls of the model list', () => {
  let open: OpenPipeline;
  let events: readonly ReplayEvent[];

  beforeAll(async () => {
    open = await openTestLine();
    events = await replayed(open, POLLS);
  }, 120_000);
  afterAll(() => open.close());

  function alerts() {
    return alertsOf(events);
  }

  it.each(LAUNCHES)(
    'confirm %s at its second sighting and say when it was first seen',
    async (id, firstSeen) => {
      const { claims } = await statusOf(open.known, id, NOW);
      const listed = claims.find(({ facet }) => facet === 'api_listed');
      expect(listed).toMatchObject({ level: 'confirmed', firstSeen });
      expect(Date.parse(listed?.since ?? '') - Date.parse(firstSeen)).toBeGreaterThanOrEqual(
        600_000,
      );
    },
  );

  it('tell of every launch once, and of nothing that the baseline held', () => {
    const told = alerts().map(({ subject }) => subject);
    for (const [id] of LAUNCHES) expect(told.filter((one) => one === id)).toHaveLength(1);
    const baseline = ['gpt-4o', 'gpt-image-1.5', 'gpt-4.1', 'babbage-002', 'o3'];
    for (const id of baseline) expect(told).not.toContain(id);
  });

  it('tell nothing of a test id and of an id seen once', () => {
    const told = alerts().map(({ subject }) => subject);
    for (const id of ['test-run', 'gpt-5.4-mini-2026-03-17-batch']) {
      expect(told).not.toContain(id);
    }
  });

  it('list a moving alias and release nothing by it', async () => {
    const { level, claims } = await statusOf(open.known, 'chat-latest', NOW);
    expect(level).toBe('unknown');
    expect(claims.find(({ facet }) => facet === 'api_listed')).toMatchObject({
      level: 'confirmed',
    });
  });

  it('call the empty answers at the start drift, and no baseline', () => {
    const first = events
      .flatMap((event) => (event.kind === 'checked' ? [event.report] : []))
      .slice(0, 3);
    for (const { outcome, changes } of first) {
      expect(outcome).toBe('parse_failed');
      expect(changes).toEqual([]);
    }
  });

  it.each(['dall-e-2', 'dall-e-3', 'gpt-4-0125-preview'])(
    'withdraw %s when it has left',
    async (id) => {
      const { claims } = await statusOf(open.known, id, NOW);
      expect(claims.find(({ facet }) => facet === 'api_listed')).toMatchObject({
        level: 'withdrawn',
      });
      expect(alerts().map(({ subject }) => subject)).toContain(id);
    },
  );

  it('keep what was missing in one poll only', async () => {
    const { claims } = await statusOf(open.known, 'babbage-002', NOW);
    expect(claims.find(({ facet }) => facet === 'api_listed')).toMatchObject({
      level: 'confirmed',
    });
  });
});
