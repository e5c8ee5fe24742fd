import { type Argument, coordinationFrom, type NamedModel } from './arguments.ts';
import { clauseOf } from './clauses.ts';
import { firstWord, hasPhrase, isSign, type Phrases, skip, wordsOf } from './phrases.ts';
import type { Chunk } from './sentence-parts.ts';
import { takesObject } from './subjects.ts';

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

/** What comes with the models of a predicate, behind "along with" and its like. */
interface Company {
  /** Index of the phrase that leads it. */
  lead: number;
  names: readonly NamedModel[];
  /** "alongside c for participants": those who are named, and nobody else, can have it. */
  isForFew: boolean;
}

/** "along with the smaller a and b": what comes in company is taken by the verb too. */
export function withCompany(phrases: Phrases, theme: Argument, from: number): Argument {
  const company = theme.kind === 'names' ? companyBehind(phrases, from) : null;
  return company === null || company.isForFew
    ? theme
    : { ...theme, names: [...theme.names, ...company.names] };
}

/** Where what is for a few, and is told beside the rest, begins; null where nothing is. */
export function fewBehind(phrases: Phrases): number | null {
  const company = companyBehind(phrases, 0);
  return company?.isForFew ? (phrases.chunks[company.lead]?.from ?? null) : null;
}

export function companyBehind(phrases: Phrases, from: number): Company | null {
  const { chunks, words, list } = phrases;
  for (let at = from + 1; at < chunks.length; at++) {
    const chunk = chunks[at];
    if (chunk === undefined || isSign(phrases, chunk, ';', ':', '—')) return null;
    // "our most capable released model" tells of what is before the company.
    if (chunk.kind === 'verb' && !(chunk.verb?.form === 'participle' && takesObject(phrases, at)))
      return null;
    if (words.phraseAt(list, chunk.from, 'additive') === 0) continue;
    const start = skip(phrases, at + 1, 1, 'adverb', 'preposition');
    if (chunks[start]?.kind !== 'noun') return null;
    const { items, last } = coordinationFrom(phrases, start);
    const names = items.flatMap((item) => item.names);
    return { lead: at, names, isForFew: isForFew(phrases, last) };
  }
  return null;
}

function isForFew(phrases: Phrases, last: number): boolean {
  const { chunks, words } = phrases;
  const [lead, people] = [chunks[last + 1], chunks[last + 2]];
  return (
    lead?.kind === 'preposition' &&
    words.is(firstWord(phrases, lead), 'purposes') &&
    people?.kind === 'noun' &&
    wordsOf(phrases, people).some((word) => words.is(word, 'few'))
  );
}
