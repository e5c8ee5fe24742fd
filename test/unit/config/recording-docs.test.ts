import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadRecording } from '../../../src/config/recording.ts';
import { ConfigError } from '../../../src/domain/errors.ts';

const DOCS = fileURLToPath(new URL('../../../docs/recordings.md', import.meta.url));

let docs: string;
let root: string;

beforeAll(async () => {
  docs = await readFile(DOCS, 'utf8');
  root = await mkdtemp(join(tmpdir(), 'recording-docs-'));
});

afterAll(async () => {
  await rm(root, { recursive: true });
});

/** The example in the given language, written out in a folder with every body file it names. */
async function example(language: string, name: string): Promise<string> {
  const text = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(docs)?.[1] ?? '';
  const folder = await mkdtemp(join(root, 'e-'));
  for (const [, file] of text.matchAll(/^ +body: (\S+)$/gm)) {
    const path = join(folder, file ?? '');
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, 'a body');
  }
  await writeFile(join(folder, name), text);
  return folder;
}

test('docs/recordings.md shows a recording in YAML that loads', async () => {
  const { name, captures } = await loadRecording(await example('yaml', 'recording.yaml'));
  expect(name).toBe('a-launch-day');
  expect(captures.map(({ at, outcome }) => [at.slice(11, 16), outcome.kind])).toEqual([
    ['18:01', 'answer'],
    ['18:31', 'failure'],
    ['19:10', 'answer'],
    ['08:15', 'answer'],
  ]);
});

test('docs/recordings.md shows a recording in JSON lines that loads', async () => {
  const { name, captures } = await loadRecording(await example('jsonl', 'recording.jsonl'));
  expect(name).toBe('two-polls');
  expect(captures).toHaveLength(2);
});

test('docs/recordings.md names every kind of failure there is', async () => {
  const sentence = /The values of `error`: ([\s\S]*?)\./.exec(docs)?.[1] ?? '';
  const told = [...sentence.matchAll(/`([\w-]+)`/g)].map(([, kind]) => kind ?? '');
  const path = join(root, 'kinds.jsonl');
  const lines = ['made-up', ...told].map((error, index) =>
    JSON.stringify({ at: '2026-04-21T10:00:00Z', url: `https://a.example/${index}`, error }),
  );
  await writeFile(path, ['{"version":1,"name":"kinds"}', ...lines].join('\n'));
  const refusal = await loadRecording(path).catch((thrown: unknown) => thrown);
  const faults = refusal instanceof ConfigError ? refusal.faults : [];
  expect(faults.map((fault) => fault.suggestion)).toEqual([`known: ${told.join(', ')}`]);
});

test('docs/recordings.md lists every key of a capture', async () => {
  const rows = [...docs.matchAll(/^\| `(\w+)` \|/gm)].map(([, key]) => key);
  expect(rows).toEqual([
    'at',
    'url',
    'finalUrl',
    'status',
    'contentType',
    'headers',
    'body',
    'text',
    'error',
  ]);
});
