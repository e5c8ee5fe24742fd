import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Watcher } from '../../../src/domain/watcher.ts';
import { openRegistry } from '../../../src/watch/registry.ts';
import { captureOf } from '../../golden/watcher-cases.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const page = await readFile(join(ROOT, 'docs/watchers.md'), 'utf8');

/** The content of the block that names a file. */
function block(file: string): string {
  const found = new RegExp(`^\`\`\`\\w+ file=\\S*${file}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(
    page,
  )?.[1];
  if (found === undefined) throw new Error(`docs/watchers.md has no block for ${file}.`);
  return found;
}

describe('the worked example of docs/watchers.md', () => {
  // Beside `watchers`, so that what the example imports lies where it says.
  let folder = '';
  let acme: Watcher | null = null;

  beforeAll(async () => {
    folder = await mkdtemp(join(ROOT, 'dist.example-'));
    await writeFile(join(folder, 'acme-notes.ts'), block('acme-notes.ts'));
    acme = (await openRegistry(folder)).get('acme-notes');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('the worked example of docs/watchers.md is a watcher that owns what it asks for', () => {
    const [target] = acme?.targets({ subjects: [], controls: [], vendors: [], pages: [] }) ?? [];
    expect(acme?.owns(new URL(target?.url ?? ''))).toBe(true);
    expect(basename(folder)).toMatch(/^dist\.example-/);
  });

  test('the worked example of docs/watchers.md reads the capture it shows', async () => {
    const cases = JSON.parse(block('cases.json')) as Record<string, { url: string }>;
    const { url = '' } = cases['notes.md'] ?? {};
    const items = await acme?.extract(
      captureOf(block('notes.md'), { url, contentType: 'text/markdown' }),
    );
    expect(items?.map(({ key, text }) => [key, text])).toEqual([
      ['2026-11-02/acme-one', 'Acme One\n\nReleased acme-one, our first model.'],
      ['2026-10-01/faster-search', 'Faster search\n\nSearch is twice as fast.'],
    ]);
  });

  test('the worked example of docs/watchers.md is an error where the page is another', async () => {
    const capture = captureOf('# Something else\n', {
      url: 'https://docs.acme.example/notes.md',
      contentType: 'text/markdown',
    });
    await expect(acme?.extract(capture)).rejects.toMatchObject({
      name: 'ExtractError',
      kind: 'no-match',
    });
  });
});

test('the list in docs/watchers.md holds every watcher with what it says of itself, and no other', async () => {
  const { watchers } = await openRegistry(join(ROOT, 'watchers'));
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (\S+) \| (.+) \|$/gm)].map(
    ([, id, every, about]) => [id, every, about],
  );
  expect(rows).toEqual(watchers.map(({ id, every, about }) => [id, every, about]));
});

test('the list in docs/watchers.md explains every field a declaration has', async () => {
  const { watchers } = await openRegistry(join(ROOT, 'watchers'));
  const fields = new Set(watchers.flatMap((watcher) => Object.keys(watcher)));
  fields.delete('id');
  for (const field of fields) expect(page).toContain(`| \`${field}\` |`);
});
