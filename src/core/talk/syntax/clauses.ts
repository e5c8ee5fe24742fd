import type { WordListName } from '../../../domain/word-lists.ts';
import type { Mention } from '../../names/mention.ts';
import type { Token } from './tokens.ts';
import {
  CONDITIONS,
  isAdverb,
  isFiniteHelper,
  RELATIVES,
  SUBJECT_PRONOUNS,
  SUBORDINATORS,
  type WordLists,
} from './word-classes.ts';

/** The words of a sentence, to be asked by their place; beyond its ends there is none. */
export interface SentenceWords {
  tokens: readonly Token[];
  /** What the tokens say, each once. */
  words: ReadonlySet<string>;
  /** The words that reading goes by. */
  lists: WordLists;
  word(at: number): string;
  name(at: number): Mention | null;
  /** Whether the word at a place is one of a list. */
  is(list: WordListName, at: number): boolean;
}

/** A sentence taken apart. */
export interface ParsedSentence extends SentenceWords {
  clauses: readonly ClauseSpan[];
}

export function parsedFrom(lists: WordLists, tokens: readonly Token[]): ParsedSentence {
  const word = (at: number): string => tokens[at]?.text ?? '';
  const words: SentenceWords = {
    tokens,
    words: new Set(tokens.map(({ text }) => text)),
    lists,
    word,
    name: (at) => tokens[at]?.mention ?? null,
    is: (list, at) => lists[list].test(word(at)),
  };
  return { ...words, clauses: clausesOf(words) };
}

/** A clause of a sentence, by its tokens. */
export interface ClauseSpan {
  from: number;
  to: number;
  /** The word that opens it, where it hangs on another. */
  opener: string | null;
  kind: 'main' | 'coordinated' | 'subordinate' | 'relative' | 'complement' | 'inserted';
  /** The clause before it whose subject it may share, or whose noun it describes. */
  before: number | null;
}

interface Cutting {
  clauses: ClauseSpan[];
  from: number;
  opener: string | null;
  kind: ClauseSpan['kind'];
}

/** Cuts a sentence into clauses: at signs, conjunctions, and words that open a clause. */
function clausesOf(parsed: SentenceWords): readonly ClauseSpan[] {
  const cutting: Cutting = { clauses: [], from: 0, opener: null, kind: 'main' };
  for (const [at, { sort }] of parsed.tokens.entries()) {
    const cut = sort === 'sign' ? cutAtSign(cutting, parsed, at) : cutAtWord(cutting, parsed, at);
    if (cut === null) continue;
    close(cutting, cut.to);
    Object.assign(cutting, { from: cut.next, kind: cut.kind, opener: cut.opener });
  }
  close(cutting, parsed.tokens.length);
  return cutting.clauses;
}

function close({ clauses, from, opener, kind }: Cutting, to: number): void {
  if (to <= from) return;
  clauses.push({
    from,
    to,
    opener,
    kind,
    before: clauses.length === 0 ? null : clauses.length - 1,
  });
}

interface Cut {
  to: number;
  next: number;
  kind: ClauseSpan['kind'];
  opener: string | null;
}

function cutAtSign(cutting: Cutting, parsed: SentenceWords, at: number): Cut | null {
  const sign = parsed.word(at);
  const isDash = sign === '-' && at > cutting.from;
  const isEnding = sign === ',' && (isFronted(cutting, at) || isEndOfAside(cutting, parsed, at));
  if (!/^[;:()—–]$/.test(sign) && !isDash && !isEnding) return null;
  const kinds: Readonly<Record<string, ClauseSpan['kind']>> = {
    '(': 'inserted',
    ')': 'coordinated',
  };
  return { to: at, next: at + 1, kind: kinds[sign] ?? 'main', opener: null };
}

/** A clause put in front of its main clause ends at its comma. */
function isFronted({ kind, from, clauses }: Cutting, at: number): boolean {
  const isFirst = clauses.every((one) => one.to - one.from <= 3);
  return kind === 'subordinate' && at - from > 1 && isFirst;
}

/** "GPT-5.5, which OpenAI announced in May, is out": the verb behind the second comma goes on with what the aside describes. */
function isEndOfAside({ kind, from }: Cutting, parsed: SentenceWords, at: number): boolean {
  if (kind !== 'relative' || parsed.word(from - 1) !== ',') return false;
  let next = at + 1;
  while (isAdverb(parsed.word(next))) next++;
  const { sort, text } = parsed.tokens[next] ?? { sort: 'sign', text: '' };
  return (
    sort === 'word' && (isFiniteHelper(text) || parsed.lists['clauses.finite-verb'].test(text))
  );
}

/** The aside that ends where a clause without a subject of its own goes on; null for none. */
export function asideBefore(
  parsed: SentenceWords,
  clauses: readonly ClauseSpan[],
  { kind, from, before }: ClauseSpan,
): ClauseSpan | null {
  const last = before === null ? undefined : clauses[before];
  const isBehind = kind === 'main' && last?.kind === 'relative' && parsed.word(from - 1) === ',';
  return isBehind ? last : null;
}

