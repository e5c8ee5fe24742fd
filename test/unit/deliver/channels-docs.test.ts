import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelKind } from '../../../src/deliver/channel.ts';
import { CHANNEL_KINDS } from '../../../src/deliver/registry.ts';
import { textOf } from '../../support/project-files.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const page = await textOf('docs/channels.md');

/** The content of the block that names a file. */
function block(file: string): string {
  const found = new RegExp(`^\`\`\`ts file=\\S*${file}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(
    page,
  )?.[1];
  if (found === undefined) throw new Error(`docs/channels.md has no block for ${file}.`);
  return found;
}

describe('the worked example of docs/channels.md', () => {
  // As deep as the folder it is written for, so that what it imports lies where it says.
  let folder = '';
  let gotify: ChannelKind | null = null;

  beforeAll(async () => {
    folder = await mkdtemp(join(ROOT, 'dist.example-'));
    const source = block('gotify.ts').replaceAll(/'(\.\.\/)+/g, (up) =>
      up === "'../../" ? "'../../../src/deliver/" : "'../../../src/",
    );
    const place = join(folder, 'channels', 'gotify');
    await mkdir(place, { recursive: true });
    await writeFile(join(place, 'gotify.ts'), source);
    const module: { gotify: ChannelKind } = await import(
      pathToFileURL(join(place, 'gotify.ts')).href
    );
    gotify = module.gotify;
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('the worked example of docs/channels.md has a schema that takes its keys and no other', () => {
    const settings = { server: 'https://push.example.org', token: 'A1' };
    expect(gotify?.config.safeParse(settings).success).toBe(true);
    expect(gotify?.config.safeParse({ ...settings, tokn: 'A1' }).success).toBe(false);
  });

  it('the worked example of docs/channels.md opens a channel that sends, probes and closes', async () => {
    const settings = gotify?.config.parse({ server: 'https://push.example.org', token: 'A1' });
    const channel = gotify?.open(settings ?? {});
    expect(Object.keys(channel ?? {}).sort()).toEqual(['close', 'probe', 'send']);
    await channel?.close();
  });
});

it('docs/channels.md explains every field that a kind of channel declares', () => {
  for (const field of new Set(CHANNEL_KINDS.flatMap((kind) => Object.keys(kind)))) {
    expect(page).toContain(`| \`${field}\` |`);
  }
});

it('docs/channels.md is true of every folder: each holds a kind and its test', async () => {
  const root = join(ROOT, 'src/deliver/channels');
  for (const name of await readdir(root)) {
    const files = await readdir(join(root, name));
    expect(files).toEqual(expect.arrayContaining([`${name}.ts`, `${name}.test.ts`]));
  }
});
