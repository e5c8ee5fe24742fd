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

const SAYING =
  /^(?:say|says|said|saying|claim|claims|claimed|report|reports|reported|announce[sd]?|announcing|confirm(?:s|ed)?|state[sd]?|wrote|writes|note[sd]?|add(?:s|ed)?|told|tells|believe[sd]?|think|thinks|suggest(?:s|ed)?|show(?:s|ed)?|mean(?:s)?|warn(?:s|ed)?|revealed|reveals|known|admit(?:s|ted)?|fact|news|reports?|rumou?rs?|clear|so|is|was|announcement|see|estimate|argues?|argued|explained|insist(?:s|ed)?|found|finds|learned|expects?|expected|hopes?|hoped|promise[sd]?|suspects?|hear|heard|guess|assume)$/;

interface Cutting {
  clauses: ClauseSpan[];
  from: number;
  opener: string | null;
  kind: ClauseSpan['kind'];
}

/** Cuts a sentence into clauses: at signs, conjunctions, and words that open a clause. */
export function clausesOf(tokens: readonly Token[]): readonly ClauseSpan[] {
  const cutting: Cutting = { clauses: [], from: 0, opener: null, kind: 'main' };
  for (const [at, { sort, text }] of tokens.entries()) {
    const cut = sort === 'sign' ? cutAtSign(cutting, text, at) : cutAtWord(cutting, tokens, at);
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

function cutAtSign(cutting: Cutting, sign: string, at: number): Cut | null {
  const isDash = sign === '-' && at > cutting.from;
  const isFronting = sign === ',' && isFronted(cutting, at);
  if (!/^[;:()—–]$/.test(sign) && !isDash && !isFronting) return null;
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

function cutAtWord({ from }: Cutting, tokens: readonly Token[], at: number): Cut | null {
  const kind = openingAt(tokens, at, from);
  if (kind === null) return null;
  const to = tokens[at - 1]?.text === ',' ? at - 1 : at;
  const isLeftOut = kind === 'coordinated' || kind === 'complement';
  return { to, next: isLeftOut ? at + 1 : at, kind, opener: tokens[at]?.text ?? null };
}

/** Conjunctions that open a clause only when a verb follows; else they are prepositions. */
const EITHER = /^(?:after|before|since|until|once|till)$/;

function openingAt(tokens: readonly Token[], at: number, from: number): ClauseSpan['kind'] | null {
  const text = tokens[at]?.text ?? '';
  if (RELATIVES.has(text)) return 'relative';
  if (isPhrase(tokens, at)) return 'subordinate';
  if (SUBORDINATORS.has(text))
    return !EITHER.test(text) || hasVerb(tokens, at + 1) || isOnce(tokens, at)
      ? 'subordinate'
      : null;
  if (text === 'that') return openedByThat(tokens, at);
  if (at <= from) return null;
  if (text === 'but' || (text === 'yet' && tokens[at - 1]?.text === ',')) return 'coordinated';
  const isJoin = /^(?:and|or|so|then|nor)$/.test(text);
  return isJoin && opensClause(tokens, at + 1, from) ? 'coordinated' : null;
}

/** "Once it ships, …": at the head of a sentence, and not "once again". */
function isOnce(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1]?.text ?? '';
  return at === 0 && tokens[at]?.text === 'once' && !/^(?:again|more|a|per)$|ed$/.test(next);
}

/** "as soon as", "by the time" */
function isPhrase(tokens: readonly Token[], at: number): boolean {
  const words = tokens
    .slice(at, at + 3)
    .map(({ text }) => text)
    .join(' ');
  return /^(?:as (?:soon|long)\b|by the time$)/.test(words);
}

function openedByThat(tokens: readonly Token[], at: number): ClauseSpan['kind'] | null {
  const previous = tokens[at - 1]?.text ?? '';
  if (SAYING.test(previous)) return 'complement';
  const next = tokens[at + 1];
  if (next === undefined || previous === '' || previous === ',') return null;
  const isSubject =
    SUBJECT_PRONOUNS.has(next.text) || next.sort === 'name' || next.text === 'openai';
  return isFiniteHelper(next.text) || isSubject ? 'relative' : null;
}

const FULL_VERB = /(?:ed|came|went|got|left|took|put|brought)$/;

/** Whether an `after` or `since` is followed by a clause and no mere noun. */
function hasVerb(tokens: readonly Token[], from: number): boolean {
  const ahead = tokens.slice(from, from + 9);
  const stop = ahead.findIndex(({ text }) => /^[,;:.]$/.test(text));
  return ahead
    .slice(0, stop < 0 ? ahead.length : stop)
    .some(({ text }, k) => isFiniteHelper(text) || (k > 0 && FULL_VERB.test(text)));
}

const FINITE_VERB =
  /ed$|^(?:came|went|put|brought|left|took|gave|made|let|comes|goes|brings|gives|makes|puts)$/;

/** Behind an "and": a verb that shares the subject, or a new subject with its verb. */
function opensClause(tokens: readonly Token[], start: number, from: number): boolean {
  let at = start;
  while (isAdverb(tokens[at]?.text ?? '') || tokens[at]?.text === 'not') at++;
  const next = tokens[at];
  if (next === undefined) return false;
  const { text } = next;
  const isSubject = SUBJECT_PRONOUNS.has(text) || text === 'openai' || CONDITIONS.has(text);
  if (isFiniteHelper(text) || isSubject) return true;
  const ahead = tokens.slice(from, start - 1);
  if (!ahead.some((token) => isFiniteHelper(token.text) || /(?:ed|s)$/.test(token.text)))
    return false;
  if (FINITE_VERB.test(text)) return true;
  const isNoun = next.sort === 'name' || /^(?:the|a|an|its|their)$/.test(text);
  return isNoun && isFollowedByVerb(tokens, at + 1);
}

function isFollowedByVerb(tokens: readonly Token[], from: number): boolean {
  const ahead = tokens.slice(from, from + 4);
  const stop = ahead.findIndex(({ sort }) => sort === 'sign');
  return ahead.slice(0, stop < 0 ? ahead.length : stop).some(({ text }) => isFiniteHelper(text));
}
