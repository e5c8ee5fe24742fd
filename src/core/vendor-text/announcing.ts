import { NAME_ALONE } from '../claims/first-carried.ts';
import type { Argument } from '../language/arguments.ts';
import type { Frame } from '../language/frame.ts';
import type { ReadSentence } from '../language/read-sentence.ts';
import { isOffer, isPlanned, isUnreal } from './assertion.ts';
import { type About, aboutOf } from './named-models.ts';
import { namesOnly, quoteOf } from './quotes.ts';
import { isInvitation, type Reading } from './reading.ts';
import {
  announcedOn,
  isReleasable,
  type PrimaryStatement,
  type Said,
  statementOf,
} from './statement.ts';

/** A quote longer than this is read by nobody. */
export const LONGEST_QUOTE = 400;
/** What comes out by its predicate. */
export const RELEASES: readonly Frame['category'][] = ['release', 'announce', 'list'];
/** What can be had by its predicate. */
export const OFFERS: readonly Frame['category'][] = [
  ...RELEASES,
  'available',
  'use',
  'host',
  'support',
  'restore',
  'default',
  'access',
];

/** A title with the sentence under it, where the two make a quote people read. */
export function titleQuote(reading: Reading, title: ReadSentence): Said['span'] {
  const [start, end] = quoteOf(reading, title);
  const [first] = reading.body;
  if (first === undefined || reading.title.at(-1) !== title) return [start, end];
  const [, last] = quoteOf(reading, first);
  return [start, last - start > LONGEST_QUOTE ? end : last];
}

/** That models came out, and on which day. */
export function announced(
  { item, context }: Reading,
  about: readonly About[],
  saidOf: (about: About) => Omit<Said, 'facet'>,
): readonly PrimaryStatement[] {
  return about
    .filter(({ subject }) => isReleasable(subject, context))
    .flatMap((one) => announcedOn(item, saidOf(one)));
}

/** What the title of a post, or the line under it, says by the name it gives. */
export function titleStatements(reading: Reading): readonly PrimaryStatement[] {
  if (reading.context.watcher.kind !== 'newsroom' || isUnreal(reading)) return [];
  return [...titleSays(reading), ...taglineSays(reading), ...invitationSays(reading)];
}

/** A title that is a name, or a name with a tagline, announces it, as far as the newsroom never carried the name before. */
function titleSays(reading: Reading): readonly PrimaryStatement[] {
  const [first] = reading.title;
  if (first === undefined || first.alone === null || first.isQuestion) return [];
  const about = aboutOf(reading, first.alone).filter(
    ({ subject }) => !isOnlyPlanned(reading, subject),
  );
  return namedAlone(reading, about, first.alone, titleQuote(reading, first));
}

/** Under a title without a name, a first line that is a name with a tagline for a model: "Acme TTS: a speech model that …". */
function taglineSays(reading: Reading): readonly PrimaryStatement[] {
  const [first] = reading.body;
  const isNamed = reading.title.some(({ namesModel }) => namesModel);
  if (isNamed || first?.alone == null) return [];
  const { alone, phrases, isQuestion } = first;
  const [colon, opening, ...rest] = phrases.list.slice(
    phrases.tokens.findIndex(({ start }) => start >= alone.end),
  );
  const isOfModel =
    (colon === ':' || colon === '—') &&
    phrases.words.is(opening ?? '', 'articles', 'own') &&
    rest.some((word) => phrases.words.is(word, 'model'));
  if (!isOfModel || isQuestion) return [];
  return namedAlone(reading, aboutOf(reading, alone), alone, quoteOf(reading, first));
}

function namedAlone(
  reading: Reading,
  about: readonly About[],
  name: Argument,
  span: Said['span'],
): readonly PrimaryStatement[] {
  const grounds = namesOnly(NAME_ALONE, name);
  return announced(reading, about, ({ subject, claimed }) => ({
    ...{ subject, span, aliasClaimed: claimed },
    ...grounds,
  }));
}

const INVITATION = 'title.invitation';

/** "Start building with X": a newsroom that calls on everybody to use a model says that it can be had. */
function invitationSays(reading: Reading): readonly PrimaryStatement[] {
  const { title, context, item } = reading;
  const [first] = title;
  if (first === undefined || !isInvitation(first)) return [];
  const named = first.frames.filter(({ category }) => category === 'use').map(({ theme }) => theme);
  return named.flatMap((theme) =>
    aboutOf(reading, theme)
      .filter(({ subject }) => isReleasable(subject, context))
      .map(({ subject, claimed }) =>
        statementOf(item, {
          ...{ subject, facet: 'product_available', aliasClaimed: claimed },
          ...namesOnly(INVITATION, theme),
          span: [first.start, first.end],
        }),
      ),
  );
}

/** "GPT-9 comes to ChatGPT in the second half of the year": a post that only plans a model announces nothing that is. */
function isOnlyPlanned({ acts }: Reading, subject: string): boolean {
  const told = acts.filter(
    ({ frame, about }) =>
      OFFERS.includes(frame.category) && about.some((one) => one.subject === subject),
  );
  return told.some(({ frame }) => isPlanned(frame)) && !told.some(({ frame }) => isOffer(frame));
}
