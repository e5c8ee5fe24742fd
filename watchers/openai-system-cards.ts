import { sectionsOf } from '../src/core/document/sections.ts';
import { itemText, lineBlock, plainText } from '../src/core/document/text.ts';
import { canonicalUrl } from '../src/core/extract/canonical-url.ts';
import { dateOf } from '../src/core/extract/dates.ts';
import { unreadable } from '../src/core/extract/failure.ts';
import { one, openPage, type Page, readHtml } from '../src/core/extract/html.ts';
import { whole } from '../src/core/extract/read-blocks.ts';
import { textOf } from '../src/core/extract/text.ts';
import { oneLine } from '../src/core/extract/tidy.ts';
import { defineWatcher, type Interval, type Item } from '../src/watch/define.ts';

const HUB = 'https://deploymentsafety.openai.com/';
const HOST = 'deploymentsafety.openai.com';
/** One card; its sections (`/gpt-6-astra/sec:…`) and its PDF stand below it. */
const CARD = /^https:\/\/deploymentsafety\.openai\.com\/[\w.-]+$/;
/** Where the hub puts what is no card. */
const OTHER =
  /\/(about|approach|contact|glossary|news|privacy|rss(\.xml)?|feed(\.xml)?|search|terms|.*\.(pdf|png|svg|ico|xml|txt))$/;
const SITE = /\s*[-–—|]\s*OpenAI Deployment Safety Hub$/;

export default defineWatcher({
  version: 1,
  about:
    'The system cards of the Deployment Safety Hub: a card that appears for a model is a sighting, minutes from a launch at times; only what its opening says of a release or a product is the vendor’s word.',
  kind: 'article',
  vendor: 'openai',
  facets: ['announced', 'product_available'],
  every: '30m',
  coverage: 'rolling',
  shape: { landmarks: [], share: 0.5 },
  // The hub lists the cards; the config, or an entry that names a followed model, adds the page of one.
  targets: ({ pages }) => [HUB, ...pages].map((url) => ({ url })),
  owns: (url) =>
    url.hostname === HOST && (url.pathname === '/' || CARD.test(canonicalUrl(url.href))),
  async extract(capture) {
    const page = openPage(whole(textOf(capture.body, capture.contentType)));
    const url = canonicalUrl(capture.finalUrl);
    return CARD.test(url) ? [cardOn(page, url)] : cardsIn(page, capture.finalUrl);
  },
});

/** The list of the hub: each card by its address, with what its link shows. */
function cardsIn(page: Page, base: string): readonly Item[] {
  const cards = new Map<string, Item>();
  for (const anchor of page('a[href]').get()) {
    const link = page(anchor);
    const url = canonicalUrl(link.attr('href') ?? '', base);
    if (!CARD.test(url) || OTHER.test(url) || cards.has(url)) continue;
    const title = oneLine(link.find('h1, h2, h3, h4').first().text()) || oneLine(link.text());
    const time = link.find('time').first();
    const day = dayOf(time.attr('datetime') ?? time.text());
    if (title !== '')
      cards.set(url, { ...named(title), key: url, kind: 'address', url, published: day });
  }
  if (cards.size === 0)
    throw unreadable('no-match', 'The hub lists no system card. Its layout may have changed.');
  return [...cards.values()];
}

/**
 * The page of a card, up to its first section: what the vendor says of the model. The report below it compares models,
 * recalls earlier ones and tells what might happen, and is no statement about their release.
 */
function cardOn(page: Page, url: string): Item {
  const heading = oneLine(one(page, 'title', 'main h1', 'article h1', 'h1', 'title').text());
  const title = heading.replace(SITE, '');
  const blocks = readHtml(one(page, 'card text', 'main article', 'article', 'main'));
  const opening = sectionsOf(blocks).find(({ blocks: held }) => held.length > 0)?.blocks ?? [];
  if (plainText(opening) === '') throw unreadable('no-match', 'The card holds no text.');
  const time = page('main time, article time').first();
  const meta = page('meta[property="article:published_time"]').first().attr('content');
  return {
    key: url,
    kind: 'article',
    title,
    ...itemText([lineBlock(title, 'heading'), ...opening]),
    url,
    published: dayOf(meta?.slice(0, 10) ?? time.attr('datetime') ?? time.text()),
    fields: {},
  };
}

function named(title: string): Pick<Item, 'title' | 'text' | 'fields'> {
  return { title, text: title, fields: {} };
}

function dayOf(text: string): Interval | null {
  const day = dateOf(text.slice(0, 40));
  return day?.precision === 'day' ? day : null;
}
