import type { Item } from '../../domain/item.ts';
import { dayOf, type Interval } from '../../domain/time.ts';
import { datesIn } from '../extract/dates-in-text.ts';
import type { English, ReadSentence } from '../language/analysis.ts';
import type { Argument, NamedModel } from '../language/arguments.ts';
import type { Frame } from '../language/frames.ts';
import type { Mention } from '../names/mention.ts';
import { foldText } from '../text/fold.ts';
import type { Range } from '../text/range.ts';
import { isOwnWord } from './assertion.ts';
import { namesIn, type PrimaryContext } from './statement.ts';

/** Openings of a sentence behind which a pronoun still means what it meant before. */
const KEEPS: readonly Argument['kind'][] = ['pronoun', 'vendor', 'models', 'people'];

/** How far back, in characters, a day in full gives later ones their year. */
const FURTHEST = 2000;

/** A model that a frame is about. */
export interface About {
  subject: string;
  /** Listed as a member of another name: "GPT-5 (Instant and Thinking)". */
  isMember: boolean;
  /** By an alias no primary source had used by then. */
  claimed: boolean;
}

/** A frame with the models it is about, wherever they are named. */
export interface Act {
  frame: Frame;
  sentence: ReadSentence;
  about: readonly About[];
}

/** A vendor's item, read. */
export interface Reading {
  item: Item;
  context: PrimaryContext;
  mentions: readonly Mention[];
  /** The sentences of the title, when the text opens with it. */
  title: readonly ReadSentence[];
  body: readonly ReadSentence[];
  /** Every frame of the item whose models are known, in order. */
  acts: readonly Act[];
  /** The models of the title, when it names them and nothing else does: what an unnamed "it" means. */
  topic: readonly About[];
  only: Only | null;
}

interface Only {
  about: About;
  end: number;
}

/** Whether a place lies in a sample: what an example says, nobody states. */
function isSample({ document }: Item, place: number): boolean {
  return (document?.blocks ?? []).some(
    ({ kind, start, end }) => kind === 'code' && start <= place && place < end,
  );
}

/** Reads an item; the first lines may be fields of it (`from`) and are not read as prose. */
export function readItemText(item: Item, context: PrimaryContext, from = 0): Reading {
  const mentions = namesIn(item.text, context);
  const ranges = mentions.map(({ span }) => ({ start: span[0], end: span[1] }));
  const sentences = english(context)
    .read(item.text, ranges)
    .filter(({ start }) => start >= from && !isSample(item, start));
  const opens = item.text.startsWith(item.title) && item.title !== '';
  const title = opens ? sentences.filter(({ start }) => start < item.title.length) : [];
  const body = opens ? sentences.filter(({ start }) => start >= item.title.length) : sentences;
  const reading = { item, context, mentions, title, body, only: onlyModel(mentions, context) };
  const topic = topicOf(reading);
  return { ...reading, topic, acts: actsOf({ ...reading, topic }) };
}

function english({ english: language }: PrimaryContext): English {
  return language;
}

type Unread = Omit<Reading, 'acts' | 'topic'>;

function topicOf(reading: Unread): readonly About[] {
  const named = reading.title.flatMap(({ opening, frames, closing }) => {
    if (closing !== null) return [closing];
    const taken = frames.filter(isOwnWord).map(({ theme }) => theme);
    if (taken.some(({ kind }) => kind === 'names')) return taken;
    return opening === null ? [] : [opening];
  });
  return distinct(named.flatMap((argument) => aboutOf(reading, argument)));
}

function actsOf(reading: Omit<Reading, 'acts'>): readonly Act[] {
  const acts: Act[] = [];
  let last: readonly About[] = reading.topic;
  for (const [index, sentence] of [...reading.title, ...reading.body].entries()) {
    const isTitle = index < reading.title.length;
    let nearest = last;
    for (const found of sentence.frames) {
      const frame = ofPlace(datedAhead(reading, ofVendor(reading, found)));
      const about = modelsOf(reading, frame, nearest, sentence);
      if (about.length > 0) acts.push({ frame, sentence, about });
      if (about.length > 0 && frame.theme.kind === 'names' && isOwnWord(frame)) nearest = about;
    }
    if (!isTitle) last = antecedentBehind(reading, sentence, last);
  }
  return acts;
}

