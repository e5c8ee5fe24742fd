import { expect, it } from 'vitest';
import { projectFiles, textOf } from '../../support/project-files.ts';
import { callsIn, refusalOf, shellBlocks } from '../../support/shown-commands.ts';

const pages = (await projectFiles()).filter((path) => /^(docs\/(?!adr\/).*|[^/]+)\.md$/.test(path));
const shown = await Promise.all(
  pages.map(async (path) => {
    const text = await textOf(path);
    const spans = [...text.matchAll(/`(firsthand [a-z][^`\n]*)`/g)].map(([, span = '']) => span);
    return { path, calls: shellBlocks(text).flatMap(callsIn), spans: spans.flatMap(callsIn) };
  }),
);

async function faults(kind: 'calls' | 'spans') {
  const found = shown.flatMap((page) => page[kind].map((args) => ({ path: page.path, args })));
  const refused = await Promise.all(
    found.map(async ({ path, args }) => ({ path, reason: await refusalOf(args) })),
  );
  return { found, refused: refused.filter(({ reason }) => reason !== null) };
}

it('the calls that documents show are ones that the program takes', async () => {
  const { found, refused } = await faults('calls');
  expect(refused).toEqual([]);
  expect(found.length).toBeGreaterThan(20);
});

it('the calls that documents show name commands and options that are there, where a sentence names them', async () => {
  const { found, refused } = await faults('spans');
  // A sentence may leave out what the command is about.
  const wrong = refused.filter(({ reason }) => !reason?.includes('missing required'));
  expect(wrong).toEqual([]);
  expect(found.length).toBeGreaterThan(8);
});
