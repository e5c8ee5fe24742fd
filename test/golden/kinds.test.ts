import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { contributionOf } from '../../src/core/provenance/contribution.ts';
import { compileLexicon } from '../../src/core/talk/cues/lexicon.ts';
import type { ReadingContext } from '../../src/core/talk/document/document.ts';
import { compilePredicates } from '../../src/core/talk/frames/predicates.ts';
import { readItem } from '../../src/core/talk/read-item.ts';
import { compileWordLists } from '../../src/core/talk/syntax/word-classes.ts';
import type { Statement } from '../../src/domain/evidence.ts';
import { catalogOf, openSubjectIndex } from '../../src/reader/subject-index.ts';

const FILE = join(import.meta.dirname, '../fixtures/reading-kinds/kinds.txt');
const AT = '2026-05-20T00:00:00.000Z';

/** A kind of sentence that is hard to read, with how many of its statements are found and how many are wrong. */
interface Kind {
  name: string;
  found: number;
  wrong: number;
  cases: { title: string; text: string; says: readonly string[] }[];
}

function kindsIn(text: string): readonly Kind[] {
  const kinds: Kind[] = [];
  for (const line of text.split('\n')) {
    const [, name, found, wrong] = /^## (.+): (\d+) found, (\d+) wrong$/.exec(line) ?? [];
    if (name !== undefined) {
      kinds.push({ name, found: Number(found), wrong: Number(wrong), cases: [] });
    } else if (line !== '' && !line.startsWith('# ')) {
      const [, title = '', said = '', says] = /^(.+?) :: (.+?) =>(.*)$/.exec(line) ?? [];
      if (says === undefined) throw new Error(`no labelled sentence: ${line}`);
      const paragraphs = said.replaceAll('| ¶ |', '|\n|').replaceAll(' ¶ ', '\n\n');
      kinds.at(-1)?.cases.push({ title, text: paragraphs, says: says.split(' ').filter(Boolean) });
    }
  }
  return kinds;
}

const catalog = await catalogOf();
const context: ReadingContext = {
  names: openSubjectIndex(catalog, []).names(),
  lexicon: compileLexicon(catalog.lexicon, catalog.vendors),
  gate: null,
  predicates: compilePredicates(catalog.predicates),
  lists: compileWordLists(catalog.wordLists),
  publisher: { domain: 'a.example', name: 'A', class: 'S3', group: 'a.example', vendor: null },
  at: AT,
};

const RELEASE = /^(?:announced|released|api_listed|product_available)$/;

/** Model, sign and facet: "gpt-6-", "gpt-6+priced". A rumor supports, too. */
function signOf(statement: Statement): string {
  const { subject, facet } = statement.claim;
  const sign = contributionOf(statement, 'S3').includes('deny') ? '-' : '+';
  return `${subject}${sign}${RELEASE.test(facet) ? '' : facet}`;
}

function readIn(title: string, text: string): ReadonlySet<string> {
  const url = 'https://a.example/';
  const published = { from: '2026-05-20', to: null, precision: 'day' } as const;
  const fields = { language: 'en' };
  const item = { key: 'k', kind: 'page', url, title, text, fields, published } as const;
  return new Set(
    readItem(item, context)
      .filter((one) => contributionOf(one, 'S3') !== 'none')
      .map(signOf)
      .filter((one) => !one.endsWith('+documented')),
  );
}

it.each(kindsIn(readFileSync(FILE, 'utf8')))(
  'sentences that are hard to read are read as before: $name',
  (kind) => {
    let found = 0;
    const faults: string[] = [];
    for (const { title, text, says } of kind.cases) {
      const read = readIn(title, text);
      const expected = new Set(says.map((one) => one.replace('~', '+')));
      found += [...expected].filter((one) => read.has(one)).length;
      const wrong = [...read].filter((one) => !expected.has(one));
      faults.push(...wrong.map((one) => `${one}: ${text}`));
    }
    expect(found).toBeGreaterThanOrEqual(kind.found);
    expect(faults.length, faults.join('\n')).toBeLessThanOrEqual(kind.wrong);
  },
);
