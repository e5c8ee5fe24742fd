import { sectionsOf } from '../src/core/document/sections.ts';
import {
  columnOf,
  rowText,
  type Table,
  type TableRow,
  tablesOf,
} from '../src/core/document/tables.ts';
import { itemText, lineBlock } from '../src/core/document/text.ts';
import { canonicalUrl } from '../src/core/extract/canonical-url.ts';
import { unreadable } from '../src/core/extract/failure.ts';
import { figureIn, figuresWithoutHeadings, priceValue } from '../src/core/extract/price-figures.ts';
import { readBlocks } from '../src/core/extract/read-blocks.ts';
import { distinctKeys, oneLine, slug } from '../src/core/extract/tidy.ts';
import { type Block, defineWatcher, type Item } from '../src/watch/define.ts';

const PAGE = 'https://developers.openai.com/api/docs/pricing';
const FIGURE = /\d/;
/** Tables of the usual price, by their heading, and of other ways to be served, which are other prices of the same thing. */
const USUAL = /\bstandard\b/;
const OTHERS =
  /\b(batch|flex|priority|scale|fine-tun\w*|training|legacy|regional|residency|provisioned|tools?|storage|deprecated)\b/;

interface Price {
  /** The table: a tier, or the heading above. */
  table: string;
  name: string;
  figures: string;
  value: string | null;
}

export default defineWatcher({
  version: 2,
  about:
    'The prices of the API: a row proves that the vendor gives a price for a model, which was public weeks before the model could be called.',
  kind: 'pricing',
  vendor: 'openai',
  facets: ['priced'],
  every: '1h',
  coverage: 'complete',
  shape: { landmarks: [/pric/i, /\$\s?\d|rows=\{/], share: 0.5 },
  targets: ({ pages }) => [`${PAGE}.md`, ...pages].map((url) => ({ url })),
  owns: (url) =>
    (url.hostname === 'developers.openai.com' || url.hostname === 'platform.openai.com') &&
    /^\/(api\/)?docs\/pricing(\.md|\/)?$/.test(url.pathname) &&
    canonicalUrl(url.href) === PAGE,
  async extract(capture) {
    const prices = pricesIn(readBlocks(capture));
    if (prices.length === 0)
      throw unreadable('no-match', 'The page holds no price. Its layout may have changed.');
    return distinctKeys(prices.map(itemOf));
  },
});

function pricesIn(blocks: readonly Block[]): readonly Price[] {
  return sectionsOf(blocks).flatMap((section) =>
    tablesOf(section.blocks).flatMap((table) => pricesOf(table, slug(section.title))),
  );
}

/** A table with a column of models; one without headings is drawn by a component, its models first. */
function pricesOf({ caption, columns, rows }: Table, heading: string): readonly Price[] {
  const hasHeadings = columns.some((names) => names.length > 0);
  return rows.flatMap((row) => {
    const model = hasHeadings ? columnOf(row.columns, /^model/i) : 0;
    const name = oneLine(row.cells[model]?.text ?? '');
    const others = row.cells.filter((_, column) => column !== model);
    const figures = hasHeadings
      ? rowText(others)
      : others.map(({ text }) => text || '-').join(' | ');
    if (model === -1 || name === '' || !FIGURE.test(figures)) return [];
    const table = hasHeadings ? heading || slug(rowText(row.head), 6) : slug(caption) || 'standard';
    return [{ table, name, figures, value: figuresOf(row, model, hasHeadings) }];
  });
}

/** The figures of a row, each with what its column is for. */
function figuresOf(
  { cells, columns }: TableRow,
  model: number,
  hasHeadings: boolean,
): string | null {
  const texts = cells.map(({ text }) => text);
  if (!hasHeadings) return priceValue(figuresWithoutHeadings(texts.filter((_, c) => c !== model)));
  return priceValue(
    texts.flatMap((text, column) =>
      column === model ? [] : (figureIn((columns[column] ?? []).join(' '), text) ?? []),
    ),
  );
}

/** Whether a table gives the usual price: it says so, or it speaks of no other way to be served. */
function isUsual(table: string): boolean {
  return USUAL.test(table) || (/\bpric/.test(table) && !OTHERS.test(table));
}

function itemOf({ table, name, figures, value }: Price): Item {
  const model = oneLine(name.replace(/\s*\([^)]*\)\s*$/, ''));
  return {
    key: `${table}/${slug(name)}${/^\p{L}/u.test(figures) ? `/${slug(figures, 1)}` : ''}`,
    kind: 'price',
    title: `${name} (${table})`,
    ...itemText([lineBlock(`${table}: ${name} | ${figures}`)]),
    url: PAGE,
    published: null,
    // The tiers beside the usual one are other prices of the same thing; one figure is the model's.
    fields: { model, ...(value !== null && isUsual(table) ? { price: value } : {}) },
  };
}
