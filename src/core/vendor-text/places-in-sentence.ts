import type { Argument } from '../language/arguments.ts';
import type { Phrases } from '../language/phrases.ts';
import type { ReadSentence } from '../language/read-sentence.ts';
import type { Chunk, Token } from '../language/sentence-parts.ts';
import type { Range } from '../text/characters.ts';
import { isOfModel } from './named-models.ts';
import type { FramedSentence, Reading } from './reading.ts';
import { isApi, type Place } from './vendor-language.ts';

/** The places that a stretch of the text names, wherever in it. */
export function placesNamed({ item, context }: Reading, { start, end }: Range): readonly Place[] {
  return context.places.in(item.text.slice(start, end));
}

/** The places that the clause of a frame speaks of. */
export function placesOfClause(
  reading: Reading,
  { frame, sentence }: FramedSentence,
): readonly Place[] {
  return placesIn(reading, sentence, frame.scope, frame.agent);
}

/** The places a stretch of a sentence speaks of: behind a preposition, or as whose users somebody acts. */
export function placesIn(
  reading: Reading,
  sentence: ReadSentence,
  { start, end }: Range = sentence,
  agent: Argument | null = null,
): readonly Place[] {
  const { item, context } = reading;
  const { phrases } = sentence;
  const { chunks, tokens } = phrases;
  const within = chunks.filter(
    ({ from, to }, index) =>
      (tokens[from]?.start ?? 0) >= start &&
      (tokens[to]?.end ?? 0) <= end &&
      !isReserved(phrases, index),
  );
  const actor = agent === null || agent.kind === 'other' ? null : agent;
  const texts = actor === null ? [] : [item.text.slice(actor.start, actor.end)];
  let isPlace = false;
  for (const chunk of within) {
    isPlace =
      isPlaceBehind(phrases, chunk, isPlace) &&
      !(isPlace && isWayInto(reading, phrases, chunk, texts));
    texts.push(chunk.kind === 'noun' && isPlace ? placeText(reading, phrases, chunk) : ',');
  }
  return context.places.in(texts.join(' '));
}

/** A phrase of a sentence, with its words and the preposition it stands behind, if any. */
interface PlacedPhrase extends Range {
  kind: Chunk['kind'];
  tokens: readonly Token[];
  list: readonly string[];
  preposition: string | null;
}

export function placedPhrases({ phrases }: ReadSentence): readonly PlacedPhrase[] {
  const { chunks, list, sentence } = phrases;
  return chunks.map(({ kind, from, to }, at) => {
    const tokens = phrases.tokens.slice(from, to + 1);
    const before = chunks[at - 1];
    return {
      ...{ kind, tokens, list: list.slice(from, to + 1) },
      ...{ start: tokens[0]?.start ?? sentence.start, end: tokens.at(-1)?.end ?? sentence.end },
      preposition: before?.kind === 'preposition' ? (list[before.to] ?? '') : null,
    };
  });
}

/** "is now available in Acme Slides": a place by a name that nobody here knows, which is no API. */
export function isInUnknownPlace(
  reading: Reading,
  { frame: { scope, predicate }, sentence }: FramedSentence,
): boolean {
  const { item, context, mentions } = reading;
  const { words } = sentence.phrases;
  return placedPhrases(sentence).some((phrase) => {
    const { start, end, preposition } = phrase;
    const last = phrase.tokens.at(-1);
    return (
      start >= predicate.start &&
      end <= scope.end &&
      words.is(preposition ?? '', 'insides') &&
      last?.pos === 'PROPN' &&
      /^\p{Lu}/u.test(item.text.slice(last.start)) &&
      !words.is(last.word.replace(/\.$/, ''), ...NO_PLACES) &&
      !mentions.some(({ span }) => span[0] < end && span[1] > start) &&
      placesNamed(reading, phrase).length === 0 &&
      !context.places.isOwn(item.text.slice(start, end))
    );
  });
}

/** Names that stand behind "in" and are when, how or by whom. */
const NO_PLACES = ['months', 'weekdays', 'carriers', 'phases', 'stages'];

/** "X, until now reserved for Codex, can be called": where it was kept is not where it is. */
function isReserved({ chunks, list, words }: Phrases, at: number): boolean {
  const sign = chunks.findLastIndex(({ kind }, index) => index < at && kind === 'sign');
  const closing = chunks.findIndex(({ kind }, index) => index > at && kind === 'sign');
  if (sign < 0 || closing < 0) return false;
  return list
    .slice(chunks[sign]?.to ?? 0, chunks[closing]?.from)
    .some((word) => words.is(word, 'formerly'));
}

/** "from the console of a cloud through its API": by which way it is reached there, and no other place. */
function isWayInto(
  { context }: Reading,
  { list, words }: Phrases,
  chunk: Chunk,
  before: readonly string[],
): boolean {
  if (chunk.kind !== 'preposition' || !words.is(list[chunk.from] ?? '', 'ways')) return false;
  const found = context.places.in(before.join(' '));
  return found.length > 0 && !found.some(isApi);
}

/** Whether what stands behind a phrase, or the phrase itself, is where something is. */
function isPlaceBehind({ list, words }: Phrases, chunk: Chunk, before: boolean): boolean {
  // "powers ChatGPT", "has joined the API"
  if (chunk.verb !== null) return words.is(list[chunk.verb.main] ?? '', 'place-verbs');
  if (chunk.kind === 'preposition') {
    const word = list[chunk.from] ?? '';
    // "in the latest version of the app"
    return (
      words.is(word, 'place-prepositions') ||
      words.is(list[chunk.from - 1] ?? '', 'place-nouns') ||
      (before && words.is(word, 'carrying'))
    );
  }
  return before && (chunk.kind === 'noun' || goesOn(chunk, list[chunk.from] ?? ''));
}

function placeText(reading: Reading, { tokens }: Phrases, { from, to }: Chunk): string {
  const range = { start: tokens[from]?.start ?? 0, end: tokens[to]?.end ?? 0 };
  return isModel(reading, range) ? '' : reading.item.text.slice(range.start, range.end);
}

/** What a list of places may hold between them. */
function goesOn({ kind }: Chunk, word: string): boolean {
  return ['conjunction', 'adverb', 'time'].includes(kind) || (kind === 'sign' && word === ',');
}

/** A model's name may hold a product's ("GPT-5.3-Codex"), and is no place. */
function isModel({ mentions, context }: Reading, { start, end }: Range): boolean {
  const name = mentions.find(({ span }) => span[0] >= start && span[1] <= end);
  return name !== undefined && isOfModel(name, context);
}
