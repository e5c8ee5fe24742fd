import type { LanguageData } from '../../domain/language.ts';
import type { Range } from '../text/characters.ts';
import { knownTexts } from '../text/known-texts.ts';
import { type Argument, argumentOf, coordinationFrom, merged } from './arguments.ts';
import { clauseOf } from './clauses.ts';
import { framesOf } from './frames.ts';
import { nameAlone, nameOfItem } from './headlines.ts';
import { hasPhrase, isSign, type Phrases, phrasesOf, skip } from './phrases.ts';
import { compilePredicates } from './predicates.ts';
import { movedSentence, type ReadSentence } from './read-sentence.ts';
import type { Sentence, Tagger } from './sentence-parts.ts';
import { compileWords, type Words } from './sentence-parts.ts';
import { type NamedLine, namedLines, openTagger, sentencesOf } from './tagged-sentences.ts';

/** English, as the rules know it. */
export interface English {
  words: Words;
  /** The sentences of a text with their frames; names are ranges of the text, in order, none overlapping another. */
  read(text: string, names: readonly Range[]): readonly ReadSentence[];
}

/** What lines that were read before may take, in characters: most of a page that changed is what it was. */
const MOST_KNOWN = 12_000_000;
/** What a token takes, in characters, with its share of phrases and frames. */
const TOKEN_SIZE = 300;

export function compileEnglish(data: LanguageData, tag: Tagger = openTagger()): English {
  const grammar = { words: compileWords(data), predicates: compilePredicates(data) };
  const known = knownTexts<readonly ReadSentence[]>(MOST_KNOWN);
  const sentencesIn = (named: NamedLine): readonly ReadSentence[] => {
    const key = `${named.names.map(({ start, end }) => `${start}-${end}`).join(' ')}\n${named.line}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const sentences = sentencesOf(named, tag).map((sentence) => readSentence(sentence, grammar));
    const count = sentences.reduce((sum, { phrases }) => sum + phrases.tokens.length, 0);
    known.put(key, sentences, count * TOKEN_SIZE);
    return sentences;
  };
  return {
    words: grammar.words,
    read: (text, names) =>
      [...namedLines(text, names)].flatMap((named) =>
        sentencesIn(named).map((sentence) => movedSentence(sentence, named)),
      ),
  };
}

/** Reads a sentence as if its line were the whole text. */
function readSentence(sentence: Sentence, grammar: Parameters<typeof phrasesOf>[1]): ReadSentence {
  const phrases = phrasesOf(sentence, grammar);
  const last = phrases.tokens.length - 1;
  const { start, end, isQuestion } = sentence;
  return {
    ...{ start, end, isQuestion, line: 0, phrases },
    frames: framesOf(phrases),
    alone: namesAlone(phrases) ?? nameAlone(phrases),
    item: nameOfItem(phrases),
    opening: openingOf(phrases),
    closing: closingOf(phrases),
    namesModel: sentence.tokens.some(({ mention }) => mention !== null),
    isOfWeights: hasPhrase(phrases, 0, last, 'weights'),
    isWithheld: hasPhrase(phrases, 0, last, 'negators'),
    isUnchanged: hasPhrase(phrases, 0, last, 'unchanged'),
    isForthcoming: hasPhrase(phrases, 0, last, 'forthcoming'),
    isUnreal: hasPhrase(phrases, 0, last, 'unreal'),
  };
}

/** A line that lists names and nothing else. */
function namesAlone(phrases: Phrases): Argument | null {
  const start = skip(phrases, 0, 1, 'sign');
  if (phrases.chunks[start]?.kind !== 'noun') return null;
  const { items, last } = coordinationFrom(phrases, start);
  const end = skip(phrases, last + 1, 1, 'sign', 'adverb');
  const whole = merged(items);
  const areNames = items.every(({ kind }) => kind === 'names');
  return phrases.chunks[end] === undefined && areNames ? whole : null;
}

function closingOf(phrases: Phrases): Argument | null {
  const [colon, last] = phrases.chunks.slice(-2);
  if (last?.kind !== 'noun' || !isSign(phrases, colon, ':')) return null;
  const argument = argumentOf(phrases, last);
  return argument.kind === 'names' ? argument : null;
}

/** The subject of a sentence, else the noun phrase it opens with, days and places before it apart. */
function openingOf(phrases: Phrases): Argument | null {
  const { chunks } = phrases;
  const verb = chunks.findIndex((chunk) => chunk.verb?.form === 'finite');
  const subject = verb < 0 ? null : clauseOf(phrases, verb).subject;
  if (subject !== null) return subject;
  let isBehindVerb = false;
  for (const [at, chunk] of chunks.entries()) {
    isBehindVerb ||= chunk.kind === 'verb';
    if (chunk.kind !== 'noun' || chunks[at - 1]?.kind === 'preposition') continue;
    const opening = merged(coordinationFrom(phrases, at).items);
    // What a verb at the start takes is no subject, and a pronoun does not mean it.
    return opening === null || !isBehindVerb ? opening : { ...opening, kind: 'other', names: [] };
  }
  return null;
}