/** A deed of one of its products is the vendor's own: "ChatGPT retired the model", "the Codex app runs on it". */
function ofVendor({ context, item }: Omit<Reading, 'acts'>, frame: Frame): Frame {
  const { agent } = frame;
  if (agent === null || agent.negated) return frame;
  const text = item.text.slice(agent.start, agent.end);
  if (frame.category === 'host')
    return context.places.isProduct(text)
      ? { ...frame, agent: { ...agent, kind: 'product' } }
      : frame;
  return agent.kind === 'other' && (context.places.isOwn(text) || context.places.isProduct(text))
    ? { ...frame, agent: { ...agent, kind: 'vendor' } }
    : frame;
}

/** "API access is not part of this launch": what is said of access to a place is said of the model there. */
function ofPlace(frame: Frame): Frame {
  const { theme, agent, context } = frame;
  if (!theme.isAccess || agent !== null || context.polarity !== 'denied') return frame;
  return { ...frame, agent: { ...theme, kind: 'vendor' } };
}

/** "comes to the API in spring 2027", said the year before: a present that means the future. */
function datedAhead({ item }: Omit<Reading, 'acts'>, frame: Frame): Frame {
  const { time, aspect } = frame.context;
  if (time !== 'present' || aspect === 'perfect' || item.published === null) return frame;
  const said = dayOf(item.published.from);
  const scope = foldText(withoutNote(item.text.slice(frame.scope.start, frame.scope.end)));
  const years = [...scope.matchAll(/\b20\d\d\b/g)].map(([year]) => year);
  const isAhead =
    datesIn(scope, said).some(({ interval }) => dayOf(interval.from) > said) ||
    years.some((year) => year > said.slice(0, 4));
  return isAhead ? { ...frame, context: { ...frame.context, time: 'future' } } : frame;
}

/** "Update on June 10, 2026: X is out": the day of a note added later plans nothing. */
function withoutNote(scope: string): string {
  return scope.replace(/^\s*(?:update|updated|edit)\b[^:]{0,60}:/i, '');
}

/** What a later "it" or "these models" means: the models a sentence is about, else those before it. */
function antecedentBehind(
  reading: Omit<Reading, 'acts'>,
  sentence: ReadSentence,
  before: readonly About[],
): readonly About[] {
  const themes = sentence.frames.filter(isOwnWord).map(({ theme }) => theme);
  const named = themes.filter(({ kind }) => kind === 'names');
  if (named.length > 0) return distinct(named.flatMap((theme) => aboutOf(reading, theme)));
  if (themes.some(({ kind }) => kind === 'models')) return listedBelow(reading, sentence);
  const { alone, opening } = sentence;
  if (alone !== null) return aboutOf(reading, alone);
  if (opening === null || KEEPS.includes(opening.kind)) return before;
  return aboutOf(reading, opening);
}

/** The models an argument means: those it names, those listed under it, or those a pronoun points back at. */
function modelsOf(
  reading: Omit<Reading, 'acts'>,
  { theme, context, scope }: Frame,
  last: readonly About[],
  sentence: ReadSentence,
): readonly About[] {
  switch (theme.kind) {
    case 'names':
      return aboutOf(reading, theme);
    case 'models': {
      const listed = listedBelow(reading, sentence);
      return listed.length === 0 && theme.isOwn && reading.topic.length === 1
        ? reading.topic
        : listed;
    }
    case 'pronoun':
      if (last.length === 0 && !theme.isModelWord) return namedBefore(reading, sentence, theme);
      // "This model" is the page's own where nothing nearer is one.
      return last.length === 0 && theme.isModelWord ? ownModel(reading, theme) : last;
    default:
      return theme.isAccess && context.polarity === 'denied' && !namesWithin(reading, scope)
        ? last
        : [];
  }
}

/** "Two models, X and Y, and both are …": what a sentence names before a pronoun of its own; "it" may mean anything in it. */
function namedBefore(
  { mentions, context }: Omit<Reading, 'acts'>,
  sentence: Range,
  { start, head }: Argument,
): readonly About[] {
  const models = mentions.filter(
    ({ span, subject }) =>
      span[0] >= sentence.start &&
      span[1] <= start &&
      context.names.subject(subject)?.kind !== 'product',
  );
  const about = distinct(
    models.map(({ subject, claimed }) => ({ subject, isMember: false, claimed })),
  );
  return about.length > 1 && head !== 'it' ? about : [];
}

/** The page's own model, else the only one it has named so far. */
function ownModel(
  { topic, only }: Unread & { topic: Reading['topic'] },
  { start }: Range,
): readonly About[] {
  return topic.length > 0 || only === null || only.end > start ? topic : [only.about];
}

