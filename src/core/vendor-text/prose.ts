import type { Item } from '../../domain/item.ts';
import type { SourceKind } from '../../domain/source-kind.ts';
import { dayOf } from '../../domain/time.ts';
import type { Mention } from '../names/mention.ts';
import { type Availability, availabilityIn, qualifiersOf } from './availability.ts';
import { type Released, releasedIn } from './release-cues.ts';
import { mentionsIn, type Piece, sentencesOf } from './spans.ts';
import {
  isMoving,
  namesIn,
  onceEach,
  type PrimaryContext,
  type PrimaryStatement,
  type Said,
  statementOf,
} from './statement.ts';

/** Channels whose posts announce; help, guides and status pages describe. */
const ANNOUNCES: readonly SourceKind[] = ['newsroom', 'article', 'developer-blog'];
/** Channels whose prose documents an id it gives literally. */
const DOCUMENTS: readonly SourceKind[] = ['help', 'guide'];
/** The body of a page recalls what was released before; only what is new today is the news. */
const TODAY =
  /\b(today|now|starting|we['’]re|we are|is|are|introducing|announcing|launching|releasing|arrives?|available)\b/i;
/** What stands before a name, or behind it in its clause, when its release is recalled and not told. */
const RECALLED_BEFORE =
  /\b(since|when we|when openai|earlier|previous(ly)?|(prior to|before|ahead of|after) (we )?(releas|launch|announc|introduc)\w*)\b/i;
const RECALLED_BEHIND =
  /^[^,;.]*\b(last (year|month|week|spring|summer|fall|autumn|winter)|ago|earlier this|in (19|20)\d\d|in (january|february|march|april|may|june|july|august|september|october|november|december))\b/i;

interface Reading {
  item: Item;
  context: PrimaryContext;
  mentions: readonly Mention[];
  /** The models the title says are out: what the body's unnamed "it" and "our new model" mean. */
  main: readonly Mention[];
}

/** What a vendor's prose says: announced by its posts, available where its clauses say so, documented where it gives an id. */
export function proseStatements(item: Item, context: PrimaryContext): readonly PrimaryStatement[] {
  const { kind } = context.watcher;
  if (!ANNOUNCES.includes(kind) && !DOCUMENTS.includes(kind)) return [];
  const mentions = namesIn(item.text, context);
  if (mentions.length === 0) return [];
  const sentences = sentencesOf(item.text);
  const title = sentences[0];
  const main = title === undefined ? [] : releasedIn(title, mentions).map(({ mention }) => mention);
  const reading = { item, context, mentions, main };
  // The blog for developers tells how others use models: beyond the title it is about them.
  const read = kind === 'developer-blog' ? sentences.slice(0, 1) : sentences;
  return onceEach(read.flatMap((sentence) => sentenceSays(reading, sentence, sentence === title)));
}

function sentenceSays(
  reading: Reading,
  sentence: Piece,
  isTitle: boolean,
): readonly PrimaryStatement[] {
  const released = releasedIn(sentence, reading.mentions);
  const available = availabilityIn(sentence, reading.mentions);
  return [
    ...announcedIn(reading, sentence, isTitle, released, available),
    ...availableIn(reading, sentence, released, available),
    ...documentedIn(reading, sentence, available),
  ];
}

function announcedIn(
  reading: Reading,
  sentence: Piece,
  isTitle: boolean,
  released: readonly Released[],
  available: readonly Availability[],
): readonly PrimaryStatement[] {
  const { context, item } = reading;
  const { kind } = context.watcher;
  if (!ANNOUNCES.includes(kind)) return [];
  if (!isTitle && !TODAY.test(sentence.text)) return [];
  const isOnlyToCome =
    available.length > 0 &&
    available.every(({ stage }) => stage === 'forthcoming' || stage === 'denied');
  if (isOnlyToCome) return [];
  const day = item.published === null ? null : dayOf(item.published.from);
  return released
    .filter(({ mention }) => !isMoving(mention.subject, context) && !isRecalled(sentence, mention))
    .flatMap(({ mention }) => {
      const said: Said = { ...aboutMention(reading, mention, sentence), facet: 'announced' };
      const dated = day === null ? [] : [statementOf(item, { ...said, value: day })];
      return [statementOf(item, said), ...dated];
    });
}

function isRecalled({ text, start }: Piece, { span }: Mention): boolean {
  const ahead = text.slice(0, span[0] - start);
  return RECALLED_BEFORE.test(ahead) || RECALLED_BEHIND.test(text.slice(span[1] - start));
}

/** Where the clauses of a sentence say its models, or the models of the title, can be had. */
function availableIn(
  reading: Reading,
  sentence: Piece,
  released: readonly Released[],
  available: readonly Availability[],
): readonly PrimaryStatement[] {
  const named = released.map(({ mention }) => mention);
  const about = named.length > 0 ? named : reading.main;
  return about
    .filter(({ subject }) => !isMoving(subject, reading.context))
    .flatMap((mention) =>
      available.flatMap((one) => availabilityStatement(reading, sentence, mention, one)),
    );
}

function availabilityStatement(
  reading: Reading,
  sentence: Piece,
  mention: Mention,
  available: Availability,
): readonly PrimaryStatement[] {
  const { stage, surface } = available;
  // Access for an approved few is worth telling without a place; what is open to all is so somewhere.
  if (stage === 'forthcoming' || (surface === null && stage !== 'limited')) return [];
  const isApi = surface === 'api' && stage !== 'limited';
  // A banner of a guide, and a rollout that has only begun, are the vendor's word and no proof.
  const isProof = reading.context.watcher.kind !== 'guide' && stage !== 'staged';
  return [
    statementOf(reading.item, {
      ...aboutMention(reading, mention, sentence),
      facet: isApi ? 'api_listed' : 'product_available',
      qualifiers: isApi ? {} : qualifiersOf(available),
      polarity: stage === 'denied' ? 'deny' : 'support',
      force: stage === 'available' || stage === 'denied' ? 'assert' : 'assert_partial',
      evidentiality: isProof ? 'primary_artefact' : 'first_hand',
    }),
  ];
}

/** An id given literally on a page that documents; what is still to come is not documented. */
function documentedIn(
  reading: Reading,
  sentence: Piece,
  available: readonly Availability[],
): readonly PrimaryStatement[] {
  const { context, item } = reading;
  if (!DOCUMENTS.includes(context.watcher.kind)) return [];
  if (available.some(({ stage }) => stage === 'forthcoming' || stage === 'denied')) return [];
  return mentionsIn(sentence, reading.mentions)
    .filter(({ alias, text, subject }) => alias === 'api_id' && text === subject)
    .map((mention) =>
      statementOf(item, { ...aboutMention(reading, mention, sentence), facet: 'documented' }),
    );
}

/** The subject, place and artefact of what a sentence says about a mention. A name verified anywhere in the item counts. */
function aboutMention(reading: Reading, mention: Mention, sentence: Piece): Omit<Said, 'facet'> {
  const isVerified = reading.mentions.some(
    ({ subject, claimed }) => subject === mention.subject && !claimed,
  );
  return {
    subject: mention.subject,
    span: [sentence.start, sentence.end],
    artefact: reading.item.published === null ? 'page' : 'permanent',
    aliasClaimed: !isVerified,
  };
}
