import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contributionOf } from '../../src/core/provenance/contribution.ts';
import { compileLexicon } from '../../src/core/talk/cues/lexicon.ts';
import type { ReadingContext } from '../../src/core/talk/document/document.ts';
import { compilePredicates } from '../../src/core/talk/frames/predicates.ts';
import { readItem } from '../../src/core/talk/read-item.ts';
import { compileWordLists } from '../../src/core/talk/syntax/word-classes.ts';
import type { Facet } from '../../src/domain/facet.ts';
import { catalogOf, openSubjectIndex } from '../../src/reader/subject-index.ts';

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
  lexicon: compileLexicon(catalog.lexicon, catalog.vendors),
  gate: null,
  predicates: compilePredicates(catalog.predicates),
  lists: compileWordLists(catalog.wordLists),
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

  it(`single sentences are ${total} in ${files.length} languages, of every sign`, () => {
    expect(total).toBeGreaterThan(600);
    for (const file of files) {
      const signs = labelledIn(file).map(({ sign }) => sign);
      expect(signs, file).toEqual(expect.arrayContaining(['+', '~', '-', '0']));
    }
  });

  /** Every sentence of a language with the sign it was read as. */
  function readIn(file: string): readonly (Labelled & { read: string })[] {
    return labelledIn(file).map((labelled) => ({
      ...labelled,
      read: signOf(labelled, file.slice(0, 2)),
    }));
  }

  it.each(files)('single sentences are hardly ever read as what they do not say in %s', (file) => {
    const read = readIn(file).filter((one) => one.read !== '0');
    const misread = read.filter(({ sign, read: found }) => !agrees(sign, found));
    expect(misread.length, misread.map(({ text }) => text).join('\n')).toBeLessThanOrEqual(
      Math.max(1, read.length * 0.05),
    );
  });

  it.each(files)(
    'single sentences are read where they say something in plain words in %s',
    (file) => {
      const saying = readIn(file).filter(({ sign }) => sign !== '0');
      const found = saying.filter(({ sign, read }) => read !== '0' && agrees(sign, read));
      expect(found.length / saying.length).toBeGreaterThan(0.45);
    },
  );
});

/** Whether a sign may stand for another: a rumor and an assertion differ in force, not in what is said. */
function agrees(sign: string, read: string): boolean {
  const [said, found] = [sign, read].map((one) => one.replace('~', '+'));
  return said === found || (said === '±' && found !== '0');
}
