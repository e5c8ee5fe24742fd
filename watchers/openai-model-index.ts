import { LINES } from '../src/core/document/layout.ts';
import { rowText, tablesOf } from '../src/core/document/tables.ts';
import { itemText, lineBlock, linksOf } from '../src/core/document/text.ts';
import { canonicalUrl, htmlTwin } from '../src/core/extract/canonical-url.ts';
import { unreadable } from '../src/core/extract/failure.ts';
import { readBlocks } from '../src/core/extract/read-blocks.ts';
import { oneLine } from '../src/core/extract/tidy.ts';
import { type Block, defineWatcher, type Item } from '../src/watch/define.ts';

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
    const blocks = readBlocks(capture);
    const prose = blocks.filter(({ kind }) => kind !== 'cell' && kind !== 'code');
    const rows = tablesOf(blocks).flatMap((table) => table.rows);
    for (const one of [
      ...prose.flatMap((block) => modelsIn(block, block.text, capture.finalUrl)),
      ...rows.flatMap(({ cells }) =>
        cells.flatMap((cell) => modelsIn(cell, rowText(cells), capture.finalUrl)),
      ),
    ]) {
      if (!linked.has(one.id)) linked.set(one.id, one);
    }
    if (linked.size === 0)
      throw unreadable('no-match', 'The index links to no model. Its layout may have changed.');
    return [...linked.values()].map(itemOf);
  },
});

function modelsIn(block: Block, about: string, base: string): readonly Linked[] {
  return linksOf(block).flatMap(({ text, address }) => {
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
    ...itemText(
      lines.map((line) => lineBlock(line)),
      LINES,
    ),
    url: canonicalUrl(`${PAGE.replace(/all$/, '')}${id}`),
    published: null,
    fields: { id },
  };
}
