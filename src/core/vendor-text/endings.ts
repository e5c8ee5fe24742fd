import type { Qualifiers } from '../../domain/claim.ts';
import type { Interval } from '../../domain/time.ts';
import type { Frame } from '../language/frame.ts';
import type { ReadSentence } from '../language/read-sentence.ts';
import { isAsserted, isDenied, isOwnWord, isPlain, isPlanned } from './assertion.ts';
import type { About } from './named-models.ts';
import { placesIn } from './places-in-sentence.ts';
import { daysIn, groundsOf, quoteOf } from './quotes.ts';
import type { Act, Reading } from './reading.ts';
import { type PrimaryStatement, type Said, statementOf } from './statement.ts';
import { isApi, type Place, qualifiersOf } from './vendor-language.ts';

/** What an item says of the end of models: deprecated, retired or to be, and what goes on elsewhere. */
export function endingStatements(
  reading: Reading,
  artefact: Said['artefact'],
): readonly PrimaryStatement[] {
  const ended = reading.acts.filter(({ frame }) => isEnding(frame.category));
  const said = ended
    .filter((act) => !isNarrowedBelow(reading, act, ended))
    .flatMap((act) => endingOf(reading, act, artefact));
  return said.length === 0 && ended.length === 0
    ? []
    : [...said, ...goingOn(reading, ended, artefact)];
}

/** A title that ends a model without a place, over a text that ends it in one product: it ends there. */
function isNarrowedBelow(reading: Reading, act: Act, ends: readonly Act[]): boolean {
  const isWide = ({ sentence, frame }: Act): boolean =>
    placesIn(reading, sentence, sentence, frame.agent).length === 0;
  if (!reading.title.includes(act.sentence) || !isWide(act)) return false;
  return ends.some(
    (other) =>
      !reading.title.includes(other.sentence) &&
      isAsserted(other.frame) &&
      placesOf(reading, other).some(({ surface }) => surface !== undefined) &&
      act.about.every(({ subject }) => other.about.some((one) => one.subject === subject)),
  );
}

function isEnding(category: Act['frame']['category']): boolean {
  return category === 'retire' || category === 'fail' || category === 'deprecate';
}

function endingOf(
  reading: Reading,
  act: Act,
  artefact: Said['artefact'],
): readonly PrimaryStatement[] {
  const { frame } = act;
  const say = sayer(reading, act, artefact);
  if (frame.category === 'deprecate') return deprecationOf(reading, act, say);
  if (isFloor(act) || (frame.category === 'fail' && isDenied(frame))) return [];
  if (isDenied(frame)) return say('retired', placesOf(reading, act), null, 'deny');
  if (isPlanned(frame) || isProgressing(frame)) return scheduled(reading, act, say);
  // "We ended early access to GPT-9": a phase of it ended.
  const isPhase = frame.context.extent === 'limited';
  const isInPart = isNarrowed(reading, act) || isOnlyShown(act) || isOfPart(reading, act);
  if (!isAsserted(frame) || isPhase || isInPart) return [];
  const [day] = daysIn(reading, act.sentence);
  return say('retired', placesOf(reading, act), day ?? reading.item.published);
}

/** "retired from our leaderboard": it is shown there no more, and can be had as before. */
function isOnlyShown({ frame, sentence: { phrases } }: Act): boolean {
  const { chunks, tokens, words, list } = phrases;
  return chunks.some((chunk, index) => {
    const [verb, noun] = [chunks[index - 1], chunks[index + 1]];
    const isBehind = (tokens[verb?.from ?? 0]?.start ?? 0) >= frame.predicate.start;
    return (
      isBehind &&
      chunk.kind === 'preposition' &&
      noun?.kind === 'noun' &&
      words.is(list[noun.to] ?? '', 'unserving')
    );
  });
}

