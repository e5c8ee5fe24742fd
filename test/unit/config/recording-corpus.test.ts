import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadRecording } from '../../../src/config/recording.ts';

const CORPUS =
  process.env['FIRSTHAND_CORPUS'] ??
  fileURLToPath(new URL('../../../../shared/corpus', import.meta.url));

describe.skipIf(!existsSync(CORPUS))('the recordings of the corpus', () => {
  test('the recordings of the corpus load: 851 polls of the model list, with the bodies they came with', async () => {
    const { captures } = await loadRecording(join(CORPUS, 'openai-models-api/recording.jsonl.gz'));
    expect(captures).toHaveLength(851);
    let bytes = 0;
    const distinct = new Set<string>();
    for (const capture of captures) {
      const body = await capture.body();
      bytes += body.length;
      distinct.add(new TextDecoder().decode(body));
    }
    expect({ bytes, distinct: distinct.size }).toEqual({ bytes: 6_424_685, distinct: 20 });
  });

  test('the recordings of the corpus load: the 40 captures of the seeds', async () => {
    const { captures } = await loadRecording(join(CORPUS, 'seeds/recording.yaml'));
    expect(captures).toHaveLength(40);
    const empty = [];
    for (const capture of captures) {
      if ((await capture.body()).length === 0) empty.push(capture.url);
    }
    expect(empty).toEqual([]);
  });
});
