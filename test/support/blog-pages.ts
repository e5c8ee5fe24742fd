import { pageItem } from '../../src/core/extract/page-item.ts';
import { contributionOf } from '../../src/core/provenance/contribution.ts';
import { compileLexicon } from '../../src/core/talk/cues/lexicon.ts';
import { compilePredicates } from '../../src/core/talk/frames/predicates.ts';
import { readItem } from '../../src/core/talk/read-item.ts';
import { compileWordLists } from '../../src/core/talk/syntax/word-classes.ts';
import type { Statement } from '../../src/domain/evidence.ts';
import type { Publisher } from '../../src/domain/publisher.ts';
import { catalog, names } from './names.ts';

const lexicon = compileLexicon(catalog.lexicon, catalog.vendors);
const predicates = compilePredicates(catalog.predicates);
const lists = compileWordLists(catalog.wordLists);

/** A blog nobody listed. */
const BLOG: Publisher = {
  ...{ domain: 'blog.example', name: 'blog.example', class: 'S3', group: 'blog.example' },
  vendor: null,
};

/** What a reader takes from a page of a blog. */
export function statementsOn(html: string): readonly Statement[] {
  const item = pageItem({
    ...{ body: html, contentType: 'text/html; charset=utf-8' },
    finalUrl: 'https://blog.example/post',
  });
  return readItem(item, {
    names,
    lexicon,
    gate: null,
    predicates,
    lists,
    publisher: BLOG,
    at: '2026-10-01T09:00:00.000Z',
  });
}

/** A page with paragraphs, as a blog would serve it. */
export function blogPage(paragraphs: readonly string[], title = 'Notes of the week'): string {
  const text = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n');
  return `<!doctype html><html lang="en"><head><title>${title}</title></head><body><nav><a href="/">Home</a></nav><main><article><h1>${title}</h1>\n${text}</article></main></body></html>`;
}

/** What statements add to claims, in short and sorted: `gpt-5.5 released support:secondary`. */
export function addedBy(statements: readonly Statement[]): readonly string[] {
  const added = statements
    .map((said) => {
      const { subject, facet, value, qualifiers } = said.claim;
      const where = Object.values(qualifiers).join('.');
      return `${subject} ${facet}${value === null ? '' : `@${value}`}${where === '' ? '' : `:${where}`} ${contributionOf(said, BLOG.class)}`;
    })
    .filter((words) => !words.endsWith(' none'));
  return [...new Set(added)].sort();
}

/** The facets of a subject that are supported, or denied. */
export function facetsSaid(
  statements: readonly Statement[],
  subject: string,
  sort: 'support' | 'deny',
): readonly string[] {
  const prefix = `${subject} `;
  return addedBy(statements)
    .filter((words) => words.startsWith(prefix) && words.includes(`${sort}:`))
    .map((words) => words.slice(prefix.length).split(' ')[0]?.split(/[@:]/)[0] ?? '');
}
