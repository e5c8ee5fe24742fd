import { canonicalUrl } from '../src/core/extract/canonical-url.ts';
import { unreadable } from '../src/core/extract/failure.ts';
import { isHtml, openPage, readHtml } from '../src/core/extract/html.ts';
import { readMarkdown } from '../src/core/extract/markdown.ts';
import {
  columnOf,
  type Passage,
  rowText,
  sectionsOf,
  tablesOf,
} from '../src/core/extract/passages.ts';
import { whole } from '../src/core/extract/read-passages.ts';
import { textOf } from '../src/core/extract/text.ts';
import { distinctKeys, oneLine, slug } from '../src/core/extract/tidy.ts';
import { defineWatcher, type Item } from '../src/watch/define.ts';

const PAGE = 'https://developers.openai.com/api/docs/pricing';
/** Tables whose rows a component draws: `<TextTokenPricingTables tier="standard" … rows={[ … ]} />`. */
const COMPONENT = /<(\w*Pric\w*)\b([\s\S]{0,4000}?)\brows=\{\[([\s\S]*?)\n\s*\]\}/g;
/** One row of them: a name and figures. Rows built by a call hold prose, and are left out. */
const ROW = /^\s*\[("(?:[^"\\]|\\.)*"(?:,\s*(?:"(?:[^"\\]|\\.)*"|-?[\d.]+|null))+)\],?\s*$/gm;
const FIGURE = /\d/;

interface Price {
  /** The table: a tier, or the heading above. */
  table: string;
  name: string;
  figures: string;
}

export default defineWatcher({
  version: 1,
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
    const text = textOf(capture.body, capture.contentType);
    const prices = isHtml(capture.contentType, text)
      ? fromTables(readHtml(openPage(whole(text))))
      : [
          ...fromComponents(text),
          ...fromTables(readMarkdown(text)),
          ...fromTables(markupTables(text)),
        ];
    if (prices.length === 0)
      throw unreadable('no-match', 'The page holds no price. Its layout may have changed.');
    return distinctKeys(prices.map(itemOf));
  },
});

function fromComponents(source: string): readonly Price[] {
  return [...source.matchAll(COMPONENT)].flatMap(([, , attributes = '', rows = '']) => {
    const tier = /\btier="([\w-]+)"/.exec(attributes)?.[1] ?? 'standard';
    return [...rows.matchAll(ROW)].flatMap(([, cells = '']) => {
      const [name, ...figures] = JSON.parse(`[${cells}]`) as readonly (string | number | null)[];
      const written = figures.map((figure) =>
        figure === null || figure === '' ? '-' : String(figure),
      );
      return [{ table: tier, name: String(name), figures: written.join(' | ') }];
    });
  });
}

/** Tables that stand as HTML amid the Markdown, with attributes written for React. */
function markupTables(source: string): readonly Passage[] {
  return [...source.matchAll(/<table[\s\S]*?<\/table>/g)].flatMap(([table]) =>
    readHtml(
      openPage(table.replaceAll('rowSpan=', 'rowspan=').replace(/=\{"?(\d+)"?\}/g, '="$1"')),
    ),
  );
}

function fromTables(passages: readonly Passage[]): readonly Price[] {
  return sectionsOf(passages).flatMap((section) =>
    tablesOf(section.passages).flatMap(({ header, rows }) => {
      const model = columnOf(header, /^model/i);
      if (model === -1) return [];
      const table = slug(section.heading.text) || slug(rowText(header), 6);
      return rows.flatMap((row) => {
        const name = row[model]?.text ?? '';
        const figures = rowText(row.filter((_, column) => column !== model));
        return name === '' || !FIGURE.test(figures) || /^model$/i.test(name)
          ? []
          : [{ table, name, figures }];
      });
    }),
  );
}

function itemOf({ table, name, figures }: Price): Item {
  const model = oneLine(name.replace(/\s*\([^)]*\)\s*$/, ''));
  return {
    key: `${table}/${slug(name)}${/^\p{L}/u.test(figures) ? `/${slug(figures, 1)}` : ''}`,
    kind: 'price',
    title: `${name} (${table})`,
    text: `${table}: ${name} | ${figures}`,
    url: PAGE,
    published: null,
    // The tiers beside the usual one are other prices of the same thing; one figure is the model's.
    fields: { model, ...(table === 'standard' ? { price: figures } : {}) },
  };
}
