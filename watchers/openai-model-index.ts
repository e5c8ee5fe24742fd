import { canonicalUrl, htmlTwin } from '../src/core/extract/canonical-url.ts';
import { unreadable } from '../src/core/extract/failure.ts';
import { type Inline, type Passage, rowText } from '../src/core/extract/passages.ts';
import { readPassages } from '../src/core/extract/read-passages.ts';
import { oneLine } from '../src/core/extract/tidy.ts';
import { defineWatcher, type Item } from '../src/watch/define.ts';

const PAGE = 'https://developers.openai.com/api/docs/models/all';
const MODEL = /\/api\/docs\/models\/([a-z][\w.-]*)$/i;
/** Pages of the folder that are about many models. */
const MANY = /^(all|compare)$/;

/** A model the index links to: the name of the link, and the row or paragraph it stands in. */
interface Linked {
  id: string;
  name: string;
  about: string;
}

export default defineWatcher({
  version: 1,
  about:
    'The index of all models in the API documentation: a model it links to has a page, sometimes before anything is announced; the page says the rest.',
  kind: 'model-index',
  vendor: 'openai',
  facets: ['documented'],
  every: '10m',
  coverage: 'complete',
  shape: { landmarks: [/\/docs\/models\/gpt-/], share: 2 / 3 },
  targets: ({ pages }) => [`${PAGE}.md`, ...pages].map((url) => ({ url })),
  twin: htmlTwin,
  owns: (url) => {
    const canonical = canonicalUrl(url.href);
    const isPlain =
      url.hostname === 'developers.openai.com' &&
      /^\/api\/docs\/models(\/all)?(\.md|\/)?$/.test(url.pathname);
    return isPlain && (canonical === PAGE || canonical === PAGE.replace(/\/all$/, ''));
  },
  async extract(capture) {
    const linked = new Map<string, Linked>();
    for (const passage of readPassages(capture)) {
      for (const one of linkedIn(passage, capture.finalUrl)) {
        if (!linked.has(one.id)) linked.set(one.id, one);
      }
    }
    if (linked.size === 0)
      throw unreadable('no-match', 'The index links to no model. Its layout may have changed.');
    return [...linked.values()].map(itemOf);
  },
});

function linkedIn(passage: Passage, base: string): readonly Linked[] {
  if (passage.kind === 'code') return [];
  if (passage.kind !== 'table') return modelsIn(passage, passage.text, base);
  return passage.rows.flatMap((row) => row.flatMap((cell) => modelsIn(cell, rowText(row), base)));
}

function modelsIn({ links }: Inline, about: string, base: string): readonly Linked[] {
  return links.flatMap(({ text, address }) => {
    const id = MODEL.exec(canonicalUrl(address, base))?.[1];
    return id === undefined || MANY.test(id) ? [] : [{ id, name: oneLine(text) || id, about }];
  });
}

function itemOf({ id, name, about }: Linked): Item {
  const lines = [id, name, about].filter((line, at, all) => all.indexOf(line) === at);
  return {
    key: id,
    kind: 'listing',
    title: name,
    text: lines.join('\n'),
    url: canonicalUrl(`${PAGE.replace(/all$/, '')}${id}`),
    published: null,
    fields: { id },
  };
}
