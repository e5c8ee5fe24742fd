import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { PROJECT_ROOT, plantTreeWithPackages } from '../../support/planted-tree.ts';

interface Cruise {
  modules: readonly { source: string }[];
  summary: { violations: readonly { from: string; to: string; rule: { name: string } }[] };
}

/** Runs the check of `npm run bounds` over a tree and reads its answer; violations make it exit with their number. */
async function cruise(root: string, folders: readonly string[]): Promise<Cruise> {
  const cli = join(PROJECT_ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(PROJECT_ROOT, '.dependency-cruiser.cjs');
  const args = [cli, '--config', config, '--output-type', 'json', ...folders];
  const run = promisify(execFile)(process.execPath, args, { cwd: root, maxBuffer: 1 << 28 });
  const { stdout } = await run.catch((failed: { stdout: string }) => failed);
  return JSON.parse(stdout);
}

async function sourcesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(join(PROJECT_ROOT, folder), { recursive: true }).catch(() => []);
  return names
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name}`);
}

const LINE = 'export const line = 1;\n';

/** What breaks the table, each with the rule that must say so. */
const PLANTED: Readonly<Record<string, { text: string; rules: readonly string[] }>> = {
  'src/core/reads-a-file.ts': {
    text: "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n",
    rules: ['no-node:src/core'],
  },
  'src/core/reaches-out.ts': {
    text: "import { request } from 'undici';\nexport const reach = request;\n",
    rules: ['packages:src/core'],
  },
  'src/domain/looks-up.ts': {
    text: "import type { line } from '../core/clean.ts';\nexport type Line = typeof line;\n",
    rules: ['direction:src/domain'],
  },
  'src/pipeline/opens-a-store.ts': {
    text: "import { line } from '../store/open.ts';\nexport const open = line;\n",
    rules: ['direction:src/pipeline', 'only-app-composes'],
  },
  'src/deliver/opens-a-store.ts': {
    text: "import { line } from '../store/open.ts';\nexport const open = line;\n",
    rules: ['direction:src/deliver'],
  },
  'src/cli/knows-a-table.ts': {
    text: "import { line } from '../store/store.ts';\nexport const store = line;\n",
    rules: ['direction:src/cli'],
  },
  'src/fetch/starts-alike.ts': {
    text: "import { line } from '../log-book.ts';\nexport const book = line;\n",
    rules: ['direction:src/fetch'],
  },
  'src/read/sends.ts': {
    text: "import nodemailer from 'nodemailer';\nexport const send = nodemailer;\n",
    rules: ['packages:src/read'],
  },
  'src/manager/manage.ts': {
    text: "import { line } from '../domain/clean.ts';\nexport const manage = line;\n",
    rules: ['no-unlisted-room'],
  },
  'src/store/uses-a-tool.ts': {
    text: "import { describe } from 'vitest';\nexport const tool = describe;\n",
    rules: ['no-dev-dependency', 'packages:src/store'],
  },
  'src/store/uses-the-unknown.ts': {
    text: "import { left } from 'left-pad';\nexport const unknown = left;\n",
    rules: ['no-unresolved'],
  },
  'src/core/round.ts': {
    text: "import type { Trip } from './trip.ts';\nexport type Round = Trip;\n",
    rules: ['no-cycles'],
  },
  'src/core/trip.ts': {
    text: "import type { Round } from './round.ts';\nexport type Trip = Round;\n",
    rules: [], // A cycle is told once, of the module it was entered by.
  },
  'src/core/alone.ts': { text: LINE, rules: ['no-orphans'] },
  'watchers/fetches.ts': {
    text: "import { line } from '../src/fetch/fetcher.ts';\nexport const fetched = line;\n",
    rules: ['direction:watchers'],
  },
};

/** What the table allows, and what only the planted modules need to stand beside it. */
const ALLOWED: Readonly<Record<string, string>> = {
  'src/domain/clean.ts': LINE,
  'src/core/clean.ts': "export { line } from '../domain/clean.ts';\n",
  'src/core/parses.ts': "import { load } from 'cheerio/slim';\nexport const parse = load;\n",
  'src/store/store.ts': "export { line } from '../domain/clean.ts';\n",
  'src/store/open.ts': "export { line } from './store.ts';\n",
  'src/deliver/dispatch.ts': "export { line } from '../store/store.ts';\n",
  'src/fetch/fetcher.ts': "export { line } from '../domain/clean.ts';\n",
  'src/log.ts': LINE,
  'src/fetch/http.ts': "export { line } from '../log.ts';\n",
  'src/log-book.ts': "export { line } from './domain/clean.ts';\n",
  'watchers/news.ts': "export { line } from '../src/domain/clean.ts';\n",
};

it('the import table holds for every module, and sees every file', async () => {
  const folders = ['src', 'watchers'];
  const files = (await Promise.all(folders.map(sourcesIn))).flat();
  const present = folders.filter((folder) => files.some((file) => file.startsWith(folder)));
  const { modules, summary } = await cruise(PROJECT_ROOT, present);
  const seen = new Set(modules.map((module) => module.source));
  expect(files.filter((file) => !seen.has(file))).toEqual([]);
  expect(files.length).toBeGreaterThan(20);
  expect(summary.violations.map(({ rule, from, to }) => [rule.name, from, to])).toEqual([]);
});

it('the import table finds every planted violation, and nothing in what is allowed', async () => {
  const planted = Object.entries(PLANTED);
  const root = await plantTreeWithPackages({
    'package.json': await readFile(join(PROJECT_ROOT, 'package.json'), 'utf8'),
    'tsconfig.json': '{}\n',
    ...ALLOWED,
    ...Object.fromEntries(planted.map(([path, { text }]) => [path, text])),
  });
  const { summary } = await cruise(root, ['src', 'watchers']);
  const found = summary.violations.map(({ rule, from }) => `${from} breaks ${rule.name}`);
  const expected = planted.flatMap(([path, { rules }]) =>
    rules.map((rule) => `${path} breaks ${rule}`),
  );
  // The rule on rooms speaks of src/log-book.ts too: a file beside the rooms is no room either.
  const rooms = ['src/log-book.ts breaks no-unlisted-room'];
  expect([...new Set(found)].sort()).toEqual([...expected, ...rooms].sort());
});
