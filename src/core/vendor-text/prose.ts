import type { Evidentiality } from '../../domain/evidence.ts';
import type { Item } from '../../domain/item.ts';
import type { SourceKind } from '../../domain/source-kind.ts';
import { dayOf } from '../../domain/time.ts';
import type { Frame } from '../language/frame.ts';
import { announced, OFFERS, RELEASES, titleQuote, titleStatements } from './announcing.ts';
import { isAsserted, isOffer, isPlanned, isUnreal, isWithheld } from './assertion.ts';
import { endingStatements } from './endings.ts';
import type { About } from './named-models.ts';
import { placedPhrases, placesIn, placesNamed, placesOfClause } from './places-in-sentence.ts';
import { priceStatements } from './prices.ts';
import { daysIn, quoteOf, saidBy, withItems } from './quotes.ts';
import { type Act, type Reading, readItemText } from './reading.ts';
import {
  fieldOf,
  isReleasable,
  onceEach,
  type PrimaryContext,
  type PrimaryStatement,
  type Said,
  statementOf,
} from './statement.ts';
import { endingTables, priceTables } from './tables-in-prose.ts';
import { isApi, type Place, qualifiersOf } from './vendor-language.ts';

/** What a part of a page of deprecations says beside the rows that its watcher reads. */
export function deprecationProse(item: Item, context: PrimaryContext): readonly PrimaryStatement[] {
  const isRow = ['shutdown', 'ids', 'living'].some((name) => fieldOf(item, name).length > 0);
  return isRow ? [] : endsIn(item, context);
}

/** A page of deprecations tells of ends, in its tables and its prose, and of nothing else. */
function endsIn(item: Item, context: PrimaryContext): readonly PrimaryStatement[] {
  const reading = readItemText(item, context);
  if (reading.mentions.length === 0 || isUnreal(reading)) return [];
  return withItems(
    reading,
    onceEach([...endingTables(item, context), ...endingStatements(reading)]),
  );
}

/** Channels whose posts announce; guides and status pages describe. */
const ANNOUNCES: readonly SourceKind[] = ['newsroom', 'article', 'developer-blog', 'help'];

/** Channels whose prose documents an id it gives literally. */
const DOCUMENTS: readonly SourceKind[] = ['guide'];

/** What a vendor's prose says: announced by its posts, available where its clauses say so, documented where it gives an id. */
export function proseStatements(item: Item, context: PrimaryContext): readonly PrimaryStatement[] {
  const { kind } = context.watcher;
  if (kind === 'deprecations') return endsIn(item, context);
  if (!ANNOUNCES.includes(kind) && !DOCUMENTS.includes(kind)) return [];
  const reading = readItemText(item, context);
  if (reading.mentions.length === 0) return [];
  // The blog for developers tells how others use models: beyond the title it is about them.
  const acts =
    kind === 'developer-blog'
      ? reading.acts.filter(({ sentence }) => reading.title.includes(sentence))
      : reading.acts;
  const said = onceEach([
    // The body says it in a whole sentence, which is the better quote.
    ...bodyFirst(reading, acts).flatMap((act) => announcedBy(reading, act)),
    ...titleStatements(reading),
    ...acts.flatMap((act) => offeredBy(reading, act)),
    ...endingStatements({ ...reading, acts }),
    ...endingTables(item, context),
    ...priceStatements({ ...reading, acts }),
    // A guide's tables give the prices of what it is a guide to; in a post, those of others are what it compares with.
    ...priceTables(item, context, DOCUMENTS.includes(kind) ? null : isOfItem(reading)),
    ...documentedIn(reading),
  ]);
  return withItems(reading, said);
}

function isOfItem({ topic, acts }: Reading): (subject: string) => boolean {
  const told = acts.filter(({ frame }) => RELEASES.includes(frame.category) && isAsserted(frame));
  const own = new Set(
    [...topic, ...told.flatMap(({ about }) => about)].map(({ subject }) => subject),
  );
  return (subject) => own.has(subject);
}

function bodyFirst({ title }: Reading, acts: readonly Act[]): readonly Act[] {
  const isOfTitle = ({ sentence }: Act): boolean => title.includes(sentence);
  return [...acts.filter((act) => !isOfTitle(act)), ...acts.filter(isOfTitle)];
}

