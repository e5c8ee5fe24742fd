import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type TryCommand, tryWatcher } from '../../src/operations/try.ts';
import { type HttpSite, openSite } from '../support/http-site.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FIXTURES = join(ROOT, 'test/fixtures/watchers');
const CHANGELOG = join(FIXTURES, 'openai-changelog/changelog.md');
const ADDRESS = 'developers.openai.com/api/docs/changelog.md';

let folder: string;
let site: HttpSite;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firsthand-try-'));
  site = await openSite();
  const hosts = Object.entries(site.standingFor('developers.openai.com'));
  const lines = hosts.map(([host, origin]) => `    ${host}: ${origin}`);
  await writeFile(
    join(folder, 'config.yaml'),
    `fetch:\n  gap: 1s\n  hosts:\n${lines.join('\n')}\n`,
  );
});

afterEach(async () => {
  await site.abandon();
  await rm(folder, { recursive: true });
});

function run(over: Partial<TryCommand>) {
  const app = {
    config: join(folder, 'config.yaml'),
    db: join(folder, 'none.db'),
    environment: {},
    folder,
  };
  const signal = new AbortController().signal;
  const command = { watcher: 'openai-changelog', url: null, saved: null, signal };
  return tryWatcher(app, { ...command, save: false, debug: false, ...over });
}

it('asks the first address of a watcher and shows what the answer holds and proves', async () => {
  site.answer(ADDRESS, { type: 'text/markdown; charset=utf-8', body: await readFile(CHANGELOG) });
  const view = await run({});
  expect(view).toMatchObject({
    status: 200,
    via: 'http',
    finalUrl: `https://${ADDRESS}`,
    failure: null,
  });
  expect(view.items.length).toBeGreaterThan(3);
  expect(view.items.flatMap(({ says }) => says).join('\n')).toMatch(
    /gpt-image-2 api_listed \[assert, permanent\]: /,
  );
});

it('shows how each predicate was read when it is asked to, and why one states nothing', async () => {
  const body =
    '# Changelog\n\n## April, 2026\n\n### Apr 21\n\nFeature | gpt-image-2\n\nReleased [GPT Image 2](https://developers.openai.com/api/docs/models/gpt-image-2) in the API. We will not release GPT Image 9 soon. GPT Image 8 is available in the API?\n';
  const saved = { body: Buffer.from(body), contentType: 'text/markdown', name: 'x.md' };
  const [plain] = (await run({ saved })).items;
  expect(plain?.frames).toBeNull();
  const [entry] = (await run({ saved, debug: true })).items;
  expect(entry?.frames?.[0]).toMatchObject({
    category: 'release',
    predicate: 'Released',
    object: 'GPT Image 2',
    models: ['gpt-image-2'],
    polarity: 'affirmed',
    scope: 'main',
    silent: null,
  });
  expect(entry?.frames?.[0]?.states).toContain('gpt-image-2 api_listed');
  const silent = entry?.frames?.slice(1).map((frame) => frame.silent);
  expect(silent).toContain('it is a question');
  expect(silent?.every((why) => why !== null)).toBe(true);
});

it('writes nothing, neither a database nor a capture', async () => {
  site.answer(ADDRESS, { type: 'text/markdown; charset=utf-8', body: await readFile(CHANGELOG) });
  const { written } = await run({});
  expect(written).toEqual([]);
  expect(await readdir(folder)).toEqual(['config.yaml']);
});

it('says why an answer cannot be read, and what answered instead of one', async () => {
  const saved = {
    body: Buffer.from('# Something else\n'),
    contentType: 'text/markdown',
    name: 'x.md',
  };
  expect((await run({ saved })).failure?.kind).toBe('shape');
  site.answer(ADDRESS, { status: 404, body: 'no' });
  expect((await run({})).failure).toMatchObject({ kind: 'status' });
  site.answer(ADDRESS, { status: 403, body: 'no' });
  expect((await run({})).failure).toMatchObject({ kind: 'blocked' });
});

it('saves an answer as a golden pair, and one that cannot be read as one that must fail', async () => {
  const root = join(folder, 'checkout');
  await mkdir(join(root, 'watchers'), { recursive: true });
  await cp(join(ROOT, 'watchers/openai-changelog.ts'), join(root, 'watchers/openai-changelog.ts'));
  const saved = { body: await readFile(CHANGELOG), contentType: 'text/markdown', name: 'notes.md' };
  const broken = { body: Buffer.from('# Gone\n'), contentType: 'text/markdown', name: 'gone.md' };
  const kept = await run({ saved, save: true, root });
  await run({ saved: broken, save: true, root });
  const golden = join(root, 'test/fixtures/watchers/openai-changelog');
  expect(kept.written.map((file) => file.slice(golden.length + 1))).toEqual([
    'notes.md',
    'cases.json',
    'notes.md.expected.json',
  ]);
  const written = JSON.parse(await readFile(join(golden, 'notes.md.expected.json'), 'utf8'));
  const known = JSON.parse(await readFile(`${CHANGELOG}.expected.json`, 'utf8'));
  expect(written).toEqual(known);
  const cases = JSON.parse(await readFile(join(golden, 'cases.json'), 'utf8'));
  expect(Object.keys(cases)).toEqual(['notes.md', 'gone.md']);
  expect(cases['gone.md']).toMatchObject({ fails: 'shape', url: `https://${ADDRESS}` });
  expect(await readdir(golden)).not.toContain('gone.md.expected.json');
});

it('refuses to save where there are no sources, and a watcher nobody has', async () => {
  const saved = { body: Buffer.from('# x\n'), contentType: 'text/markdown', name: 'x.md' };
  await expect(run({ saved, save: true, root: folder })).rejects.toThrow(/checkout of the sources/);
  await expect(run({ watcher: 'openai-new' })).rejects.toThrow(/no watcher openai-new/);
});
