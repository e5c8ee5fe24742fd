import type { Range } from '../text/characters.ts';
import { asidesOf, firstWord, isSign, type Phrases, skip, tokensOf, wordsOf } from './phrases.ts';
import type { Aside, Chunk, Token } from './sentence-parts.ts';

/** A name an argument is about, with the words behind it that make another name of it ("GPT-5.7 Nova"). */
export interface NamedModel extends Range {
  /** Index of the mention. */
  mention: number;
  extension: string;
  /** Given only as a member of the name before it: "GPT-5 (Instant and Thinking)". */
  isMember: boolean;
}

/** Who or what takes part in a predicate. `models` are models without a name ("two new models"). */
export interface Argument extends Range {
  kind: 'names' | 'models' | 'pronoun' | 'vendor' | 'product' | 'people' | 'other';
  names: readonly NamedModel[];
  /** Its head word, in lower case. */
  head: string;
  /** Its head is a word for models: "this model", "two new models". */
  isModelWord: boolean;
  /** A description that can only mean the one model a text is about: "our most capable model". */
  isOwn: boolean;
  /** Access to some place, and not the model itself: "API access". */
  isAccess: boolean;
  /** Left out: "Available today in the API". */
  isElided: boolean;
  /** The API of a model, and by it the model there: "the X API". */
  isApi: boolean;
  /** "no", "none of", "neither". */
  negated: boolean;
  /** It is, or has beside its names, something that is no model: "X, remote agents in the app, and a new mode". */
  isMixed: boolean;
}

/**
 * What the phrases of the sentence at hand are: while it is read, each is asked for again and again. Kept for that sentence
 * alone, since sentences stay with the lines that are known and would hold theirs as long.
 */
let atHand: Phrases | null = null;
const argumentsAtHand = new Map<Chunk, Argument>();

/** What one noun phrase is, by its head: a model only when the name itself, or a word for models, heads it. */
export function argumentOf(phrases: Phrases, chunk: Chunk): Argument {
  if (phrases !== atHand) {
    atHand = phrases;
    argumentsAtHand.clear();
  }
  const before = argumentsAtHand.get(chunk);
  if (before !== undefined) return before;
  const argument = readArgument(phrases, chunk);
  argumentsAtHand.set(chunk, argument);
  return argument;
}

function readArgument(phrases: Phrases, chunk: Chunk): Argument {
  const tokens = tokensOf(phrases, chunk);
  const { words } = phrases;
  const last = tokens.at(-1);
  const first = tokens[0]?.word ?? '';
  const head = last?.word ?? '';
  // One object, written out: this is made of every phrase of every sentence.
  const known: Omit<Argument, 'kind'> = {
    start: tokens[0]?.start ?? 0,
    end: last?.end ?? 0,
    head,
    names: [],
    isModelWord: isModelWord(words, tokens),
    isAccess: words.is(head, 'access'),
    isApi: false,
    isElided: false,
    isOwn: isOwnDescription(words, tokens),
    negated: words.is(first, 'negative-determiners'),
    isMixed:
      last?.pos === 'NOUN' &&
      tokens.every(({ mention }) => mention === null) &&
      !words.is(first, 'articles', 'possessives', 'demonstratives'),
  };
  const named = tokens.findLastIndex(({ mention }) => mention !== null);
  if (named < 0) return namelessOf(phrases, chunk, known);
  const names = namesAt(phrases, chunk, tokens, named);
  const other = isPeople(words, tokens) ? ('people' as const) : ('other' as const);
  const kind = names.length > 0 ? ('names' as const) : other;
  const inside = asidesOf(phrases, chunk).flatMap((aside) => aside.tokens);
  const end = Math.max(known.end, ...inside.map((one) => one.end));
  return { ...known, end, kind, names };
}

/** "two new models", "the open model endpoints". */
function isModelWord(words: Phrases['words'], tokens: readonly Token[]): boolean {
  const [before, last] = tokens.slice(-2).map(({ word }) => word);
  return (
    words.is(tokens.at(-1)?.word ?? '', 'models') ||
    (words.is(before ?? '', 'model') && words.is(last ?? '', 'servings'))
  );
}

/** "Plus users", "your team"; neither "Acme's engineers" nor "the ChatGPT team", who may have what nobody else has. */
function isPeople({ is }: Phrases['words'], tokens: readonly Token[]): boolean {
  const [first, head] = [tokens[0]?.word ?? '', tokens.at(-1)?.word ?? ''];
  const isSomebodys = tokens.slice(0, -1).some(({ word, pos }) => pos === 'PART' && word === "'s");
  const isInside = is(head, 'insiders') && is(first, 'definite', 'demonstratives', 'own');
  return is(head, 'people') && !isSomebodys && !isInside;
}

