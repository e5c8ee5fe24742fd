import type { Item } from '../../domain/item.ts';
import { dayOf } from '../../domain/time.ts';
import type { Mention } from '../names/mention.ts';
import { availabilityIn } from './availability.ts';
import { releasedIn, releasesModels } from './release-cues.ts';
import { type Ending, endingIn } from './retirement-cues.ts';
import { daysIn, mentionsIn, type Piece, pieceAt, sentencesOf } from './spans.ts';
import {
  fieldOf,
  isMoving,
  namesIn,
  onceEach,
  type PrimaryContext,
  type PrimaryStatement,
  type Said,
  statementOf,
  subjectOf,
} from './statement.ts';

/** What a sentence of an entry does, and to which of the entry's models. */
interface Act {
  sentence: Piece;
  kind: 'release' | 'general' | 'limited' | Ending['kind'];
  ending: Ending | null;
  subjects: readonly string[];
}

interface Entry {
  item: Item;
  context: PrimaryContext;
  /** The models in the tags, as subjects; without tags the sentences name them. */
  tagged: readonly string[];
  mentions: readonly Mention[];
  tags: Piece | null;
}

/** A quote longer than this is read by nobody. */
const LONGEST_QUOTE = 400;
const PRICED = /\b(priced?|pricing|charge[sd]?|costs?|billed|token rates?)\b|[$€£]\s?\d/i;
const COMPARED = /\b(more|less|cheaper|higher|lower)\b.{0,30}\bthan\b/i;
const POINTS_BACK =
  /^(they|it|both|these( models| snapshots)?|this( model| snapshot)?|the models?)\b/i;
/** A slug that is pointed elsewhere is no model that comes or goes. */
const REPOINTED = /\b(slug|alias)\b.*\b(point|points|pointed|route[sd]?|refer)\b/i;

/**
 * What an entry of a changelog states. The verb decides: tags stand on fixes, updates and removals too, so a tag alone
 * says nothing (`sources`: the API changelog).
 */
export function changelogStatements(
  item: Item,
  context: PrimaryContext,
): readonly PrimaryStatement[] {
  const tagLine = fieldOf(item, 'models').length > 0 ? (item.text.split('\n')[0] ?? '') : '';
  const tags = pieceAt(item.text, tagLine);
  const tagged = fieldOf(item, 'models').flatMap((id) => subjectOf(id, context) ?? []);
  const mentions = namesIn(item.text, context);
  const entry: Entry = { item, context, tagged, mentions, tags };
  const body = sentencesOf(item.text).filter(({ start }) => tags === null || start > tags.end);
  const acts: Act[] = [];
  for (const sentence of body) {
    const act = actOf(entry, sentence, acts.at(-1)?.subjects ?? []);
    if (act !== null) acts.push(act);
  }
  return onceEach([...acts.flatMap((act) => actSays(entry, act)), ...pricedIn(entry, body, acts)]);
}

/** What a sentence does; one that only points back ("They will be shut down …") is about the models before it. */
function actOf(entry: Entry, sentence: Piece, before: readonly string[]): Act | null {
  if (REPOINTED.test(sentence.text)) return null;
  const ending = endingIn(sentence.text);
  if (ending !== null) {
    const isBack = POINTS_BACK.test(sentence.text) && before.length > 0;
    const subjects = isBack ? before : endedSubjects(entry, sentence);
    return { sentence, kind: ending.kind, ending, subjects };
  }
  const released = releasedIn(sentence, entry.mentions);
  const verb = releasesModels(sentence, entry.mentions);
  const announces = released[0]?.announces ?? verb?.announces;
  if (announces === undefined) return null;
  const named = [...new Set(released.map(({ mention }) => mention.subject))];
  const subjects = entry.tagged.length > 0 ? taggedReleased(entry, sentence, named) : named;
  const stages = availabilityIn(sentence, entry.mentions).map(({ stage }) => stage);
  if (stages.includes('limited')) return { sentence, kind: 'limited', ending: null, subjects };
  if (stages.length > 0 && !stages.includes('available') && !stages.includes('staged')) return null;
  return { sentence, kind: announces ? 'release' : 'general', ending: null, subjects };
}

/** The tagged models a sentence is about: those it names, else those that no sentence names. */
function taggedFor({ tagged, mentions, tags }: Entry, sentence: Piece): readonly string[] {
  const bodyMentions = mentions.filter(({ span }) => span[0] >= (tags?.end ?? 0));
  const here = new Set(mentionsIn(sentence, bodyMentions).map(({ subject }) => subject));
  const anywhere = new Set(bodyMentions.map(({ subject }) => subject));
  return tagged.filter((subject) => here.has(subject) || !anywhere.has(subject));
}

