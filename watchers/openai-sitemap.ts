import { canonicalUrl } from '../src/core/extract/canonical-url.ts';
import { unreadable } from '../src/core/extract/failure.ts';
import { openXml } from '../src/core/extract/html.ts';
import { textOf } from '../src/core/extract/text.ts';
import { oneLine } from '../src/core/extract/tidy.ts';
import { defineWatcher, type Item } from '../src/watch/define.ts';

const INDEX = 'https://openai.com/sitemap.xml';
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
  shape: { landmarks: [/<(urlset|sitemapindex)[\s>]/], share: 2 / 3 },
  targets: ({ pages }) =>
    [...PARTS.map((part) => `${INDEX}/${part}/`), ...pages].map((url) => ({ url })),
  owns: (url) => url.hostname === 'openai.com' && /^\/sitemap\.xml(\/|$)/.test(url.pathname),
  async extract(capture) {
    const page = openXml(textOf(capture.body, capture.contentType));
    const places = page('urlset > url > loc, sitemapindex > sitemap > loc').get();
    const found = places.map((place) => canonicalUrl(oneLine(page(place).text())));
    const addresses = [...new Set(found)].filter((address) => URL.canParse(address));
    if (places.length > 0 && addresses.length === 0) {
      throw unreadable('schema', 'No entry of the sitemap is an address.');
    }
    return addresses.map(addressItem);
  },
});

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
