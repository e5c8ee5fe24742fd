import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenPipeline } from '../../src/app/build-pipeline.ts';
import { makeClaim } from '../../src/core/claims/to-evidence.ts';
import type { Alert } from '../../src/domain/alert.ts';
import type { ReplayEvent } from '../../src/domain/check-report.ts';
import type { ConfirmationLevel } from '../../src/domain/verdict.ts';
import { statusOf } from '../../src/read/status.ts';
import { storiesOf, storyNamed } from '../../src/read/stories.ts';
import { alertsOf, CORPUS, openTestLine, replayed } from '../support/open-line.ts';

const POLLS = join(CORPUS, 'openai-models-api', 'recording.jsonl.gz');
const isHere = existsSync(POLLS);
if (!isHere)
  process.stdout.write('The corpus is absent: the 851 polls of the model list are skipped.\n');
const NOW = '2026-06-01T00:00:00.000Z';

/** Came a poll later than its model, and is kept in the story of it: a dated snapshot alone is no news. */
const SNAPSHOT = 'gpt-image-2-2026-04-21';

/** When each model was first seen after the baseline, and at which later poll it counted. */
const LAUNCHES = [
  ['gpt-realtime-1.5', '2026-02-23T17:56:26.000Z'],
  ['gpt-5.3-codex', '2026-02-24T19:45:19.000Z'],
  ['gpt-5.4', '2026-03-05T19:11:49.000Z'],
  ['gpt-5.4-pro', '2026-03-05T19:11:49.000Z'],
  ['gpt-5.4-mini', '2026-03-17T17:03:03.000Z'],
  ['gpt-image-2', '2026-04-21T19:00:42.000Z'],
  [SNAPSHOT, '2026-04-21T20:41:24.000Z'],
  ['gpt-5.5', '2026-04-24T18:39:11.000Z'],
  ['gpt-realtime-2', '2026-05-07T18:17:39.000Z'],
] as const;

function listingOf(subject: string) {
  return makeClaim({ subject, facet: 'api_listed', qualifiers: {}, value: null }).key;
}

/** The models an alert names: its own, and those of its story. */
function namedIn({ subject, message }: Alert): readonly string[] {
  return [subject, ...(message.story?.subjects ?? []).map(({ id }) => id)];
}

function transitionsOf(events: readonly ReplayEvent[]) {
  return events.flatMap((event) => {
    if (event.kind === 'passed-over') return [];
    return (event.kind === 'checked' ? event.report : event.judged).transitions;
  });
}

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

  /** Models whose listing an alert told of, once for each time it came to that level; a story may tell of many. */
  function toldOf(level: ConfirmationLevel): readonly string[] {
    const moves = new Map(transitionsOf(events).map((one) => [one.id, one]));
    return alerts()
      .flatMap((alert) => alert.transitions.flatMap((id) => moves.get(id) ?? []))
      .filter(({ subject, claim, to }) => claim === listingOf(subject) && to.level === level)
      .map(({ subject }) => subject);
  }

  it.each(LAUNCHES)(
    '851 real polls of the model list confirm %s at its second sighting and say when it was first seen',
    async (id, firstSeen) => {
      const { claims } = await statusOf(open.known, id, NOW);
      const listed = claims.find(({ facet }) => facet === 'api_listed');
      expect(listed).toMatchObject({ level: 'confirmed', firstSeen });
      expect(Date.parse(listed?.since ?? '') - Date.parse(firstSeen)).toBeGreaterThanOrEqual(
        600_000,
      );
    },
  );

  it('851 real polls of the model list tell of every launch once, and of nothing that the baseline held', () => {
    const told = toldOf('confirmed');
    for (const [id] of LAUNCHES) {
      expect(told.filter((one) => one === id)).toHaveLength(id === SNAPSHOT ? 0 : 1);
    }
    const baseline = ['gpt-4o', 'gpt-image-1.5', 'gpt-4.1', 'babbage-002', 'o3'];
    const named = alerts().flatMap(namedIn);
    for (const id of baseline) expect([...told, ...named]).not.toContain(id);
  });

  it('851 real polls of the model list tell nothing of a test id and of an id seen once', () => {
    const told = [...toldOf('confirmed'), ...alerts().flatMap(namedIn)];
    for (const id of ['test-run', 'gpt-5.4-mini-2026-03-17-batch']) {
      expect(told).not.toContain(id);
    }
  });

  it('851 real polls of the model list list a moving alias and release nothing by it', async () => {
    const { level, claims } = await statusOf(open.known, 'chat-latest', NOW);
    expect(level).toBe('unknown');
    expect(claims.find(({ facet }) => facet === 'api_listed')).toMatchObject({
      level: 'confirmed',
    });
  });

  it('851 real polls of the model list call the empty answers at the start drift, and no baseline', () => {
    const first = events
      .flatMap((event) => (event.kind === 'checked' ? [event.report] : []))
      .slice(0, 3);
    for (const { outcome, changes } of first) {
      expect(outcome).toBe('parse_failed');
      expect(changes).toEqual([]);
    }
  });

  it('851 real polls of the model list keep a snapshot that came later in the story of its model', async () => {
    const [launch, ...more] = (await storiesOf(open.known, { subject: SNAPSHOT, limit: 10 }))
      .stories;
    expect(more).toEqual([]);
    expect(launch?.subjects).toContain('gpt-image-2');
    const { events: kept } = await storyNamed(open.known, launch?.id ?? '');
    expect(kept.filter(({ subject }) => subject === SNAPSHOT)).toMatchObject([
      {
        move: { facet: 'api_listed', to: 'confirmed' },
        because: 'A dated snapshot is told with its model.',
      },
    ]);
  });

  it.each(['dall-e-2', 'dall-e-3', 'gpt-4-0125-preview'])(
    '851 real polls of the model list withdraw %s when it has left',
    async (id) => {
      const { claims } = await statusOf(open.known, id, NOW);
      expect(claims.find(({ facet }) => facet === 'api_listed')).toMatchObject({
        level: 'withdrawn',
      });
    },
  );

  it('851 real polls of the model list tell of a withdrawal once, where the model is followed', () => {
    const told = [...toldOf('withdrawn')].sort();
    // The config follows these two; the others that left were in the baseline and are followed by nobody.
    expect(told).toEqual(['dall-e-2', 'dall-e-3']);
  });

  it('851 real polls of the model list keep what was missing in one poll only', async () => {
    const { claims } = await statusOf(open.known, 'babbage-002', NOW);
    expect(claims.find(({ facet }) => facet === 'api_listed')).toMatchObject({
      level: 'confirmed',
    });
  });
});
