import { describe, expect, test } from 'vitest';
import { feedItems } from '../../../../src/core/extract/feed.ts';

const BASE = 'https://example.org/feed.xml';
const rss = (items: string) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>${items}</channel></rss>`;
const item = (inner: string) => `<item>${inner}</item>`;

describe('an RSS feed', () => {
  test('knows an entry by its guid, else its address, else its title and date', async () => {
    const entries = await feedItems(
      rss(
        item(
          '<title>A</title><link>https://example.org/a?utm_source=rss</link><guid>tag:1</guid>',
        ) +
          item('<title>B</title><link>/b/</link>') +
          item('<title>C</title><pubDate>Tue, 21 Apr 2026 12:00:00 GMT</pubDate>') +
          item(
            '<title>D</title><guid isPermaLink="true">https://example.org/d/?utm_medium=x</guid>',
          ),
      ),
      BASE,
    );
    expect(entries.map(({ key }) => key)).toEqual([
      'tag:1',
      'https://example.org/b',
      expect.stringMatching(/^[0-9a-f]{20}$/),
      'https://example.org/d',
    ]);
    expect(entries.map(({ url }) => url)).toEqual([
      'https://example.org/a',
      'https://example.org/b',
      '',
      'https://example.org/d',
    ]);
  });

  test('gives text without markup, entities resolved, the title on its first line', async () => {
    const [post] = await feedItems(
      rss(
        item(
          '<title><![CDATA[R&amp;D <b>news</b>]]></title><description>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two &amp;amp; more&lt;/p&gt;</description><category>Product</category><category>API</category>',
        ),
      ),
      BASE,
    );
    expect(post?.title).toBe('R&D news');
    expect(post?.text).toBe('R&D news\n\nOne\n\nTwo & more');
    expect(post?.fields).toEqual({ categories: ['Product', 'API'] });
  });

  test('says a body that repeats the title once', async () => {
    const [post] = await feedItems(
      rss(item('<title>Same</title><description>Same</description>')),
      BASE,
    );
    expect(post?.text).toBe('Same');
  });

  test('keeps the day of an editor’s time, or the moment where that is asked for', async () => {
    const source = rss(item('<title>A</title><pubDate>Tue, 21 Apr 2026 12:00:00 GMT</pubDate>'));
    const [post] = await feedItems(source, BASE);
    expect(post?.published).toEqual({ from: '2026-04-21', to: null, precision: 'day' });
    const [exact] = await feedItems(source, BASE, { exactTime: true });
    expect(exact?.published?.from).toBe('2026-04-21T12:00:00.000Z');
  });

  test('without entries is valid and gives none', async () => {
    expect(await feedItems(rss(''), BASE)).toEqual([]);
  });

  test('gives a repeated entry once', async () => {
    expect(await feedItems(rss(item('<title>A</title>').repeat(3)), BASE)).toHaveLength(1);
  });

  test('leaves out what a watcher refuses', async () => {
    const kept = await feedItems(rss(item('<title>A</title>') + item('<title>B</title>')), BASE, {
      keep: ({ title }) => title === 'B',
    });
    expect(kept.map(({ title }) => title)).toEqual(['B']);
  });
});

describe('an Atom feed', () => {
  const atom = (
    published: string,
  ) => `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id>
    <title type="html">v1.2 &amp;amp; more</title><link rel="alternate" href="https://example.org/v1.2"/>
    <published>${published}</published><updated>2026-05-06T00:00:00Z</updated><author><name>bot</name></author>
    <content type="html">&lt;ul&gt;&lt;li&gt;adds x&lt;/li&gt;&lt;/ul&gt;</content></entry></feed>`;

  test('is read like any other', async () => {
    const [entry] = await feedItems(atom('2026-05-05T15:49:59Z'), BASE, { exactTime: true });
    expect(entry).toMatchObject({
      key: 'urn:1',
      title: 'v1.2 & more',
      text: 'v1.2 & more\n\nadds x',
      url: 'https://example.org/v1.2',
      published: { from: '2026-05-05T15:49:59.000Z' },
      fields: { author: 'bot' },
    });
  });

  test('is not lost for one date nobody can read', async () => {
    const [entry] = await feedItems(atom('last Tuesday'), BASE, { exactTime: true });
    expect(entry?.published?.from).toBe('2026-05-06T00:00:00.000Z');
  });
});

describe('no feed', () => {
  test.each([
    ['an empty body', '', 'empty'],
    ['a page', '<!doctype html><html><body><p>Please wait</p></body></html>', 'malformed'],
    ['a feed cut off in the middle', rss(item('<title>A</title>')).slice(0, 70), 'malformed'],
    ['JSON', '{"items":[]}', 'malformed'],
    ['another kind of XML', '<urlset></urlset>', 'malformed'],
    ['a feed without a channel', '<rss version="2.0"></rss>', 'malformed'],
  ])('%s is an error', async (_name, source, kind) => {
    await expect(feedItems(source, BASE)).rejects.toMatchObject({ name: 'ExtractError', kind });
  });
});
