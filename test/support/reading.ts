import { join } from 'node:path';
import { loadCatalog } from '../../src/config/catalog.ts';
import { buildNames } from '../../src/core/names/names.ts';
import { compileLexicon } from '../../src/core/talk/cues/lexicon.ts';
import type { ReadingContext } from '../../src/core/talk/document/document.ts';
import { compilePredicates } from '../../src/core/talk/frames/predicates.ts';
import { readItem } from '../../src/core/talk/read-item.ts';
import { compileWordLists } from '../../src/core/talk/syntax/word-classes.ts';
import type { Statement } from '../../src/domain/evidence.ts';
import type { Item } from '../../src/domain/item.ts';

const catalog = await loadCatalog(join(import.meta.dirname, '../../data/catalog'));

/** The names and cues of the catalogue as it stands. */
export const names = buildNames(catalog.subjects, catalog);
const lexicon = compileLexicon(catalog.lexicon, catalog.vendors);
const predicates = compilePredicates(catalog.predicates);
const lists = compileWordLists(catalog.wordLists);

export const READ_AT = '2026-04-17T09:00:00.000Z';

const BLOG = {
  domain: 'blog.example',
  name: 'Blog',
  class: 'S3',
  group: 'blog.example',
  vendor: null,
} as const;

/** A page of a blog. */
export function blogPage(text: string, title = 'A page'): Item {
  const url = 'https://blog.example/page';
  return { key: url, kind: 'page', title, text, url, published: null, fields: {} };
}

/** How a page of a blog is read, with nothing held back. */
export const readingContext: ReadingContext = {
  ...{ names, lexicon, predicates, lists, gate: null, publisher: BLOG, at: READ_AT },
};

/** What the rules read in a page. */
export function ruled(item: Item): readonly Statement[] {
  return readItem(item, readingContext);
}