function namelessOf(phrases: Phrases, chunk: Chunk, known: Omit<Argument, 'kind'>): Argument {
  const names = known.isModelWord ? namesInside(phrases, chunk) : [];
  const kind = names.length > 0 ? 'names' : plainKind(phrases, tokensOf(phrases, chunk));
  return { ...known, kind, names };
}

/** "our most capable model", "the new model", and no "our previous model". */
function isOwnDescription({ is }: Phrases['words'], tokens: readonly Token[]): boolean {
  const [first, ...rest] = tokens;
  return (
    is(first?.word ?? '', 'possessives', 'articles', 'demonstratives') &&
    is(rest.at(-1)?.word ?? '', 'model') &&
    rest.some(({ word, pos }) => is(word, 'newest') || (pos === 'ADJ' && word.endsWith('est'))) &&
    rest.slice(0, -1).every(({ word, pos }) => pos !== 'NOUN' || is(word, 'sorts'))
  );
}

/** "The two", "all three", "both of them": so many of what was named before. */
function isCounted(words: Phrases['words'], tokens: readonly Token[]): boolean {
  const [first, second] = tokens;
  return (
    tokens.length === 2 &&
    words.is(first?.word ?? '', 'articles', 'demonstratives', 'predeterminers') &&
    words.is(second?.word ?? '', 'counts')
  );
}

/** "Our newest model (`x`)": the names that brackets give a model, and nothing else. */
function namesInside(phrases: Phrases, chunk: Chunk): readonly NamedModel[] {
  return asidesOf(phrases, chunk).flatMap(({ tokens }) =>
    tokens.every(
      ({ word, mention }) => mention !== null || phrases.words.is(word, 'joints', 'commas'),
    )
      ? tokens.flatMap(({ start, end, mention }) =>
          mention === null ? [] : [{ start, end, mention, extension: '', isMember: false }],
        )
      : [],
  );
}

function plainKind({ words }: Phrases, tokens: readonly Token[]): Argument['kind'] {
  const head = tokens.at(-1)?.word ?? '';
  if (tokens.length === 1 && words.is(head, 'vendor-pronouns')) return 'vendor';
  if (tokens.length === 1 && words.is(head, 'model-pronouns')) return 'pronoun';
  if (isPeople(words, tokens)) return 'people';
  // "this release brings X", and no "our previous release".
  const isNear = tokens.length === 2 && words.is(tokens[0]?.word ?? '', 'near');
  if (isNear && words.is(head, 'deeds')) return 'vendor';
  if (isCounted(words, tokens)) return 'pronoun';
  return isModelWord(words, tokens) ? modelKind(words, tokens.slice(0, -1)) : 'other';
}

/** "the model" and "these two models" point back; "a model" and "two new models" are models without a name. */
function modelKind(words: Phrases['words'], others: readonly Token[]): Argument['kind'] {
  const pointing = others.some(({ word }) => words.is(word, 'demonstratives'));
  const isPlain = others.every(
    ({ pos }) => pos === 'DET' || pos === 'NUM' || pos === 'PRON' || (pointing && pos === 'ADJ'),
  );
  if (pointing) return isPlain ? 'pronoun' : 'other';
  return others.length === 1 && words.is(others[0]?.word ?? '', 'definite') ? 'pronoun' : 'models';
}

function namesAt(
  phrases: Phrases,
  chunk: Chunk,
  tokens: readonly Token[],
  at: number,
): readonly NamedModel[] {
  const name = tokens[at] as Token;
  const before = tokens.slice(0, at);
  const behind = tokens.slice(at + 1);
  if (before.some(({ word }) => phrases.words.is(word, 'not-the-model'))) return [];
  const extension = extensionOf(phrases, behind);
  if (extension === null) return [];
  const end = extension === '' ? name.end : (behind.at(-1)?.end ?? name.end);
  const own = { start: name.start, end, mention: name.mention ?? 0, extension, isMember: false };
  const found = fromAsides(phrases, own, asidesOf(phrases, chunk));
  // "the X model family (including a and b)": its members, and no model of that name.
  const isFamily = phrases.words.is(behind.at(-1)?.word ?? '', 'families') && found.length > 1;
  return isFamily ? found.slice(1).map((one) => ({ ...one, isMember: false })) : found;
}

