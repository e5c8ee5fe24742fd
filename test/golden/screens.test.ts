import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { asked, typed } from '../support/command-line.ts';
import { PROJECT_ROOT } from '../support/planted-tree.ts';
import { lastingFolder } from '../support/store.ts';

const LAUNCH = join(PROJECT_ROOT, 'data/recordings/gpt-image-2-launch');
const BEFORE = '2026-04-21T13:59:00Z';
const AFTER = '2026-04-22T09:00:00Z';

/** What each screen is asked with. */
const SCREENS: Readonly<Record<string, readonly string[]>> = {
  board: ['status', '--as-of', AFTER],
  'status-before': ['status', 'gpt-image-2', '--as-of', BEFORE],
  'status-after': ['status', 'gpt-image-2', '--as-of', AFTER],
  claims: ['status', 'gpt-image-2', '--as-of', AFTER, '--all'],
  explain: ['explain', 'gpt-image-2', 'announced', '--as-of', BEFORE],
  'explain-after': ['explain', 'gpt-image-2', 'announced', '--as-of', AFTER],
  timeline: ['timeline', 'gpt-image-2', '--as-of', AFTER],
  evidence: ['evidence', 'gpt-image-2', 'announced', '--as-of', BEFORE],
  changes: ['changes', '--since', '2026-04-21', '--limit', '12'],
  stories: ['stories'],
  story: ['stories', 'show', 'st_20862f7f5f9672fe028d'],
  silence: ['alerts', 'explain', 'gpt-image-2'],
  alerts: ['alerts'],
  sources: ['sources'],
};

const folder = lastingFolder();
const { columns } = process.stdout;

beforeAll(async () => {
  const config = {
    store: `sqlite:${join(folder, 'firsthand.db')}`,
    follow: { subjects: ['gpt-image-2', 'gpt-5.5', 'dall-e-2'] },
    log: { level: 'silent' },
  };
  writeFileSync(join(folder, 'config.yaml'), JSON.stringify(config));
  await asked(['replay', LAUNCH, '--config', join(folder, 'config.yaml')]);
});

afterAll(() => {
  process.stdout.columns = columns;
});

function lineOf(args: readonly string[]): readonly string[] {
  return [...args, '--config', join(folder, 'config.yaml')];
}

/** Without what depends on the day on which it is shown, and on where the config of this run lies. */
function settled(screen: string): string {
  return screen
    .replaceAll(/\b\d{3,} d\b/g, (found) => 'many'.padEnd(found.length))
    .replaceAll(/^(?:why|one in full): firsthand.*(?:\n {2}.*)*/gm, (found) =>
      found.replaceAll(/\s+/g, ' ').replace(/ --config \S+/, ''),
    );
}

describe.each([80, 120])('on a terminal of %i columns', (width) => {
  it.each(Object.entries(SCREENS))('a screen: %s reads as it should', async (name, args) => {
    process.stdout.columns = width;
    const { stdout } = await typed(lineOf(args));
    await expect(settled(stdout)).toMatchFileSnapshot(`screens/${name}.${width}.txt`);
    // Nothing is cut: what does not fit goes on in the next line.
    expect(stdout).not.toMatch(/\w…$/m);
  });
});

it.each(Object.entries(SCREENS))('in colour: %s says the same', async (_name, args) => {
  process.stdout.columns = 80;
  const plain = await typed(lineOf(args));
  vi.stubEnv('NO_COLOR', '');
  vi.stubEnv('FORCE_COLOR', '1');
  vi.resetModules();
  const coloured = await (await import('../support/command-line.ts')).typed(lineOf(args));
  vi.unstubAllEnvs();
  vi.resetModules();
  expect(coloured.stdout).toContain('\u001b[');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are made of them.
  expect(settled(coloured.stdout.replaceAll(/\u001b\[\d+m/g, ''))).toBe(settled(plain.stdout));
});
