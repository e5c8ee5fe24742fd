import type { Qualifiers } from '../../domain/claim.ts';
import type { Frame } from '../language/frame.ts';
import type { ReadSentence } from '../language/read-sentence.ts';
import { isAsserted, isDenied, isOwnWord, isPlain, isPlanned } from './assertion.ts';
import { type About, distinct } from './named-models.ts';
import { placedPhrases, placesIn, placesNamed, placesOfClause } from './places-in-sentence.ts';
import { daysIn, quoteOf, saidBy } from './quotes.ts';
import type { Act, Reading } from './reading.ts';
import { type PrimaryStatement, type Said, statementOf } from './statement.ts';
import { isApi, type Place, qualifiersOf } from './vendor-language.ts';

/** What an item says of the end of models: deprecated, retired or to be, and what goes on elsewhere. */
export function endingStatements(reading: Reading): readonly PrimaryStatement[] {
  const ends = reading.acts.filter(({ frame }) => isEnding(frame.category));
  if (ends.length === 0) return [];
  const said = ends
    .filter((act) => !isNarrowedBelow(reading, act, ends))
    .flatMap((act) => endingOf(reading, act));
  return [...said, ...goingOn(reading, ends)];
}

/** A title that ends a model without a place, over a text that ends it in one product: it ends there. */
function isNarrowedBelow(reading: Reading, act: Act, ends: readonly Act[]): boolean {
  const { sentence, frame } = act;
  if (!reading.title.includes(sentence)) return false;
  if (placesIn(reading, sentence, sentence, frame.agent).length > 0) return false;
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

function endingOf(reading: Reading, act: Act): readonly PrimaryStatement[] {
  const { frame } = act;
  if (frame.category === 'deprecate') return deprecationOf(reading, act);
  if (isFloor(act) || (frame.category === 'fail' && isDenied(frame))) return [];
  if (isDenied(frame)) return ended(reading, act, 'retired', { polarity: 'deny' });
  if (isPlanned(frame) || isProgressing(frame)) return scheduled(reading, act);
  // "We ended early access to GPT-9": a phase of it ended.
  const isPhase = frame.context.extent === 'limited';
  const isInPart = isNarrowed(reading, act) || isOnlyShown(act) || isOfPart(reading, act);
  if (!isAsserted(frame) || isPhase || isInPart) return [];
  const [day] = daysIn(reading, act.sentence);
  return ended(reading, act, 'retired', { validTime: day ?? reading.item.published });
}

/** "retired from our leaderboard": it is shown there no more, and can be had as before. */
function isOnlyShown({ frame, sentence }: Act): boolean {
  const { words } = sentence.phrases;
  return placedPhrases(sentence).some(
    ({ kind, preposition, list, start }) =>
      kind === 'noun' &&
      preposition !== null &&
      start >= frame.predicate.end &&
      words.is(list.at(-1) ?? '', 'unserving'),
  );
}

/** "removed from the free tier", "batch access to X has ended": a way to have it ended, and it is there for the rest. */
function isOfPart(reading: Reading, { frame, sentence }: Act): boolean {
  const { words } = sentence.phrases;
  return placedPhrases(sentence).some((phrase) => {
    const { kind, start, list, preposition } = phrase;
    if (kind !== 'noun' || start > frame.scope.end) return false;
    const isLed = words.is(preposition ?? '', 'taken-from');
    const isAccess = words.is(list.at(-1) ?? '', 'access');
    return (
      (isAccess || (isLed && placesNamed(reading, phrase).length === 0)) &&
      list.some((word) => words.is(word, 'narrower')) &&
      !list.some((word) => words.is(word, 'everybody'))
    );
  });
}

function deprecationOf(reading: Reading, act: Act): readonly PrimaryStatement[] {
  const { frame } = act;
  const isUnderWay =
    isPlanned(frame) &&
    (frame.context.extent === 'partial' || frame.context.aspect === 'progressive');
  if (isAsserted(frame) || isUnderWay) return ended(reading, act, 'deprecated');
  return isPlanned(frame) ? scheduled(reading, act) : [];
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
function isNarrowed(reading: Reading, { frame, sentence }: Act): boolean {
  const { words } = sentence.phrases;
  if (!frame.context.ceased) return false;
  return placedPhrases(sentence).some(
    (phrase) =>
      phrase.kind === 'noun' &&
      phrase.preposition !== null &&
      phrase.start >= frame.predicate.end &&
      phrase.start <= frame.scope.end &&
      !phrase.list.some((word) => words.is(word, 'everybody')) &&
      placesNamed(reading, phrase).length === 0,
  );
}

/** "We are retiring": under way, and at an end on its day. */
function isProgressing(frame: Frame): boolean {
  return (
    isOwnWord(frame) &&
    frame.context.polarity === 'affirmed' &&
    frame.context.aspect === 'progressive'
  );
}

/** An end without its day is none that can be waited for. */
function scheduled(reading: Reading, act: Act): readonly PrimaryStatement[] {
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
  // A model that is to leave the API is deprecated; one that leaves a product may live on elsewhere.
  const isEverywhere = placesOf(reading, act).every(({ surface }) => surface === undefined);
  return [
    ...(isEverywhere ? ended(reading, act, 'deprecated') : []),
    ...ended(reading, act, 'retired', { validTime: day }),
  ];
}

function ended(
  reading: Reading,
  act: Act,
  facet: 'deprecated' | 'retired',
  how: Pick<Said, 'validTime' | 'polarity'> = {},
): readonly PrimaryStatement[] {
  const places = placesOf(reading, act);
  return ofMembers(act.about).flatMap((about) => {
    const said = { ...saidBy(reading, act, about), ...how, facet };
    const subject = reading.copies.get(about.subject) ?? about.subject;
    return places.map((qualifiers) => statementOf(reading.item, { ...said, subject, qualifiers }));
  });
}

/** Of "GPT-5 (Instant and Thinking)" the two members end, and the name they share lives on. */
function ofMembers(about: readonly About[]): readonly About[] {
  return [...ofApi(about), ...about.filter(({ isMember }) => isMember)];
}

/** Names of the API, and neither members of one in a product nor what they share: these may live on elsewhere. */
function ofApi(about: readonly About[]): readonly About[] {
  const members = about.filter(({ isMember }) => isMember);
  return about.filter(
    ({ isMember, subject }) =>
      !isMember && !members.some((member) => member.subject.startsWith(`${subject}-`)),
  );
}

/** The place an end is limited to: named in its clause, its sentence, or the title of the item. */
function placesOf(reading: Reading, act: Act): readonly Qualifiers[] {
  const { frame, sentence } = act;
  const own = placesOfClause(reading, act);
  const wide = own.length > 0 ? own : placesIn(reading, sentence, sentence, frame.agent);
  return limited(
    wide.length > 0 ? wide : reading.title.flatMap((title) => placesIn(reading, title)),
  );
}

function limited(found: readonly Place[]): readonly Qualifiers[] {
  const products = found.filter(({ surface }) => surface !== 'api');
  if (products.length === 0) return [{}];
  return products.flatMap(({ surface }) => qualifiersOf({ surface, plans: [] }));
}

/** "API access remains unchanged": the words themselves are the rule (`unchanged` of the analysis). */
const UNCHANGED = 'ending.unchanged-elsewhere';

/** What is said to go on beside an end ("continues to be available in the API") denies the end there. */
function goingOn(reading: Reading, ends: readonly Act[]): readonly PrimaryStatement[] {
  const ending = distinct(ends.flatMap(({ about }) => ofApi(about)));
  const speaksOfApi = (sentence: ReadSentence) => placesNamed(reading, sentence).some(isApi);
  const going = reading.acts
    .filter((act) => goesOn(act) && speaksOfApi(act.sentence))
    .flatMap((act) => ofMembers(act.about).map((about) => saidBy(reading, act, about)))
    .filter(({ subject }) => ending.some((one) => one.subject === subject));
  const unchanged = reading.body
    .filter(
      // "API customers are not affected" tells of people, and may mean that they have another model.
      (sentence) =>
        sentence.isUnchanged && sentence.opening?.kind !== 'people' && speaksOfApi(sentence),
    )
    .flatMap((sentence) =>
      ending.map(({ subject, claimed }) => ({
        ...{ subject, aliasClaimed: claimed, rule: UNCHANGED },
        span: quoteOf(reading, sentence),
      })),
    );
  return [...going, ...unchanged].map((said) =>
    statementOf(reading.item, {
      ...said,
      ...{ facet: 'retired', polarity: 'deny', qualifiers: { surface: 'api' } },
    }),
  );
}

function goesOn({ frame }: Act): boolean {
  return (
    (frame.category === 'use' ? isPlain(frame.context) : isOwnWord(frame)) &&
    frame.context.polarity === 'affirmed' &&
    (frame.context.continues || frame.category === 'remain')
  );
}
