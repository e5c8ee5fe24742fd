import type { Qualifiers } from '../../domain/claim.ts';
import type {
  Artefact,
  Evidentiality,
  Force,
  Mark,
  Polarity,
  Statement,
} from '../../domain/evidence.ts';
import type { Facet } from '../../domain/facet.ts';
import { firstOfEach } from '../../domain/groups.ts';
import type { Item } from '../../domain/item.ts';
import type { Publisher } from '../../domain/publisher.ts';
import { dayOf, type Instant, type Interval } from '../../domain/time.ts';
import type { Watcher } from '../../domain/watcher.ts';
import type { English } from '../language/analysis.ts';
import type { Names } from '../names/names.ts';
import type { Places, TranslatedForms } from './vendor-language.ts';

/** What a vendor's own item says, with how its artefact can be found gone. */
export type PrimaryStatement = Statement & { artefact: Artefact | null };

/** What reading a vendor's item needs to know beside the item. */
export interface PrimaryContext {
  names: Names;
  english: English;
  /** The plain sentences of other languages that say something. */
  translated: TranslatedForms;
  /** The vendor's products, by the names its file gives them. */
  places: Places;
  /** Whose host answered; a statement is primary only on the vendor's own. */
  publisher: Publisher;
  watcher: Pick<Watcher, 'kind' | 'vendor' | 'coverage'>;
  /** When the capture was made: which aliases were verified by then. */
  at: Instant;
}

/** A statement before its usual values are filled in. */
export interface Said {
  subject: string;
  facet: Facet;
  /** Where in the item's text it stands. */
  span: readonly [number, number];
  /** Id of the rule that found it, and the parts of the sentence that carry it. */
  rule: string;
  marks?: readonly Mark[];
  qualifiers?: Qualifiers;
  value?: string | null;
  polarity?: Polarity;
  force?: Force;
  evidentiality?: Evidentiality;
  validTime?: Interval | null;
  aliasClaimed?: boolean;
}

export function statementOf(item: Item, said: Said): PrimaryStatement {
  const { subject, facet, span } = said;
  return {
    claim: { subject, facet, qualifiers: said.qualifiers ?? {}, value: said.value ?? null },
    polarity: said.polarity ?? 'support',
    force: said.force ?? 'assert',
    evidentiality: said.evidentiality ?? 'primary_artefact',
    effective: item.published,
    validTime: said.validTime ?? null,
    quote: item.text.slice(span[0], span[1]),
    span,
    relays: null,
    silenceOf: null,
    aliasClaimed: said.aliasClaimed ?? false,
    artefact: artefactOf(item),
    rule: said.rule,
    marks: said.marks ?? [],
  };
}

/** How what an item of a kind says can be found gone; other kinds stay as they are where they carry their day. */
const ARTEFACTS: Readonly<Partial<Record<Item['kind'], Artefact>>> = {
  entry: 'permanent',
  package: 'permanent',
  listing: 'list',
  'model-page': 'page',
  price: 'page',
};

function artefactOf({ kind, published }: Item): Artefact {
  return ARTEFACTS[kind] ?? (published === null ? 'page' : 'permanent');
}

/** A statement, and beside it the same with its value where one is given. */
export function statedWith(
  item: Item,
  said: Said,
  value: string | null,
): readonly PrimaryStatement[] {
  const bare = statementOf(item, said);
  return value === null ? [bare] : [bare, statementOf(item, { ...said, value })];
}

/** That a model came out, and on which day. */
export function announcedOn(item: Item, said: Omit<Said, 'facet'>): readonly PrimaryStatement[] {
  const day = item.published === null ? null : dayOf(item.published.from);
  return statedWith(item, { ...said, facet: 'announced' }, day);
}

/**
 * What can come out as a model does: no product that is a surface for models, and no moving alias, which is pointed elsewhere
 * from time to time, documented and never released.
 */
export function isReleasable(subject: string, { names, places }: PrimaryContext): boolean {
  const known = names.subject(subject);
  return known?.moving !== true && !places.isOwn(known?.name ?? '');
}

/** A field that may hold one text or several, as several. */
export function fieldOf(item: Item, name: string): readonly string[] {
  const value = item.fields[name] ?? [];
  return typeof value === 'string' ? [value] : value;
}

/** The same thing said twice in one item is said once: the first place counts. */
export function onceEach(statements: readonly PrimaryStatement[]): readonly PrimaryStatement[] {
  return firstOfEach(statements, ({ claim, polarity }) => JSON.stringify([claim, polarity]));
}
