import { htmlTwin } from '../src/core/extract/canonical-url.ts';
import { dateOf } from '../src/core/extract/dates.ts';
import {
  columnOf,
  type Inline,
  type Passage,
  plainText,
  rowText,
  type Section,
  sectionsOf,
  tablesOf,
} from '../src/core/extract/passages.ts';
import { readPassages } from '../src/core/extract/read-passages.ts';
import { distinctKeys, foldHyphens, oneLine, slug } from '../src/core/extract/tidy.ts';
import { defineWatcher, type Interval, type Item } from '../src/watch/define.ts';

const PAGE = 'https://developers.openai.com/api/docs/deprecations';
const SHUTDOWN = /shut ?down|sunset|retire|removal/i;
const SYSTEM = /model|system|endpoint|snapshot/i;
const REPLACEMENT = /replacement|substitute/i;
const ID = /^[a-z][\w.:-]*$/i;
/** Words that may stand between ids without making the row about something else. */
const BETWEEN =
  /\b(and|or|including|which|point|points|to|this|snapshot|alias|aliases|the|model|models)\b/gi;

interface Row {
  section: Section;
  header: readonly Inline[];
  cells: readonly Inline[];
}

export default defineWatcher({
  version: 1,
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
    const sections = sectionsOf(readPassages(capture)).filter((section) => section.level >= 3);
    // The newest announcements stand at the top: an older row keeps its key when another is put above it.
    const items = sections
      .reverse()
      .flatMap((section) => [...rowsOf(section).map(rowItem), ...proseItem(section)]);
    return [...distinctKeys(items)].reverse();
  },
});

function rowsOf(section: Section): readonly Row[] {
  return tablesOf(section.passages)
    .filter(({ header }) => columnOf(header, SHUTDOWN) !== -1 && columnOf(header, SYSTEM) !== -1)
    .flatMap(({ header, rows }) => rows.map((cells) => ({ section, header, cells })));
}

function rowItem(row: Row): Item {
  const system = cellOf(row, SYSTEM);
  const shutdown = foldHyphens(oneLine(cellOf(row, SHUTDOWN).text));
  const earliest = /^(?:at )?(?:the )?(?:earliest|not before|no earlier than)\s+/i.exec(shutdown);
  const date = dateOf(shutdown.slice(earliest?.[0].length ?? 0));
  const ids = idsIn(system);
  return {
    key: `${headingKey(row.section)}/${ids.length > 0 ? [...ids].sort().join('+') : slug(system.text)}`,
    kind: 'deprecation',
    title: `${system.text}: ${shutdown}`,
    text: [row.section.heading.text, rowText(row.header), rowText(row.cells)].join('\n'),
    url: PAGE,
    published: announcedAt(row.section),
    fields: {
      ids,
      system: system.text,
      shutdown,
      ...(date?.precision === 'day' && earliest === null ? { shutdownDate: date.from } : {}),
      replacements: namesIn(cellOf(row, REPLACEMENT)),
    },
  };
}

function cellOf(row: Row, name: RegExp): Inline {
  return row.cells[columnOf(row.header, name)] ?? { text: '', codes: [], links: [] };
}

/**
 * The ids a row is about. A cell of ids joined by bars, commas or words is about all of them; one with other words
 * ("New fine-tuning training on `x`") is about something else, and about no model.
 */
function idsIn(cell: Inline): readonly string[] {
  if (cell.codes.length === 0) return ID.test(cell.text) ? namesIn(cell) : [];
  let rest = cell.text;
  for (const code of cell.codes) rest = rest.replace(code, ' ');
  const isOnlyIds = !/[\p{L}\p{N}]/u.test(rest.replace(BETWEEN, ' '));
  return isOnlyIds ? namesIn(cell) : [];
}

/** What is set as code is a name; of other words only those that look like an id. */
function namesIn(cell: Inline): readonly string[] {
  const isCode = cell.codes.length > 0;
  const names = isCode ? cell.codes : cell.text.split(/\s*(?:,|\bor\b|\band\b|\|)\s*/);
  const plain = names.map((name) => name.replace(/\*+$/, '').trim());
  return [...new Set(plain)].filter((name) => ID.test(name) && (isCode || /[\d-]/.test(name)));
}

/** What a section says beside its rows, so that an edit of it is seen and sections without rows are kept. */
function proseItem(section: Section): readonly Item[] {
  const hasRows = rowsOf(section).length > 0;
  const prose = section.passages.filter((passage: Passage) => passage.kind !== 'table' || !hasRows);
  const text = plainText(prose);
  if (text === '') return [];
  return [
    {
      key: `section/${[headingDate(section), headingName(section)].filter((part) => part !== null).join('/')}`,
      kind: 'deprecation',
      title: section.heading.text,
      text: `${section.heading.text}\n\n${text}`,
      url: PAGE,
      published: announcedAt(section),
      fields: { ids: [], system: section.heading.text },
    },
  ];
}

/** `YYYY-MM-DD: title`, in the heading itself or, for a part of an announcement, in the one above it. */
function headingDate(section: Section): string | null {
  const headings = [section.heading.text, ...[...section.path].reverse()];
  for (const heading of headings) {
    const date = /^\d{4}-\d{2}-\d{2}(?=\s*:)/.exec(foldHyphens(heading))?.[0];
    if (date !== undefined) return date;
  }
  return null;
}

function announcedAt(section: Section): Interval | null {
  const date = headingDate(section);
  return date === null ? null : dateOf(date);
}

function headingName(section: Section): string {
  return slug(section.heading.text.replace(/^[\d\u2010-\u2012-]+\s*:\s*/, ''), 6);
}

/** Rows are known by the date of their announcement; a part of it, and one without a date, by its heading too. */
function headingKey(section: Section): string {
  const date = headingDate(section);
  if (date === null) return headingName(section);
  return section.level > 3 ? `${date}/${headingName(section)}` : date;
}
