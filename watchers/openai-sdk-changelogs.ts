import { sectionsOf } from '../src/core/document/sections.ts';
import { itemText, lineBlock } from '../src/core/document/text.ts';
import { dateOf } from '../src/core/extract/dates.ts';
import { unreadable } from '../src/core/extract/failure.ts';
import { readBlocks } from '../src/core/extract/read-blocks.ts';
import { distinctKeys } from '../src/core/extract/tidy.ts';
import { type Block, defineWatcher, type Item } from '../src/watch/define.ts';

/** The packages whose changes are read, with the default branch of their repositories. */
const CHANGELOGS = new Map([
  ['openai-node', 'master'],
  ['openai-python', 'main'],
]);
/** `6.49.0 (2026-07-23)`, with a link or a `v` before it in older copies. */
const VERSION = /^v?(\d+\.\d+\.\d+[\w.-]*)\s*\((\d{4}-\d{2}-\d{2})\)$/;
/** The versions that can still be news; the files go back to the first. */
const NEWEST = 60;

export default defineWatcher({
  version: 1,
  about:
    'The changelogs of the openai packages on the default branches: a line that names a model is a sighting on the day of its version; that the SDK types the id, the types themselves say.',
  kind: 'package',
  vendor: 'openai',
  facets: [],
  every: '1h',
  coverage: 'rolling',
  shape: { landmarks: [/^## .*\d+\.\d+\.\d+/m], share: 0.5 },
  targets: ({ pages }) =>
    [...[...CHANGELOGS].map(([repository, branch]) => addressOf(repository, branch)), ...pages].map(
      (url) => ({ url }),
    ),
  owns: ({ href }) => repositoryOf(href) !== null,
  async extract(capture) {
    const repository = repositoryOf(capture.finalUrl) ?? 'openai';
    const versions = sectionsByVersion(readBlocks(capture)).slice(0, NEWEST);
    if (versions.length === 0)
      throw unreadable('no-match', 'The file lists no version. It may have moved.');
    return distinctKeys(versions.map((version) => itemOf(repository, version)));
  },
});

function addressOf(repository: string, branch: string): string {
  return `https://raw.githubusercontent.com/openai/${repository}/${branch}/CHANGELOG.md`;
}

function repositoryOf(href: string): string | null {
  const plain = href.replace('/refs/heads/', '/');
  const found = [...CHANGELOGS].find(([name, branch]) => addressOf(name, branch) === plain);
  return found?.[0] ?? null;
}

interface Version {
  number: string;
  day: string;
  blocks: Block[];
}

function sectionsByVersion(blocks: readonly Block[]): readonly Version[] {
  const versions: Version[] = [];
  for (const { title, heading, blocks: below } of sectionsOf(blocks)) {
    const [, number, day] = VERSION.exec(title) ?? [];
    if (number !== undefined && day !== undefined) versions.push({ number, day, blocks: [] });
    versions
      .at(-1)
      ?.blocks.push(...(heading === null || number !== undefined ? [] : [heading]), ...below);
  }
  return versions;
}

function itemOf(repository: string, { number, day, blocks }: Version): Item {
  const title = `${repository} ${number}`;
  return {
    key: number,
    kind: 'post',
    title,
    ...itemText([lineBlock(title, 'heading'), ...blocks]),
    url: `https://github.com/openai/${repository}/releases/tag/v${number}`,
    published: dateOf(day),
    fields: { version: number },
  };
}
