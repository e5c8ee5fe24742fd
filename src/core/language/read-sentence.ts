import type { Range } from '../text/characters.ts';
import type { Argument } from './arguments.ts';
import type { Frame } from './frame.ts';
import type { Phrases } from './phrases.ts';
import type { Sentence, Token } from './sentence-parts.ts';
import type { NamedLine } from './tagged-sentences.ts';

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

/** How far a line lies from the start of its text, and how many names stand before it. */
type Place = Pick<NamedLine, 'start' | 'first'>;

/** A sentence that was read in its line, as one of the text that the line stands in. */
export function movedSentence(sentence: ReadSentence, place: Place): ReadSentence {
  if (place.start === 0 && place.first === 0) return sentence;
  return new MovedSentence(sentence, place);
}

/** A class for what its fields cost: of most sentences few are asked for, and getters of plain objects are made one by one. */
class MovedSentence implements ReadSentence {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly #read: ReadSentence;
  readonly #place: Place;
  #frames: readonly Frame[] | null = null;
  #phrases: Phrases | null = null;

  constructor(read: ReadSentence, place: Place) {
    this.start = read.start + place.start;
    this.end = read.end + place.start;
    this.line = read.line + place.start;
    this.#read = read;
    this.#place = place;
  }

  get frames(): readonly Frame[] {
    this.#frames ??= this.#read.frames.map((frame) => movedFrame(frame, this.#place));
    return this.#frames;
  }

  get phrases(): Phrases {
    this.#phrases ??= movedPhrases(this.#read.phrases, this.#place);
    return this.#phrases;
  }

  get alone(): Argument | null {
    return movedOrNull(this.#read.alone, this.#place);
  }

  get item(): Argument | null {
    return movedOrNull(this.#read.item, this.#place);
  }

  get opening(): Argument | null {
    return movedOrNull(this.#read.opening, this.#place);
  }

  get closing(): Argument | null {
    return movedOrNull(this.#read.closing, this.#place);
  }

  get namesModel(): boolean {
    return this.#read.namesModel;
  }

  get isQuestion(): boolean {
    return this.#read.isQuestion;
  }

  get isUnreal(): boolean {
    return this.#read.isUnreal;
  }

  get isForthcoming(): boolean {
    return this.#read.isForthcoming;
  }

  get isOfWeights(): boolean {
    return this.#read.isOfWeights;
  }

  get isWithheld(): boolean {
    return this.#read.isWithheld;
  }

  get isUnchanged(): boolean {
    return this.#read.isUnchanged;
  }
}

function movedRange({ start, end }: Range, place: Place): Range {
  return { start: start + place.start, end: end + place.start };
}

function movedFrame(frame: Frame, place: Place): Frame {
  const { predicate, theme, agent, context, scope } = frame;
  return {
    ...frame,
    predicate: movedRange(predicate, place),
    theme: movedArgument(theme, place),
    agent: movedOrNull(agent, place),
    context:
      context.goal === null ? context : { ...context, goal: movedRange(context.goal, place) },
    scope: movedRange(scope, place),
  };
}

function movedOrNull(argument: Argument | null, place: Place): Argument | null {
  return argument === null ? null : movedArgument(argument, place);
}

function movedArgument(argument: Argument, place: Place): Argument {
  const names = argument.names.map((name) => ({
    ...name,
    ...movedRange(name, place),
    mention: name.mention + place.first,
  }));
  return { ...argument, ...movedRange(argument, place), names };
}

/** Its words keep their places in the sentence; where they stand in the text is seldom asked for. */
function movedPhrases(phrases: Phrases, place: Place): Phrases {
  const { words, predicates, list, chunks } = phrases;
  let tokens: readonly Token[] | null = null;
  let sentence: Sentence | null = null;
  return {
    ...{ words, predicates, list, chunks },
    get tokens() {
      tokens ??= movedTokens(phrases.tokens, place);
      return tokens;
    },
    get sentence() {
      sentence ??= movedWords(phrases.sentence, place);
      return sentence;
    },
  };
}

function movedWords(sentence: Sentence, place: Place): Sentence {
  const asides = sentence.asides.map((aside) => ({
    ...aside,
    tokens: movedTokens(aside.tokens, place),
  }));
  return {
    ...sentence,
    ...movedRange(sentence, place),
    tokens: movedTokens(sentence.tokens, place),
    asides,
  };
}

function movedTokens(tokens: readonly Token[], place: Place): readonly Token[] {
  return tokens.map((token) => ({
    ...token,
    ...movedRange(token, place),
    mention: token.mention === null ? null : token.mention + place.first,
  }));
}
