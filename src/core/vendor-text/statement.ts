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
import type { Item } from '../../domain/item.ts';
import type { Publisher } from '../../domain/publisher.ts';
import type { Instant, Interval } from '../../domain/time.ts';
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
  artefact: Artefact;
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
  const { subject, facet, span, artefact } = said;
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
    artefact,
    rule: said.rule,
    marks: said.marks ?? [],
  };
}

/** A moving alias is pointed elsewhere from time to time: it is documented, and never released. */
function isMoving(subject: string, { names }: PrimaryContext): boolean {
  return names.subject(subject)?.moving ?? false;
}

/** What can come out as a model does: no moving alias, and no product that is a surface for models. */
export function isReleasable(subject: string, context: PrimaryContext): boolean {
  return (
    !isMoving(subject, context) && !context.places.isOwn(context.names.subject(subject)?.name ?? '')
  );
}

/** A field that may hold one text or several, as several. */
export function fieldOf(item: Item, name: string): readonly string[] {
  const value = item.fields[name] ?? [];
  return typeof value === 'string' ? [value] : value;
}

/** The same thing said twice in one item is said once: the first place counts. */
export function onceEach(statements: readonly PrimaryStatement[]): readonly PrimaryStatement[] {
  const seen = new Map<string, PrimaryStatement>();
  for (const statement of statements) {
    const { claim, polarity } = statement;
    const key = JSON.stringify([
      claim.subject,
      claim.facet,
      claim.qualifiers,
      claim.value,
      polarity,
    ]);
    if (!seen.has(key)) seen.set(key, statement);
  }
  return [...seen.values()];
}
