import type { ReadSentence } from '../language/analysis.ts';
import type { Argument } from '../language/arguments.ts';
import type { Chunk } from '../language/chunk.ts';
import type { Phrases } from '../language/phrases.ts';
import type { Range } from '../text/range.ts';
import type { Place } from './places.ts';
import type { Reading } from './reading.ts';

/** The places a stretch of a sentence speaks of: behind a preposition, or as whose users somebody acts. */
export function placesIn(
  reading: Reading,
  { phrases }: ReadSentence,
  { start, end }: Range,
  agent: Argument | null,
): readonly Place[] {
  const { item, context } = reading;
  const { chunks, tokens } = phrases;
  const within = chunks.filter(
    ({ from, to }) => (tokens[from]?.start ?? 0) >= start && (tokens[to]?.end ?? 0) <= end,
  );
  const actor = agent === null || agent.kind === 'other' ? null : agent;
  const texts = actor === null ? [] : [item.text.slice(actor.start, actor.end)];
  let isPlace = false;
  for (const chunk of within) {
    isPlace = isPlaceBehind(phrases, chunk, isPlace);
    texts.push(chunk.kind === 'noun' && isPlace ? placeText(reading, phrases, chunk) : ',');
  }
  return context.places.in(texts.join(' '));
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
      (before && words.is(word, 'part-of'))
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
  return name !== undefined && context.names.subject(name.subject)?.kind !== 'product';
}
