import type { LanguageData } from '../../domain/language.ts';
import type { Range } from '../text/characters.ts';
import { knownTexts } from '../text/known-texts.ts';
import { type Argument, argumentOf, coordinationFrom, merged } from './arguments.ts';
import { clauseOf } from './clauses.ts';
import type { Frame } from './frame.ts';
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
    const sentences = sentencesOf(named, tag).map(
      (sentence) => new LineSentence(sentence, grammar),
    );
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

/** A sentence as if its line were the whole text; what is seldom asked for is found out when it is. */
class LineSentence implements ReadSentence {
  readonly start: number;
  readonly end: number;
  readonly line = 0;
  readonly isQuestion: boolean;
  readonly phrases: Phrases;
  readonly frames: readonly Frame[];
  readonly namesModel: boolean;
  readonly #arguments = new Map<string, Argument | null>();
  readonly #classes = new Map<string, boolean>();

  constructor(sentence: Sentence, grammar: Parameters<typeof phrasesOf>[1]) {
    this.start = sentence.start;
    this.end = sentence.end;
    this.isQuestion = sentence.isQuestion;
    this.phrases = phrasesOf(sentence, grammar);
    this.frames = framesOf(this.phrases);
    this.namesModel = sentence.tokens.some(({ mention }) => mention !== null);
  }

  get alone(): Argument | null {
    return this.#argument('alone', (phrases) => namesAlone(phrases) ?? nameAlone(phrases));
  }

  get item(): Argument | null {
    return this.#argument('item', nameOfItem);
  }

  get opening(): Argument | null {
    return this.#argument('opening', openingOf);
  }

  get closing(): Argument | null {
    return this.#argument('closing', closingOf);
  }

  get isOfWeights(): boolean {
    return this.#holds('weights');
  }

  get isWithheld(): boolean {
    return this.#holds('negators');
  }

  get isUnchanged(): boolean {
    return this.#holds('unchanged');
  }

  get isForthcoming(): boolean {
    return this.#holds('forthcoming');
  }

  get isUnreal(): boolean {
    return this.#holds('unreal');
  }

  #argument(name: string, find: (phrases: Phrases) => Argument | null): Argument | null {
    const known = this.#arguments.get(name);
    if (known !== undefined) return known;
    const argument = find(this.phrases);
    this.#arguments.set(name, argument);
    return argument;
  }

  #holds(wordClass: string): boolean {
    const known = this.#classes.get(wordClass);
    if (known !== undefined) return known;
    const holds = hasPhrase(this.phrases, 0, this.phrases.tokens.length - 1, wordClass);
    this.#classes.set(wordClass, holds);
    return holds;
  }
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
