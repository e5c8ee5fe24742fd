import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { expect, it, vi } from 'vitest';
import { parseDocument } from 'yaml';
import { channelsOf, routesOf } from '../../../src/app/build-channels.ts';
import { main } from '../../../src/cli/program.ts';
import { loadConfig } from '../../../src/config/config.ts';
import { loadRecording } from '../../../src/config/recording.ts';
import { PROJECT_ROOT, plantTree } from '../../support/planted-tree.ts';
import { projectFiles, textOf } from '../../support/project-files.ts';

interface Page {
  path: string;
  /** Without fenced blocks: what a reader sees as prose. */
  prose: string;
  blocks: readonly Block[];
}

interface Block {
  language: string;
  /** What the block is an example of: the second word after the fence (```yaml recording). */
  kind: string | null;
  text: string;
}

/** What loads an example; a block of a kind that is not here is a fault. */
const LOADERS: Readonly<Record<string, (text: string) => Promise<unknown>>> = {
  config: async (text) => {
    const folder = await plantTree({ 'config.yaml': text });
    const names = [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name);
    const environment = Object.fromEntries(
      names.map((name) => [name, `https://secret.example/${name}`]),
    );
    const config = await loadConfig(join(folder, 'config.yaml'), environment);
    return [channelsOf(config), routesOf(config)];
  },
  recording: async (text) => {
    const folder = await plantTree({ 'recording.yaml': text });
    return loadRecording(join(folder, 'recording.yaml'));
  },
};

const FENCE = /^( *)(`{3,})(.*)\n([\s\S]*?)^\1\2 *$/gm;

function pageOf(path: string, text: string): Page {
  const blocks = [...text.matchAll(FENCE)].map(([, indent = '', , info = '', body = '']) => {
    const [language = '', kind = null] = info.trim().split(/\s+/);
    return { language, kind, text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), '') };
  });
  return { path, prose: text.replaceAll(FENCE, ''), blocks };
}

/** The links of a page that lead to another place of the project, without code spans that only look like links. */
function localLinks({ prose }: Page): readonly string[] {
  const links = prose.replaceAll(/`[^`\n]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g);
  return [...links].map(([, target = '']) => target).filter((target) => !/^[a-z]+:/.test(target));
}

/** The anchors of a page as code hosts make them from its headings. */
function anchors({ prose }: Page): readonly string[] {
  return [...prose.matchAll(/^#+ +(.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function deadLinks(page: Page, all: ReadonlyMap<string, Page>, exists: (path: string) => boolean) {
  return localLinks(page).filter((link) => {
    const [file = '', anchor] = link.split('#');
    const path = file === '' ? page.path : normalize(join(dirname(page.path), file));
    if (!exists(path)) return true;
    const target = all.get(path);
    return anchor !== undefined && target !== undefined && !anchors(target).includes(anchor);
  });
}

/** What makes a block unreadable in the language it says it is in; null for languages we do not read. */
function blockFault({ language, text }: Block): string | null {
  try {
    if (language === 'yaml') return parseDocument(text).errors[0]?.message ?? null;
    if (language === 'json') JSON.parse(text);
    if (language === 'jsonl') for (const line of text.trim().split('\n')) JSON.parse(line);
    return null;
  } catch (error) {
    return String(error);
  }
}

/** Why an example cannot be loaded by what reads its kind; null when it can, or is of no kind. */
async function exampleFault({ kind, text }: Block): Promise<string | null> {
  // A block that is a whole file of a worked example is run by the test of that example, a screen by that of the demo,
  // and a shape by that of the command that prints it.
  if (kind === null || /^(?:file|screen|shape)=/.test(kind)) return null;
  const load = LOADERS[kind];
  if (load === undefined) return `no loader reads a block marked ${kind}`;
  return load(text).then(
    () => null,
    (error: unknown) => String(error),
  );
}

/** What a worked example would make, were it followed. */
const EXAMPLES = ['test/fixtures/watchers/acme-notes/'];

/** Files and folders of ours that a page names in code spans; a decision record speaks of its own day. */
function namedPaths({ path, prose }: Page): readonly string[] {
  if (path.startsWith('docs/adr/')) return [];
  const spans = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
  return spans.filter((span) => /^(src|test|scripts|watchers|docs|data)\/[\w./-]+$/.test(span));
}

const pages = new Map<string, Page>();
for (const path of await projectFiles()) {
  if (/^(docs\/.*|[^/]+)\.md$/.test(path)) {
    pages.set(path, pageOf(path, await textOf(path)));
  }
}
const scripts: Readonly<Record<string, string>> = JSON.parse(await textOf('package.json')).scripts;

function inProject(path: string): boolean {
  return existsSync(join(PROJECT_ROOT, path));
}

function isThere(path: string): boolean {
  return inProject(path) || EXAMPLES.includes(path);
}

function faults(find: (page: Page) => readonly string[]): readonly string[] {
  return [...pages.values()].flatMap((page) => find(page).map((fault) => `${page.path}: ${fault}`));
}

it('the documents link to what is there', () => {
  expect(faults((page) => deadLinks(page, pages, inProject))).toEqual([]);
  expect([...pages.values()].flatMap(localLinks).length).toBeGreaterThan(10);
});

it('the documents have their dead links found, files and headings alike', () => {
  const page = pageOf(
    'docs/a.md',
    '# One place\n[a](b.md) [b](missing.md) [c](#one-place) [d](#nowhere) [e](https://x.example)\n```\n[f](no.md)\n```\n',
  );
  const all = new Map([['docs/a.md', page]]);
  const exists = (path: string) => path === 'docs/a.md' || path === 'docs/b.md';
  expect(deadLinks(page, all, exists)).toEqual(['missing.md', '#nowhere']);
});

it('the documents show blocks that can be read', () => {
  const unreadable = (page: Page) => page.blocks.map(blockFault).filter((fault) => fault !== null);
  expect(faults(unreadable)).toEqual([]);
  const [planted] = pageOf('a.md', '```yaml\na: [1\n```\n').blocks;
  expect(planted && blockFault(planted)).toContain('must');
});

it('the documents show marked examples that load', async () => {
  const faultsOf = ({ path, blocks }: Page) =>
    blocks.map(async (block) => [path, await exampleFault(block)] as const);
  const examples = await Promise.all([...pages.values()].flatMap(faultsOf));
  expect(examples.filter(([, fault]) => fault !== null)).toEqual([]);
  const kinds = ['recording', 'config', 'menu'];
  const planted = kinds.map((kind) => `\`\`\`yaml ${kind}\nfollows: {}\n\`\`\`\n`).join('');
  const found = await Promise.all(pageOf('a.md', planted).blocks.map(exampleFault));
  expect(found).toEqual([
    expect.stringContaining('captures'),
    expect.stringContaining('follow'),
    'no loader reads a block marked menu',
  ]);
});

