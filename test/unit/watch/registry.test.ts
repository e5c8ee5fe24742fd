import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigError } from '../../../src/domain/errors.ts';
import { defineWatcher } from '../../../src/watch/define.ts';
import { openRegistry } from '../../../src/watch/registry.ts';

const DECLARATION = `{
  version: 1, about: 'The news page of Acme, which proves what Acme announced.', kind: 'newsroom', vendor: 'acme',
  facets: ['announced'], every: '5m', via: 'http', coverage: 'rolling', mayBeEmpty: false,
  shape: { landmarks: [/Acme/], share: 0.5 },
  targets: () => [{ url: 'https://acme.example/news' }],
  owns: (url) => url.hostname === 'acme.example',
  extract: async () => [],
}`;

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchers-'));
});

afterEach(() => rm(folder, { recursive: true }));

const put = (name: string, source: string) => writeFile(join(folder, name), source);

test('a folder of watchers gives each file the id of its name, and knows who owns an address', async () => {
  await put('acme-news.js', `export default ${DECLARATION};`);
  await put('acme-news.d.ts', 'not read');
  await put('notes.txt', 'not read');
  const registry = await openRegistry(folder);
  expect(registry.watchers.map(({ id }) => id)).toEqual(['acme-news']);
  expect(registry.get('acme-news')?.vendor).toBe('acme');
  expect(registry.get('other')).toBeNull();
  expect(registry.ownerOf('https://acme.example/news')?.id).toBe('acme-news');
  expect(registry.ownerOf(new URL('https://acme.example.net/news'))).toBeNull();
  expect(registry.ownerOf('no address')).toBeNull();
});

test('a folder of watchers tells all that is wrong with all files at once, each with its place', async () => {
  await put('Bad_Name.js', `export default ${DECLARATION};`);
  await put('broken.js', 'export default {');
  await put('empty.js', 'export const watcher = 1;');
  await put('number.js', 'export default 7;');
  await put(
    'wrong.js',
    `export default { ...${DECLARATION}, version: 0, about: '', kind: 'paper', vendor: '', facets: ['fame'],
        every: 'often', via: 'pigeon', coverage: 'some', shape: { landmarks: [/a/g], share: 2 }, targets: null };`,
  );
  const failed = await openRegistry(folder).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(ConfigError);
  const places = (failed as ConfigError).faults.map(({ file, path }) => [
    file.slice(folder.length + 1),
    path,
  ]);
  expect(places).toEqual([
    ['Bad_Name.js', ''],
    ['broken.js', ''],
    ['empty.js', ''],
    ['number.js', ''],
    ...[
      'version',
      'about',
      'kind',
      'vendor',
      'facets',
      'every',
      'via',
      'coverage',
      'shape.share',
      'shape.landmarks',
      'targets',
    ].map((path) => ['wrong.js', path]),
  ]);
});

test('a folder of watchers that is not there is an error that names it', async () => {
  await expect(openRegistry(join(folder, 'nowhere'))).rejects.toThrow(/nowhere/);
});

test('a declaration without the usual values gets them', () => {
  const declared = defineWatcher({
    version: 1,
    about: 'x',
    kind: 'report',
    vendor: null,
    facets: [],
    every: '1h',
    coverage: 'single',
    targets: () => [],
    owns: () => false,
    extract: async () => [],
  });
  expect(declared).toMatchObject({ via: 'http', mayBeEmpty: false, shape: { share: 0.5 } });
  expect(() => defineWatcher({ ...declared, version: 1.5 })).toThrow(/whole number/);
});
