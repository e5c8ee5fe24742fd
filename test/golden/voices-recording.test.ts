import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { edgesBetween } from '../../src/core/voices/edges.ts';
import { readRecordingPages } from '../support/recorded-pages.ts';
import { frequencyAmong } from '../support/talk-pages.ts';

const EXPECTED = fileURLToPath(
  new URL('../../data/recordings/gpt-image-2-launch/expected.yaml', import.meta.url),
);

test('the sites of the recorded launch that share a desk are one voice, and no others are', async () => {
  const pages = await readRecordingPages();
  const { oneVoice } = parse(readFileSync(EXPECTED, 'utf8')) as { oneVoice: string[][] };
  const frequency = frequencyAmong(pages);
  const found = new Set<string>();
  for (const a of pages) {
    for (const b of pages) {
      const edges = edgesBetween(a, b, frequency, '2026-05-01T00:00:00.000Z');
      for (const edge of edges) if (edge.item === null) found.add(`${edge.a} ${edge.b}`);
      expect(edges.filter(({ item }) => item !== null)).toEqual([]);
    }
  }
  expect(pages.length).toBeGreaterThanOrEqual(13);
  expect([...found]).toEqual(oneVoice.map((pair) => [...pair].sort().join(' ')));
});
