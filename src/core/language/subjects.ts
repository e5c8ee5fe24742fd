import { type Argument, argumentOf, coordinationFrom, merged } from './arguments.ts';
import { firstWord, isSign, type Phrases, skip, tokensOf, wordsOf } from './phrases.ts';
import type { Chunk } from './sentence-parts.ts';

/** Who a verb is said of. */
export interface Subject {
  argument: Argument;
  start: number;
}

/** "The model that serves ChatGPT can …", "the version used in ChatGPT is …": the noun that a clause before the verb describes. */
export function describedBefore(phrases: Phrases, end: number): Subject | null {
  const { chunks, words } = phrases;
  const at = lastVerb(phrases, end);
  if (at === null) return null;
  const lead = skip(phrases, at - 1, -1, 'adverb', 'time');
  const isRelative =
    chunks[lead]?.kind === 'subordinator' &&
    words.is(firstWord(phrases, chunks[lead]), 'relatives');
  const head = isRelative ? lead - 1 : lead;
  const isReduced =
    chunks[at]?.verb?.form === 'participle' && at < end && !takesObject(phrases, at);
  const isDescribed = isRelative || (isReduced && lead === at - 1);
  return isDescribed && chunks[head]?.kind === 'noun' ? subjectBefore(phrases, head) : null;
}

/** Index of the last verb up to a phrase, in the same clause. */
function lastVerb({ chunks }: Phrases, end: number): number | null {
  for (let at = end; at > 0; at--) {
    const kind = chunks[at]?.kind;
    if (kind === 'sign' || kind === 'subordinator') return null;
    if (kind === 'verb') return at;
  }
  return null;
}

/** "X in the API, which remains supported": what a clause behind a comma adds to. */
export function addedTo(phrases: Phrases, at: number): Subject | null {
  const { chunks, words } = phrases;
  const isAdding =
    chunks[at]?.kind === 'subordinator' && words.is(firstWord(phrases, chunks[at]), 'adding');
  if (!isAdding || !isSign(phrases, chunks[at - 1], ',')) return null;
  const lead = chunks[at - 3];
  const isCompany =
    lead?.kind === 'preposition' && words.is(firstWord(phrases, lead), 'accompanying');
  return isCompany ? null : subjectBefore(phrases, at - 2);
}

/** The subject that ends at a phrase, with all its parts: coordination, apposition, what hangs on it by a preposition. */
export function subjectBefore(phrases: Phrases, end: number): Subject | null {
  const { chunks } = phrases;
  const chunk = chunks[end];
  if (isSign(phrases, chunk, ',', '—')) return besideSubject(phrases, end);
  // "tiers 3 and above can": a preposition without its noun.
  if (chunk?.kind === 'preposition' && chunks[end + 1]?.kind === 'verb')
    return subjectBefore(phrases, skip(phrases, end - 1, -1, 'conjunction'));
  if (chunk?.kind !== 'noun') return null;
  const { items, start } = itemsBefore(phrases, end);
  const argument = merged(items);
  if (argument === null) return null;
  const last = phrases.tokens[chunk.to]?.end ?? argument.end;
  const lead = chunks[start - 1];
  const isNegated =
    lead !== undefined &&
    wordsOf(phrases, lead).some((word) => phrases.words.is(word, 'negative-determiners'));
  const whole = { ...argument, end: Math.max(argument.end, last) };
  return { argument: { ...whole, negated: argument.negated || isNegated }, start };
}

/** The coordinated phrases that end at one, each without what hangs on it. */
function itemsBefore(phrases: Phrases, end: number): { items: readonly Argument[]; start: number } {
  const { chunks } = phrases;
  let items = [argumentOf(phrases, chunks[end] as Chunk)];
  let start = end;
  for (;;) {
    if (chunks[start - 1]?.kind === 'preposition' && chunks[start - 2]?.kind === 'noun') {
      // "Fine-tuning for GPT-4 is available": what hangs on a noun is not the subject.
      items = [headOf(phrases, start)];
      start -= 2;
      continue;
    }
    // ", and it's": a pronoun opens a clause of its own.
    const isAlone = phrases.words.is(firstWord(phrases, chunks[start]), 'nominatives');
    const previous = isAlone ? null : previousItem(phrases, start);
    if (previous === null) return { items, start };
    items = [argumentOf(phrases, chunks[previous] as Chunk), ...items];
    start = previous;
  }
}

/** The noun that something hangs on: "developers on no tier" are none, and those of another house are not the vendor's. */
function headOf(phrases: Phrases, at: number): Argument {
  const { chunks, words } = phrases;
  const head = argumentOf(phrases, chunks[at - 2] as Chunk);
  const hanging = argumentOf(phrases, chunks[at] as Chunk);
  const isOfOthers =
    head.kind === 'people' &&
    hanging.kind === 'other' &&
    words.is(firstWord(phrases, chunks[at - 1]), 'belonging') &&
    tokensOf(phrases, chunks[at] as Chunk).every(({ mention }) => mention === null);
  const negated = head.negated || hanging.negated;
  return { ...head, kind: isOfOthers ? 'other' : head.kind, negated };
}

/** The subject before an apposition or a relative clause that ends at a sign. */
function besideSubject(phrases: Phrases, end: number): Subject | null {
  const opening = openingOf(phrases, end);
  const head = opening === null ? null : subjectBefore(phrases, opening - 1);
  return head === null || opening === null ? null : withApposed(phrases, head, opening);
}

