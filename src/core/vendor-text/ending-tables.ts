import type { Item } from '../../domain/item.ts';
import { type Day, dayOf } from '../../domain/time.ts';
import type { Table } from '../document/tables.ts';
import { dayPoint } from '../extract/dates.ts';
import { daysOfColumn } from '../extract/slashed-dates.ts';
import { oneLine } from '../extract/tidy.ts';
import { type PrimaryContext, type PrimaryStatement, type Said, statementOf } from './statement.ts';
import {
  columnNamed,
  isCalled,
  isOfUse,
  modelColumn,
  modelsOfCell,
  spanOfRow,
  tablesIn,
} from './table-columns.ts';

/** What tables say of the end of models: a row with its day, a state, a model that has no end yet. */
export function endingTables(
  item: Item,
  context: PrimaryContext,
  artefact: Said['artefact'],
): readonly PrimaryStatement[] {
  return tablesIn(item).flatMap((table) => rowsOf(item, table, context, artefact));
}

function rowsOf(
  item: Item,
  table: Table,
  context: PrimaryContext,
  artefact: Said['artefact'],
): readonly PrimaryStatement[] {
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
    const said = { span: spanOfRow(row), artefact, rule: 'table.end' };
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
  const deprecated: readonly Told[] = isDeprecated ? [{ facet: 'deprecated' }] : [];
  return [
    ...living,
    ...deprecated,
    ...denies.map((facet) => ({ facet, polarity: 'deny' as const })),
  ];
}