/** "removed from the free tier", "batch access to X has ended": a way to have it ended, and it is there for the rest. */
function isOfPart({ context, item }: Reading, { frame, sentence: { phrases } }: Act): boolean {
  const { chunks, tokens, words, list } = phrases;
  return chunks.some((chunk, index) => {
    const start = tokens[chunk.from]?.start ?? 0;
    if (chunk.kind !== 'noun' || start > frame.scope.end) return false;
    const own = list.slice(chunk.from, chunk.to + 1);
    const before = chunks[index - 1];
    const isLed = before?.kind === 'preposition' && words.is(list[before.to] ?? '', 'taken-from');
    const isAccess = words.is(own.at(-1) ?? '', 'access');
    const isPlace = context.places.in(item.text.slice(start, tokens[chunk.to]?.end)).length > 0;
    return (
      (isAccess || (isLed && !isPlace)) &&
      own.some((word) => words.is(word, 'narrower')) &&
      !own.some((word) => words.is(word, 'everybody'))
    );
  });
}

function deprecationOf(reading: Reading, act: Act, say: Say): readonly PrimaryStatement[] {
  const { frame } = act;
  const isUnderWay =
    isPlanned(frame) &&
    (frame.context.extent === 'partial' || frame.context.aspect === 'progressive');
  if (isAsserted(frame) || isUnderWay) return say('deprecated', placesOf(reading, act), null);
  return isPlanned(frame) ? scheduled(reading, act, say) : [];
}

/** "will not be retired before May": the end comes then or later, and nobody says when. */
function isFloor({ frame, sentence: { phrases } }: Act): boolean {
  const { list, words } = phrases;
  return (
    frame.context.time === 'future' &&
    list.some(
      (_, at) =>
        words.phraseAt(list, at, 'floors') > 0 ||
        (isDenied(frame) && words.is(list[at] ?? '', 'limits')),
    )
  );
}

/** "no longer available on the free tier": it ends for some, or in some way, and is there for the rest. */
function isNarrowed({ context, item }: Reading, { frame, sentence: { phrases } }: Act): boolean {
  if (!frame.context.ceased) return false;
  const { chunks, tokens, words, list } = phrases;
  return chunks.some((chunk, index) => {
    const noun = chunks[index + 1];
    const [first, last] = [tokens[noun?.from ?? 0], tokens[noun?.to ?? 0]];
    if (chunk.kind !== 'preposition' || noun?.kind !== 'noun' || first === undefined) return false;
    if (first.start < frame.predicate.end || first.start > frame.scope.end) return false;
    const isForAll = list.slice(noun.from, noun.to + 1).some((word) => words.is(word, 'everybody'));
    return !isForAll && context.places.in(item.text.slice(first.start, last?.end)).length === 0;
  });
}

/** "We are retiring": under way, and at an end on its day. */
function isProgressing(frame: Frame): boolean {
  return (
    isOwnWord(frame) &&
    frame.context.polarity === 'affirmed' &&
    frame.context.aspect === 'progressive'
  );
}

type Say = (
  facet: 'deprecated' | 'retired',
  places: readonly Qualifiers[],
  validTime: Interval | null,
  polarity?: 'support' | 'deny',
) => readonly PrimaryStatement[];

/** An end without its day is none that can be waited for. */
function scheduled(reading: Reading, act: Act, say: Say): readonly PrimaryStatement[] {
  const days = daysIn(reading, act.frame.scope);
  const { words, list } = act.sentence.phrases;
  const isToday = list.some((word) => words.is(word, 'now-times'));
  const isUnderWay = isProgressing(act.frame);
  // "We have retired a. We are also retiring b": on the same day.
  const isAmongDone = reading.acts.some(
    ({ frame }) => frame.category === 'retire' && isAsserted(frame) && !isProgressing(frame),
  );
  const today = isUnderWay && (isToday || isAmongDone) ? reading.item.published : null;
  const day = days.at(0) ?? daysIn(reading, act.sentence).at(-1) ?? today;
  if (day === null) return [];
  const places = placesOf(reading, act);
  // A model that is to leave the API is deprecated; one that leaves a product may live on elsewhere.
  const isEverywhere = places.every(({ surface }) => surface === undefined);
  return [...(isEverywhere ? say('deprecated', places, null) : []), ...say('retired', places, day)];
}