/** The model a text names, where it names no other, and the place it names it first. */
function onlyModel(mentions: readonly Mention[], { names }: PrimaryContext): Only | null {
  const models = mentions.filter(({ subject }) => names.subject(subject)?.kind !== 'product');
  const [first] = models;
  if (first === undefined || models.some(({ subject }) => subject !== first.subject)) return null;
  const claimed = models.every((one) => one.claimed);
  return { about: { subject: first.subject, isMember: false, claimed }, end: first.span[1] };
}

/** Whether a stretch names a model, and no product alone. */
function namesWithin({ mentions, context }: Unread, { start, end }: Range): boolean {
  return mentions.some(
    ({ span, subject }) =>
      span[0] >= start && span[1] <= end && context.names.subject(subject)?.kind !== 'product',
  );
}

/** "retired the following models:" and the lines under it that are names. */
function listedBelow(
  reading: Omit<Reading, 'acts'>,
  { start, end, ...sentence }: ReadSentence,
): readonly About[] {
  const { body, item } = reading;
  if (!/:\s*$/.test(item.text.slice(start, end + 1))) return [];
  const listed: About[] = [];
  for (let at = body.findIndex((one) => one.start === start) + 1; at < body.length; at++) {
    const alone = body[at]?.alone ?? null;
    if (alone === null || body[at]?.line === sentence.line) break;
    listed.push(...aboutOf(reading, alone));
  }
  return distinct(listed);
}

/** The subjects of the names in an argument; what has no id by any grammar is left out. */
export function aboutOf(
  { mentions, context }: Pick<Reading, 'mentions' | 'context'>,
  { names }: Argument,
): readonly About[] {
  const found = names.flatMap((name): readonly About[] => {
    const mention = mentions[name.mention];
    if (mention === undefined) return [];
    const subject = subjectNamed(mention, name, context);
    return subject === null
      ? []
      : [{ subject, isMember: name.isMember, claimed: !isVerified(mentions, mention) }];
  });
  return distinct(found);
}

/** A name verified anywhere in the item counts. */
function isVerified(mentions: readonly Mention[], { subject, claimed }: Mention): boolean {
  return !claimed || mentions.some((other) => other.subject === subject && !other.claimed);
}

function subjectNamed(
  mention: Mention,
  { extension }: NamedModel,
  { names }: PrimaryContext,
): string | null {
  if (extension === '') return mention.subject;
  const words = extension.replaceAll(' ', '-');
  return names.resolve(`${mention.subject}-${words}`) ?? ofFamily(mention, words, names);
}

/** "GPT-Rosalind Clinical": another model of a family whose names hold no number, where its name is one of the vendor's. */
function ofFamily(
  { text, subject }: Mention,
  words: string,
  names: PrimaryContext['names'],
): string | null {
  const vendor = names.vendorOf(subject);
  if (vendor === null || /\d/.test(text)) return null;
  const id = foldText(`${text}-${words}`).replaceAll(' ', '-');
  const listed = names.listed(vendor, { id, owner: null });
  return 'subject' in listed ? listed.subject : null;
}

function distinct(about: readonly About[]): readonly About[] {
  return [...new Map(about.map((one) => [one.subject, one])).values()];
}

/** The days a stretch gives; where it leaves the year out, that of the item's own day, or of the last full day before it. */
export function daysIn(reading: Pick<Reading, 'item'>, { start, end }: Range): readonly Interval[] {
  const { published, text } = reading.item;
  const before = published === null ? fullDaysBefore(text, start).at(-1) : published;
  const reference = before === undefined ? null : dayOf(before.from);
  return datesIn(foldText(text.slice(start, end)), reference ?? '2000-01-01')
    .filter(
      ({ hasYear, interval }) => (hasYear || reference !== null) && interval.precision === 'day',
    )
    .map(({ interval }) => interval);
}

function fullDaysBefore(text: string, end: number): readonly Interval[] {
  return datesIn(foldText(text.slice(Math.max(0, end - FURTHEST), end)), '2000-01-01')
    .filter(({ hasYear, interval }) => hasYear && interval.precision === 'day')
    .map(({ interval }) => interval);
}

/** Where a statement's quote stands: the sentence without the sign that ends it. */
export function quoteOf(
  { item }: Pick<Reading, 'item'>,
  { start, end }: Range,
): readonly [number, number] {
  const bare = item.text.slice(start, end).replace(/[.!:;\s]+$/, '');
  return [start, start + bare.length];
}
