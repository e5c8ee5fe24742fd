import type { PlacedBlock } from '../../domain/document.ts';
import type { Item } from '../../domain/item.ts';
import { type Table, type TableRow, tablesOf } from '../document/tables.ts';
import type { Words } from '../language/words.ts';
import type { Mention } from '../names/mention.ts';
import { foldText } from '../text/fold.ts';
import { isOfModel } from './about.ts';
import { namesIn, type PrimaryContext } from './statement.ts';

/** A name in plain words before an empty bracket. */
const NAME_OF = /^\p{Lu}[\p{L}\d. -]{0,40}\(\s*\)$/u;

/** The tables of an item, as it lies. */
export function tablesIn({ document }: Item): readonly Table[] {
  return tablesOf((document?.blocks ?? []).filter(({ kind }) => kind === 'cell'));
}

/** Whether what a column or a heading is called holds a phrase of a class. */
export function isCalled(words: Words, names: readonly string[], wordClass: string): boolean {
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
export function isOfUse({ caption, rows }: Table, words: Words): boolean {
  const headings = [caption, ...(rows[0]?.cells[0]?.path.slice(-1) ?? [])];
  return isCalled(words, headings, 'uses');
}

/** The first column but one that is called by a phrase of a class; -1 for none. */
export function columnNamed({ columns }: Table, words: Words, wordClass: string, but = -1): number {
  return columns.findIndex(
    (names, column) => column !== but && isCalled(words, names.slice(-1), wordClass),
  );
}

/** The column of the models: of several that are called so, the one that gives ids; -1 for none. */
export function modelColumn(table: Table, context: PrimaryContext): number {
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
export function modelsOfCell(text: string, context: PrimaryContext): readonly Mention[] {
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
export function spanOfRow({ cells }: TableRow): readonly [number, number] {
  const places = cells.filter((cell): cell is PlacedBlock => 'start' in cell);
  const starts = places.map(({ start }) => start);
  const ends = places.map(({ end }) => end);
  return [Math.min(...starts), Math.max(...ends)];
}
