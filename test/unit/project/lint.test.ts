import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { PROJECT_ROOT, plantTreeWithPackages } from '../../support/planted-tree.ts';

const LINES = 'export const line = 1;\n';

function longFile(lines: number): string {
  return Array.from({ length: lines }, (_, at) => `export const line${at} = ${at};\n`).join('');
}

function longFunction(lines: number): string {
  const body = Array.from({ length: lines - 2 }, (_, at) => `  sum += ${at};\n`).join('');
  return `export function add(from: number): number {\n  let sum = from;\n${body}  return sum;\n}\n`;
}

function tangled(branches: number): string {
  const body = Array.from({ length: branches }, (_, at) => `  if (n === ${at}) return ${at};\n`);
  return `export function pick(n: number): number {\n${body.join('')}  return n;\n}\n`;
}

/** One call of vitest's module mocks, put together here so that it stands in no file of ours. */
function mocking(method: string): string {
  return `import { vi } from 'vitest';\n\n${['vi', method].join('.')}('node:fs');\n`;
}

/** What breaks a rule of the house, by file, each with the rule that must say so. */
const PLANTED: Readonly<Record<string, { text: string; rule: string }>> = {
  'src/core/too-long.ts': { text: longFile(401), rule: 'style/noExcessiveLinesPerFile' },
  'src/core/long-function.ts': {
    text: longFunction(52),
    rule: 'complexity/noExcessiveLinesPerFunction',
  },
  'src/core/tangled.ts': {
    text: tangled(16),
    rule: 'complexity/noExcessiveCognitiveComplexity',
  },
  'src/core/default-export.ts': {
    text: 'const line = 1;\nexport default line;\n',
    rule: 'style/noDefaultExport',
  },
  'src/core/NotKebab.ts': { text: LINES, rule: 'style/useFilenamingConvention' },
  'src/core/clock.ts': {
    text: 'export const now = () => Date.now();\n',
    rule: 'nursery/noJsRestrictedProperties',
  },
  'src/core/random.ts': {
    text: 'export const draw = () => Math.random();\n',
    rule: 'nursery/noJsRestrictedProperties',
  },
  'src/core/environment.ts': {
    text: 'export const zone = () => process.pid;\n',
    rule: 'style/noRestrictedGlobals',
  },
  'watchers/waits.ts': {
    text: 'export const later = () => setTimeout(() => {}, 1);\n',
    rule: 'style/noRestrictedGlobals',
  },
  'src/store/fetches.ts': {
    text: "export const page = () => fetch('x');\n",
    rule: 'style/noRestrictedGlobals',
  },
  'src/core/any.ts': {
    text: `export const loose = (value: ${'an'}y) => value;\n`,
    rule: 'suspicious/noExplicitAny',
  },
  'src/core/non-null.ts': {
    text: 'export const first = (list: string[]) => list[0]!;\n',
    rule: 'style/noNonNullAssertion',
  },
  'src/core/enum.ts': { text: 'export enum Level {\n  Low,\n}\n', rule: 'style/noEnum' },
  'src/core/barrel.ts': {
    text: "export * from './random.ts';\n",
    rule: 'performance/noReExportAll',
  },
  'src/core/no-extension.ts': {
    text: "import { draw } from './random';\n\nexport const drawn = draw;\n",
    rule: 'correctness/useImportExtensions',
  },
  'src/core/floating.ts': {
    text: 'const work = async () => 1;\n\nexport function start(): void {\n  work();\n}\n',
    rule: 'nursery/noFloatingPromises',
  },
  'src/core/causeless.ts': {
    text: "export function run(work: () => void): void {\n  try {\n    work();\n  } catch (error) {\n    throw new Error('It failed.');\n  }\n}\n",
    rule: 'style/useErrorCause',
  },
  'test/unit/mocks.test.ts': {
    text: mocking('mock'),
    rule: 'nursery/noJsRestrictedProperties',
  },
  'test/unit/mocks-late.test.ts': {
    text: mocking('doMock'),
    rule: 'nursery/noJsRestrictedProperties',
  },
  'test/unit/too-long.test.ts': { text: longFile(401), rule: 'style/noExcessiveLinesPerFile' },
  'test/unit/focused.test.ts': {
    text: `import { expect, it } from 'vitest';\n\n${['it', 'only'].join('.')}('adds', () => {\n  expect(1).toBe(1);\n});\n`,
    rule: 'suspicious/noFocusedTests',
  },
  'test/unit/skipped.test.ts': {
    text: `import { expect, it } from 'vitest';\n\n${['it', 'skip'].join('.')}('adds', () => {\n  expect(1).toBe(1);\n});\n`,
    rule: 'suspicious/noSkippedTests',
  },
};

/** What looks alike and is allowed. */
const ALLOWED: Readonly<Record<string, string>> = {
  'src/core/long-enough.ts': longFile(400),
  'src/core/long-enough-function.ts': longFunction(50),
  'src/domain/clock.ts': 'export const now = () => Date.now();\n',
  'src/fetch/http.ts': "export const page = () => fetch('x');\n",
  'watchers/news.ts': 'const line = 1;\nexport default line;\n',
  'test/unit/long.test.ts': longFile(400),
};

interface LintReport {
  diagnostics: readonly { category: string; location: { path: string } }[];
}

async function lint(root: string): Promise<LintReport> {
  const biome = join(PROJECT_ROOT, 'node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none'];
  const run = promisify(execFile)(process.execPath, [...args, '.'], { cwd: root });
  const { stdout } = await run.catch((failed: { stdout: string }) => failed);
  return JSON.parse(stdout);
}

it('the lint rules find every planted fault, and nothing in what is allowed', async () => {
  const planted = Object.entries(PLANTED);
  const root = await plantTreeWithPackages({
    'biome.json': await readFile(join(PROJECT_ROOT, 'biome.json'), 'utf8'),
    'package.json': await readFile(join(PROJECT_ROOT, 'package.json'), 'utf8'),
    ...ALLOWED,
    ...Object.fromEntries(planted.map(([path, { text }]) => [path, text])),
  });
  const { diagnostics } = await lint(root);
  const found = diagnostics.map(({ category, location }) => `${location.path} ${category}`);
  const missed = planted.filter(([path, { rule }]) => !found.includes(`${path} lint/${rule}`));
  expect(missed.map(([path, { rule }]) => [path, rule])).toEqual([]);
  const allowed = Object.keys(ALLOWED);
  expect(found.filter((line) => allowed.includes(line.split(' ')[0] ?? ''))).toEqual([]);
});
