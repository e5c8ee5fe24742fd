import type { Item } from '../../domain/item.ts';
import type { Table } from '../document/tables.ts';
import { FIGURE } from './prices.ts';
import { type PrimaryContext, type PrimaryStatement, type Said, statementOf } from './statement.ts';
import { isOfUse, modelsOfCell, spanOfRow, tablesIn } from './table-columns.ts';

/**
 * What tables say of prices: a row a model, or a column a model. Of others than the item is about (`of`), a table only gives
 * what they are compared with.
 */
export function priceTables(
  item: Item,
  context: PrimaryContext,
  artefact: Said['artefact'],
  of: ((subject: string) => boolean) | null,
): readonly PrimaryStatement[] {
  return tablesIn(item)
    .filter((table) => !isOfUse(table, context.english.words))
    .flatMap((table) => [...byRow(table, context), ...byColumn(table, context)])
    .filter(({ subject }) => of === null || of(subject))
    .map((said) => statementOf(item, { ...said, facet: 'priced', artefact, rule: 'table.price' }));
}

type Priced = Pick<Said, 'subject' | 'span' | 'aliasClaimed'>;

function byRow(table: Table, context: PrimaryContext): readonly Priced[] {
  return table.rows.flatMap((row) => {
    const [first, ...rest] = row.cells;
    if (!rest.some(({ text }) => FIGURE.test(text))) return [];
    return modelsOfCell(first?.text ?? '', context).map(({ subject, claimed }) => ({
      ...{ subject, span: spanOfRow(row), aliasClaimed: claimed },
    }));
  });
}

function byColumn(table: Table, context: PrimaryContext): readonly Priced[] {
  return table.columns.flatMap((names, column) => {
    const row = table.rows.find(({ cells }) => FIGURE.test(cells[column]?.text ?? ''));
    if (row === undefined || column === 0) return [];
    return modelsOfCell(names.at(-1) ?? '', context).map(({ subject, claimed }) => ({
      ...{ subject, span: spanOfRow(row), aliasClaimed: claimed },
    }));
  });
}
