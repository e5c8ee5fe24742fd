import type { Chunk } from './chunk.ts';
import { clauseOf } from './clauses.ts';
import { hasPhrase, isSign, type Phrases } from './phrases.ts';

/** A stretch of tokens, the last one included. */
export interface Scope {
  from: number;
  to: number;
}

/** The tokens that belong to a predicate: from behind the verb before up to the clause of the next one. */
export function scopeOf(phrases: Phrases, at: number): Scope {
  const { chunks, tokens } = phrases;
  if (chunks[at]?.verb == null) return { from: 0, to: tokens.length - 1 };
  const before = chunks.slice(0, at).findLast(hasFiniteVerb);
  const next = chunks.findIndex((chunk, index) => index > at && hasFiniteVerb(chunk));
  const clause = clauseOf(phrases, at);
  const own = chunks[clause.start];
  // Behind another verb, what stands before the subject is no more of this clause.
  const start =
    own === undefined || own.from < (before?.to ?? 0) ? (before?.to ?? 0) + 1 : own.from;
  const isParted = clause.subject !== null && clause.start === at;
  const from = before === undefined && !isParted ? 0 : start;
  if (next < 0)
    return { from, to: beforeAhead(phrases, at, lastBefore(phrases, at, tokens.length - 1)) };
  const { start: behind } = clauseOf(phrases, next);
  // A verb that shares the subject of the one before begins its own part.
  const following = chunks[behind > at ? behind : next];
  return { from, to: lastBefore(phrases, at, (following?.from ?? tokens.length) - 1) };
}

/** "is out in ChatGPT, with the API coming soon": what comes with it is to come, and no part of what is said. */
function lastBefore(phrases: Phrases, at: number, last: number): number {
  const { chunks, words, list } = phrases;
  const comma = chunks.findIndex(
    (chunk, index) =>
      index > at &&
      isSign(phrases, chunk, ',') &&
      words.is(list[chunks[index + 1]?.from ?? 0] ?? '', 'accompanying'),
  );
  const place = chunks[comma]?.from ?? last;
  return comma > 0 && place < last && hasPhrase(phrases, place, last, 'ahead') ? place - 1 : last;
}

/** "in the app from today, and in the API soon": what is ahead behind an "and" is not said of now. */
function beforeAhead(phrases: Phrases, at: number, to: number): number {
  const { chunks } = phrases;
  const joint = chunks.findLast(
    ({ kind, to: end }, index) => index > at && kind === 'conjunction' && end < to,
  );
  if (joint === undefined || !hasPhrase(phrases, joint.to + 1, to, 'ahead')) return to;
  const isAhead = hasPhrase(phrases, chunks[at]?.from ?? 0, joint.from - 1, 'ahead');
  return isAhead ? to : joint.from - 1;
}

function hasFiniteVerb({ verb }: Chunk): boolean {
  return verb?.form === 'finite';
}
