import { itemText, lineBlock, plainText } from '../src/core/document/text.ts';
import { canonicalUrl, localeOf } from '../src/core/extract/canonical-url.ts';
import { dateOf } from '../src/core/extract/dates.ts';
import { unreadable } from '../src/core/extract/failure.ts';
import { one, openPage, readHtml } from '../src/core/extract/html.ts';
import { whole } from '../src/core/extract/read-blocks.ts';
import { textOf } from '../src/core/extract/text.ts';
import { oneLine } from '../src/core/extract/tidy.ts';
import { defineWatcher } from '../src/watch/define.ts';

export default defineWatcher({
  version: 2,
  about:
    'The articles behind the news feed of openai.com: what their title and clauses say of a model is the vendor’s own announcement; many clients are refused.',
  kind: 'article',
  vendor: 'openai',
  facets: ['announced', 'product_available'],
  every: '6h',
  coverage: 'single',
  // The config lists articles; a news entry that names a followed model adds its own.
  targets: ({ pages }) => pages.map((url) => ({ url })),
  owns: (url) =>
    url.hostname === 'openai.com' &&
    localeOf(url) === null &&
    /^\/index\/[\w-]+\/?$/.test(url.pathname),
  async extract(capture) {
    const page = openPage(whole(textOf(capture.body, capture.contentType)));
    // What stands behind the article is about other articles.
    page(
      '#citations, [data-testid*="related"], section:has(> h2:contains("Keep reading"))',
    ).remove();
    const article = one(page, 'article', '#main article', 'main article', 'article', 'main');
    const title = oneLine(one(page, 'title', 'article h1', 'main h1', 'h1', 'title').text());
    const body = readHtml(article);
    const text = plainText(body);
    if (text === '') throw unreadable('no-match', 'The article holds no text.');
    const url = canonicalUrl(capture.finalUrl);
    const time = page('article time[datetime], main time[datetime]').first().attr('datetime') ?? '';
    const meta = page('meta[property="article:published_time"]').first().attr('content') ?? '';
    const day = dateOf((meta || time).slice(0, 10));
    return [
      {
        key: url,
        kind: 'article',
        title,
        ...itemText(text.startsWith(title) ? body : [lineBlock(title, 'heading'), ...body]),
        url,
        published: day?.precision === 'day' ? day : null,
        fields: {},
      },
    ];
  },
});
