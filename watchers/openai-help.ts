import { type Section, sectionsOf } from '../src/core/document/sections.ts';
import { itemText, lineBlock, plainText } from '../src/core/document/text.ts';
import { canonicalUrl, localeOf } from '../src/core/extract/canonical-url.ts';
import { dateOf } from '../src/core/extract/dates.ts';
import { unreadable } from '../src/core/extract/failure.ts';
import { one, openPage, readHtml } from '../src/core/extract/html.ts';
import { whole } from '../src/core/extract/read-blocks.ts';
import { textOf } from '../src/core/extract/text.ts';
import { distinctKeys, headline, oneLine, slug } from '../src/core/extract/tidy.ts';
import { type Block, defineWatcher, type Interval, type Item } from '../src/watch/define.ts';

const ARTICLES = 'https://help.openai.com/en/articles/';
/** GPT Image API, and the release notes of models, of ChatGPT, and of its plans for organisations and schools. */
const USUAL = [
  '11128753',
  '9624314-model-release-notes',
  '6825453-chatgpt-release-notes',
  '10128477-chatgpt-enterprise-edu-release-notes',
];
const BODY = ['.article-content', 'article', 'main'];
/** `Updated: 7 days ago` says nothing about what changed, and changes every day. */
const STAMP = /^(last )?updated\b.{0,40}$/i;

/** An article of dated entries: the date stands in the heading, at its end, or in a heading of its own. */
interface Entry {
  /** Null for a part without a date among dated ones. */
  date: Interval | null;
  title: string;
  level: number;
  blocks: Block[];
}

interface Reading {
  /** The heading that is a date, under which entries stand. */
  above: { date: Interval; level: number } | null;
  entries: Entry[];
}

export default defineWatcher({
  version: 2,
  about:
    'Articles of the help centre: a sentence that says what ChatGPT or the API offers proves that for its surface; they lag, so their silence proves nothing.',
  kind: 'help',
  vendor: 'openai',
  facets: ['documented', 'product_available', 'capability', 'deprecated', 'retired'],
  every: '1h',
  coverage: 'rolling',
  shape: { landmarks: [], share: 0.5 },
  targets: ({ pages }) =>
    (pages.length > 0 ? pages : USUAL.map((article) => `${ARTICLES}${article}`)).map((url) => ({
      url,
    })),
  // A copy in another language is not the article itself.
  owns: (url) =>
    url.hostname === 'help.openai.com' &&
    /^\/en(-us)?\/articles\/\d+/i.test(url.pathname) &&
    localeOf(url) !== null,
  async extract(capture) {
    const url = canonicalUrl(capture.finalUrl);
    const page = openPage(whole(textOf(capture.body, capture.contentType)));
    const title = oneLine(one(page, 'title', 'main h1', 'article h1', 'h1', 'title').text());
    const body = readHtml(one(page, 'article text', ...BODY)).filter((block) => !isStamp(block));
    if (body.length === 0) throw unreadable('no-match', 'The article holds no text.');
    const entries = datedEntries(sectionsOf(body));
    if (entries.length === 0) return [articleOf(url, title, body)];
    // The newest stand at the top: an older entry keeps its key when another is put above it.
    return distinctKeys(entries.map((entry) => itemOf(url, entry)).reverse()).toReversed();
  },
});

function isStamp({ text }: Block): boolean {
  return STAMP.test(text);
}

function articleOf(url: string, title: string, body: readonly Block[]): Item {
  const text = plainText(body);
  return {
    key: url,
    kind: 'article',
    title,
    ...itemText(text.startsWith(title) ? body : [lineBlock(title, 'heading'), ...body]),
    url,
    published: null,
    fields: {},
  };
}

/** The entries of release notes; none when the article is not dated. */
function datedEntries(sections: readonly Section[]): readonly Entry[] {
  const reading: Reading = { above: null, entries: [] };
  for (const section of sections) readSection(reading, section);
  return reading.entries;
}

function readSection(reading: Reading, section: Section): void {
  const { level, blocks, title: heading } = section;
  const [, title = heading, ending = ''] = /^(.*\S)\s*\(([^()]+)\)\s*$/.exec(heading) ?? [];
  const ended = dayOf(ending);
  const date = dayOf(heading);
  if (ended !== null) {
    reading.above = null;
    reading.entries.push({ date: ended, title, level, blocks: [...blocks] });
  } else if (date !== null) {
    reading.above = { date, level };
    if (blocks.length > 0) reading.entries.push(untitled(date, section));
  } else continueEntry(reading, section);
}

function dayOf(text: string): Interval | null {
  const date = dateOf(text);
  return date?.precision === 'day' ? date : null;
}

/** What stands right under a date, before any heading of its own. */
function untitled(date: Interval, section: Section): Entry {
  const first = section.blocks.find(({ kind }) => kind !== 'cell');
  const title = first === undefined ? section.title : headline(first.text);
  return { date, title, level: section.level, blocks: [...section.blocks] };
}

/** A heading without a date is a part of the entry that is open, or opens one under the date above it. */
function continueEntry({ above, entries }: Reading, section: Section): void {
  const open = entries.at(-1);
  const { level, heading, title, blocks } = section;
  const startsUnder = above?.level ?? 0;
  if (open !== undefined && level > open.level && open.level > startsUnder) {
    open.blocks.push(...(heading === null ? [] : [heading]), ...blocks);
  } else if (open !== undefined || (above !== null && level > above.level)) {
    const date = above !== null && level > above.level ? above.date : null;
    entries.push({ date, title, level, blocks: [...blocks] });
  }
}

function itemOf(url: string, entry: Entry): Item {
  return {
    key: [entry.date?.from ?? 'undated', slug(entry.title)].join('/'),
    kind: 'article',
    title: entry.title,
    ...itemText(blocksOf(entry)),
    url,
    published: entry.date,
    fields: {},
  };
}

/** An entry's text opens with its title, unless the title was taken from its first sentence. */
function blocksOf({ title, blocks }: Entry): readonly Block[] {
  const isOpening = plainText(blocks).startsWith(title.replace(/…$/, ''));
  return isOpening && blocks.length > 0 ? blocks : [lineBlock(title, 'heading'), ...blocks];
}