function announcedBy(reading: Reading, act: Act): readonly PrimaryStatement[] {
  const { frame, sentence } = act;
  const { kind } = reading.context.watcher;
  if (!ANNOUNCES.includes(kind) || !isAsserted(frame) || isUnreal(reading)) return [];
  const isTitle = reading.title.includes(sentence);
  const tells =
    RELEASES.includes(frame.category) ||
    (isTitle && frame.category === 'available' && kind === 'newsroom');
  if (
    !tells ||
    frame.theme.isApi ||
    (isTitle && frame.context.companion) ||
    isRecalled(reading, act) ||
    !isPlaced(reading, act)
  )
    return [];
  const span = isTitle ? titleQuote(reading, sentence) : quoteOf(reading, sentence);
  return announced(reading, released(act.about), (one) => ({
    ...saidBy(reading, act, one),
    span,
  }));
}

/** "We're bringing GPT-9 to ChatGPT": what is brought or added comes out where it is brought to. */
function isPlaced(reading: Reading, { frame, sentence }: Act): boolean {
  return frame.category !== 'list' || placesIn(reading, sentence, frame.scope).length > 0;
}

/** "GPT-4.5 was introduced as …", "We launched GPT-4o in May": what a later post recalls. */
function isRecalled(reading: Reading, { frame, sentence }: Act): boolean {
  const { time, aspect, passive, recalled, dated } = frame.context;
  if (time === 'past' && aspect === 'simple' && passive) return true;
  if (time !== 'past' || recalled || !dated) return recalled;
  const { published } = reading.item;
  return (
    published === null ||
    !daysIn(reading, sentence).some(({ from }) => dayOf(from) === dayOf(published.from))
  );
}

/** Of "GPT-5 (Instant and Thinking)" it is GPT-5 that comes out. */
function released(about: readonly About[]): readonly About[] {
  const heads = about.filter(({ isMember }) => !isMember);
  return heads.length > 0
    ? about.filter(
        ({ isMember, subject }) =>
          !isMember ||
          !heads.some(
            (head) =>
              subject.startsWith(`${head.subject}-`) &&
              !about.some((other) => other.isMember && other.subject === head.subject),
          ),
      )
    : about;
}

/** Where the clause of an act says its models can be had. */
export function offeredBy(reading: Reading, act: Act): readonly PrimaryStatement[] {
  const { frame } = act;
  if (!OFFERS.includes(frame.category) || isUnreal(reading)) return [];
  const places = placesOffered(reading, act);
  const elsewhere = isOnlyInApi(frame, places) ? deniedElsewhere(reading, act) : [];
  const isDenial = isWithheld(frame) && !isOfPeople(reading, frame);
  if (!isDenial && !isOffer(frame)) return elsewhere;
  const isUnplaced = places.length === 0 && frame.context.extent === 'limited' && !isDenial;
  const where = isUnplaced ? [{ surface: '', plans: [] }] : places;
  const offered = released(act.about).flatMap((about) =>
    where.flatMap((place) => offer(reading, act, about, place, isDenial)),
  );
  return [...offered, ...elsewhere];
}

/** Said of people who have no place of the vendor's in common. */
function isOfPeople(reading: Reading, { category, agent }: Frame): boolean {
  const isTheirs = category === 'use' && agent?.kind === 'people';
  return isTheirs && placesNamed(reading, agent).length === 0;
}

/** A guide is the vendor's word, and no proof of what is out; nor is a rollout that has only begun. */
function evidentialityIn({ context }: Reading, isBegun = false): Evidentiality {
  return context.watcher.kind === 'guide' || isBegun ? 'first_hand' : 'primary_artefact';
}

function isOnlyInApi(frame: Frame, places: readonly Place[]): boolean {
  const isSaid = isAsserted(frame) || isPlanned(frame);
  return isSaid && frame.context.exclusive && places.length > 0 && places.every(isApi);
}

/** "GPT-9 is only available via the API": it is in no product. */
function deniedElsewhere(reading: Reading, act: Act): readonly PrimaryStatement[] {
  const evidentiality = evidentialityIn(reading);
  const denied = { facet: 'product_available', polarity: 'deny', evidentiality } as const;
  return released(act.about)
    .filter(({ subject }) => isReleasable(subject, reading.context))
    .map((about) => statementOf(reading.item, { ...saidBy(reading, act, about), ...denied }));
}

