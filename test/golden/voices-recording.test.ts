import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { edgesBetween } from '../../src/core/provenance/edges.ts';
import { openTestLine, replayed } from '../support/open-line.ts';
import { readRecordingPages } from '../support/recorded-pages.ts';
import { frequencyAmong } from '../support/talk-pages.ts';

const RECORDING = fileURLToPath(
  new URL('../../data/recordings/gpt-image-2-launch', import.meta.url),
);

function oneVoice(): readonly string[] {
  const expected = readFileSync(join(RECORDING, 'expected.yaml'), 'utf8');
  const { oneVoice: pairs } = parse(expected) as { oneVoice: string[][] };
  return pairs.map((pair) => [...pair].sort().join(' '));
}

test('the sites of the recorded launch that share a desk are one voice, and no others are', async () => {
  const pages = await readRecordingPages();
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
  expect([...found]).toEqual(oneVoice());
});

test('the line joins them when it reads the second of their pages, and not before', async () => {
  const open = await openTestLine();
  await replayed(open, RECORDING);
  const { edges } = await open.store.claims.record('gpt-image-2', '2026-05-13T00:00:00.000Z');
  const before = await open.store.claims.record('gpt-image-2', '2026-04-22T08:59:00.000Z');
  await open.close();
  expect(edges.map(({ a, b, item }) => [`${a} ${b}`, item])).toEqual([[oneVoice()[0], null]]);
  expect(before.edges).toEqual([]);
});
