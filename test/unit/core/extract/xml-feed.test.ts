import fc from 'fast-check';
import { expect, test } from 'vitest';
import { xmlEntries } from '../../../../src/core/extract/xml-feed.ts';
import { textOf } from '../../../support/project-files.ts';

const ADDRESS = 'https://vendor.example/feed.xml';

function entry(n: number, inner = ''): string {
  return `<item><title>Story ${n}</title><link>/story-${n}</link><guid>g${n}</guid><description><![CDATA[<p>What <b>${n}</b> is.</p>]]></description><pubDate>Tue, 21 Apr 2026 12:00:00 GMT</pubDate>${inner}</item>`;
}

function feed(entries: readonly string[], head = ''): string {
  return `<?xml version="1.0"?><rss version="2.0"><channel><title><![CDATA[News <item>]]></title>${head}${entries.join('\n')}</channel></rss>`;
}

/** What a process reads that has never seen the feed: another address means nothing is known of it. */
let strangers = 0;
async function unknown(source: string): Promise<string> {
  strangers += 1;
  const read = await readingOf(source, `https://vendor.example/${strangers}/feed.xml`);
  return read.replaceAll(`/${strangers}/`, '/');
}

/** The entries, or why there are none. */
async function readingOf(source: string, address: string): Promise<string> {
  try {
    return JSON.stringify(await xmlEntries(source, address));
  } catch (error) {
    return String(error);
  }
}

const HEADS = [
  '',
  '<!-- <item><title>Gone</title><guid>gone</guid></item> -->',
  `<description><![CDATA[${entry(99)}]]></description>`,
  '<description><![CDATA[<item><title>Quoted</title><guid>quoted</guid></item>]]></description>',
];
const INNERS = [
  '',
  '<category>a</category>',
  '<media:x/>',
  '<description>two & more</description>',
  '<a></b>',
  '<![CDATA[</item>]]>',
];

test('a feed of which most entries were read before says what it says to whoever reads it for the first time', async () => {
  const numbers = fc.uniqueArray(fc.nat({ max: 40 }), { minLength: 1, maxLength: 30 });
  const states = fc.array(
    fc.tuple(numbers, fc.constantFrom(...HEADS), fc.constantFrom(...INNERS)),
    { minLength: 2, maxLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(states, async (all) => {
      for (const [some, head, inner] of all) {
        const entries = some.map((n) => entry(n, n % 7 === 0 ? inner : ''));
        const source = feed(entries, head);
        expect(await readingOf(source, ADDRESS)).toBe(await unknown(source));
      }
    }),
    { numRuns: 100 },
  );
});

test('a feed of which most entries were read before takes no entry from a comment or a text', async () => {
  for (const head of HEADS.filter((one) => !one.includes('g99'))) {
    const read = await xmlEntries(feed([entry(1)], head), ADDRESS);
    expect(read.map(({ key }) => key)).toEqual(['g1']);
  }
});

test.each([
  'test/fixtures/watchers/openai-news/launches.xml',
  'test/fixtures/watchers/openai-sdk-python/releases.atom',
])('a feed of which most entries were read before reads %s again as before', async (path) => {
  const source = await textOf(path);
  const first = await xmlEntries(source, 'https://again.example/feed.xml');
  expect(first.length).toBeGreaterThan(0);
  expect(await xmlEntries(source, 'https://again.example/feed.xml')).toEqual(first);
});
