import { expect, it } from 'vitest';
import { blocksOfMarkdown } from '../../../../src/core/document/markdown.ts';
import { withinLimits } from '../../../../src/core/document/markdown-limits.ts';
import { processorTime } from '../../../support/processor-time.ts';

it.each([
  ['closing brackets', ']'],
  ['emphasis that nothing closes', '**a*'],
  ['emphasis by both signs', '*_**__'],
  ['comments that nothing closes', '<!-- '],
  ['comments of MDX that nothing closes', '{/* '],
  ['quotes whose lines do not say so', '> a\nb\n'],
  ['lines of one item that do not say so', 'b\n'],
])('a page of 60 KB of %s is read in the time of a page', async (_what, unit) => {
  const page = `# Changelog\n\n- Released gpt-9. ${unit.repeat(60_000 / unit.length)}\n`;
  const took = await processorTime(() => blocksOfMarkdown(page));
  expect(took).toBeLessThan(2_500);
});

it('a source that people write stays as it is, however long its samples and tables are', () => {
  const sample = `\`\`\`json\n${'  ["a", "b"],\n'.repeat(3_000)}\`\`\`\n`;
  const table = `| a | b |\n|---|---|\n${'| *a* | [b](c) |\n'.repeat(3_000)}`;
  const list = '- **a** is a [model](b)\n  that goes on\n'.repeat(300);
  for (const source of [sample, table, list]) expect(withinLimits(source)).toBe(source);
});

it('a paragraph that heaps up signs keeps every one of its words', () => {
  const heap = '*word* '.repeat(6_000);
  const words = blocksOfMarkdown(heap).flatMap(({ text }) => text.match(/word/g) ?? []);
  expect(words).toHaveLength(6_000);
});