/** "Two new models, a and b, are": the names that stand beside what they name. */
function withApposed(phrases: Phrases, { argument, start }: Subject, opening: number): Subject {
  const { words } = phrases;
  const isKind = argument.isModelWord || words.is(argument.head, 'relational', 'kinds-of-models');
  if (!isKind || argument.kind === 'names') return { argument, start };
  const { names } = apposed(phrases, opening) ?? argument;
  return { argument: names.length === 0 ? argument : { ...argument, kind: 'names', names }, start };
}

function apposed(phrases: Phrases, opening: number): Argument | null {
  if (phrases.chunks[opening + 1]?.kind !== 'noun') return null;
  return merged(coordinationFrom(phrases, opening + 1).items);
}

/** Whether a comma closes what another one opens beside a noun: ", which we launched in May,". */
export function closesAside(phrases: Phrases, at: number): boolean {
  const opening = openingOf(phrases, at);
  return opening !== null && phrases.chunks[opening + 1]?.kind === 'subordinator';
}

/** The comma that opens an apposition or a relative clause which another one closes. */
function openingOf(phrases: Phrases, closing: number): number | null {
  const { chunks } = phrases;
  const mark = firstWord(phrases, chunks[closing]);
  for (let at = closing - 1; at > 0; at--) {
    if (isSign(phrases, chunks[at], ';', ':')) return null;
    if (!isSign(phrases, chunks[at], mark) || chunks[at - 1]?.kind !== 'noun') continue;
    if (opensAside(phrases, at)) return at;
  }
  return null;
}

function opensAside(phrases: Phrases, at: number): boolean {
  const { chunks, words } = phrases;
  const [before, , first] = chunks.slice(at - 1);
  if (['subordinator', 'preposition', 'adjective'].includes(first?.kind ?? '')) return true;
  if (first?.verb?.form === 'participle') return true;
  if (words.is(firstWord(phrases, first), 'articles', 'possessives', 'member-leads')) return true;
  const names = before === undefined ? '' : (wordsOf(phrases, before).at(-1) ?? '');
  const isKind = words.is(names, 'models', 'relational', 'kinds-of-models');
  return isKind && apposed(phrases, at)?.kind === 'names';
}

/** The item before one of a list of subjects; only a list with "and" or "or" in it is one, or names that take a verb in the plural. */
function previousItem(phrases: Phrases, start: number): number | null {
  if (opensClause(phrases, start)) return null;
  const { chunks } = phrases;
  let at = start - 1;
  let joined = isPlural(phrases, start);
  while (at >= 0 && (isSign(phrases, chunks[at], ',', '/') || chunks[at]?.kind === 'conjunction')) {
    joined ||= chunks[at]?.kind === 'conjunction' || hasConjunctionBehind(phrases, start);
    at--;
  }
  return joined && chunks[at]?.kind === 'noun' && !isComplement(phrases, at) ? at : null;
}

/** "The models a, b are deprecated": nothing but names and commas before a verb that one name alone would not take. */
function isPlural(phrases: Phrases, start: number): boolean {
  const { chunks, words } = phrases;
  const isName = (at: number): boolean => {
    const chunk = chunks[at];
    return chunk?.kind === 'noun' && tokensOf(phrases, chunk).at(-1)?.mention != null;
  };
  const isListed = (at: number): boolean => isName(at - 2) && isSign(phrases, chunks[at - 1], ',');
  if (!isName(start) || !isListed(start)) return false;
  let last = start;
  while (isSign(phrases, chunks[last + 1], ',') && isName(last + 2)) last += 2;
  let first = start;
  while (isListed(first)) first -= 2;
  const isLed = chunks[first - 1]?.kind === 'preposition';
  return !isLed && words.is(firstWord(phrases, chunks[last + 1]), 'plural-verbs');
}

/** "X is out in ChatGPT and Codex, and Y is, too": what a verb before it takes is no part of the next subject. */
function isComplement(phrases: Phrases, from: number): boolean {
  const { chunks } = phrases;
  if (chunks[from - 1]?.kind === 'sign') return false;
  for (let at = from - 1; at >= 0; at--) {
    const chunk = chunks[at];
    if (chunk?.kind === 'verb') return true;
    if (chunk?.kind === 'subordinator') return false;
    if (chunk?.kind === 'sign' && !isSign(phrases, chunk, ',')) return false;
  }
  return false;
}

/** "is available to users, and developers can": a comma and "and" open a clause where no list goes before them. */
function opensClause(phrases: Phrases, start: number): boolean {
  const { chunks } = phrases;
  const isJoint =
    chunks[start - 1]?.kind === 'conjunction' && isSign(phrases, chunks[start - 2], ',');
  if (!isJoint || isSign(phrases, chunks[start - 4], ',')) return false;
  return chunks.slice(0, start).some(({ verb }) => verb?.form === 'finite');
}

function hasConjunctionBehind(phrases: Phrases, start: number): boolean {
  for (let at = start; at < phrases.chunks.length; at++) {
    const kind = phrases.chunks[at]?.kind;
    if (kind === 'conjunction') return true;
    if (kind === 'verb') return false;
  }
  return false;
}

/** Whether a noun phrase follows that a verb in the past takes: "ChatGPT retired the following models". */
export function takesObject(phrases: Phrases, at: number): boolean {
  const next = phrases.chunks[skip(phrases, at + 1, 1, 'adverb')];
  return next?.kind === 'noun';
}
