import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firsthand } from '../support/program.ts';

let above: string;
beforeAll(() => {
  above = mkdtempSync(join(tmpdir(), 'firsthand-'));
});
afterAll(() => rmSync(above, { recursive: true, force: true }));

describe('the command line, with its compiled form kept', () => {
  it('the command line, with its compiled form kept, answers the same the first time, the second, and over a file that was harmed', async () => {
    const environment = { NODE_COMPILE_CACHE: above };
    const first = await firsthand(['--help'], environment);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const folder = join(above, 'firsthand');
    const [name = ''] = readdirSync(folder);
    const file = join(folder, name);
    const written = statSync(file).mtimeMs;
    expect(await firsthand(['--help'], environment)).toEqual(first);
    expect(statSync(file).mtimeMs).toBe(written);

    const harmed = readFileSync(file);
    harmed.fill(0x5a, harmed.length / 2, harmed.length / 2 + 4_096);
    writeFileSync(file, harmed);
    expect(await firsthand(['--help'], environment)).toEqual(first);
  });

  it('the command line, with its compiled form kept, keeps nothing where that is turned off', async () => {
    const folder = join(above, 'off');
    const environment = { NODE_COMPILE_CACHE: folder, NODE_DISABLE_COMPILE_CACHE: '1' };
    expect(await firsthand(['--version'], environment)).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(above)).not.toContain('off');
  });
});

describe('the command line, written in ASCII', () => {
  it('the command line, written in ASCII, reads words with a hyphen as the sources do', async () => {
    expect(await said('`gpt-5.4` is now available for fine-tuning.')).toEqual([]);
    expect(await said('`gpt-5.4` is now available.')).toContainEqual(
      expect.stringMatching(/^gpt-5\.4 announced /),
    );
  });
});

/** What the program reads in a changelog of one entry. */
async function said(entry: string): Promise<string[]> {
  const file = join(above, 'changelog.md');
  writeFileSync(file, `# Changelog\n\n## March, 2026\n\n### Mar 5\n\n${entry}\n`);
  const { stdout } = await firsthand(['try', 'openai-changelog', '--file', file, '--json']);
  const { items } = JSON.parse(stdout) as { items: readonly { says: readonly string[] }[] };
  return items.flatMap((item) => item.says);
}
