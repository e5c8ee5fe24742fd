import { canonicalUrl } from '../src/core/extract/canonical-url.ts';
import { unreadable } from '../src/core/extract/failure.ts';
import { openXml, type Page } from '../src/core/extract/html.ts';
import { textOf } from '../src/core/extract/text.ts';
import { oneLine } from '../src/core/extract/tidy.ts';
import { defineWatcher, type Item } from '../src/watch/define.ts';

const INDEX = 'https://openai.com/sitemap.xml';
const ENTRY = /^(?:[\w-]+:)?(?:url|sitemap)$/;
const LOCATION = /^(?!(?:image|video|news):)(?:[\w-]+:)?loc$/;
/** The parts where launches, system cards and product pages show first. */
const PARTS = ['release', 'product', 'research', 'publication', 'milestone', 'safety', 'company'];

export default defineWatcher({
  version: 1,
  about:
    'The sitemap of openai.com: the first appearance of an address is a sighting worth a look at the page; its times are re-stamped and say nothing.',
  kind: 'sitemap',
  vendor: 'openai',
  facets: [],
  every: '15m',
  coverage: 'rolling',
  shape: { landmarks: [/<([\w-]+:)?(urlset|sitemapindex)[\s>]/], share: 2 / 3 },
  targets: ({ pages }) =>
    [...PARTS.map((part) => `${INDEX}/${part}/`), ...pages].map((url) => ({ url })),
  owns: (url) => url.hostname === 'openai.com' && /^\/sitemap\.xml(\/|$)/.test(url.pathname),
  async extract(capture) {
    const page = openXml(textOf(capture.body, capture.contentType));
    const places = addressesIn(page);
    const found = places.map((place) => canonicalUrl(oneLine(place)));
    const addresses = [...new Set(found)].filter((address) => URL.canParse(address));
    if (places.length > 0 && addresses.length === 0) {
      throw unreadable('schema', 'No entry of the sitemap is an address.');
    }
    return addresses.map(addressItem);
  },
});

/** The addresses of pages, whatever the prefix of its names; pictures and videos have addresses of their own. */
function addressesIn(page: Page): readonly string[] {
  return page('*')
    .get()
    .filter((place) => LOCATION.test(nameOf(place)) && ENTRY.test(nameOf(place.parent)))
    .map((place) => page(place).text());
}

function nameOf(node: object | null): string {
  return node !== null && 'name' in node ? String(node.name) : '';
}

function addressItem(url: string): Item {
  return {
    key: url,
    kind: 'address',
    title: new URL(url).pathname,
    text: url,
    url,
    published: null,
    fields: {},
  };
}
