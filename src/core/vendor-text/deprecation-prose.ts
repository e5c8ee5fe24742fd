import type { Item } from '../../domain/item.ts';
import { isUnreal } from './assertion.ts';
import { endingTables } from './ending-tables.ts';
import { endingStatements } from './endings.ts';
import { withItems } from './list-quotes.ts';
import { readItemText } from './reading.ts';
import { fieldOf, onceEach, type PrimaryContext, type PrimaryStatement } from './statement.ts';

/** What a part of a page of deprecations says beside the rows that its watcher reads. */
export function deprecationProse(item: Item, context: PrimaryContext): readonly PrimaryStatement[] {
  const isRow = ['shutdown', 'ids', 'living'].some((name) => fieldOf(item, name).length > 0);
  return isRow ? [] : endsIn(item, context);
}

/** A page of deprecations tells of ends, in its tables and its prose, and of nothing else. */
export function endsIn(item: Item, context: PrimaryContext): readonly PrimaryStatement[] {
  const reading = readItemText(item, context);
  if (reading.mentions.length === 0 || isUnreal(reading)) return [];
  const artefact = item.published === null ? ('page' as const) : ('permanent' as const);
  return withItems(
    reading,
    onceEach([...endingTables(item, context, artefact), ...endingStatements(reading, artefact)]),
  );
}
