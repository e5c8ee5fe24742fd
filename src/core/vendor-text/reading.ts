import type { Item } from '../../domain/item.ts';
import { type Day, dayOf } from '../../domain/time.ts';
import { datesIn } from '../extract/dates-in-text.ts';
import type { Argument } from '../language/arguments.ts';
import type { Frame } from '../language/frame.ts';
import type { ReadSentence } from '../language/read-sentence.ts';
import type { Mention } from '../names/mention.ts';
import { foldText, type Range } from '../text/characters.ts';
import { isOwnWord, isPlain } from './assertion.ts';
import { type About, aboutOf, distinct, isOfModel, modelsIn } from './named-models.ts';
import { namedSentences } from './named-sentences.ts';
import { heldSentences } from './set-apart.ts';
import type { PrimaryContext } from './statement.ts';

/** Openings of a sentence behind which a pronoun still means what it meant before. */
const KEEPS: readonly Argument['kind'][] = ['pronoun', 'vendor', 'models', 'people'];

/** A frame in the sentence it stands in. */
export interface FramedSentence {
  frame: Frame;
  sentence: ReadSentence;
}

/** A frame with the models it is about, wherever they are named. */
export interface Act extends FramedSentence {
  about: readonly About[];
}

/** A vendor's item, read. */
export interface Reading {
  item: Item;
  context: PrimaryContext;
  mentions: readonly Mention[];
  /** Of a name, the ids that brackets behind it give for it: "Ministral 3 (`a` and `b`)". */
  families: ReadonlyMap<string, readonly string[]>;
  /** Of a name, the dated copy that brackets behind it give: what ends is that. */
  copies: ReadonlyMap<string, string>;
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

/** Whether a sentence is a heading of the item. */
function isHeading({ document }: Item, place: number): boolean {
  return (document?.blocks ?? []).some(
    ({ kind, start, end }) => kind === 'heading' && start <= place && place < end,
  );
}

/** Reads an item; the first lines may be fields of it (`from`) and are not read as prose. */
export function readItemText(item: Item, context: PrimaryContext, from = 0): Reading {
  const { sentences: read, ...named } = namedSentences(item.text, context);
  const all = read.filter(({ start }) => start >= from);
  const sentences = heldSentences(item, all, dayOfItem(item, context));
  const titleEnd = item.text.startsWith(item.title) ? item.title.length : 0;
  const reading = {
    ...{ item, context, ...named },
    title: sentences.filter(({ start }) => start < titleEnd),
    body: sentences.filter(({ start }) => start >= titleEnd),
    only: onlyModel(named.mentions, context),
  };
  const unread = { ...reading, topic: topicOf(reading) };
  return { ...unread, acts: actsOf(unread) };
}

/** The day its words are meant from: its own, else the one it was seen on. */
function dayOfItem({ published }: Item, { at }: Pick<PrimaryContext, 'at'>): Day {
  return dayOf(published?.from ?? at);
}

type Unread = Omit<Reading, 'acts'>;

/** "Start building with X": what a title calls on everybody to do. */
export function isInvitation({ phrases: { list, words }, isQuestion }: ReadSentence): boolean {
  return !isQuestion && words.phraseAt(list, 0, 'invitations') > 0;
}

function topicOf(reading: Omit<Unread, 'topic'>): readonly About[] {
  const named = reading.title.flatMap((title) => {
    const { opening, frames, closing } = title;
    if (closing !== null) return [closing];
    const isTaken = isInvitation(title) ? () => true : isOwnWord;
    const taken = frames.filter(isTaken).map(({ theme }) => theme);
    if (taken.some(({ kind }) => kind === 'names')) return taken;
    return opening === null ? [] : [opening];
  });
  return distinct(named.flatMap((argument) => aboutOf(reading, argument)));
}

function actsOf(reading: Unread): readonly Act[] {
  const acts: Act[] = [];
  let last: readonly About[] = reading.topic;
  const sentences = [...reading.title, ...reading.body];
  for (const [index, sentence] of sentences.entries()) {
    acts.push(...answeredActs(reading, sentence, sentences[index - 1]));
    acts.push(...sentenceActs(reading, sentence, last));
    if (index >= reading.title.length) last = antecedentBehind(reading, sentence, last);
  }
  return acts;
}

/** What a sentence says, its pronouns taken for what it named before them, else for what was named last. */
function sentenceActs(
  reading: Unread,
  sentence: ReadSentence,
  last: readonly About[],
): readonly Act[] {
  const acts: Act[] = [];
  let nearest: readonly About[] | null = null;
  for (const found of sentence.frames) {
    const frame = ofPlace(datedAhead(reading, ofVendor(reading, found)));
    const isFarther = nearest === null && namesOtherBefore(reading, sentence, frame.theme, last);
    const about = modelsOf(reading, frame, isFarther ? [] : (nearest ?? last), sentence);
    if (about.length === 0) continue;
    acts.push({ frame, sentence, about });
    if (frame.theme.kind === 'names' && isPlain(frame.context)) nearest = about;
  }
  return acts;
}

/** "Is X in the API?" "Yes, as `x`.": an answer says what the question asked. */
function answeredActs(
  reading: Unread,
  sentence: ReadSentence,
  question: ReadSentence | undefined,
): readonly Act[] {
  if (question?.isQuestion !== true) return [];
  const { words, list } = sentence.phrases;
  if (!words.is(list[0] ?? '', 'agreeing')) return [];
  const isPartly = list.some((word) => words.is(word, 'reserving', 'negators', 'restrictive'));
  if (isPartly || sentence.isWithheld) return [];
  return question.frames.flatMap((frame) => {
    const { context, agent, theme } = frame;
    const isAsked =
      theme.kind === 'names' &&
      context.polarity === 'affirmed' &&
      context.time === 'present' &&
      !context.condition &&
      (frame.category === 'available' || frame.category === 'use');
    if (!isAsked) return [];
    const asked = agent?.kind === 'vendor' ? { ...agent, kind: 'people' as const } : agent;
    const said = { ...context, question: false, scope: 'main' as const };
    const about = aboutOf(reading, theme);
    return [{ frame: { ...frame, agent: asked, context: said }, sentence: question, about }];
  });
}

/** "Requests to X on one cloud fail; it stays on another": what the sentence names before its pronoun is nearer than the last one. */
function namesOtherBefore(
  reading: Unread,
  { start }: Range,
  theme: Argument,
  last: readonly About[],
): boolean {
  if (theme.kind !== 'pronoun') return false;
  return modelsIn(reading, { start, end: theme.start }).some(
    (one) => !last.some(({ subject }) => subject === one.subject),
  );
}

/** A deed of one of its products is the vendor's own: "ChatGPT retired the model", "the Codex app runs on it". */
function ofVendor({ context, item }: Unread, frame: Frame): Frame {
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
function datedAhead({ item, context }: Unread, frame: Frame): Frame {
  const { time, aspect } = frame.context;
  if (time !== 'present' || aspect === 'perfect') return frame;
  const said = dayOfItem(item, context);
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
  reading: Unread,
  sentence: ReadSentence,
  before: readonly About[],
): readonly About[] {
  const themes = sentence.frames.filter(isOwnWord).map(({ theme }) => theme);
  const named = themes.filter(({ kind }) => kind === 'names');
  if (named.length > 0) return distinct(named.flatMap((theme) => aboutOf(reading, theme)));
  if (themes.some(({ kind }) => kind === 'models')) return listedBelow(reading, sentence);
  const { alone, opening } = sentence;
  if (alone !== null) return aboutOf(reading, alone);
  if (opening === null || KEEPS.includes(opening.kind) || isOwn(sentence, opening)) return before;
  return aboutOf(reading, opening);
}

/** "Our new flagship pairs …": what only the model of the text can be. */
function isOwn({ phrases }: ReadSentence, { start, end }: Range): boolean {
  const { words, tokens } = phrases;
  const said = tokens.filter((token) => token.start >= start && token.end <= end);
  return (
    words.is(said[0]?.word ?? '', 'own') &&
    said.some(({ word }) => words.is(word, 'model', 'newest-ones'))
  );
}

/** The models an argument means: those it names, those listed under it, or those a pronoun points back at. */
function modelsOf(
  reading: Unread,
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
      if (theme.isElided) return topicAlone(reading, theme);
      if (last.length > 0) return last;
      // "This model" is the page's own where nothing nearer is one.
      return theme.isModelWord ? ownModel(reading, theme) : namedBefore(reading, sentence, theme);
    default:
      return theme.isAccess &&
        context.polarity === 'denied' &&
        modelsIn(reading, scope).length === 0
        ? last
        : [];
  }
}

/** "Two models, X and Y, and both are …": what a sentence names before a pronoun of its own; "it" may mean anything in it. */
function namedBefore(
  reading: Unread,
  { start }: Range,
  { start: end, head }: Argument,
): readonly About[] {
  const models = modelsIn(reading, { start, end });
  const about = distinct(models.map((one) => ({ ...one, isMember: false })));
  return about.length > 1 && head !== 'it' ? about : [];
}

/** The page's own model, else the only one it has named so far. */
function ownModel({ topic, only }: Unread, { start }: Range): readonly About[] {
  return topic.length > 0 || only === null || only.end > start ? topic : [only.about];
}

/** "Available today in the API", under a title with one model: that one, as long as nothing else was named. */
function topicAlone({ topic, mentions, context }: Unread, { start }: Range): readonly About[] {
  const [only, more] = topic;
  const isNamedAlone = mentions.every(
    (one) => one.span[0] > start || !isOfModel(one, context) || one.subject === only?.subject,
  );
  return only !== undefined && more === undefined && isNamedAlone ? topic : [];
}

/** The model a text names, where it names no other, and the place it names it first. */
function onlyModel(mentions: readonly Mention[], context: PrimaryContext): Only | null {
  const models = mentions.filter((one) => isOfModel(one, context));
  const [first] = models;
  if (first === undefined || models.some(({ subject }) => subject !== first.subject)) return null;
  const claimed = models.every((one) => one.claimed);
  return { about: { subject: first.subject, isMember: false, claimed }, end: first.span[1] };
}

/**
 * "Retired the following models:" and the lines under it that are names, each with what stands beside it. What a sentence
 * calls "the following" may stand behind another one.
 */
function listedBelow(
  reading: Unread,
  { start, end, line, phrases }: ReadSentence,
): readonly About[] {
  const { body, title, item } = reading;
  const isTitle = title.some((one) => one.start === start);
  const isLead = isTitle || isHeading(item, start) || /:\s*$/.test(item.text.slice(start, end + 1));
  if (!isLead && !phrases.list.some((word) => phrases.words.is(word, 'listing'))) return [];
  const sentences = [...title, ...body];
  const listed: About[] = [];
  let lineRead = line;
  const below = sentences.findIndex((one) => one.start === start) + 1;
  for (const next of sentences.slice(below)) {
    if (next.line === lineRead) continue;
    const named = next.alone ?? next.item;
    // An id that nobody knows is one of the list all the same.
    if (named === null && /^\S+$/.test(item.text.slice(next.start, next.end))) continue;
    if (named === null) break;
    lineRead = next.line;
    listed.push(...aboutOf(reading, named));
  }
  return distinct(listed);
}