/** "The X API": the model there, where nothing else stands in the phrase. */
export function servedBy(phrases: Phrases, chunk: Chunk | undefined): Argument | null {
  const tokens = chunk?.kind === 'noun' ? tokensOf(phrases, chunk) : [];
  const [name, head] = tokens.slice(-2);
  const isOwn = phrases.words.is(head?.word ?? '', 'apis');
  const isPlain = tokens.slice(0, -2).every(({ word }) => phrases.words.is(word, 'articles'));
  if (chunk === undefined || name?.mention == null || !isOwn || !isPlain) return null;
  const { start, end, mention } = name;
  const names = [{ start, end, mention, extension: '', isMember: false }];
  return { ...argumentOf(phrases, chunk), kind: 'names', names, isApi: true };
}

/** What the words behind a name make of it: nothing (''), another name, or something else altogether (null). */
function extensionOf({ words }: Phrases, behind: readonly Token[]): string | null {
  if (behind.length === 0) return '';
  if (behind.some(({ word }) => word === "'s" || word === "'")) return null;
  const last = behind.at(-1)?.word ?? '';
  const rest = behind.slice(0, -1);
  // "4o image generation" is what it does.
  if (words.is(last, 'relational') || (words.is(last, 'doings') && rest.length > 0)) return null;
  if (words.is(last, 'models')) {
    return rest.every(({ word }) => !words.is(word, 'things')) ? '' : null;
  }
  // "GPT-5.5 model options": the model, as it can be chosen.
  if (rest.length === 1 && words.is(rest[0]?.word ?? '', 'models') && words.is(last, 'choices'))
    return '';
  const isName = behind.every(
    ({ word, capital, pos }) =>
      capital && !words.is(word, 'things') && pos !== 'PRON' && /^[\p{L}\d.-]+$/u.test(word),
  );
  return isName && behind.length <= 3 ? behind.map(({ word }) => word).join(' ') : null;
}

/** What brackets behind a name add: its id, its members, or a remark. */
function fromAsides(
  { words }: Phrases,
  own: NamedModel,
  asides: readonly Aside[],
): readonly NamedModel[] {
  const found: NamedModel[] = [own];
  for (const { tokens } of asides) {
    const content = withoutOwners(tokens).filter(
      ({ word, mention }) =>
        mention !== null || !words.is(word, 'joints', 'commas', 'member-leads'),
    );
    const named = content.filter(({ mention }) => mention !== null);
    if (named.length > 0 && named.length === content.length) {
      found.push(
        ...named.map(({ start, end, mention }) => ({
          start,
          end,
          mention: mention ?? 0,
          extension: '',
          isMember: true,
        })),
      );
    } else if (
      content.length > 0 &&
      content.every(({ word, capital }) => capital && words.is(word, 'tiers'))
    ) {
      const { start, end, mention } = own;
      found.push(
        ...content.map(({ word }) => ({ start, end, mention, extension: word, isMember: true })),
      );
    }
  }
  return found;
}

/** "xai/grok-4.1": who owns a model stands before its id on clouds that serve many. */
function withoutOwners(tokens: readonly Token[]): readonly Token[] {
  return tokens.filter((token, at) => {
    const next = tokens[at + 1];
    const isOwner = next?.word === '/' && next.start === token.end;
    const isSlash = token.word === '/' && next?.mention != null && next.start === token.end;
    return !isOwner && !isSlash;
  });
}

/** A run of noun phrases joined by commas and "and", from one phrase on. */
export interface Coordination {
  items: readonly Argument[];
  /** Index of the last phrase that belongs to it. */
  last: number;
}

export function coordinationFrom(phrases: Phrases, first: number): Coordination {
  const { chunks } = phrases;
  const items = [argumentOf(phrases, chunks[first] as Chunk)];
  let last = first;
  for (;;) {
    const next = nextItem(phrases, last);
    if (next === null) return { items, last };
    items.push(argumentOf(phrases, chunks[next] as Chunk));
    last = next;
  }
}

/** The names of a subject between one phrase and its verb: there the last one opens no clause of its own. */
export function coordinationWithin(phrases: Phrases, first: number, end: number): Argument | null {
  const { chunks, words } = phrases;
  const items: Argument[] = [];
  for (const chunk of chunks.slice(first, end)) {
    const isJoint =
      isSign(phrases, chunk, ',') ||
      words.is(firstWord(phrases, chunk), 'joints', 'predeterminers');
    if (chunk.kind === 'noun') items.push(argumentOf(phrases, chunk));
    else if (!isJoint && chunk.kind !== 'adverb' && chunk.kind !== 'time') return null;
  }
  return merged(items);
}

