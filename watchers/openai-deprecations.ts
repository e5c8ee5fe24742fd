import { LINES } from '../src/core/document/layout.ts';
import { type Section, sectionsOf } from '../src/core/document/sections.ts';
import { columnOf, type TableRow, tablesOf } from '../src/core/document/tables.ts';
import { codesOf, itemText, lineBlock, plainText } from '../src/core/document/text.ts';
import { htmlTwin } from '../src/core/extract/canonical-url.ts';
import { dateOf, statedDay } from '../src/core/extract/dates.ts';
import { readBlocks } from '../src/core/extract/read-blocks.ts';
import { distinctKeys, foldHyphens, oneLine, slug } from '../src/core/extract/tidy.ts';
import { type Block, defineWatcher, type Interval, type Item } from '../src/watch/define.ts';

const PAGE = 'https://developers.openai.com/api/docs/deprecations';
const SHUTDOWN = /shut ?down|sunset|retire|removal/i;
const SYSTEM = /model|system|endpoint|snapshot/i;
const REPLACEMENT = /replacement|substitute/i;
/** The date before a title, or in brackets behind it. */
const HEADED = /^([^:]{6,30}?)(?::|\s[-–—]\s)|\(([^()]{6,30})\)\s*$/;
/** A row that says by its date that nothing ends: it is about no model. */
const NO_END =
  /^(?:not (?:deprecated|planned|scheduled|applicable)|no (?:date|plans?|shut ?down)|none|n\/?a|active|supported|[-–—]*)$|\b(?:cancell?ed|called off|withdrawn|revoked|reversed|postponed indefinitely)\b/i;
/** A floor, and no date: the end comes then or later. */
const FLOOR =
  /^(?:at )?(?:the )?(?:earliest|not before|(?:not|no) (?:earlier|sooner) than|on or after|after)\b:?\s+(?:on )?/i;
const ID = /^[a-z][\w.:-]*$/i;
/** Words that may stand between ids without making the row about something else. */
const BETWEEN =
  /\b(and|or|including|which|point|points|to|this|snapshot|alias|aliases|the|model|models)\b/gi;

interface Row extends TableRow {
  section: Section;
}

export default defineWatcher({
  version: 2,
  about:
    'The deprecations page of the API: a row proves that a model is deprecated, and when it is to be shut down; that it was shut down takes a later check.',
  kind: 'deprecations',
  vendor: 'openai',
  facets: ['deprecated', 'retired', 'documented'],
  every: '1h',
  coverage: 'rolling',
  shape: { landmarks: [/deprecat/i, /shut ?down date/i], share: 2 / 3 },
  targets: ({ pages }) => [`${PAGE}.md`, ...pages].map((url) => ({ url })),
  twin: htmlTwin,
  owns: (url) =>
    (url.hostname === 'developers.openai.com' &&
      /^\/api\/docs\/deprecations(\.md|\/)?$/.test(url.pathname)) ||
    (url.hostname === 'platform.openai.com' &&
      /^\/docs\/deprecations(\.md|\/)?$/.test(url.pathname)),
  async extract(capture) {
    const sections = sectionsOf(readBlocks(capture)).filter((section) => section.level >= 3);
    // The newest announcements stand at the top: an older row keeps its key when another is put above it.
    const items = sections
      .reverse()
      .flatMap((section) => [...rowsOf(section).map(rowItem), ...proseItem(section)]);
    return [...distinctKeys(items)].reverse();
  },
});

function rowsOf(section: Section): readonly Row[] {
  return tablesOf(section.blocks)
    .flatMap(({ rows }) => rows.map((row) => ({ ...row, section })))
    .filter(({ columns }) => columnOf(columns, SHUTDOWN) !== -1 && columnOf(columns, SYSTEM) !== -1)
    .filter((row) => textIn(row, SYSTEM) !== '');
}

