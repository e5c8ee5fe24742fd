import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadCatalog } from '../../../src/config/catalog.ts';
import { PROJECT_ROOT } from '../../support/planted-tree.ts';
import { temporaryFolder } from '../../support/store.ts';

/** The catalogue of the project with one more pattern in its first family. */
async function loadedWith(pattern: string): Promise<unknown> {
  const folder = temporaryFolder();
  cpSync(join(PROJECT_ROOT, 'data/catalog'), folder, { recursive: true });
  const path = join(folder, 'lexicon.yaml');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace(/( +)(?=\S.*\n)(?<=\|-?\n +)/, `$1${pattern}\n$1`));
  return loadCatalog(folder);
}

it('a pattern of the lexicon is taken when its repeats have an end', async () => {
  await expect(loadedWith('(?:very |quite ){0,6}much out')).resolves.toBeDefined();
});

it.each(['(?:very |quite )*much out', '(?:very )+out', '(?:very ){2,}out'])(
  'a pattern of the lexicon is refused as %j, which takes the square of the time over a text that repeats it',
  async (pattern) => {
    await expect(loadedWith(pattern)).rejects.toThrow(/lexicon\.yaml:\d+: .*without an end/);
  },
);

it('a pattern of the lexicon is refused when it is no regular expression', async () => {
  await expect(loadedWith('(?:very out')).rejects.toThrow('is not a regular expression');
});
