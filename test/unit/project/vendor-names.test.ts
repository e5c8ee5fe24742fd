import ts from 'typescript';
import { expect, it } from 'vitest';
import { catalog } from '../../support/names.ts';
import { projectFiles, textOf } from '../../support/project-files.ts';

/** Rooms whose code is the same for every vendor. */
const ROOMS = /^src\/(?:core|domain|pipeline|fetch)\/.*(?<!\.test)\.ts$/;

/** Files that name a vendor or a product all the same, each with the reason. */
const NAMING: Readonly<Record<string, string>> = {
  'src/fetch/openai-client.ts': 'the client library, by the name of its package',
  'src/fetch/model-api.ts': 'the client library, by the name of its package',
  'src/fetch/model-list.ts': 'the client library, by the name of its package',
  'src/core/extract/canonical-url.ts':
    'folds the copies of sites, for watchers that read without a catalogue',
  'src/core/proposals/proposed.ts':
    'the surfaces a model may answer with are part of the stored question',
  'src/core/provenance/sources.ts':
    'hosts where everybody writes or searches, a vendor’s among them',
  'src/core/stories/sentences.ts': 'how places are written in a title',
};

/** Names that are words of the language, or of the trade, as well. */
const COMMON = /^(?:api|playground|studio|vertex|vibe|whisper)$/;

const NAMES = [
  ...new Set(
    catalog.vendors.flatMap(({ vendor, name, aliases, products, ids }) => [
      ...[vendor, name, ...aliases, ...ids.roots],
      ...products.filter(({ surface }) => surface !== 'api').map(({ surface }) => surface),
    ]),
  ),
]
  .map((name) => name.toLowerCase().replace(/^@/, ''))
  .filter((name) => /^[a-z]{3,}$/.test(name) && !COMMON.test(name));

/** The words of a file's code, its comments left out: an example in a comment names what it likes. */
function wordsOf(path: string, text: string): ReadonlySet<string> {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const words = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (node.getChildCount(source) === 0) {
      for (const word of node
        .getText(source)
        .toLowerCase()
        .match(/[a-z]+/g) ?? [])
        words.add(word);
    }
    node.forEachChild(visit);
    // Signs and literals are no children that `forEachChild` visits in every kind of node.
    for (const child of node.getChildren(source)) if (ts.isToken(child)) visit(child);
  };
  visit(source);
  return words;
}

async function filesNaming(): Promise<readonly string[]> {
  const files = (await projectFiles()).filter((path) => ROOMS.test(path));
  const read = await Promise.all(files.map(async (path) => [path, await textOf(path)] as const));
  return read
    .filter(([path, text]) => {
      const words = wordsOf(path, text);
      return NAMES.some((name) => words.has(name));
    })
    .map(([path]) => path)
    .sort();
}

it('the code that is the same for every vendor names no vendor and no product, but where there is a reason', async () => {
  const naming = await filesNaming();
  expect(naming.filter((path) => !(path in NAMING))).toEqual([]);
});

it('the code that is the same for every vendor is told from its comments', () => {
  expect(wordsOf('a.ts', "/** OpenAI */ // openai\nconst x = 'y'; // openai").has('openai')).toBe(
    false,
  );
  expect(wordsOf('a.ts', 'const x = /^(?:openai|lab)$/;').has('openai')).toBe(true);
  expect(wordsOf('a.ts', "const x = new Set(['openai']);").has('openai')).toBe(true);
});
