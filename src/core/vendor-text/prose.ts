import type { Item } from '../../domain/item.ts';
import type { SourceKind } from '../../domain/source-kind.ts';
import { dayOf } from '../../domain/time.ts';
import type { ReadSentence } from '../language/analysis.ts';
import type { Frame } from '../language/frames.ts';
import type { Range } from '../text/range.ts';
import { isAsserted, isOffer, isPlanned, isWithheld } from './assertion.ts';
import { endingStatements } from './endings.ts';
import { isApi, type Place, qualifiersOf } from './places.ts';
import { placesIn } from './places-in-sentence.ts';
import { priceStatements } from './prices.ts';
import {
  type About,
  type Act,
  aboutOf,
  daysIn,
  quoteOf,
  type Reading,
  readItemText,
} from './reading.ts';
import {
  isReleasable,
  onceEach,
  type PrimaryContext,
  type PrimaryStatement,
  type Said,
  statementOf,
} from './statement.ts';

/** Channels whose posts announce; guides and status pages describe. */
const ANNOUNCES: readonly SourceKind[] = ['newsroom', 'article', 'developer-blog', 'help'];
/** Channels whose prose documents an id it gives literally. */
const DOCUMENTS: readonly SourceKind[] = ['guide'];
/** A quote longer than this is read by nobody. */
const LONGEST_QUOTE = 400;
const RELEASES: readonly Frame['category'][] = ['release', 'announce', 'list'];
const OFFERS: readonly Frame['category'][] = [
  ...RELEASES,
  'available',
  'use',
  'host',
  'support',
  'restore',
  'default',
  'access',
];

/** What a vendor's prose says: announced by its posts, available where its clauses say so, documented where it gives an id. */
export function proseStatements(item: Item, context: PrimaryContext): readonly PrimaryStatement[] {
  const { kind } = context.watcher;
  if (!ANNOUNCES.includes(kind) && !DOCUMENTS.includes(kind)) return [];
  const reading = readItemText(item, context);
  if (reading.mentions.length === 0) return [];
  const artefact = item.published === null ? ('page' as const) : ('permanent' as const);
  // The blog for developers tells how others use models: beyond the title it is about them.
  const acts =
    kind === 'developer-blog'
      ? reading.acts.filter(({ sentence }) => reading.title.includes(sentence))
      : reading.acts;
  return onceEach([
    // The body says it in a whole sentence, which is the better quote.
    ...bodyFirst(reading, acts).flatMap((act) => announcedBy(reading, act, artefact)),
    ...titleSays(reading, artefact),
    ...acts.flatMap((act) => offeredBy(reading, act, artefact)),
    ...endingStatements({ ...reading, acts }, artefact),
    ...priceStatements({ ...reading, acts }, artefact),
    ...documentedIn(reading, artefact),
  ]);
}

function bodyFirst({ title }: Reading, acts: readonly Act[]): readonly Act[] {
  const isOfTitle = ({ sentence }: Act): boolean => title.includes(sentence);
  return [...acts.filter((act) => !isOfTitle(act)), ...acts.filter(isOfTitle)];
}

/** A title that is a name, or a name with a tagline, announces it (policy, section 8.4). */
function titleSays(reading: Reading, artefact: Said['artefact']): readonly PrimaryStatement[] {
  const { title, context } = reading;
  const [first] = title;
  if (
    context.watcher.kind !== 'newsroom' ||
    first === undefined ||
    first.alone === null ||
    isUnreal(reading)
  )
    return [];
  const about = aboutOf(reading, first.alone).filter(
    ({ subject }) => !isOnlyPlanned(reading, subject),
  );
  return announced(reading, about, titleQuote(reading, first), artefact);
}

/** "GPT-9 comes to ChatGPT in the second half of the year": a post that only plans a model announces nothing that is. */
function isOnlyPlanned({ acts }: Reading, subject: string): boolean {
  const told = acts.filter(
    ({ frame, about }) =>
      OFFERS.includes(frame.category) && about.some((one) => one.subject === subject),
  );
  return told.some(({ frame }) => isPlanned(frame)) && !told.some(({ frame }) => isOffer(frame));
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
    (isTitle && frame.context.companion) ||
    isRecalled(reading, act) ||
    !isPlaced(reading, act)
  )
    return [];
  const span = isTitle ? titleQuote(reading, sentence) : quoteOf(reading, sentence);
  return announced(reading, released(act.about), span, artefact);
}

/** "We're bringing GPT-9 to ChatGPT": what is brought or added comes out where it is brought to. */
function isPlaced(reading: Reading, { frame, sentence }: Act): boolean {
  return frame.category !== 'list' || placesIn(reading, sentence, frame.scope, null).length > 0;
}

/** A title with the sentence under it, where the two make a quote people read. */
function titleQuote(reading: Reading, title: ReadSentence): readonly [number, number] {
  const [start, end] = quoteOf(reading, title);
  const [first] = reading.body;
  if (first === undefined || reading.title.at(-1) !== title) return [start, end];
  const [, last] = quoteOf(reading, first);
  return [start, last - start > LONGEST_QUOTE ? end : last];
}

function announced(
  { item, context }: Reading,
  about: readonly About[],
  span: readonly [number, number],
  artefact: Said['artefact'],
): readonly PrimaryStatement[] {
  const day = item.published === null ? null : dayOf(item.published.from);
  return about
    .filter(({ subject }) => isReleasable(subject, context))
    .flatMap(({ subject, claimed }) => {
      const said: Said = { subject, span, artefact, facet: 'announced', aliasClaimed: claimed };
      const dated = day === null ? [] : [statementOf(item, { ...said, value: day })];
      return [statementOf(item, said), ...dated];
    });
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
  { about, sentence }: Act,
  artefact: Said['artefact'],
): readonly PrimaryStatement[] {
  const evidentiality = provesIn(reading) ? ('primary_artefact' as const) : ('first_hand' as const);
  const said = { artefact, facet: 'product_available', polarity: 'deny', evidentiality } as const;
  return released(about)
    .filter(({ subject }) => isReleasable(subject, reading.context))
    .map(({ subject, claimed }) =>
      statementOf(reading.item, {
        ...{ ...said, subject, aliasClaimed: claimed },
        span: quoteOf(reading, sentence),
      }),
    );
}

/** The places a clause names; for all that have an account, the one place the title names; for developers, the API. */
function placesOffered(reading: Reading, { frame, sentence }: Act): readonly Place[] {
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
  const titled = reading.title.flatMap((title) => placesIn(reading, title, title, null));
  const isOfTitle = isForPeople || frame.category === 'use' || isTitledRelease(reading, frame);
  if (titled.length === 1 && isOfTitle) return titled;
  return isForPeople ? placesOfPeople(reading, sentence, frame.scope) : [];
}

/** A post titled "Introducing X in the API" tells of what comes to the API, wherever it says so again. */
function isTitledRelease({ title }: Reading, { category }: Frame): boolean {
  return (
    RELEASES.includes(category) &&
    title.some(({ frames }) =>
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
          .map(({ subject, claimed }) =>
            statementOf(item, {
              subject,
              facet: 'documented',
              artefact,
              span: quoteOf(reading, sentence),
              aliasClaimed: claimed,
            }),
          ),
  );
}

/** A post that tells of a joke, a simulation or a mistake says nothing of what is. */
export function isUnreal({ title, body }: Reading): boolean {
  return [...title, ...body].some(({ isUnreal: unreal }) => unreal);
}
