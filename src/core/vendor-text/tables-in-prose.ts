import type { PlacedBlock } from '../../domain/document.ts';
import type { Item } from '../../domain/item.ts';
import { type Day, dayOf } from '../../domain/time.ts';
import { type Table, type TableRow, tablesOf } from '../document/tables.ts';
import { calendarDay, dayPoint, statedDay } from '../extract/dates.ts';
import { oneLine } from '../extract/tidy.ts';
import type { Words } from '../language/sentence-parts.ts';
import type { Mention } from '../names/mention.ts';
import { foldText } from '../text/characters.ts';
import { isOfModel, namesIn } from './named-models.ts';
import { FIGURE } from './prices.ts';
import { type PrimaryContext, type PrimaryStatement, type Said, statementOf } from './statement.ts';

/** A name in plain words before an empty bracket. */
const NAME_OF = /^\p{Lu}[\p{L}\d. -]{0,40}\(\s*\)$/u;

/** The tables of an item, as it lies. */
function tablesIn({ document }: Item): readonly Table[] {
  return tablesOf((document?.blocks ?? []).filter(({ kind }) => kind === 'cell'));
}

/** Whether what a column or a heading is called holds a phrase of a class. */
function isCalled(words: Words, names: readonly string[], wordClass: string): boolean {
  return names.some((name) => {
    const list = wordsIn(name);
    return list.some((_, at) => words.phraseAt(list, at, wordClass) > 0);
  });
}

function wordsIn(text: string): readonly string[] {
  return foldText(text).match(/[\p{L}\d]+/gu) ?? [];
}

/**
 * Whether a table is of one use of models (batch, fine-tuning): its prices are other ones, and what ends there says nothing of
 * the models.
 */
function isOfUse({ caption, rows }: Table, words: Words): boolean {
  const headings = [caption, ...(rows[0]?.cells[0]?.path.slice(-1) ?? [])];
  return isCalled(words, headings, 'uses');
}

/** The first column but one that is called by a phrase of a class; -1 for none. */
function columnNamed({ columns }: Table, words: Words, wordClass: string, but = -1): number {
  return columns.findIndex(
    (names, column) => column !== but && isCalled(words, names.slice(-1), wordClass),
  );
}

/** The column of the models: of several that are called so, the one that gives ids; -1 for none. */
function modelColumn(table: Table, context: PrimaryContext): number {
  const { words } = context.english;
  const called = table.columns.flatMap((names, column) =>
    isCalled(words, names.slice(-1), 'model-columns') &&
    !isCalled(words, names.slice(-1), 'instead-columns')
      ? [column]
      : [],
  );
  const giving = called.find((column) =>
    table.rows.some(({ cells }) => modelsOfCell(cells[column]?.text ?? '', context).some(isId)),
  );
  return giving ?? called[0] ?? -1;
}

function isId({ text, subject }: Mention): boolean {
  return /[\d-]/.test(text) && text.toLowerCase() === subject;
}

/**
 * The models a cell is about: its ids where it gives any, else its names. A cell with other words ("Fine-tuning of x") is
 * about something else.
 */
function modelsOfCell(text: string, context: PrimaryContext): readonly Mention[] {
  const { words } = context.english;
  const found = namesIn(text, context).filter((one) => isOfModel(one, context));
  const rest = found
    .toReversed()
    .reduce((left, { span }) => left.slice(0, span[0]) + left.slice(span[1]), text);
  const ids = found.filter(isId);
  const isOther = wordsIn(rest).some((word) => !words.is(word, 'articles', 'joints', 'models'));
  // "Pixtral Large (`pixtral-large-2411`)": a name nobody knows, with its id.
  const isNamed = ids.length === 1 && found.length === 1 && NAME_OF.test(rest.trim());
  if (isOther && !(isNamed && !isCalled(words, [rest], 'uses'))) return [];
  return ids.length > 0 ? ids : found;
}

/** Where a row stands in the text of its item. */
function spanOfRow({ cells }: TableRow): Said['span'] {
  const places = cells.filter((cell): cell is PlacedBlock => 'start' in cell);
  return [Math.min(...places.map(({ start }) => start)), Math.max(...places.map(({ end }) => end))];
}

const SLASHED = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;

/**
 * The days of a column, its dates with slashes among them (`06/30/2026`). One alone is two days in two countries: what order
 * a column keeps is known by those of it that only one order allows, and where none does, they are no days.
 * @public
 */
export function daysOfColumn(texts: readonly string[]): readonly (Day | null)[] {
  const parts = texts.map((text) => SLASHED.exec(text.trim()));
  const isMonthFirst = parts.some((part) => Number(part?.[2]) > 12);
  const isDayFirst = parts.some((part) => Number(part?.[1]) > 12);
  return texts.map((text, at) => {
    const part = parts[at];
    if (part == null) return statedDay(text);
    if (isMonthFirst === isDayFirst) return null;
    const [first, second, year] = part.slice(1).map(Number);
    const [month = 0, day = 0] = isMonthFirst ? [first, second] : [second, first];
    return calendarDay(year ?? 0, month, day);
  });
}

