import type { Item } from '../../domain/item.ts';
import { type Interval, parseInstant } from '../../domain/time.ts';
import { dayPoint } from '../extract/dates.ts';
import type { Listed } from '../names/listed.ts';
import {
  fieldOf,
  type PrimaryContext,
  type PrimaryStatement,
  statementOf,
  subjectOf,
} from './statement.ts';

/** A row of the model list: the id is in the API; with a shutdown date it is to leave it. */
export function listingStatements(
  item: Item,
  context: PrimaryContext,
): readonly PrimaryStatement[] {
  const row = listedRow(item, context);
  if ('held' in row) return [];
  const { subject } = row;
  const said = { subject, artefact: 'list' as const, rule: 'list.row' };
  const listed = statementOf(item, { ...said, facet: 'api_listed', span: [0, item.key.length] });
  const shutdown = dayField(item, 'shutdownDate');
  if (shutdown === null) return [listed];
  const span = [0, item.text.length] as const;
  return [
    listed,
    statementOf(item, { ...said, facet: 'deprecated', span }),
    statementOf(item, { ...said, facet: 'retired', span, validTime: shutdown }),
  ];
}

/** What a row of the vendor's own list names, or why it is held and says nothing. */
export function listedRow(
  item: Item,
  { names, watcher }: Pick<PrimaryContext, 'names' | 'watcher'>,
): Listed {
  const owner = fieldOf(item, 'ownedBy')[0] ?? null;
  return names.listed(watcher.vendor ?? '', { id: item.key, owner });
}

/** A row of the index of all models: the id has a page of documentation; whether it can be called, that page says. */
export function indexStatements(item: Item, context: PrimaryContext): readonly PrimaryStatement[] {
  const subject = subjectOf(item.key, context);
  if (subject === null) return [];
  const span = [0, item.text.length] as const;
  const said = { subject, span, facet: 'documented', artefact: 'list', rule: 'index.row' } as const;
  return [statementOf(item, said)];
}

/**
 * A row of the deprecations page: its models are deprecated, and to be shut down on its date; what it recommends
 * instead is documented, and nothing more. A table may list the models that live on as well (`living`), and say of them
 * that no end is announced (`denied`, the facets).
 */
export function deprecationStatements(
  item: Item,
  context: PrimaryContext,
): readonly PrimaryStatement[] {
  const start = item.text.lastIndexOf('\n') + 1;
  const span = [start, item.text.length] as const;
  const artefact = item.published === null ? ('page' as const) : ('permanent' as const);
  const shutdown = dayField(item, 'shutdownDate');
  const said = { span, artefact, rule: 'deprecations.row' };
  const ended = subjectsOf(item, 'ids', context).flatMap((subject) => [
    statementOf(item, { ...said, subject, facet: 'deprecated' }),
    ...(shutdown === null
      ? []
      : [statementOf(item, { ...said, subject, facet: 'retired', validTime: shutdown })]),
  ]);
  const replacing = subjectsOf(item, 'replacements', context).map((subject) =>
    statementOf(item, { ...said, rule: 'deprecations.replacement', subject, facet: 'documented' }),
  );
  const denied = fieldOf(item, 'denied');
  const living = subjectsOf(item, 'living', context).flatMap((subject) => [
    statementOf(item, { ...said, subject, facet: 'documented' }),
    ...(['deprecated', 'retired'] as const)
      .filter((facet) => denied.includes(facet))
      .map((facet) => statementOf(item, { ...said, subject, facet, polarity: 'deny' })),
  ]);
  return [...ended, ...replacing, ...living];
}

/** A row of the pricing page; a price is no availability. */
export function priceStatements(item: Item, context: PrimaryContext): readonly PrimaryStatement[] {
  const value = fieldOf(item, 'price')[0] ?? null;
  const span = [0, item.text.length] as const;
  return subjectsOf(item, 'model', context).flatMap((subject) => {
    const said = {
      ...{ subject, span, facet: 'priced' as const, artefact: 'page' as const },
      rule: 'prices.row',
    };
    return [
      statementOf(item, said),
      ...(value === null ? [] : [statementOf(item, { ...said, value })]),
    ];
  });
}

function subjectsOf(item: Item, field: string, context: PrimaryContext): readonly string[] {
  const subjects = fieldOf(item, field).flatMap((id) => subjectOf(id, context) ?? []);
  return [...new Set(subjects)];
}

function dayField(item: Item, name: string): Interval | null {
  const day = fieldOf(item, name)[0] ?? '';
  return parseInstant(day) === null ? null : dayPoint(day);
}