function sayer(reading: Reading, act: Act, artefact: Said['artefact']): Say {
  const span = quoteOf(reading, act.sentence);
  return (facet, places, validTime, polarity = 'support') =>
    ended(act.about).flatMap(({ subject, claimed }) =>
      places.map((qualifiers) =>
        statementOf(reading.item, {
          ...{
            subject: reading.copies.get(subject) ?? subject,
            facet,
            span,
            artefact,
            qualifiers,
            polarity,
          },
          ...groundsOf(reading, act.frame, subject),
          validTime: facet === 'retired' ? validTime : null,
          aliasClaimed: claimed,
        }),
      ),
    );
}

/** Of "GPT-5 (Instant and Thinking)" the two members end, and the name they share lives on. */
function ended(about: readonly About[]): readonly About[] {
  const members = about.filter(({ isMember }) => isMember);
  const heads = about.filter(
    ({ isMember, subject }) =>
      !isMember && !members.some((member) => member.subject.startsWith(`${subject}-`)),
  );
  return [...heads, ...members];
}

/** The place an end is limited to: named in its clause, its sentence, or the title of the item. */
function placesOf(reading: Reading, { frame, sentence }: Act): readonly Qualifiers[] {
  const own = placesIn(reading, sentence, frame.scope, frame.agent);
  const wide = own.length > 0 ? own : placesIn(reading, sentence, sentence, frame.agent);
  const titled =
    wide.length > 0
      ? wide
      : reading.title.flatMap((title) => placesIn(reading, title, title, null));
  return limited(titled);
}

function limited(found: readonly Place[]): readonly Qualifiers[] {
  const products = found.filter(({ surface }) => surface !== 'api');
  if (products.length === 0) return [{}];
  return products.flatMap(({ surface }) => qualifiersOf({ surface, plans: [] }));
}

/** "API access remains unchanged": the words themselves are the rule (`unchanged` of the analysis). */
const UNCHANGED: Pick<Said, 'rule' | 'marks'> = { rule: 'ending.unchanged-elsewhere' };

/** What is said to go on beside an end ("continues to be available in the API") denies the end there. */
function goingOn(
  reading: Reading,
  ends: readonly Act[],
  artefact: Said['artefact'],
): readonly PrimaryStatement[] {
  const ending = new Map(
    ends.flatMap(({ about }) => lasting(about)).map((about) => [about.subject, about]),
  );
  const going = reading.acts.flatMap((act) =>
    goesOn(act) && speaksOfApi(reading, act.sentence)
      ? ended(act.about)
          .filter(({ subject }) => ending.has(subject))
          .map((about) => ({
            ...{ about, sentence: act.sentence },
            grounds: groundsOf(reading, act.frame, about.subject),
          }))
      : [],
  );
  const unchanged = reading.body
    .filter(
      // "API customers are not affected" tells of people, and may mean that they have another model.
      (sentence) =>
        sentence.isUnchanged &&
        sentence.opening?.kind !== 'people' &&
        speaksOfApi(reading, sentence),
    )
    .flatMap((sentence) =>
      [...ending.values()].map((about) => ({ about, sentence, grounds: UNCHANGED })),
    );
  return [...going, ...unchanged].map(({ about: { subject, claimed }, sentence, grounds }) =>
    statementOf(reading.item, {
      ...{
        subject,
        facet: 'retired' as const,
        polarity: 'deny' as const,
        artefact,
        aliasClaimed: claimed,
      },
      ...grounds,
      qualifiers: { surface: 'api' },
      span: quoteOf(reading, sentence),
    }),
  );
}

/** What may live on elsewhere: names of the API, and no members of one in a product. */
function lasting(about: readonly About[]): readonly About[] {
  const members = about.filter(({ isMember }) => isMember);
  return about.filter(
    ({ isMember, subject }) =>
      !isMember && !members.some((member) => member.subject.startsWith(`${subject}-`)),
  );
}

function goesOn({ frame }: Act): boolean {
  return (
    (frame.category === 'use' ? isPlain(frame.context) : isOwnWord(frame)) &&
    frame.context.polarity === 'affirmed' &&
    (frame.context.continues || frame.category === 'remain')
  );
}

function speaksOfApi({ context, item }: Reading, { start, end }: ReadSentence): boolean {
  return context.places.in(item.text.slice(start, end)).some(isApi);
}
