import type { WordLists } from '../cues/word-lists.ts';
import type { Token } from './tokens.ts';
import {
  CONDITIONS,
  isAdverb,
  isFiniteHelper,
  RELATIVES,
  SUBJECT_PRONOUNS,
  SUBORDINATORS,
} from './word-classes.ts';

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
export function clausesOf(lists: WordLists, tokens: readonly Token[]): readonly ClauseSpan[] {
  const cutting: Cutting = { clauses: [], from: 0, opener: null, kind: 'main' };
  for (const [at, { sort }] of tokens.entries()) {
    const cut =
      sort === 'sign'
        ? cutAtSign(lists, cutting, tokens, at)
        : cutAtWord(lists, cutting, tokens, at);
    if (cut === null) continue;
    close(cutting, cut.to);
    Object.assign(cutting, { from: cut.next, kind: cut.kind, opener: cut.opener });
  }
  close(cutting, tokens.length);
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

function cutAtSign(
  lists: WordLists,
  cutting: Cutting,
  tokens: readonly Token[],
  at: number,
): Cut | null {
  const sign = tokens[at]?.text ?? '';
  const isDash = sign === '-' && at > cutting.from;
  const isEnding =
    sign === ',' && (isFronted(cutting, at) || isEndOfAside(lists, cutting, tokens, at));
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
function isEndOfAside(
  lists: WordLists,
  { kind, from }: Cutting,
  tokens: readonly Token[],
  at: number,
): boolean {
  if (kind !== 'relative' || tokens[from - 1]?.text !== ',') return false;
  let next = at + 1;
  while (isAdverb(tokens[next]?.text ?? '')) next++;
  const { sort, text } = tokens[next] ?? { sort: 'sign', text: '' };
  return sort === 'word' && (isFiniteHelper(text) || lists['clauses.finite-verb'].test(text));
}

/** The aside that ends where a clause without a subject of its own goes on; null for none. */
export function asideBefore(
  tokens: readonly Token[],
  clauses: readonly ClauseSpan[],
  { kind, from, before }: ClauseSpan,
): ClauseSpan | null {
  const last = before === null ? undefined : clauses[before];
  const isBehind = kind === 'main' && last?.kind === 'relative' && tokens[from - 1]?.text === ',';
  return isBehind ? last : null;
}

function cutAtWord(
  lists: WordLists,
  { from }: Cutting,
  tokens: readonly Token[],
  at: number,
): Cut | null {
  const kind = openingAt(lists, tokens, at, from);
  if (kind === null) return null;
  const to = tokens[at - 1]?.text === ',' ? at - 1 : at;
  const isLeftOut = kind === 'coordinated' || kind === 'complement';
  return { to, next: isLeftOut ? at + 1 : at, kind, opener: tokens[at]?.text ?? null };
}

/** Every word that may open a clause. */
const OPENERS: ReadonlySet<string> = new Set([
  ...RELATIVES,
  ...SUBORDINATORS,
  ...['as', 'by', 'that', 'but', 'yet', 'and', 'or', 'so', 'then', 'nor'],
]);

/** Conjunctions that open a clause only when a verb follows; else they are prepositions. */
const EITHER = /^(?:after|before|since|until|once|till)$/;

function openingAt(
  lists: WordLists,
  tokens: readonly Token[],
  at: number,
  from: number,
): ClauseSpan['kind'] | null {
  const text = tokens[at]?.text ?? '';
  if (!OPENERS.has(text)) return null;
  if (RELATIVES.has(text)) return 'relative';
  if (isPhrase(tokens, at)) return 'subordinate';
  if (SUBORDINATORS.has(text))
    return !EITHER.test(text) || hasVerb(lists, tokens, at + 1) || isOnce(tokens, at)
      ? 'subordinate'
      : null;
  if (text === 'that') return openedByThat(lists, tokens, at);
  if (at <= from) return null;
  if (text === 'but' || (text === 'yet' && tokens[at - 1]?.text === ',')) return 'coordinated';
  const isJoin = /^(?:and|or|so|then|nor)$/.test(text);
  return isJoin && opensClause(lists, tokens, at + 1, from) ? 'coordinated' : null;
}

/** "Once it ships, …": at the head of a sentence, and not "once again". */
function isOnce(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1]?.text ?? '';
  return at === 0 && tokens[at]?.text === 'once' && !/^(?:again|more|a|per)$|ed$/.test(next);
}

/** "as soon as", "by the time" */
function isPhrase(tokens: readonly Token[], at: number): boolean {
  const [first, second] = [tokens[at]?.text, tokens[at + 1]?.text];
  if (first === 'as') return second === 'soon' || second === 'long';
  return first === 'by' && second === 'the' && tokens[at + 2]?.text === 'time';
}

function openedByThat(
  lists: WordLists,
  tokens: readonly Token[],
  at: number,
): ClauseSpan['kind'] | null {
  const previous = tokens[at - 1]?.text ?? '';
  if (lists['clauses.saying'].test(previous)) return 'complement';
  const next = tokens[at + 1];
  if (next === undefined || previous === '' || previous === ',') return null;
  const isSubject =
    SUBJECT_PRONOUNS.has(next.text) || next.sort === 'name' || next.text === '@maker';
  return isFiniteHelper(next.text) || isSubject ? 'relative' : null;
}

/** Whether an `after` or `since` is followed by a clause and no mere noun. */
function hasVerb(lists: WordLists, tokens: readonly Token[], from: number): boolean {
  const ahead = tokens.slice(from, from + 9);
  const stop = ahead.findIndex(({ text }) => /^[,;:.]$/.test(text));
  return ahead
    .slice(0, stop < 0 ? ahead.length : stop)
    .some(
      ({ text }, k) => isFiniteHelper(text) || (k > 0 && lists['clauses.full-verb'].test(text)),
    );
}

/** Behind an "and": a verb that shares the subject, or a new subject with its verb. */
function opensClause(
  lists: WordLists,
  tokens: readonly Token[],
  start: number,
  from: number,
): boolean {
  let at = start;
  while (isAdverb(tokens[at]?.text ?? '') || tokens[at]?.text === 'not') at++;
  const next = tokens[at];
  if (next === undefined) return false;
  const { text } = next;
  const isSubject = SUBJECT_PRONOUNS.has(text) || text === '@maker' || CONDITIONS.has(text);
  if (isFiniteHelper(text) || isSubject) return true;
  const ahead = tokens.slice(from, start - 1);
  if (!ahead.some((token) => isFiniteHelper(token.text) || /(?:ed|s)$/.test(token.text)))
    return false;
  if (lists['clauses.finite-verb'].test(text)) return true;
  const isNoun = next.sort === 'name' || /^(?:the|a|an|its|their)$/.test(text);
  return isNoun && isFollowedByVerb(tokens, at + 1);
}

function isFollowedByVerb(tokens: readonly Token[], from: number): boolean {
  const ahead = tokens.slice(from, from + 4);
  const stop = ahead.findIndex(({ sort }) => sort === 'sign');
  return ahead.slice(0, stop < 0 ? ahead.length : stop).some(({ text }) => isFiniteHelper(text));
}