function cutAtWord({ from }: Cutting, parsed: SentenceWords, at: number): Cut | null {
  const kind = openingAt(parsed, at, from);
  if (kind === null) return null;
  const to = parsed.word(at - 1) === ',' ? at - 1 : at;
  const isLeftOut = kind === 'coordinated' || kind === 'complement';
  return { to, next: isLeftOut ? at + 1 : at, kind, opener: parsed.tokens[at]?.text ?? null };
}

/** Every word that may open a clause. */
const OPENERS: ReadonlySet<string> = new Set([
  ...RELATIVES,
  ...SUBORDINATORS,
  ...['as', 'by', 'that', 'but', 'yet', 'and', 'or', 'so', 'then', 'nor'],
]);

/** Conjunctions that open a clause only when a verb follows; else they are prepositions. */
const EITHER = /^(?:after|before|since|until|once|till)$/;

function openingAt(parsed: SentenceWords, at: number, from: number): ClauseSpan['kind'] | null {
  const text = parsed.word(at);
  if (!OPENERS.has(text)) return null;
  if (RELATIVES.has(text)) return 'relative';
  if (isPhrase(parsed, at)) return 'subordinate';
  if (SUBORDINATORS.has(text))
    return !EITHER.test(text) || hasVerb(parsed, at + 1) || isOnce(parsed, at)
      ? 'subordinate'
      : null;
  if (text === 'that') return openedByThat(parsed, at);
  if (at <= from) return null;
  if (text === 'but' || (text === 'yet' && parsed.word(at - 1) === ',')) return 'coordinated';
  const isJoin = /^(?:and|or|so|then|nor)$/.test(text);
  return isJoin && opensClause(parsed, at + 1, from) ? 'coordinated' : null;
}

/** "Once it ships, …": at the head of a sentence, and not "once again". */
function isOnce(parsed: SentenceWords, at: number): boolean {
  const next = parsed.word(at + 1);
  return at === 0 && parsed.word(at) === 'once' && !/^(?:again|more|a|per)$|ed$/.test(next);
}

/** "as soon as", "by the time" */
function isPhrase(parsed: SentenceWords, at: number): boolean {
  const [first, second] = [parsed.tokens[at]?.text, parsed.tokens[at + 1]?.text];
  if (first === 'as') return second === 'soon' || second === 'long';
  return first === 'by' && second === 'the' && parsed.word(at + 2) === 'time';
}

function openedByThat(parsed: SentenceWords, at: number): ClauseSpan['kind'] | null {
  const previous = parsed.word(at - 1);
  if (parsed.lists['clauses.saying'].test(previous)) return 'complement';
  const next = parsed.tokens[at + 1];
  if (next === undefined || previous === '' || previous === ',') return null;
  const isSubject =
    SUBJECT_PRONOUNS.has(next.text) || next.sort === 'name' || next.text === '@maker';
  return isFiniteHelper(next.text) || isSubject ? 'relative' : null;
}

/** Whether an `after` or `since` is followed by a clause and no mere noun. */
function hasVerb(parsed: SentenceWords, from: number): boolean {
  const ahead = parsed.tokens.slice(from, from + 9);
  const stop = ahead.findIndex(({ text }) => /^[,;:.]$/.test(text));
  return ahead
    .slice(0, stop < 0 ? ahead.length : stop)
    .some(
      ({ text }, k) =>
        isFiniteHelper(text) || (k > 0 && parsed.lists['clauses.full-verb'].test(text)),
    );
}

/** Behind an "and": a verb that shares the subject, or a new subject with its verb. */
function opensClause(parsed: SentenceWords, start: number, from: number): boolean {
  let at = start;
  while (isAdverb(parsed.word(at)) || parsed.word(at) === 'not') at++;
  const next = parsed.tokens[at];
  if (next === undefined) return false;
  const { text } = next;
  const isSubject = SUBJECT_PRONOUNS.has(text) || text === '@maker' || CONDITIONS.has(text);
  if (isFiniteHelper(text) || isSubject) return true;
  const ahead = parsed.tokens.slice(from, start - 1);
  if (!ahead.some((token) => isFiniteHelper(token.text) || /(?:ed|s)$/.test(token.text)))
    return false;
  if (parsed.lists['clauses.finite-verb'].test(text)) return true;
  const isNoun = next.sort === 'name' || /^(?:the|a|an|its|their)$/.test(text);
  return isNoun && isFollowedByVerb(parsed, at + 1);
}

function isFollowedByVerb(parsed: SentenceWords, from: number): boolean {
  const ahead = parsed.tokens.slice(from, from + 4);
  const stop = ahead.findIndex(({ sort }) => sort === 'sign');
  return ahead.slice(0, stop < 0 ? ahead.length : stop).some(({ text }) => isFiniteHelper(text));
}