/** The places a clause names; for all that have an account, the one place the title names; for developers, the API. */
function placesOffered(reading: Reading, act: Act): readonly Place[] {
  const { frame, sentence } = act;
  if (frame.theme.isApi) return reading.context.places.api();
  // "Introducing X, remote agents in the app, and a new mode": the place is that of the last thing.
  if (frame.theme.kind === 'names' && frame.theme.isMixed && isBehind(frame)) return [];
  const named = placesOfClause(reading, act);
  if (named.length > 0 || frame.context.time === 'past') return named;
  const { words, tokens } = sentence.phrases;
  const { start, end } = frame.scope;
  const said = tokens.filter((token) => token.start >= start && token.end <= end);
  if (said.some(({ word }) => words.is(word, 'developers'))) return reading.context.places.api();
  const isForPeople = said.some(({ word }) => words.is(word, 'people', 'audiences'));
  const isOfTitle = isForPeople || frame.category === 'use' || isTitledRelease(reading, frame);
  const titled = isOfTitle ? reading.title.flatMap((title) => placesIn(reading, title)) : [];
  if (titled.length === 1) return titled;
  return isForPeople ? placesOfPeople(reading, act) : [];
}

/** Its theme stands behind its predicate, and what follows hangs on the theme. */
function isBehind({ theme, predicate }: Frame): boolean {
  return theme.start > predicate.start;
}

/** A post titled "Introducing X in the API" tells of what comes to the API, wherever it says so again. */
function isTitledRelease({ title }: Reading, { category }: Frame): boolean {
  return (
    RELEASES.includes(category) &&
    title.some(
      ({ frames, opening }) =>
        // "New audio models in the API"
        (opening?.kind === 'models' && frames.length === 0) ||
        frames.some(
          (frame) =>
            RELEASES.includes(frame.category) &&
            isAsserted(frame) &&
            (frame.theme.kind === 'names' || frame.theme.kind === 'models'),
        ),
    )
  );
}

/** "available to all users, with Plus subscribers getting more": the product whose plans people have. */
function placesOfPeople(reading: Reading, { frame: { scope }, sentence }: Act): readonly Place[] {
  const { words } = sentence.phrases;
  const found = placedPhrases(sentence)
    .filter(({ kind, list }) => kind === 'noun' && words.is(list.at(-1) ?? '', 'people'))
    .filter(({ start, end }) => start >= scope.start && end <= scope.end)
    .flatMap((phrase) => placesNamed(reading, phrase));
  return found.slice(0, 1).map(({ surface }) => ({ surface, plans: [] }));
}

function offer(
  reading: Reading,
  act: Act,
  about: About,
  place: Place,
  isDenial: boolean,
): readonly PrimaryStatement[] {
  const { item, context } = reading;
  if (!isReleasable(about.subject, context)) return [];
  const { category } = act.frame;
  const { extent } = act.frame.context;
  const isLimited = extent === 'limited';
  const said: Omit<Said, 'facet'> = {
    ...saidBy(reading, act, about),
    polarity: isDenial ? 'deny' : 'support',
    force: extent === 'full' || isDenial ? 'assert' : 'assert_partial',
    evidentiality: evidentialityIn(reading, extent === 'partial'),
  };
  if (isApi(place) && category === 'support') return [];
  if (isApi(place) && !isLimited) return [statementOf(item, { ...said, facet: 'api_listed' })];
  const rollout = isLimited ? ({ rollout: 'trusted_access' } as const) : {};
  const where = isApi(place) ? [{}] : qualifiersOf(place);
  const wide = where.map((narrow) =>
    statementOf(item, {
      ...said,
      ...{ facet: 'product_available', qualifiers: { ...narrow, ...rollout } },
    }),
  );
  return isLimited ? [...wide, statementOf(item, { ...said, facet: 'limited_test' })] : wide;
}

/** An id given literally on a page that documents. */
function documentedIn(reading: Reading): readonly PrimaryStatement[] {
  const { item, context, mentions, title, body } = reading;
  if (!DOCUMENTS.includes(context.watcher.kind)) return [];
  const ids = mentions.filter(({ alias, text, subject }) => alias === 'api_id' && text === subject);
  return [...title, ...body]
    .filter(
      ({ frames }) =>
        !frames.some(
          ({ context: { polarity, time } }) => polarity === 'denied' || time === 'future',
        ),
    )
    .flatMap((sentence) =>
      ids
        .filter(({ span }) => span[0] >= sentence.start && span[1] <= sentence.end)
        .map(({ subject, claimed, span }) =>
          statementOf(item, {
            ...{ subject, facet: 'documented', aliasClaimed: claimed },
            ...{ rule: 'guide.model-id', marks: [{ part: 'model', span }] },
            span: quoteOf(reading, sentence),
          }),
        ),
    );
}
