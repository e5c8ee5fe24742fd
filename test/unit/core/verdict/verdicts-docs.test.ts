import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { criterionOf } from '../../../../src/core/claims/to-evidence.ts';
import { FLAG_WORDS, RULE_WORDS } from '../../../../src/core/verdict/explanation-words.ts';
import { DEFAULT_POLICY } from '../../../../src/core/verdict/policy.ts';
import { TABLE } from '../../../../src/core/verdict/rules.ts';
import { FACETS } from '../../../../src/domain/facet.ts';
import { PUBLISHER_CLASSES } from '../../../../src/domain/publisher.ts';
import { DAY, HOUR, MINUTE } from '../../../../src/domain/time.ts';
import { FLAGS } from '../../../../src/domain/verdict.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const sections = readFileSync(join(ROOT, 'docs/verdicts.md'), 'utf8').split(/^## (?=\d+\. )/m);

function section(number: number): string {
  return sections.find((text) => text.startsWith(`${number}. `)) ?? '';
}

/** The rows of the first table of a section whose head begins with a word, without their code marks. */
function rowsOf(number: number, head: string): readonly (readonly string[])[] {
  const lines = section(number).split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${head} |`));
  const length = lines.slice(start).findIndex((line) => !line.startsWith('|'));
  return lines.slice(start + 2, start + length).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}

const list = (words: readonly string[] | undefined) => (words ?? []).join(', ');

function spanOf(milliseconds: number): string {
  for (const [unit, letter] of [
    [DAY, 'd'],
    [HOUR, 'h'],
    [MINUTE, 'm'],
  ] as const) {
    if (milliseconds >= unit && milliseconds % unit === 0) return `${milliseconds / unit}${letter}`;
  }
  return String(milliseconds);
}

/** The numbers that the names of tests begin with, in a folder of tests. */
function numbersIn(folder: string): readonly number[] {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.test.ts'))
    .flatMap((file) => [
      ...readFileSync(join(ROOT, folder, file), 'utf8').matchAll(
        /\bit\(\s*['`](\d+(?: and \d+)*): /g,
      ),
    ])
    .flatMap(([, numbers = '']) => numbers.split(' and ').map(Number));
}

it('the documentation of verdicts lists every facet with what would prove it', () => {
  expect(rowsOf(1, 'facet')).toEqual(FACETS.map((facet) => [facet, criterionOf(facet)]));
});

it('the documentation of verdicts lists every class with what it may confirm', () => {
  const rows = rowsOf(3, 'class');
  expect(rows.map(([name]) => name)).toEqual([...PUBLISHER_CLASSES]);
  for (const [name, , confirms] of rows.filter(([of]) => of !== 'Q')) {
    const known = DEFAULT_POLICY.confirms[name as keyof typeof DEFAULT_POLICY.confirms];
    expect(confirms, name).toBe(list(known));
  }
  expect(Object.keys(DEFAULT_POLICY.alsoConfirms)).toEqual(['changelog', 'model-page']);
});

it('the documentation of verdicts lists the rows in their order, with their levels and words', () => {
  expect(rowsOf(4, 'row')).toEqual(TABLE.map(([rule, level]) => [rule, level, RULE_WORDS[rule]]));
});

it('the documentation of verdicts lists the mandatory channels of each facet', () => {
  const known = Object.entries(DEFAULT_POLICY.mandatory);
  expect(rowsOf(6, 'facet')).toEqual(known.map(([facet, kinds]) => [facet, list(kinds)]));
  expect(section(6)).toContain(
    `fresh (${(DEFAULT_POLICY.freshness.newsroom ?? 0) / HOUR} hours; help ${(DEFAULT_POLICY.freshness.help ?? 0) / HOUR})`,
  );
});

it('the documentation of verdicts lists every flag with its meaning', () => {
  expect(rowsOf(7, 'flag')).toEqual(FLAGS.map((flag) => [flag, FLAG_WORDS[flag]]));
});

it('the documentation of verdicts lists the figures of the policy in force', () => {
  for (const [name = '', figure] of rowsOf(8, 'parameter')) {
    const value = DEFAULT_POLICY[name as 'minVoices'];
    expect(figure, name).toBe(spanOf(value));
  }
  const figures = Object.entries(DEFAULT_POLICY).filter(
    ([name, value]) => typeof value === 'number' && name !== 'version',
  );
  expect(
    rowsOf(8, 'parameter')
      .map(([name]) => name)
      .sort(),
  ).toEqual(figures.map(([name]) => name).sort());
});

it('the documentation of verdicts lists what always holds, and each has a property test of its number', () => {
  const listed = [...section(10).matchAll(/^(\d+)\. /gm)]
    .map(([, number]) => Number(number))
    .slice(1);
  expect(listed).toEqual(Array.from({ length: 22 }, (_, index) => index + 1));
  const tested = new Set(['test/unit', 'test/integration', 'test/golden'].flatMap(numbersIn));
  expect(listed.filter((number) => !tested.has(number))).toEqual([]);
});
