import type { Item } from '../../domain/item.ts';
import type { SourceKind } from '../../domain/source-kind.ts';
import { dayOf } from '../../domain/time.ts';
import type { Frame } from '../language/frame.ts';
import type { ReadSentence } from '../language/read-sentence.ts';
import type { Range } from '../text/characters.ts';
import { announced, OFFERS, RELEASES, titleQuote, titleStatements } from './announcing.ts';
import { isAsserted, isOffer, isPlanned, isUnreal, isWithheld } from './assertion.ts';
import { endingStatements } from './endings.ts';
import type { About } from './named-models.ts';
import { placesIn } from './places-in-sentence.ts';
import { priceStatements } from './prices.ts';
import { daysIn, groundsOf, quoteOf, withItems } from './quotes.ts';
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
  const artefact = item.published === null ? ('page' as const) : ('permanent' as const);
  return withItems(
    reading,
    onceEach([...endingTables(item, context, artefact), ...endingStatements(reading, artefact)]),
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
  const artefact = item.published === null ? ('page' as const) : ('permanent' as const);
  // The blog for developers tells how others use models: beyond the title it is about them.
  const acts =
    kind === 'developer-blog'
      ? reading.acts.filter(({ sentence }) => reading.title.includes(sentence))
      : reading.acts;
  const said = onceEach([
    // The body says it in a whole sentence, which is the better quote.
    ...bodyFirst(reading, acts).flatMap((act) => announcedBy(reading, act, artefact)),
    ...titleStatements(reading, artefact),
    ...acts.flatMap((act) => offeredBy(reading, act, artefact)),
    ...endingStatements({ ...reading, acts }, artefact),
    ...endingTables(item, context, artefact),
    ...priceStatements({ ...reading, acts }, artefact),
    ...priceTables(item, context, artefact, isOfEvery(kind) ? null : isOfItem(reading)),
    ...documentedIn(reading, artefact),
  ]);
  return withItems(reading, said);
}

