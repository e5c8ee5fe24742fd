import { describe, expect, test } from 'vitest';
import { feedItems } from '../../../../src/core/extract/feed.ts';
import { isFeed } from '../../../../src/core/extract/feed-source.ts';

const BASE = 'https://example.org/feed.xml';
const rss = (items: string) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>${items}</channel></rss>`;
const item = (inner: string) => `<item>${inner}</item>`;

test('an RSS feed knows an entry by its guid, else its address, else its title and date', async () => {
  const entries = await feedItems(
    rss(
      item('<title>A</title><link>https://example.org/a?utm_source=rss</link><guid>tag:1</guid>') +
        item('<title>B</title><link>/b/</link>') +
        item('<title>C</title><pubDate>Tue, 21 Apr 2026 12:00:00 GMT</pubDate>') +
        item('<title>D</title><guid isPermaLink="true">https://example.org/d/?utm_medium=x</guid>'),
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

test('an RSS feed gives text without markup, entities resolved, the title on its first line', async () => {
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

test('an RSS feed says a body that repeats the title once', async () => {
  const [post] = await feedItems(
    rss(item('<title>Same</title><description>Same</description>')),
    BASE,
  );
  expect(post?.text).toBe('Same');
});

test('an RSS feed keeps the day of an editor’s time, or the moment where that is asked for', async () => {
  const source = rss(item('<title>A</title><pubDate>Tue, 21 Apr 2026 12:00:00 GMT</pubDate>'));
  const [post] = await feedItems(source, BASE);
  expect(post?.published).toEqual({ from: '2026-04-21', to: null, precision: 'day' });
  const [exact] = await feedItems(source, BASE, { exactTime: true });
  expect(exact?.published?.from).toBe('2026-04-21T12:00:00.000Z');
});

test('an RSS feed without entries is valid and gives none', async () => {
  expect(await feedItems(rss(''), BASE)).toEqual([]);
});

test('an RSS feed gives a repeated entry once', async () => {
  expect(await feedItems(rss(item('<title>A</title>').repeat(3)), BASE)).toHaveLength(1);
});

test('an RSS feed leaves out what a watcher refuses', async () => {
  const kept = await feedItems(rss(item('<title>A</title>') + item('<title>B</title>')), BASE, {
    keep: ({ title }) => title === 'B',
  });
  expect(kept.map(({ title }) => title)).toEqual(['B']);
});

describe('an Atom feed', () => {
  const atom = (
    published: string,
  ) => `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id>
    <title type="html">v1.2 &amp;amp; more</title><link rel="alternate" href="https://example.org/v1.2"/>
    <published>${published}</published><updated>2026-05-06T00:00:00Z</updated><author><name>bot</name></author>
    <content type="html">&lt;ul&gt;&lt;li&gt;adds x&lt;/li&gt;&lt;/ul&gt;</content></entry></feed>`;

  test('an Atom feed is read like any other', async () => {
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

  test('an Atom feed is not lost for one date nobody can read', async () => {
    const [entry] = await feedItems(atom('last Tuesday'), BASE, { exactTime: true });
    expect(entry?.published?.from).toBe('2026-05-06T00:00:00.000Z');
  });
});

describe('a feed as it is met', () => {
  async function titles(source: string): Promise<readonly string[]> {
    const posts = await feedItems(source, BASE, { exactTime: true });
    return posts.map(({ title }) => title);
  }
  const two = item('<title>A</title>') + item('<title>B</title>');

  test.each([
    ['a style sheet', '<?xml version="1.0"?>\n<?xml-stylesheet href="/f.xsl"?>\n'],
    ['a document type', '<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://n.example/r.dtd">'],
    ['blank lines and a comment', '\n\n<!-- made by hand -->\n'],
    ['a byte order mark', '\uFEFF'],
  ])('a feed as it is met is known behind %s', async (_what, before) => {
    const source = `${before}<rss version="2.0"><channel>${two}</channel></rss>`;
    expect(isFeed(source)).toBe(true);
    expect(await titles(source)).toEqual(['A', 'B']);
  });

  test('a feed as it is met is known behind a prefix, and without a version', async () => {
    const atom =
      '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:id>1</a:id><a:title>A</a:title></a:entry></a:feed>';
    expect(isFeed(atom)).toBe(true);
    expect(await titles(atom)).toEqual(['A']);
    expect(await titles(`<rss><channel>${two}</channel></rss>`)).toEqual(['A', 'B']);
  });

  test('a feed as it is met is no page and no text', () => {
    for (const source of [
      '<!doctype html><html><body>feed</body></html>',
      '# rss',
      '{"items": []}',
    ])
      expect(isFeed(source)).toBe(false);
  });

  test.each([
    ['a tag that never closes', '<title>Bad</title><description><b>x</description>'],
    ['a stray bracket', '<title>Bad</title><description>a < b</description>'],
    ['an attribute without quotes', '<title>Bad</title><x y=z/>'],
  ])('a feed as it is met loses one entry to %s, and no other', async (_what, bad) => {
    const read = await titles(rss(item('<title>A</title>') + item(bad) + item('<title>B</title>')));
    expect(read.filter((title) => title !== 'Bad')).toEqual(['A', 'B']);
  });

  test('a feed as it is met that was cut off is refused, whatever stood before', async () => {
    const source = rss(two.repeat(10));
    await expect(titles(source.slice(0, -40))).rejects.toMatchObject({ kind: 'malformed' });
  });

  test('a feed as it is met may hold bare ampersands, names of HTML and characters XML does not know', async () => {
    const source = rss(
      item('<title>Q&A with R&D</title><link>https://example.org/?a=1&b=2</link>') +
        item('<title>Caf&eacute;&nbsp;\u0001news</title>') +
        item('<title><![CDATA[A & B]]></title>'),
    );
    expect(await titles(source)).toEqual(['Q&A with R&D', 'Café news', 'A & B']);
    const [first] = await feedItems(source, BASE);
    expect(first?.url).toBe('https://example.org/?a=1&b=2');
  });

  test('a feed as it is met means the text of a title as its format says', async () => {
    const atom = (title: string) =>
      `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id>${title}</entry></feed>`;
    const cases = [
      ['<title type="text">Use &lt;b&gt; &amp;amp; go</title>', 'Use <b> &amp; go'],
      ['<title type="html">Use &lt;b&gt;it&lt;/b&gt; &amp;amp; go</title>', 'Use it & go'],
      [
        '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Use <em>it</em> now</div></title>',
        'Use it now',
      ],
      ['<title>The &lt;script&gt; tag</title>', 'The <script> tag'],
    ] as const;
    for (const [title, expected] of cases) expect(await titles(atom(title))).toEqual([expected]);
    expect(
      await titles(rss(item('<title>&lt;gpt-5.5&gt; is &lt;i&gt;out&lt;/i&gt;</title>'))),
    ).toEqual(['<gpt-5.5> is out']);
  });

  test('a feed as it is met gives entries that share a guid their addresses as keys', async () => {
    const entry = (name: string) =>
      item(`<title>${name}</title><link>https://example.org/${name}</link><guid>same</guid>`);
    const posts = await feedItems(rss(entry('a') + entry('b') + entry('a')), BASE);
    expect(posts.map(({ key }) => key)).toEqual(['https://example.org/a', 'https://example.org/b']);
  });

  test('a feed as it is met names an entry without a title by its first sentence', async () => {
    expect(
      await titles(rss(item('<description>GPT-5.5 is out. More soon.</description>'))),
    ).toEqual(['GPT-5.5 is out.']);
  });

  test('a feed as it is met makes links whole by the base it gives', async () => {
    const source =
      '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://other.example/blog/"><entry><id>1</id><title>A</title><link href="a"/></entry><entry xml:base="https://third.example/"><id>2</id><title>B</title><link href="b"/></entry></feed>';
    expect((await feedItems(source, BASE)).map(({ url }) => url)).toEqual([
      'https://other.example/blog/a',
      'https://third.example/b',
    ]);
  });

  const ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://other.example/"><entry';

  test.each([
    [
      'the base of its entry, within that of the feed',
      `${ATOM} xml:base="posts/"><id>1</id><title>A</title><link href="a"/></entry></feed>`,
    ],
    [
      'the base of its link',
      `${ATOM}><id>1</id><title>A</title><link xml:base="/posts/" href="a"/></entry></feed>`,
    ],
    [
      'the base of its channel',
      '<rss version="2.0"><channel xml:base="https://other.example/posts/"><item><title>A</title><link>a</link></item></channel></rss>',
    ],
    [
      'the site of its channel',
      '<rss version="2.0"><channel><link>https://other.example/posts/</link><item><title>A</title><link>a</link></item></channel></rss>',
    ],
    [
      'the relation of its link',
      `${ATOM}><id>1</id><title>A</title><link rel="enclosure" href="/a.mp3"/><link rel="self" href="/b"/><link href="/posts/a"/></entry></feed>`,
    ],
    [
      'a link of Atom in RSS',
      '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><item><title>A</title><atom:link rel="alternate" href="https://other.example/posts/a"/></item></channel></rss>',
    ],
  ])('a feed as it is met leads to its page by %s', async (_what, source) => {
    expect((await feedItems(source, BASE)).map(({ url }) => url)).toEqual([
      'https://other.example/posts/a',
    ]);
  });

  test('a feed as it is met may be a JSON Feed', async () => {
    const source = JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      items: [
        {
          ...{ id: 7, url: '/a', title: 'A < B', content_html: '<p>One</p><p>Two</p>' },
          ...{ date_published: '2026-11-20T10:00:00+01:00', tags: ['API', 3] },
          authors: [{ name: 'Jane' }],
        },
        { id: '8', content_text: 'Said <b>so</b>.' },
        null,
      ],
    });
    const [a, b, ...more] = await feedItems(source, BASE, { exactTime: true });
    expect(more).toEqual([]);
    expect(a).toMatchObject({
      ...{ key: '7', title: 'A < B', text: 'A < B\n\nOne\n\nTwo', url: 'https://example.org/a' },
      published: { from: '2026-11-20T09:00:00.000Z' },
      fields: { categories: ['API'], author: 'Jane' },
    });
    expect(b).toMatchObject({ key: '8', title: 'Said <b>so</b>.' });
  });

  test.each([
    ['Fri, 20 Nov 2026 10:00:00 EST', '2026-11-20T15:00:00.000Z'],
    ['Wed, 18 Nov 2026 8:30:00 GMT', '2026-11-18T08:30:00.000Z'],
    ['Mon, 20 Nov 2026 10:00 +0000', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20 10:00:00 +0100', '2026-11-20T09:00:00.000Z'],
    ['Friday, November 20, 2026 at 10:00 AM PST', '2026-11-20T18:00:00.000Z'],
    ['20 Nov 2026', '2026-11-20'],
  ])('a feed as it is met dates an entry of %s', async (date, expected) => {
    const [post] = await feedItems(rss(item(`<title>A</title><pubDate>${date}</pubDate>`)), BASE, {
      exactTime: true,
    });
    expect(post?.published?.from).toBe(expected);
  });
});

test.each([
  ['an empty body', '', 'empty'],
  ['a page', '<!doctype html><html><body><p>Please wait</p></body></html>', 'malformed'],
  ['a feed cut off in the middle', rss(item('<title>A</title>')).slice(0, 70), 'malformed'],
  ['JSON', '{"items":[]}', 'malformed'],
  ['another kind of XML', '<urlset></urlset>', 'malformed'],
  ['a feed without a channel', '<rss version="2.0"></rss>', 'malformed'],
])('no feed: %s is an error', async (_name, source, kind) => {
  await expect(feedItems(source, BASE)).rejects.toMatchObject({ name: 'ExtractError', kind });
});
