import type { Statement } from '../../domain/evidence.ts';
import type { Item } from '../../domain/item.ts';
import type { Publisher } from '../../domain/publisher.ts';
import { type Instant, type Interval, parseInstant } from '../../domain/time.ts';
import type { Watcher } from '../../domain/watcher.ts';
import { dayPoint } from '../extract/dates.ts';
import type { Listed, Names } from '../names/names.ts';
import { subjectOf } from './named-models.ts';
import {
  fieldOf,
  type PrimaryContext,
  type PrimaryStatement,
  statedWith,
  statementOf,
} from './statement.ts';

/** A row of the model list: the id is in the API; with a shutdown date it is to leave it. */
export function listingStatements(
  item: Item,
  context: PrimaryContext,
): readonly PrimaryStatement[] {
  const row = listedRow(item, context);
  if ('held' in row) return [];
  const { subject } = row;
  const said = { subject, rule: 'list.row' };
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
  const said = { subject, span, facet: 'documented', rule: 'index.row' } as const;
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
  const shutdown = dayField(item, 'shutdownDate');
  const said = { span, rule: 'deprecations.row' };
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
  return subjectsOf(item, 'model', context).flatMap((subject) =>
    statedWith(item, { subject, span, facet: 'priced', rule: 'prices.row' }, value),
  );
}

function subjectsOf(item: Item, field: string, context: PrimaryContext): readonly string[] {
  const subjects = fieldOf(item, field).flatMap((id) => subjectOf(id, context) ?? []);
  return [...new Set(subjects)];
}

function dayField(item: Item, name: string): Interval | null {
  const day = fieldOf(item, name)[0] ?? '';
  return parseInstant(day) === null ? null : dayPoint(day);
}

/** What reading a row of somebody else's list needs to know beside the row. */
interface ListingContext {
  names: Names;
  publisher: Pick<Publisher, 'domain'>;
  watcher: Pick<Watcher, 'kind'>;
  at: Instant;
}

/**
 * What a row of a list that is not the vendor's says: a catalogue, that the model is in the API; an arena, that it is
 * tested there. Both copy, guess and rename, so a row is a report of one voice; a name nobody knows says nothing of whose it is.
 */
export function listingReport(item: Item, context: ListingContext): readonly Statement[] {
  const { names, publisher, watcher, at } = context;
  if (item.kind !== 'listing' || (watcher.kind !== 'tracker' && watcher.kind !== 'arena'))
    return [];
  // Catalogues of many vendors put the vendor before the id.
  const prefix = /^[\w-]+\//.exec(item.key)?.[0].length ?? 0;
  const id = item.key.slice(prefix);
  const [mention] = names.find(id, at);
  if (mention === undefined || mention.span[0] !== 0 || mention.span[1] !== id.length) return [];
  const inArena = watcher.kind === 'arena';
  const start = Math.max(item.text.indexOf(item.key), 0);
  const span = [start, Math.min(start + item.key.length, item.text.length)] as const;
  const facet = inArena ? 'limited_test' : 'api_listed';
  const qualifiers = inArena ? { venue: publisher.domain } : {};
  return [
    {
      claim: { subject: mention.subject, facet, qualifiers, value: null },
      polarity: 'support',
      force: 'report',
      evidentiality: inArena ? 'first_hand' : 'none',
      effective: null,
      validTime: null,
      quote: item.text.slice(...span),
      span,
      relays: null,
      silenceOf: null,
      aliasClaimed: mention.claimed,
      rule: 'list.row-elsewhere',
    },
  ];
}