function rowItem(row: Row): Item {
  const { section } = row;
  const system = textIn(row, SYSTEM);
  const shutdown = foldHyphens(textIn(row, SHUTDOWN));
  const earliest = FLOOR.exec(shutdown);
  const day = statedDay(shutdown.slice(earliest?.[0].length ?? 0));
  const ids = idsIn(cellOf(row, SYSTEM));
  const cells = new Set([...row.head, ...row.cells]);
  return {
    key: `${headingKey(section)}/${ids.length > 0 ? [...ids].sort().join('+') : slug(system)}`,
    kind: 'deprecation',
    title: `${system}: ${shutdown}`,
    ...itemText([lineBlock(section.title, 'heading'), ...cells], LINES),
    url: PAGE,
    published: announcedAt(section),
    fields: {
      ids: NO_END.test(shutdown) ? [] : ids,
      system,
      shutdown,
      ...(day !== null && earliest === null ? { shutdownDate: day } : {}),
      replacements: namesIn(cellOf(row, REPLACEMENT)),
    },
  };
}

function cellOf({ cells, columns }: TableRow, name: RegExp): Block {
  return cells[columnOf(columns, name)] ?? lineBlock('');
}

function textIn(row: TableRow, name: RegExp): string {
  return oneLine(cellOf(row, name).text);
}

/**
 * The ids a row is about. A cell of ids joined by bars, commas or words is about all of them; one with other words
 * ("New fine-tuning training on `x`") is about something else, and about no model.
 */
function idsIn(cell: Block): readonly string[] {
  const codes = new Set(codesOf(cell).flatMap(partsOf));
  const parts = partsOf(foldHyphens(cell.text).replace(BETWEEN, ' '));
  const isId = (part: string) => ID.test(part) && (codes.has(part) || /[\d-]/.test(part));
  return parts.every(isId) ? [...new Set(parts)] : [];
}

/** What is set as code is a name; of other words only those that look like an id. */
function namesIn(cell: Block): readonly string[] {
  const codes = codesOf(cell);
  const names =
    codes.length > 0
      ? codes.flatMap(partsOf)
      : foldHyphens(cell.text).split(/\s*(?:,|\bor\b|\band\b|\||\n)\s*/);
  return [...new Set(names)].filter(
    (name) => ID.test(name) && (codes.length > 0 || /[\d-]/.test(name)),
  );
}

function partsOf(text: string): string[] {
  return foldHyphens(text)
    .split(/[\s,|/()[\]&;]+/)
    .filter((part) => part !== '');
}

/** What a section says beside its rows, so that an edit of it is seen and sections without rows are kept. */
function proseItem(section: Section): readonly Item[] {
  const hasRows = rowsOf(section).length > 0;
  const prose = section.blocks.filter(({ kind }) => kind !== 'cell' || !hasRows);
  if (plainText(prose) === '') return [];
  return [
    {
      key: `section/${[headingDate(section), headingName(section)].filter((part) => part !== null).join('/')}`,
      kind: 'deprecation',
      title: section.title,
      ...itemText([lineBlock(section.title, 'heading'), ...prose]),
      url: PAGE,
      published: announcedAt(section),
      fields: { ids: [], system: section.title },
    },
  ];
}

/** `YYYY-MM-DD: title` or the like with the date at either end, in the heading itself or, for a part of an announcement, in the one above it. */
function headingDate(section: Section): string | null {
  const headings = [section.title, ...[...section.path].reverse()];
  for (const heading of headings) {
    const [, before = '', within = ''] = HEADED.exec(foldHyphens(heading)) ?? [];
    const date = statedDay(before || within);
    if (date !== null) return date;
  }
  return null;
}

function announcedAt(section: Section): Interval | null {
  const date = headingDate(section);
  return date === null ? null : dateOf(date);
}

function headingName(section: Section): string {
  return slug(section.title.replace(/^[\d\u2010-\u2012-]+\s*:\s*/, ''), 6);
}

/** Rows are known by the date of their announcement; a part of it, and one without a date, by its heading too. */
function headingKey(section: Section): string {
  const date = headingDate(section);
  if (date === null) return headingName(section);
  return section.level > 3 ? `${date}/${headingName(section)}` : date;
}
