import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { labelledPages, labelledSeeds } from '../../bench/accuracy/labelled-pages.mjs';
import { figuresOf, scoreReading } from '../../bench/accuracy/reading-score.mjs';
import { parseInstant } from '../../src/domain/time.ts';
import { contentTypeOf, readPage } from '../../src/operations/read.ts';
import { CORPUS } from '../support/open-line.ts';
import { PROJECT_ROOT } from '../support/planted-tree.ts';
import { temporaryFolder } from '../support/store.ts';

const run = promisify(execFile);
const SCORER = join(CORPUS, 'score.py');
const hasPython = await run('python3', ['--version']).then(
  () => true,
  () => false,
);
const isHere = hasPython && existsSync(SCORER);
if (!isHere)
  process.stdout.write('The corpus or python3 is absent: its scorer is not compared with ours.\n');

type LabelledPages = ReturnType<typeof labelledPages>;

async function ours(pages: LabelledPages) {
  const tally = await scoreReading(pages, async ({ path, url, at }) => {
    const body = readFileSync(path);
    const contentType = contentTypeOf(path);
    return (await readPage({ body, url, at: parseInstant(at) ?? '', contentType })).evidence;
  });
  return figuresOf(tally);
}

async function theirs(...args: readonly string[]): Promise<unknown> {
  const command = ['--', process.execPath, join(PROJECT_ROOT, 'dist/bin/main.js')];
  const { stdout } = await run('python3', [SCORER, ...args, ...command], { cwd: CORPUS });
  return JSON.parse(stdout);
}

describe.skipIf(!isHere)('our measure of the reader', () => {
  it('our measure of the reader gives the figures of the scorer of the corpus on the five seeds', async () => {
    const found = await ours(labelledSeeds(CORPUS));
    expect(found.claims).toBeGreaterThan(40);
    expect(found).toEqual(await theirs('--seeds', join(CORPUS, 'seeds')));
  }, 120_000);

  it('our measure of the reader gives the figures of the scorer of the corpus on labelled pages', async () => {
    // A process a page: every fourth is enough to compare two scorers by.
    const listed = readFileSync(join(CORPUS, 'pages.jsonl'), 'utf8').trim().split('\n');
    const some = listed.filter((_, at) => at % 4 === 0);
    const names = new Set(some.map((line): string => JSON.parse(line).file));
    const found = await ours(labelledPages(CORPUS).filter(({ file }) => names.has(file)));
    expect(found.pages).toBeGreaterThan(10);
    const index = join(temporaryFolder(), 'pages.jsonl');
    writeFileSync(index, `${some.join('\n')}\n`);
    const [claims, pages] = ['claims.jsonl', 'pages'].map((file) => join(CORPUS, file));
    expect(found).toEqual(await theirs(index, claims ?? '', pages ?? ''));
  }, 120_000);
});