/** A guide's tables give the prices of what it is a guide to; in a post, those of others are what it compares with. */
function isOfEvery(kind: SourceKind): boolean {
  return DOCUMENTS.includes(kind);
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

function announcedBy(
  reading: Reading,
  act: Act,
  artefact: Said['artefact'],
): readonly PrimaryStatement[] {
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
  return announced(reading, released(act.about), span, artefact, (subject) =>
    groundsOf(reading, frame, subject),
  );
}

/** "We're bringing GPT-9 to ChatGPT": what is brought or added comes out where it is brought to. */
function isPlaced(reading: Reading, { frame, sentence }: Act): boolean {
  return frame.category !== 'list' || placesIn(reading, sentence, frame.scope, null).length > 0;
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
export function offeredBy(
  reading: Reading,
  act: Act,
  artefact: Said['artefact'],
): readonly PrimaryStatement[] {
  const { frame } = act;
  if (!OFFERS.includes(frame.category) || isUnreal(reading)) return [];
  const places = placesOffered(reading, act);
  const elsewhere = isOnlyInApi(frame, places) ? deniedElsewhere(reading, act, artefact) : [];
  const isDenial =
    isWithheld(frame) && !(isOfPeople(frame) && placesOfAgent(reading, frame).length === 0);
  if (!isDenial && !isOffer(frame)) return elsewhere;
  const isUnplaced = places.length === 0 && frame.context.extent === 'limited' && !isDenial;
  const where = isUnplaced ? [{ surface: '', plans: [] }] : places;
  const offered = released(act.about).flatMap((about) =>
    where.flatMap((place) => offer(reading, act, about, place, isDenial, artefact)),
  );
  return [...offered, ...elsewhere];
}

function isOfPeople({ category, agent }: Frame): boolean {
  return category === 'use' && agent?.kind === 'people';
}

function placesOfAgent({ item, context }: Reading, { agent }: Frame): readonly Place[] {
  return agent === null ? [] : context.places.in(item.text.slice(agent.start, agent.end));
}

/** A guide is the vendor's word, and no proof of what is out. */
function provesIn({ context }: Reading): boolean {
  return context.watcher.kind !== 'guide';
}

function isOnlyInApi(frame: Frame, places: readonly Place[]): boolean {
  const isSaid = isAsserted(frame) || isPlanned(frame);
  return isSaid && frame.context.exclusive && places.length > 0 && places.every(isApi);
}

/** "GPT-9 is only available via the API": it is in no product. */
function deniedElsewhere(
  reading: Reading,
  { about, sentence, frame }: Act,
  artefact: Said['artefact'],
): readonly PrimaryStatement[] {
  const evidentiality = provesIn(reading) ? ('primary_artefact' as const) : ('first_hand' as const);
  const said = { artefact, facet: 'product_available', polarity: 'deny', evidentiality } as const;
  return released(about)
    .filter(({ subject }) => isReleasable(subject, reading.context))
    .map(({ subject, claimed }) =>
      statementOf(reading.item, {
        ...{ ...said, subject, aliasClaimed: claimed },
        ...groundsOf(reading, frame, subject),
        span: quoteOf(reading, sentence),
      }),
    );
}

/** The places a clause names; for all that have an account, the one place the title names; for developers, the API. */
function placesOffered(reading: Reading, { frame, sentence }: Act): readonly Place[] {
  if (frame.theme.isApi) return reading.context.places.api();
  // "Introducing X, remote agents in the app, and a new mode": the place is that of the last thing.
  if (frame.theme.kind === 'names' && frame.theme.isMixed && isBehind(frame)) return [];
  const named = placesIn(reading, sentence, frame.scope, frame.agent);
  if (named.length > 0 || frame.context.time === 'past') return named;
  const { words, list, tokens } = sentence.phrases;
  const { start, end } = frame.scope;
  const said = list.filter((_, at) => {
    const token = tokens[at];
    return token !== undefined && token.start >= start && token.end <= end;
  });
  if (said.some((word) => words.is(word, 'developers'))) return reading.context.places.api();
  const isForPeople = said.some((word) => words.is(word, 'people', 'audiences'));
  const isOfTitle = isForPeople || frame.category === 'use' || isTitledRelease(reading, frame);
  const titled = isOfTitle
    ? reading.title.flatMap((title) => placesIn(reading, title, title, null))
    : [];
  if (titled.length === 1) return titled;
  return isForPeople ? placesOfPeople(reading, sentence, frame.scope) : [];
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
function placesOfPeople(
  { item, context }: Reading,
  { phrases }: ReadSentence,
  { start, end }: Range,
): readonly Place[] {
  const { chunks, tokens, words, list } = phrases;
  const found = chunks
    .filter(({ kind, to }) => kind === 'noun' && words.is(list[to] ?? '', 'people'))
    .map(({ from, to }) => [tokens[from]?.start ?? 0, tokens[to]?.end ?? 0] as const)
    .filter(([first, last]) => first >= start && last <= end)
    .flatMap(([first, last]) => context.places.in(item.text.slice(first, last)));
  return found.slice(0, 1).map(({ surface }) => ({ surface, plans: [] }));
}

function offer(
  reading: Reading,
  { frame, sentence }: Act,
  { subject, claimed }: About,
  place: Place,
  isDenial: boolean,
  artefact: Said['artefact'],
): readonly PrimaryStatement[] {
  if (!isReleasable(subject, reading.context)) return [];
  const { extent } = frame.context;
  const isLimited = extent === 'limited';
  // A banner of a guide, and a rollout that has only begun, are the vendor's word and no proof.
  const isProof = provesIn(reading) && extent !== 'partial';
  const said = {
    ...{ subject, artefact, span: quoteOf(reading, sentence), aliasClaimed: claimed },
    ...groundsOf(reading, frame, subject),
    polarity: isDenial ? ('deny' as const) : ('support' as const),
    force: extent === 'full' || isDenial ? ('assert' as const) : ('assert_partial' as const),
    evidentiality: isProof ? ('primary_artefact' as const) : ('first_hand' as const),
  };
  if (isApi(place) && frame.category === 'support') return [];
  if (isApi(place) && !isLimited)
    return [statementOf(reading.item, { ...said, facet: 'api_listed' })];
  const where = isApi(place) ? [{}] : qualifiersOf(place);
  const wide = where.map((qualifiers) =>
    statementOf(reading.item, {
      ...said,
      facet: 'product_available',
      qualifiers: { ...qualifiers, ...(isLimited ? { rollout: 'trusted_access' } : {}) },
    }),
  );
  return isLimited
    ? [...wide, statementOf(reading.item, { ...said, facet: 'limited_test' })]
    : wide;
}

/** An id given literally on a page that documents. */
function documentedIn(reading: Reading, artefact: Said['artefact']): readonly PrimaryStatement[] {
  const { item, context, mentions, title, body } = reading;
  if (!DOCUMENTS.includes(context.watcher.kind)) return [];
  return [...title, ...body].flatMap((sentence) =>
    sentence.frames.some(
      (frame) => frame.context.polarity === 'denied' || frame.context.time === 'future',
    )
      ? []
      : mentions
          .filter(
            ({ span, alias, text, subject }) =>
              span[0] >= sentence.start &&
              span[1] <= sentence.end &&
              alias === 'api_id' &&
              text === subject,
          )
          .map(({ subject, claimed, span }) =>
            statementOf(item, {
              ...{ subject, facet: 'documented', artefact },
              ...{ rule: 'guide.model-id', marks: [{ part: 'model', span }] },
              span: quoteOf(reading, sentence),
              aliasClaimed: claimed,
            }),
          ),
  );
}
