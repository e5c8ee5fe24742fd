import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenPipeline } from '../../src/app/build-pipeline.ts';
import { parseInstant } from '../../src/domain/time.ts';
import { CORPUS, openTestLine, replayed } from '../support/open-line.ts';
import { differences, type ExpectedState, stateAt } from '../support/states.ts';

interface Cuts {
  cuts: { at: string; basis: string; states: ExpectedState[] }[];
}

const SEEDS = join(CORPUS, 'seeds');
const isHere = existsSync(SEEDS);
if (!isHere)
  process.stdout.write('The corpus is absent: the expected states of the seeds are skipped.\n');

describe.skipIf(!isHere)('the five seeds among the primary channels', async () => {
  const { cuts }: Cuts = isHere
    ? JSON.parse(await readFile(join(SEEDS, 'expected-states.json'), 'utf8'))
    : { cuts: [] };
  // No capture of the recording holds the SDK commit of that cut.
  const covered = cuts.filter(({ basis }) => !basis.includes('openai-python commit'));
  const rows = covered.flatMap(({ at, states }) => states.map((state) => ({ at, ...state })));
  let open: OpenPipeline;

  beforeAll(async () => {
    open = await openTestLine();
    await replayed(open, join(SEEDS, 'recording.yaml'));
  });
  afterAll(() => open.close());

  it(`the five seeds among the primary channels come to ${rows.length} expected states`, () => {
    expect(rows.length).toBeGreaterThan(35);
  });

  it.each(rows)(
    'the five seeds among the primary channels: $subject $facet is $level at $at',
    async (row) => {
      const at = parseInstant(row.at) ?? '';
      const found = await stateAt(open.known, row, at);
      expect(differences(row, found), JSON.stringify(found)).toEqual([]);
    },
  );
});
