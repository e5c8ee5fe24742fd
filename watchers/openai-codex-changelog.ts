import { itemText, lineBlock, plainText } from '../src/core/document/text.ts';
import { htmlTwin } from '../src/core/extract/canonical-url.ts';
import { dayHeading, looksLikeDate } from '../src/core/extract/date-headings.ts';
import { dayPoint, type Month, monthHeading, statedDay } from '../src/core/extract/dates.ts';
import { unreadable } from '../src/core/extract/failure.ts';
import { readBlocks } from '../src/core/extract/read-blocks.ts';
import { distinctKeys, headline, slug } from '../src/core/extract/tidy.ts';
import { type Block, defineWatcher, type Interval, type Item } from '../src/watch/define.ts';

const PAGE = 'https://developers.openai.com/codex/changelog';
/** Each entry of the page is an article of its own, so the text is the whole of what holds them. */
const MAIN = ['main', '[role="main"]', 'body'];
const LONGEST_DATE = 40;

interface Entry {
  published: Interval;
  title: string;
  /** Of its title's heading; null for an entry without one. */
  level: number | null;
  body: Block[];
}

interface Reading {
  month: Month | null;
  day: Interval | null;
  open: Entry | null;
  entries: Entry[];
}

export default defineWatcher({
  version: 1,
  about:
    'The changelog of Codex: an entry that says a model is out or can be used in Codex proves that on its day; for the API its word is no proof, and releases of the CLI prove nothing.',
  kind: 'article',
  vendor: 'openai',
  facets: ['announced', 'product_available', 'capability', 'deprecated', 'retired'],
  every: '15m',
  coverage: 'rolling',
  shape: { landmarks: [/20\d\d/], share: 0.5 },
  targets: ({ pages }) => [`${PAGE}.md`, ...pages].map((url) => ({ url })),
  twin: htmlTwin,
  // It has moved to the guides of ChatGPT; the old address sends readers there.
  owns: (url) =>
    (url.hostname === 'developers.openai.com' &&
      /^\/codex\/changelog(\.md|\/)?$/.test(url.pathname)) ||
    (url.hostname === 'learn.chatgpt.com' && /^\/docs\/changelog(\.md|\/)?$/.test(url.pathname)),
  async extract(capture) {
    const reading: Reading = { month: null, day: null, open: null, entries: [] };
    for (const block of readBlocks(capture, MAIN)) readBlock(reading, block);
    const entries = reading.entries.filter(({ title, body }) => title !== '' || body.length > 0);
    if (entries.length === 0)
      throw unreadable(
        'no-match',
        'The changelog shows no dated entry. Its layout may have changed.',
      );
    // The newest stand at the top: an older entry keeps its key when another is put above it.
    return distinctKeys(entries.map(itemOf).reverse()).toReversed();
  },
});

function readBlock(reading: Reading, block: Block): void {
  if (takeDate(reading, block) || reading.day === null) return;
  const { open, day, entries } = reading;
  const isHeading = block.kind === 'heading';
  if (open !== null && !(isHeading && block.level <= (open.level ?? block.level))) {
    open.body.push(block);
    return;
  }
  reading.open = {
    published: day,
    title: isHeading ? block.text : '',
    level: isHeading ? block.level : null,
    body: isHeading ? [] : [block],
  };
  entries.push(reading.open);
}

/** Days stand above their entries, as headings in Markdown and as lines in HTML, in full or under a heading of their month. */
function takeDate(reading: Reading, block: Block): boolean {
  if (block.kind === 'cell' || block.kind === 'code' || block.text.length > LONGEST_DATE)
    return false;
  const month = monthHeading(block.text);
  const stated = statedDay(block.text);
  const inMonth = reading.month === null ? null : dayHeading(block.text, reading.month);
  const day = stated === null ? inMonth : dayPoint(stated);
  if (month === null && day === null) {
    if (block.kind === 'heading') refuseUnreadDate(block.text);
    return false;
  }
  reading.month = month ?? reading.month;
  reading.day = day;
  reading.open = null;
  return true;
}

/** What stands under a date nobody can read would be told with the date above it: the page is not read. */
function refuseUnreadDate(heading: string): void {
  if (!looksLikeDate(heading)) return;
  throw unreadable(
    'shape',
    `The heading "${heading}" is a date that cannot be read, or one of another month. Its layout may have changed.`,
  );
}

function itemOf({ published, title, body }: Entry): Item {
  const named = title === '' ? headline(plainText(body)) : title;
  return {
    key: [published.from, slug(named)].join('/'),
    kind: 'article',
    title: named,
    ...itemText(title === '' ? body : [lineBlock(title, 'heading'), ...body]),
    url: PAGE,
    published,
    fields: {},
  };
}