/** The tagged models a sentence releases: none where it releases others, for then tags and text do not belong together. */
function taggedReleased(
  entry: Entry,
  sentence: Piece,
  named: readonly string[],
): readonly string[] {
  const fits = (tag: string): boolean =>
    named.some((name) => tag === name || tag.startsWith(`${name}-`));
  return named.length > 0 && !entry.tagged.some(fits) ? [] : taggedFor(entry, sentence);
}

/** Whom an end strikes: the tagged models it names or means, and never the ones it recommends instead. */
function endedSubjects(entry: Entry, sentence: Piece): readonly string[] {
  if (entry.tagged.length > 0) return taggedFor(entry, sentence);
  const instead = /\b(replac|recommend|instead|use |migrat|in favor|successor)/i.exec(
    sentence.text,
  )?.index;
  const limit = sentence.start + (instead ?? sentence.text.length);
  return mentionsIn(sentence, entry.mentions)
    .filter(({ span, claimed }) => span[0] < limit && !claimed)
    .map(({ subject }) => subject);
}

function actSays(entry: Entry, act: Act): readonly PrimaryStatement[] {
  return act.subjects.flatMap((subject) => {
    const say = (said: Omit<Said, 'subject' | 'span' | 'artefact'>): PrimaryStatement =>
      statementOf(entry.item, {
        subject,
        span: quoteOf(entry, act.sentence),
        artefact: 'permanent',
        ...said,
      });
    if (act.kind === 'release' || act.kind === 'general')
      return releaseSays(entry, act, subject, say);
    if (act.kind === 'limited') {
      const qualifiers = { rollout: 'trusted_access' as const };
      return [say({ facet: 'product_available', qualifiers, force: 'assert_partial' })];
    }
    return endingSays(entry, act, say);
  });
}

type Say = (said: Omit<Said, 'subject' | 'span' | 'artefact'>) => PrimaryStatement;

function releaseSays(
  entry: Entry,
  act: Act,
  subject: string,
  say: Say,
): readonly PrimaryStatement[] {
  if (isMoving(subject, entry.context)) return [];
  const day = entry.item.published === null ? null : dayOf(entry.item.published.from);
  const announced =
    act.kind === 'general'
      ? []
      : [
          say({ facet: 'announced' }),
          ...(day === null ? [] : [say({ facet: 'announced', value: day })]),
        ];
  const isInApi = fieldOf(entry.item, 'apis').length > 0 || /\bAPIs?\b/.test(entry.item.text);
  return [...announced, ...(isInApi ? [say({ facet: 'api_listed' })] : [])];
}

function endingSays(entry: Entry, { kind, ending }: Act, say: Say): readonly PrimaryStatement[] {
  const date = ending?.date ?? null;
  const deprecated =
    kind === 'removed' && ending?.deprecated !== true ? [] : [say({ facet: 'deprecated' })];
  if (kind === 'removed') {
    return [say({ facet: 'retired', validTime: date ?? entry.item.published }), ...deprecated];
  }
  const isDated = kind === 'scheduled' && date !== null;
  return isDated ? [...deprecated, say({ facet: 'retired', validTime: date })] : deprecated;
}

/** What a release entry says of prices is about the models it releases, whoever serves as the measure. */
function pricedIn(
  entry: Entry,
  body: readonly Piece[],
  acts: readonly Act[],
): readonly PrimaryStatement[] {
  const released = acts.filter(
    ({ kind }) => kind === 'release' || kind === 'general' || kind === 'limited',
  );
  const subjects = [...new Set(released.flatMap((act) => act.subjects))];
  return body
    .filter(({ text }) => PRICED.test(text) && !COMPARED.test(text))
    .flatMap((sentence) =>
      subjects.map((subject) =>
        statementOf(entry.item, {
          subject,
          facet: 'priced',
          span: [sentence.start, sentence.end],
          validTime: daysIn(sentence.text)[0]?.day ?? null,
          artefact: 'permanent',
        }),
      ),
    );
}

/** The tags hold the id and the sentence the verb: both are quoted where that is not too long. */
function quoteOf({ tags }: Entry, sentence: Piece): readonly [number, number] {
  const start =
    tags === null || sentence.end - tags.start > LONGEST_QUOTE ? sentence.start : tags.start;
  return [start, sentence.end];
}
