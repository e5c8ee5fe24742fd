import type { Item } from '../../domain/item.ts';
import { dayOf } from '../../domain/time.ts';
import type { ReadSentence } from '../language/analysis.ts';
import type { Frame } from '../language/frames.ts';
import { isAsserted } from './assertion.ts';
import { endingStatements } from './endings.ts';
import { isApi } from './places.ts';
import { placesIn } from './places-in-sentence.ts';
import { priceStatements } from './prices.ts';
import { isUnreal, offeredBy } from './prose.ts';
import { type About, quoteOf, type Reading, readItemText } from './reading.ts';
import {
  fieldOf,
  isReleasable,
  onceEach,
  type PrimaryContext,
  type PrimaryStatement,
  statementOf,
  subjectOf,
} from './statement.ts';

const ARTEFACT = 'permanent' as const;
/** A quote longer than this is read by nobody. */
const LONGEST_QUOTE = 400;
const RELEASES: readonly Frame['category'][] = ['release', 'announce', 'list', 'available'];
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
  return onceEach([
    ...releases.flatMap((release) => releaseSays(reading, release, tagLine)),
    ...reading.acts
      .filter(({ frame }) => OFFERS.includes(frame.category))
      .flatMap((act) => offeredBy(reading, act, ARTEFACT)),
    ...endingStatements(reading, ARTEFACT),
    ...priceStatements(reading, ARTEFACT),
    ...pricedIn(reading, releases),
  ]);
}

interface Release {
  frame: Frame;
  sentence: ReadSentence;
  about: readonly About[];
  /** Its models stand in the tags and not in the sentence. */
  byTags: boolean;
}

function releasesIn(reading: Reading, tagged: readonly string[]): readonly Release[] {
  const named = reading.acts
    .filter(
      ({ frame, sentence }) =>
        RELEASES.includes(frame.category) && isRelease(reading, frame, sentence),
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
          isRelease(reading, frame, sentence),
      )
      .map((frame) => ({
        frame,
        sentence,
        byTags: true,
        about: tagged.map((subject) => ({ subject, isMember: false, claimed: false })),
      })),
  );
}

/** "Added X to the API": where a goal is named, it is the place itself, and no list or note in it. */
function isAt({ item, context }: Reading, { context: { goal } }: Frame): boolean {
  return goal === null || context.places.in(item.text.slice(goal.start, goal.end)).length > 0;
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

function isRelease(reading: Reading, frame: Frame, sentence: ReadSentence): boolean {
  if (!isAsserted(frame) || frame.context.recalled) return false;
  if (!frame.context.elsewhere) return true;
  return isAt(reading, frame) && placesIn(reading, sentence, frame.scope, null).length > 0;
}

function releaseSays(
  reading: Reading,
  { frame, sentence, about, byTags }: Release,
  tagLine: string,
): readonly PrimaryStatement[] {
  const { item, context } = reading;
  const day = item.published === null ? null : dayOf(item.published.from);
  const [start, end] = quoteOf(reading, sentence);
  const span =
    byTags && end <= LONGEST_QUOTE && tagLine !== ''
      ? ([0, end] as const)
      : ([start, end] as const);
  return about
    .filter(({ subject }) => isReleasable(subject, context))
    .flatMap(({ subject }) => {
      const said = { subject, span, artefact: ARTEFACT };
      if (frame.context.extent === 'limited') {
        const qualifiers = { rollout: 'trusted_access' as const };
        return [
          statementOf(item, {
            ...said,
            facet: 'product_available',
            qualifiers,
            force: 'assert_partial',
          }),
          statementOf(item, { ...said, facet: 'limited_test', force: 'assert_partial' }),
        ];
      }
      const dated =
        day === null
          ? []
          : [statementOf(item, { ...said, facet: 'announced' as const, value: day })];
      const isInApi = isOfApi(reading, frame);
      const listed = isInApi ? [statementOf(item, { ...said, facet: 'api_listed' as const })] : [];
      return [statementOf(item, { ...said, facet: 'announced' }), ...dated, ...listed];
    });
}

/** Whether an entry speaks of the API, or tells of general availability inside a program. */
function isOfApi({ item, context }: Reading, frame: Frame): boolean {
  return (
    fieldOf(item, 'apis').length > 0 ||
    context.places.in(item.text).some(isApi) ||
    frame.context.extent === 'program'
  );
}

const FIGURE = /[$€£]\s?\d/;

/** What a release entry says of prices without naming a model is about the one it releases. */
function pricedIn(reading: Reading, releases: readonly Release[]): readonly PrimaryStatement[] {
  const subjects = [
    ...new Set(releases.flatMap(({ about }) => about.map(({ subject }) => subject))),
  ];
  const [only] = subjects;
  if (only === undefined || subjects.length > 1) return [];
  return reading.body
    .filter(
      (sentence) =>
        FIGURE.test(reading.item.text.slice(sentence.start, sentence.end)) &&
        (!sentence.namesModel || releases.some((one) => one.sentence === sentence)),
    )
    .map((sentence) =>
      statementOf(reading.item, {
        subject: only,
        facet: 'priced',
        span: quoteOf(reading, sentence),
        artefact: ARTEFACT,
      }),
    );
}