/** What tables say of the end of models: a row with its day, a state, a model that has no end yet. */
export function endingTables(item: Item, context: PrimaryContext): readonly PrimaryStatement[] {
  return tablesIn(item).flatMap((table) => rowsOf(item, table, context));
}

function rowsOf(item: Item, table: Table, context: PrimaryContext): readonly PrimaryStatement[] {
  const { words } = context.english;
  const model = modelColumn(table, context);
  const end = columnNamed(table, words, 'end-columns', model);
  const isOfLiving = columnNamed(table, words, 'living-columns', model) >= 0;
  const notice = columnNamed(table, words, 'notice-columns');
  const state = columnNamed(table, words, 'state-columns');
  if (model < 0 || end < 0 || isOfUse(table, words)) return [];
  const textsAt = (column: number): readonly string[] =>
    table.rows.map(({ cells }) => oneLine(cells[column]?.text ?? ''));
  const days = daysOfColumn(textsAt(end).map((text) => text.replace(/\s*\([^)]*\)$/, '')));
  const [ends, notices, states] = [textsAt(end), textsAt(notice), textsAt(state)];
  return table.rows.flatMap((row, at) => {
    const is = (text: string | undefined, wordClass: string): boolean =>
      isCalled(words, [text ?? ''], wordClass);
    const isGone = is(states[at], 'ended-states');
    const standing: Standing = {
      ...{ day: days[at] ?? null, isGone },
      isLiving: !isGone && (isOfLiving || is(states[at], 'living-states')),
      isDeprecated: is(states[at], 'deprecated-states'),
      denies: [
        ...(is(notices[at], 'no-days') ? (['deprecated'] as const) : []),
        ...(is(ends[at], 'no-ends') ? (['retired'] as const) : []),
      ],
    };
    const facets = facetsOf(standing, dayOf(context.at));
    const said = { span: spanOfRow(row), rule: 'table.end' };
    return modelsOfCell(row.cells[model]?.text ?? '', context).flatMap(({ subject, claimed }) =>
      facets.map((facet) =>
        statementOf(item, { ...said, subject, aliasClaimed: claimed, ...facet }),
      ),
    );
  });
}

/** How a row says that its models stand. */
interface Standing {
  day: Day | null;
  isGone: boolean;
  isLiving: boolean;
  isDeprecated: boolean;
  denies: readonly ('deprecated' | 'retired')[];
}

type Told = Pick<Said, 'facet' | 'polarity' | 'validTime'>;

function facetsOf(
  { day, isGone, isLiving, isDeprecated, denies }: Standing,
  today: Day,
): readonly Told[] {
  const living: readonly Told[] = isLiving ? [{ facet: 'documented' }] : [];
  if (day !== null || isGone) {
    const validTime = day === null ? null : dayPoint(day);
    return [
      { facet: 'deprecated' },
      { facet: 'retired', validTime },
      ...(day !== null && day > today ? living : []),
    ];
  }
  return [
    ...living,
    ...(isDeprecated ? [{ facet: 'deprecated' } as const] : []),
    ...denies.map((facet) => ({ facet, polarity: 'deny' as const })),
  ];
}

/**
 * What tables say of prices: a row a model, or a column a model. Of others than the item is about (`of`), a table only gives
 * what they are compared with.
 */
export function priceTables(
  item: Item,
  context: PrimaryContext,
  of: ((subject: string) => boolean) | null,
): readonly PrimaryStatement[] {
  return tablesIn(item)
    .filter((table) => !isOfUse(table, context.english.words))
    .flatMap((table) => [...byRow(table, context), ...byColumn(table, context)])
    .filter(({ subject }) => of === null || of(subject))
    .map((said) => statementOf(item, { ...said, facet: 'priced', rule: 'table.price' }));
}

type Priced = Pick<Said, 'subject' | 'span' | 'aliasClaimed'>;

function byRow(table: Table, context: PrimaryContext): readonly Priced[] {
  return table.rows.flatMap((row) => {
    const [first, ...rest] = row.cells;
    return rest.some(({ text }) => FIGURE.test(text)) ? pricedAt(row, first?.text, context) : [];
  });
}

function byColumn(table: Table, context: PrimaryContext): readonly Priced[] {
  return table.columns.flatMap((names, column) => {
    const row = table.rows.find(({ cells }) => FIGURE.test(cells[column]?.text ?? ''));
    return row === undefined || column === 0 ? [] : pricedAt(row, names.at(-1), context);
  });
}

function pricedAt(
  row: TableRow,
  cell: string | undefined,
  context: PrimaryContext,
): readonly Priced[] {
  const span = spanOfRow(row);
  return modelsOfCell(cell ?? '', context).map(({ subject, claimed: aliasClaimed }) => ({
    ...{ subject, span, aliasClaimed },
  }));
}
