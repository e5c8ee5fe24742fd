import type { Item } from '../../domain/item.ts';
import { remembered } from '../../domain/remembered.ts';
import { isFigure } from '../language/context.ts';
import type { Frame } from '../language/frame.ts';
import type { ReadSentence } from '../language/read-sentence.ts';
import { LONGEST_QUOTE } from './announcing.ts';
import { isAsserted, isUnreal } from './assertion.ts';
import { endingStatements } from './endings.ts';
import { idOfRelease } from './ids-of-release.ts';
import { type About, aboutOf, partsOf, subjectOf } from './named-models.ts';
import { isInUnknownPlace, placesIn, placesNamed, placesOfClause } from './places-in-sentence.ts';
import { FIGURE, priceStatements } from './prices.ts';
import { offeredBy } from './prose.ts';
import { groundsOf, quoteOf, withItems } from './quotes.ts';
import { type Act, type FramedSentence, type Reading, readItemText } from './reading.ts';
import {
  announcedOn,
  fieldOf,
  isReleasable,
  onceEach,
  type PrimaryContext,
  type PrimaryStatement,
  type Said,
  statementOf,
} from './statement.ts';
import { endingTables, priceTables } from './tables-in-prose.ts';
import { translatedStatements } from './translated-statements.ts';
import { isApi, isOfWeights, qualifiersOf } from './vendor-language.ts';

const RELEASES: readonly Frame['category'][] = ['release', 'announce', 'list', 'available'];
const IN_PLACE = 'in-place.predicative';
/** What is no launch, and says where a model can be had all the same. */
const OFFERS: readonly Frame['category'][] = ['use', 'host', 'default', 'access'];

/**
 * What an entry of a changelog states. The predicate decides: tags stand on fixes, updates and removals too, so a tag
 * alone says nothing (`sources`: the API changelog).
 */
export function changelogStatements(
  item: Item,
  context: PrimaryContext,
): readonly PrimaryStatement[] {
  const tagged = fieldOf(item, 'models').flatMap((id) => subjectOf(id, context) ?? []);
  const fields = fieldOf(item, 'models').length + fieldOf(item, 'apis').length;
  const tagLine = fields > 0 ? (item.text.split('\n')[0] ?? '') : '';
  const reading = readItemText({ ...item, title: '' }, context, tagLine.length);
  if (isUnreal(reading)) return [];
  const releases = releasesIn(reading, tagged);
  const released = new Set(releases.flatMap(({ about }) => about.map(({ subject }) => subject)));
  // Where nothing comes out, a table of prices is what the entry is about.
  const isOfRelease = released.size > 0 ? (id: string) => released.has(id) : null;
  const said = onceEach([
    ...releases.flatMap((release) => releaseSays(reading, release, tagLine)),
    ...(releases.some((release) => isOfApi(reading, release))
      ? idOfRelease(reading, [...released])
      : []),
    ...reading.acts
      .filter((act) => OFFERS.includes(act.frame.category) || isOnlyElsewhere(reading, act))
      .flatMap((act) => offeredBy(reading, act)),
    ...endingStatements(reading),
    ...endingTables(item, context),
    ...priceStatements(reading),
    ...pricedIn(reading, releases, released),
    ...priceTables(item, context, isOfRelease),
  ]);
  const stated = said.length === 0 ? onceEach(translatedStatements(item, context)) : said;
  return withItems(reading, stated);
}

interface Release extends Act {
  /** Its models stand in the tags and not in the sentence. */
  byTags: boolean;
}

function releasesIn(reading: Reading, tagged: readonly string[]): readonly Release[] {
  const named = reading.acts
    .filter(
      (act) =>
        (RELEASES.includes(act.frame.category) || isTakenUp(reading, act)) &&
        isRelease(reading, act) &&
        !isOfOther(reading, act),
    )
    .map((act): Release => ({ ...act, about: inTags(act.about, tagged), byTags: false }));
  if (named.length > 0 || tagged.length === 0) return named;
  return reading.body.flatMap((sentence) =>
    sentence.frames
      .filter(
        (frame) =>
          RELEASES.includes(frame.category) &&
          frame.theme.kind === 'models' &&
          !sentence.namesModel &&
          isRelease(reading, { frame, sentence }),
      )
      .map((frame) => ({
        frame,
        sentence,
        byTags: true,
        about: tagged.map((subject) => ({ subject, isMember: false, claimed: false })),
      })),
  );
}