it('the documents name npm scripts that exist', () => {
  const named = (page: Page) =>
    [page.prose, ...page.blocks.map(({ text }) => text)].flatMap((text) =>
      [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, script = '']) => script),
    );
  expect(faults((page) => named(page).filter((script) => !(script in scripts)))).toEqual([]);
  expect([...pages.values()].flatMap(named)).toContain('demo');
});

it('the documents name files that exist', () => {
  expect(faults((page) => namedPaths(page).filter((path) => !isThere(path)))).toEqual([]);
});

/** The first word of each command in the README's table, and in what the program says of itself. */
async function commandNames() {
  const rows = pages.get('README.md')?.prose.split('## Commands')[1]?.split('\n## ')[0] ?? '';
  const told = [...rows.matchAll(/^\| `([a-z]+)/gm)].map(([, name = '']) => name);
  const written: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  await main(['--help']);
  write.mockRestore();
  const known = [...written.join('').matchAll(/^ {2}([a-z]+)/gm)].map(([, name = '']) => name);
  return { told: new Set(told), known: new Set(known.filter((name) => name !== 'help')) };
}

it('the README tells of every command there is, and of no other', async () => {
  const { told, known } = await commandNames();
  expect(told).toEqual(known);
  expect(told.size).toBeGreaterThan(10);
});

it('the README shows the two commands that set up a fresh clone', () => {
  const blocks = pages.get('README.md')?.blocks.map(({ text }) => text) ?? [];
  expect(blocks.some((text) => text.includes('npm run demo'))).toBe(true);
  expect(blocks).toContain('npm test\n');
});

it('the decision records are numbered without a gap, complete, and listed', async () => {
  const names = (await readdir(join(PROJECT_ROOT, 'docs/adr'))).filter((name) => /^\d/.test(name));
  const numbers = names.map((name) => name.slice(0, 4)).sort();
  expect(numbers).toEqual(numbers.map((_, at) => String(at + 1).padStart(4, '0')));
  for (const name of names) {
    const text = await textOf(`docs/adr/${name}`);
    expect(text, name).toMatch(new RegExp(`^# ${name.slice(0, 4)}: \\S`));
    expect(text, name).toMatch(
      /^- Status: (accepted|replaced by \d{4})\n- Date: \d{4}-\d\d-\d\d$/m,
    );
    expect(
      [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading),
      name,
    ).toEqual(['Context', 'Decision', 'Consequences']);
    expect(await textOf('docs/adr/README.md')).toContain(`(${name})`);
  }
});
