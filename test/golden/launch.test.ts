import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { OpenPipeline } from '../../src/app/build-pipeline.ts';
import type { ReplayEvent } from '../../src/domain/check-report.ts';
import { parseInstant } from '../../src/domain/time.ts';
import { alertsOf, openTestLine, replayed } from '../support/open-line.ts';
import { differences, type ExpectedState, stateAt } from '../support/states.ts';

const FOLDER = fileURLToPath(new URL('../../data/recordings/gpt-image-2-launch', import.meta.url));

interface Expected {
  oneVoice: string[][];
  noSubject: string[];
  quiet: { from: string; to: string; because: string }[];
  cuts: { at: string; because: string; states: ExpectedState[] }[];
}

describe('the recorded launch', async () => {
  const expected: Expected = parse(await readFile(`${FOLDER}/expected.yaml`, 'utf8'));
  const rows = expected.cuts.flatMap(({ at, states }) => states.map((state) => ({ at, ...state })));
  let open: OpenPipeline;
  let events: readonly ReplayEvent[];

  beforeAll(async () => {
    open = await openTestLine();
    events = await replayed(open, FOLDER);
  }, 60_000);
  afterAll(() => open.close());

  it.each(rows)('the recorded launch comes to $level for $subject $facet at $at', async (row) => {
    const found = await stateAt(open.known, row, parseInstant(row.at) ?? '');
    expect(differences(row, found), JSON.stringify(found)).toEqual([]);
  });

  it.each(expected.quiet)(
    'the recorded launch tells nobody anything from $from to $to: $because',
    ({ from, to }) => {
      const then = events.filter(
        ({ at }) => at >= (parseInstant(from) ?? '') && at < (parseInstant(to) ?? ''),
      );
      const told = alertsOf(then).map(({ message }) => message.title);
      expect(told).toEqual([]);
    },
  );

  it.each(expected.noSubject)('the recorded launch makes no subject of %s', (name) => {
    expect(open.known.subject(name)).toBeNull();
  });

  it.each(expected.oneVoice)(
    'the recorded launch hears one voice in %s and %s',
    async (...groups) => {
      const { edges } = await open.store.claims.record('gpt-image-2', '2026-06-01T00:00:00.000Z');
      const joined = edges.some(({ a, b }) => groups.includes(a) && groups.includes(b));
      expect(joined).toBe(true);
    },
  );
});