/** "Our API now supports X": the API as a whole takes it up. What one of its endpoints or tools supports says nothing new. */
function isTakenUp({ item, context }: Reading, { frame, sentence }: FramedSentence): boolean {
  const { agent, category } = frame;
  const { words, list } = sentence.phrases;
  if (category !== 'support' || agent === null) return false;
  if (!list.some((word) => words.is(word, 'newly'))) return false;
  const [, whose] =
    /^(?:the |our )?(.*?)\s*\bAPI$/i.exec(item.text.slice(agent.start, agent.end)) ?? [];
  return whose !== undefined && (whose === '' || context.places.isOwn(whose));
}

/** What comes to a place of others is no release of the vendor's; what is introduced in one of unknown name is none, either. */
function isOfOther(reading: Reading, act: FramedSentence): boolean {
  if (act.frame.category === 'available') return isOnlyElsewhere(reading, act);
  return placesOfClause(reading, act).length === 0 && isInUnknownPlace(reading, act);
}

/** "X is available in Model Garden": it can be had there, and nothing new came out. */
function isOnlyElsewhere(reading: Reading, act: FramedSentence): boolean {
  const { frame, sentence } = act;
  if (!RELEASES.includes(frame.category) || fieldOf(reading.item, 'apis').length > 0) return false;
  const places = placesOfClause(reading, act);
  if (places.length === 0) return isInUnknownPlace(reading, act);
  return !places.some(isApi) && !(frame.category === 'available' && sentence.isOfWeights);
}

/** "Added X to the API": where a goal is named, it is the place itself, and no list or note in it. */
function isAt(reading: Reading, { context: { goal } }: Frame): boolean {
  return goal === null || placesNamed(reading, goal).length > 0;
}

/** An id of a dated copy, which is released with its model. */
function isDated(id: string): boolean {
  return /-\d{4}(?:-\d{2}){0,2}$/.test(id);
}

/** Of a family that is released, the tags name the members; of a name, the id. */
function inTags(about: readonly About[], tagged: readonly string[]): readonly About[] {
  return about.flatMap((one) => {
    const members = tagged.filter((tag) => tag.startsWith(`${one.subject}-`));
    const isNarrowed = members.length > 0 && !tagged.includes(one.subject) && about.length === 1;
    return isNarrowed && !members.some(isDated)
      ? members.map((subject) => ({ ...one, subject }))
      : [one];
  });
}

function isRelease(reading: Reading, { frame, sentence }: FramedSentence): boolean {
  if (!isAsserted(frame) || frame.context.recalled) return false;
  // "X is in training": in what is no place, nothing can be had.
  if (!frame.context.elsewhere && frame.rule !== IN_PLACE) return true;
  return isAt(reading, frame) && placesIn(reading, sentence, frame.scope).length > 0;
}

/** "Launched Acme 3: `acme-3-clip` and `acme-3-pro`": a name that only begins the ids listed for it is no model of its own. */
function withoutFamily(reading: Reading, about: readonly About[]): readonly About[] {
  const { context } = reading;
  const ids = idsNamed(reading);
  return about.filter(({ subject }) => {
    const isKnown = ids.has(subject) || context.names.subject(subject)?.status === 'curated';
    const members = about.filter((one) => ids.has(one.subject) && one.subject !== subject);
    const stem = partsOf(subject).join('-');
    return isKnown || !members.some((one) => partsOf(one.subject).join('-').startsWith(`${stem}-`));
  });
}

/** The models that an entry names by their ids. */
const idsNamed = remembered(
  ({ mentions }: Reading): ReadonlySet<string> =>
    new Set(
      mentions
        .filter(({ text, subject }) => text.toLowerCase() === subject)
        .map(({ subject }) => subject),
    ),
);

function releaseSays(
  reading: Reading,
  release: Release,
  tagLine: string,
): readonly PrimaryStatement[] {
  const { item, context } = reading;
  const { frame, sentence, about, byTags } = release;
  const [start, end] = quoteOf(reading, sentence);
  const isTagged = byTags && end <= LONGEST_QUOTE && tagLine !== '';
  return withoutFamily(reading, about)
    .filter(({ subject }) => isReleasable(subject, context))
    .flatMap(({ subject }) => {
      const said: Omit<Said, 'facet'> = {
        ...{ subject, span: [isTagged ? 0 : start, end] },
        ...groundsOf(reading, frame, byTags ? null : subject),
      };
      if (frame.context.extent === 'limited') return limitedRelease(item, frame, said);
      const home = context.places.home(item.url);
      const isAtHome = home !== null && !isOfWeights(home) && !isOnlyElsewhere(reading, release);
      const offered = isAtHome ? qualifiersOf(home) : [];
      return [
        // "X is still available in the API" tells of nothing new.
        ...(frame.context.continues || frame.theme.isApi ? [] : announcedOn(item, said)),
        ...(isOfApi(reading, release) ? [statementOf(item, { ...said, facet: 'api_listed' })] : []),
        ...offered.map((qualifiers) =>
          statementOf(item, { ...said, facet: 'product_available', qualifiers }),
        ),
      ];
    });
}

