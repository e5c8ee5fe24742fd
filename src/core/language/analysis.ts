import type { LanguageData } from '../../domain/language.ts';
import type { Range } from '../text/range.ts';
import { type Argument, argumentOf, coordinationFrom, merged } from './arguments.ts';
import { clauseOf } from './clauses.ts';
import type { Frame } from './frame.ts';
import { framesOf } from './frames.ts';
import { nameAlone, nameOfItem } from './headlines.ts';
import { hasPhrase, isSign, type Phrases, phrasesOf, skip } from './phrases.ts';
import { compilePredicates } from './predicates.ts';
import { sentencesOf } from './sentences.ts';
import { openTagger } from './tagger.ts';
import type { Tagger } from './tokens.ts';
import { compileWords, type Words } from './words.ts';

/** A sentence with the frames of its predicates. */
export interface ReadSentence extends Range {
  frames: readonly Frame[];
  /** The names it consists of, when it is no more than a name, a list of names, or a name with a tagline. */
  alone: Argument | null;
  /** The name that a line of a list is for, with what stands beside it: "`x`, our smallest model". */
  item: Argument | null;
  /** Its first noun phrase, for what a later pronoun means. */
  opening: Argument | null;
  /** The names that stand alone behind its colon: "Addendum to the card: X". */
  closing: Argument | null;
  /** It names a model anywhere. */
  namesModel: boolean;
  isQuestion: boolean;
  /** It speaks of a joke, a simulation, a mistake. */
  isUnreal: boolean;
  /** "Coming soon", said of nothing in particular. */
  isForthcoming: boolean;
  /** It speaks of weights that everybody may load. */
  isOfWeights: boolean;
  /** It takes something back: "is not hosted on our API". */
  isWithheld: boolean;
  /** "API access remains unchanged", "there are no changes in the API". */
  isUnchanged: boolean;
  /** The line of the text it stands on, by its offset. */
  line: number;
  phrases: Phrases;
}

/** English, as the rules know it. */
export interface English {
  words: Words;
  /** The sentences of a text with their frames; names are ranges of the text, in order, none overlapping another. */
  read(text: string, names: readonly Range[]): readonly ReadSentence[];
}

export function compileEnglish(data: LanguageData, tag: Tagger = openTagger()): English {
  const grammar = { words: compileWords(data), predicates: compilePredicates(data) };
  return {
    words: grammar.words,
    read: (text, names) =>
      sentencesOf(text, names, tag).map((sentence) => {
        const phrases = phrasesOf(sentence, grammar);
        const { start, end, isQuestion, line } = sentence;
        return {
          ...{ start, end, isQuestion, line, phrases },
          frames: framesOf(phrases),
          alone: namesAlone(phrases) ?? nameAlone(phrases),
          item: nameOfItem(phrases),
          opening: openingOf(phrases),
          closing: closingOf(phrases),
          namesModel: sentence.tokens.some(({ mention }) => mention !== null),
          isOfWeights: hasPhrase(phrases, 0, phrases.tokens.length - 1, 'weights'),
          isWithheld: hasPhrase(phrases, 0, phrases.tokens.length - 1, 'negators'),
          isUnchanged: hasPhrase(phrases, 0, phrases.tokens.length - 1, 'unchanged'),
          isForthcoming: hasPhrase(phrases, 0, phrases.tokens.length - 1, 'forthcoming'),
          isUnreal: hasPhrase(phrases, 0, phrases.tokens.length - 1, 'unreal'),
        };
      }),
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
