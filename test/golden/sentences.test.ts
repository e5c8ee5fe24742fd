import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contributionOf } from '../../src/core/provenance/contribution.ts';
import { compileLexicon } from '../../src/core/talk/cues/lexicon.ts';
import type { ReadingContext } from '../../src/core/talk/document/document.ts';
import { readItem } from '../../src/core/talk/read-item.ts';
import type { Facet } from '../../src/domain/facet.ts';
import { catalogOf } from '../../src/reader/catalog.ts';
import { openSubjectIndex } from '../../src/reader/subject-index.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/reading');

/** `+`, `~`, `-`, `±` or `0`, a letter for what is asked after, and a sentence. */
interface Labelled {
  sign: string;
  asked: string;
  text: string;
}

/** What is asked after: release and what belongs to it, identity (I), tests (T). */
const ASKED: Readonly<Record<string, readonly Facet[]>> = {
  '': [
    ...(['announced', 'released', 'api_listed', 'product_available', 'documented'] as const),
    ...(['priced', 'date', 'retired', 'deprecated'] as const),
  ],
  I: ['identity'],
  T: ['limited_test', 'exists'],
};

function labelledIn(file: string): readonly Labelled[] {
  return readFileSync(join(FOLDER, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, sign, asked, text] = /^([-+~±0])([IT]?) (.+)$/.exec(line) ?? [];
      if (sign === undefined || asked === undefined || text === undefined) {
        throw new Error(`${file}: no labelled sentence: ${line}`);
      }
      return { sign, asked, text };
    });
}

const catalog = await catalogOf();
const names = openSubjectIndex(catalog, []).names();
const context: ReadingContext = {
  names,
  lexicon: compileLexicon(catalog.lexicon),
  publisher: { domain: 'a.example', name: 'A', class: 'S3', group: 'a.example', vendor: null },
  at: '2026-04-22T00:00:00.000Z',
};

/** What a text that holds one sentence says, in one sign. The text is about the first model it names. */
function signOf({ text, asked }: Labelled, language: string): string {
  const [first] = names.find(text, context.at);
  const item = {
    ...{ key: 'k', kind: 'page' as const, url: 'https://a.example/', text, fields: { language } },
    title: first === undefined || first.subject.startsWith('lmarena') ? 'GPT Image 2' : first.text,
    published: { from: '2026-04-22', to: null, precision: 'day' as const },
  };
  const added = readItem(item, context)
    .filter(({ claim }) => ASKED[asked]?.includes(claim.facet))
    .map((statement) => contributionOf(statement, 'S3'));
  const denies = added.some((one) => one.includes('deny'));
  if (added.some((one) => /^(?:support|relay):secondary/.test(one))) return denies ? '±' : '+';
  if (added.some((one) => one.endsWith('rumor'))) return denies ? '±' : '~';
  return denies ? '-' : '0';
}

describe('single sentences', () => {
  const files = readdirSync(FOLDER);
  const total = files.reduce((sum, file) => sum + labelledIn(file).length, 0);

  it(`are ${total} in ${files.length} languages, of every sign`, () => {
    expect(total).toBeGreaterThan(600);
    for (const file of files) {
      const signs = labelledIn(file).map(({ sign }) => sign);
      expect(signs, file).toEqual(expect.arrayContaining(['+', '~', '-', '0']));
    }
  });

  it.each(files)('are read as %s says', (file) => {
    const misread = labelledIn(file)
      .map((labelled) => ({ ...labelled, read: signOf(labelled, file.slice(0, 2)) }))
      .filter(({ sign, read }) => read !== sign)
      .map(({ sign, read, text }) => `${sign} read as ${read}: ${text}`);
    expect(misread).toEqual([]);
  });
});