/** What a few may use by now: it is announced only where the predicate says that it came out. */
function limitedRelease(
  item: Item,
  { category }: Frame,
  said: Omit<Said, 'facet'>,
): readonly PrimaryStatement[] {
  const isAnnounced = category === 'release' || category === 'announce';
  const qualifiers = { rollout: 'trusted_access' } as const;
  const some = { ...said, force: 'assert_partial' } as const;
  return [
    ...(isAnnounced ? [statementOf(item, { ...said, facet: 'announced' })] : []),
    statementOf(item, { ...some, facet: 'product_available', qualifiers }),
    statementOf(item, { ...some, facet: 'limited_test' }),
  ];
}

/**
 * Whether a release is one in the API: its entry says so, or names no place at all, since the changelog is the API's. What
 * is put out as weights is not, but where a sentence of it says so.
 */
function isOfApi(reading: Reading, { frame, sentence }: FramedSentence): boolean {
  const { item, context } = reading;
  const isSaid = fieldOf(item, 'apis').length > 0 || frame.theme.isApi;
  if (isSaid || frame.context.extent === 'program') return true;
  if (context.places.home(item.url) !== null) return false;
  const { inApi, placed, isPlaced, isOfWeights } = placesOfBody(reading);
  const isSaidHere = frame.apart
    ? !sentence.isWithheld && placesNamed(reading, frame.scope).some(isApi)
    : inApi.has(sentence);
  const isSaidElsewhere = inApi.size > (inApi.has(sentence) ? 1 : 0);
  if (isSaidHere || isSaidElsewhere) return !sentence.isOfWeights || isSaidHere;
  return !isOfWeights && !isPlaced && !placed.has(sentence);
}

/** What the sentences of an entry say of places, found out once for all its releases. */
const placesOfBody = remembered((reading: Reading) => {
  const { body } = reading;
  const inApi = new Set<ReadSentence>();
  const placed = new Set<ReadSentence>();
  for (const one of body) {
    const places = placesNamed(reading, one);
    if (places.length > 0) placed.add(one);
    if (!one.isWithheld && places.some(isApi)) inApi.add(one);
  }
  return {
    ...{ inApi, placed },
    // "It is also coming to Amazon Bedrock": beside where it is.
    isPlaced: [...placed].some((one) => !isBeside(one)),
    isOfWeights: body.some((one) => one.isOfWeights),
  };
});

function isBeside({ phrases: { list, words } }: ReadSentence): boolean {
  return list.some((word) => words.is(word, 'besides'));
}

/** "X supports images, at $5 per million tokens": a figure with its unit, in a sentence that opens with the model. */
function isPriceOf(reading: Reading, { opening, phrases }: ReadSentence, subject: string): boolean {
  if (opening === null || !aboutOf(reading, opening).some((one) => one.subject === subject))
    return false;
  return phrases.chunks.some(
    (chunk, index) =>
      phrases.words.is(phrases.list[chunk.from] ?? '', 'price-leads') &&
      isFigure(phrases, phrases.chunks[index + 1]),
  );
}

/** What a release entry says of prices without naming a model is about the one it releases. */
function pricedIn(
  reading: Reading,
  releases: readonly Release[],
  released: ReadonlySet<string>,
): readonly PrimaryStatement[] {
  const [only, more] = released;
  if (only === undefined || more !== undefined) return [];
  return reading.body
    .filter(
      (sentence) =>
        FIGURE.test(reading.item.text.slice(sentence.start, sentence.end)) &&
        (!sentence.namesModel ||
          releases.some((one) => one.sentence === sentence) ||
          isPriceOf(reading, sentence, only)),
    )
    .map((sentence) =>
      statementOf(reading.item, {
        ...{ subject: only, facet: 'priced', rule: 'changelog.price-of-release' },
        span: quoteOf(reading, sentence),
      }),
    );
}