/** The phrase that goes on a list behind one, across ", ", "and", ", and also"; null where the list ends. */
function nextItem(phrases: Phrases, from: number): number | null {
  const { chunks } = phrases;
  let at = from + 1;
  let joined = false;
  while (at <= from + 3) {
    const chunk = chunks[at];
    const isJoint =
      isSign(phrases, chunk, ',', '/', '·') ||
      (chunk?.kind === 'conjunction' && phrases.words.is(firstWord(phrases, chunk), 'joints')) ||
      (joined && chunk?.kind === 'adverb');
    if (!isJoint) break;
    joined = true;
    at++;
  }
  const item = chunks[at];
  if (!joined || item?.kind !== 'noun') return null;
  return opensClause(phrases, at) ? null : at;
}

/** "X, and requests to it now return an error": the phrase is the subject of a verb of its own. */
function opensClause(phrases: Phrases, at: number): boolean {
  const { chunks } = phrases;
  let next = skip(phrases, at + 1, 1, 'adverb', 'time');
  while (chunks[next]?.kind === 'preposition' && chunks[next + 1]?.kind === 'noun') {
    next = skip(phrases, next + 2, 1, 'adverb', 'time');
  }
  const form = chunks[next]?.verb?.form;
  return form === 'finite' || form === 'base';
}

/** One argument of several: the names of all that are models, else people, else the first. */
export function merged(items: readonly Argument[]): Argument | null {
  const [first] = items;
  if (first === undefined) return null;
  if (items.length === 1 && (first.kind === 'other' || !first.isMixed)) return first;
  const head =
    items.find(({ kind }) => kind === 'names') ??
    items.find(({ kind }) => kind === 'models') ??
    items.find(({ kind }) => kind === 'people') ??
    first;
  return {
    ...head,
    start: Math.min(...items.map(({ start }) => start)),
    end: Math.max(...items.map(({ end }) => end)),
    names: items.flatMap(({ names }) => names),
    negated: items.some(({ negated }) => negated),
    isMixed: items.some(({ kind, isMixed }) => kind === 'other' && isMixed),
  };
}

/** The names listed behind "including", "such as", "called" or a colon, from a phrase on up to the next verb. */
export function membersFrom(phrases: Phrases, from: number): readonly NamedModel[] {
  const { chunks } = phrases;
  for (let at = from; at < chunks.length; at++) {
    const chunk = chunks[at] as Chunk;
    const isLead =
      isSign(phrases, chunk, ':') ||
      (chunk.kind !== 'noun' &&
        wordsOf(phrases, chunk).some((word) => phrases.words.is(word, 'member-leads')));
    if (!isLead) {
      if (isSign(phrases, chunk, ';', '—')) return [];
      continue;
    }
    const start = skip(phrases, at + 1, 1, 'adverb', 'sign', 'preposition');
    if (chunks[start]?.kind !== 'noun') return [];
    return listFrom(phrases, start);
  }
  return [];
}

/** Names joined by commas and "and", each with what hangs on it, or just one after the other where a list lost its lines. */
export function listFrom(phrases: Phrases, start: number): readonly NamedModel[] {
  const names: NamedModel[] = [];
  let next: number | null = start;
  while (next !== null && phrases.chunks[next]?.kind === 'noun') {
    const { items, last } = coordinationFrom(phrases, next);
    const [first] = items;
    if (first?.kind !== 'names' && first?.kind !== 'models') break;
    names.push(...items.flatMap((item) => item.names));
    next = behindRemark(phrases, last + 1);
  }
  return names;
}

/** "Sol for frontier work, Terra for balance": the next item behind what hangs on the one before it. */
function behindRemark(phrases: Phrases, from: number): number | null {
  const { chunks } = phrases;
  if (chunks[from]?.kind === 'noun') return from;
  for (let at = from; at < chunks.length; at++) {
    const chunk = chunks[at];
    if (chunk?.kind === 'verb' || isSign(phrases, chunk, ';', ':', '.', '—')) return null;
    const isJoint = chunk?.kind === 'conjunction' || isSign(phrases, chunk, ',');
    const next = skip(phrases, at + 1, 1, 'conjunction', 'adverb');
    const item = chunks[next];
    if (!isJoint || item?.kind !== 'noun') continue;
    if (argumentOf(phrases, item).kind === 'names') return next;
  }
  return null;
}
