import { itemText, lineBlock, plainText } from '../src/core/document/text.ts';
import { htmlTwin } from '../src/core/extract/canonical-url.ts';
import { dayHeading, looksLikeDate } from '../src/core/extract/date-headings.ts';
import { dayPoint, type Month, monthHeading, statedDay } from '../src/core/extract/dates.ts';
import { unreadable } from '../src/core/extract/failure.ts';
import { readBlocks } from '../src/core/extract/read-blocks.ts';
import { distinctKeys, headline, slug } from '../src/core/extract/tidy.ts';
import { type Block, defineWatcher, type Interval, type Item } from '../src/watch/define.ts';

const PAGE = 'https://developers.openai.com/api/docs/changelog';
const TYPE = /^(feature|update|fix|announcement|deprecation|new|change|bug ?fix)$/i;
const ROUTE = /^\/?v\d+\/[\w./{}-]+$/;
const ID = /^(?=.*\d)[a-z][\w.-]*$|^[a-z]+(-[a-z0-9.]+)+$/i;
const TAG_MARK = /\s*[·•]\s*/;

/** What is being read: the month and day above, and the entry that is open. */
interface Reading {
  month: Month | null;
  day: Interval | null;
  entry: Entry | null;
  entries: Entry[];
}

interface Entry {
  published: Interval;
  type: string;
  models: string[];
  apis: string[];
  body: Block[];
}

export default defineWatcher({
  version: 2,
  about:
    'The changelog of the API: an entry whose verb releases or removes a model, and whose tags or text hold its exact id, proves that on its day.',
  kind: 'changelog',
  vendor: 'openai',
  facets: ['announced', 'api_listed', 'deprecated', 'retired', 'priced', 'capability'],
  every: '5m',
  coverage: 'rolling',
  shape: {
    landmarks: [/(^## |<h[1-6][^>]*>|^)\s*\p{L}+,? \d{4}/mu],
    share: 2 / 3,
  },
  targets: ({ pages }) => [`${PAGE}.md`, ...pages].map((url) => ({ url })),
  twin: htmlTwin,
  owns: (url) =>
    (url.hostname === 'developers.openai.com' &&
      /^\/api\/docs\/changelog(\.md|\/)?$/.test(url.pathname)) ||
    (url.hostname === 'platform.openai.com' && /^\/docs\/changelog(\.md|\/)?$/.test(url.pathname)),
  async extract(capture) {
    const reading: Reading = { month: null, day: null, entry: null, entries: [] };
    for (const block of readBlocks(capture)) readBlock(reading, block);
    closeEntry(reading);
    // The page shows the newest first: of entries that would share a key, the oldest keeps it when another is put above it.
    return [...distinctKeys(reading.entries.reverse().map(itemOf))].reverse();
  },
});

/** Months and days are headings in Markdown and badges in HTML, so they are known by what they say, not by their level. */
function readBlock(reading: Reading, block: Block): void {
  const line = block.kind === 'cell' || block.kind === 'code' ? '' : block.text;
  if (line.length < 60 && readDate(reading, line)) return;
  if (block.kind === 'heading') refuseUnreadDate(line);
  if (reading.day === null) return;
  if (isTagLine(line)) {
    closeEntry(reading);
    reading.entry = entryOn(reading.day);
    for (const tag of line.split(TAG_MARK)) takeTag(reading.entry, tag);
    return;
  }
  reading.entry ??= entryOn(reading.day);
  if (reading.entry.body.length === 0 && takeTag(reading.entry, line)) return;
  reading.entry.body.push(block);
}

function readDate(reading: Reading, line: string): boolean {
  const month = monthHeading(line);
  const day = month === null ? dayOf(line, reading.month) : null;
  if (month === null && day === null) return false;
  closeEntry(reading);
  if (month !== null && reading.month !== null) refuseDisorder(reading.month, month);
  reading.month = month ?? reading.month;
  reading.day = day;
  return true;
}

/** A day under its month heading, or one that gives its month and year itself where there are no such headings. */
function dayOf(line: string, month: Month | null): Interval | null {
  if (month !== null) return dayHeading(line, month);
  const day = statedDay(line);
  return day === null ? null : dayPoint(day);
}

/** What stands under a date nobody can read would be told with the date above it: the page is not read. */
function refuseUnreadDate(line: string): void {
  if (!looksLikeDate(line)) return;
  throw unreadable(
    'shape',
    `The heading "${line}" is a date that cannot be read, or one of another month. Its layout may have changed.`,
  );
}

/**
 * Days have no year of their own, so an entry under the wrong heading would be dated wrongly: a page whose months do not go
 * back one after another is not read. In January people write the old year.
 */
function refuseDisorder(above: Month, below: Month): void {
  const isLater =
    below.year > above.year || (below.year === above.year && below.month > above.month);
  if (!isLater || (above.month === 1 && below.year === above.year)) return;
  throw unreadable(
    'malformed',
    `${below.year}-${below.month} stands below ${above.year}-${above.month}: the newest entries should stand first.`,
  );
}

function entryOn(published: Interval): Entry {
  return { published, type: '', models: [], apis: [], body: [] };
}

/** `Feature · Model: … · API: …`, or the type alone where a copy puts every tag on a line of its own. */
function isTagLine(line: string): boolean {
  return TYPE.test(line.split(TAG_MARK)[0] ?? '');
}

/** Tags say what they are (`Model: x`), or are known by their form in copies that drop the names. */
function takeTag(entry: Entry, text: string): boolean {
  const [, name, value] = /^(model|api|endpoint)s?:\s*(\S.*)$/i.exec(text) ?? [];
  if (name !== undefined && value !== undefined) {
    (name.toLowerCase() === 'model' ? entry.models : entry.apis).push(value.trim());
    return true;
  }
  if (TYPE.test(text)) entry.type = text;
  else if (ROUTE.test(text)) entry.apis.push(text);
  else if (ID.test(text)) entry.models.push(text);
  else return false;
  return true;
}

function closeEntry(reading: Reading): void {
  const { entry } = reading;
  reading.entry = null;
  if (entry !== null && (entry.body.length > 0 || entry.models.length > 0))
    reading.entries.push(entry);
}

function itemOf(entry: Entry): Item {
  const body = plainText(entry.body);
  const tags = [
    entry.type,
    ...entry.models.map((model) => `Model: ${model}`),
    ...entry.apis.map((api) => `API: ${api}`),
  ].filter((tag) => tag !== '');
  const about = entry.models.length > 0 ? [...entry.models].sort().join('+') : slug(body, 8);
  return {
    key: [entry.published.from, slug(entry.type) || 'entry', about].join('/'),
    kind: 'entry',
    title: headline(body) || tags.join(' · '),
    ...itemText([lineBlock(tags.join(' · ')), ...entry.body]),
    url: PAGE,
    published: entry.published,
    fields: { type: entry.type, models: entry.models, apis: entry.apis },
  };
}
