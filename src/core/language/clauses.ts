import { type Argument, argumentOf, merged } from './arguments.ts';
import type { Chunk, Verb } from './chunk.ts';
import { firstWord, isSign, type Phrases, skip, wordsOf } from './phrases.ts';

/** Where a verb stands in its sentence: with which subject, and whether the sentence itself says it. */
export interface Clause {
  subject: Argument | null;
  /** Index of the first phrase of the subject, or of the verb where it has none. */
  start: number;
  /** Why the clause says nothing by itself; null for a main clause. */
  embedded: 'subordinate' | 'complement' | 'governed' | 'relative' | 'object' | 'imperative' | null;
  /** The helpers of the first of several verbs hold for the others: "are deprecated and will be removed". */
  verb: Verb;
  /** Something has only begun, or goes on: "began rolling out". */
  phase: 'begins' | 'continues' | null;
}

/** The clause of the verb at a phrase. */
export function clauseOf(phrases: Phrases, at: number): Clause {
  const verb = phrases.chunks[at]?.verb as Verb;
  const before = skip(phrases, at - 1, -1, 'adverb', 'time');
  const chunk = phrases.chunks[before];
  if (verb.form === 'infinitive' || chunk?.kind === 'verb')
    return governed(phrases, at, before, verb);
  if (
    chunk?.kind === 'conjunction' ||
    (isSign(phrases, chunk, ',') && isShared(phrases, at, before))
  ) {
    const shared = sharedClause(phrases, before, verb);
    if (shared !== null) return shared;
  }
  const subject = subjectBefore(phrases, before);
  if (subject === null) return withoutSubject(phrases, at, before, verb);
  const embedded = embeddingOf(phrases, subject.start);
  // "models released last year"; a pronoun of the vendor takes no such clause.
  const isRelative =
    verb.form === 'participle' && subject.argument.kind !== 'vendor' && !takesObject(phrases, at);
  return {
    subject: subject.argument,
    start: subject.start,
    embedded: embedded ?? (isRelative || verb.form === 'gerund' ? 'relative' : null),
    verb,
    phase: null,
  };
}

/** "are excited to announce", "began rolling out": a verb under another one, or under an adjective or noun. */
function governed(phrases: Phrases, at: number, before: number, verb: Verb): Clause {
  const governor = phrases.chunks[before];
  const none: Clause = { subject: null, start: at, embedded: 'governed', verb, phase: null };
  if (governor === undefined) return none;
  const list = wordsOf(phrases, governor);
  const isGlad = list.some((word) => phrases.words.is(word, 'glad'));
  const upper = governor.kind === 'verb' ? before : skip(phrases, before - 1, -1, 'adverb', 'time');
  if (phrases.chunks[upper]?.kind !== 'verb') return none;
  const above = clauseOf(phrases, upper);
  if (isUnsaid(above)) return { ...none, subject: above.subject };
  if (isGlad)
    return {
      ...above,
      verb: { ...above.verb, main: verb.main, copula: false, passive: false },
      start: above.start,
    };
  const main = phrases.list[above.verb.main] ?? '';
  const phase = phaseOf(phrases, main);
  if (governor.kind !== 'verb' || phase === null) return { ...none, subject: above.subject };
  return {
    ...above,
    verb: { ...above.verb, main: verb.main, copula: verb.copula, passive: verb.passive },
    phase,
  };
}

function phaseOf({ words }: Phrases, verb: string): Clause['phase'] {
  if (words.is(verb, 'begin')) return 'begins';
  return words.is(verb, 'continue') ? 'continues' : null;
}

/** Whether the sentence leaves open, or denies, what stands in a clause. */
function isUnsaid({ embedded, verb }: Clause): boolean {
  return embedded !== null || verb.negated || (verb.modal !== null && verb.tense !== 'future');
}

/** "X is here, and can be used": whether a comma is followed by a verb that shares the subject before it. */
function isShared({ chunks }: Phrases, at: number, comma: number): boolean {
  return chunks[at]?.verb?.form === 'finite' && chunks[comma - 1]?.kind !== 'noun';
}

function sharedClause(phrases: Phrases, joint: number, verb: Verb): Clause | null {
  for (let at = joint - 1; at >= 0; at--) {
    const chunk = phrases.chunks[at] as Chunk;
    if (chunk.kind === 'subordinator' || isSign(phrases, chunk, ';', ':', '—')) return null;
    if (chunk.kind !== 'verb') continue;
    const first = clauseOf(phrases, at);
    const takesHelpers =
      verb.form === 'participle' || verb.form === 'base' || verb.form === 'gerund';
    const { main, copula } = verb;
    return { ...first, verb: takesHelpers ? { ...first.verb, main, copula } : verb };
  }
  return null;
}

interface Subject {
  argument: Argument;
  start: number;
}

/** The subject that ends at a phrase, with all its parts: coordination, apposition, what hangs on it by a preposition. */
function subjectBefore(phrases: Phrases, end: number): Subject | null {
  const { chunks } = phrases;
  const chunk = chunks[end];
  if (isSign(phrases, chunk, ',', '—')) {
    const opening = openingOf(phrases, end);
    return opening === null ? null : subjectBefore(phrases, opening - 1);
  }
  if (chunk?.kind !== 'noun') return null;
  const items: Argument[] = [argumentOf(phrases, chunk)];
  let start = end;
  for (;;) {
    const before = chunks[start - 1];
    if (before?.kind === 'preposition' && chunks[start - 2]?.kind === 'noun') {
      // "Fine-tuning for GPT-4 is available": what hangs on a noun is not the subject.
      start -= 2;
      items.splice(0, items.length, argumentOf(phrases, chunks[start] as Chunk));
      continue;
    }
    const previous = previousItem(phrases, start);
    if (previous === null) break;
    items.unshift(argumentOf(phrases, chunks[previous] as Chunk));
    start = previous;
  }
  const argument = merged(items);
  if (argument === null) return null;
  const lead = chunks[start - 1];
  const isNegated =
    lead !== undefined &&
    wordsOf(phrases, lead).some((word) => phrases.words.is(word, 'negative-determiners'));
  return { argument: { ...argument, negated: argument.negated || isNegated }, start };
}

/** The comma that opens an apposition or a relative clause which another one closes. */
function openingOf(phrases: Phrases, closing: number): number | null {
  const { chunks } = phrases;
  const mark = firstWord(phrases, chunks[closing]);
  for (let at = closing - 1; at > 0; at--) {
    if (isSign(phrases, chunks[at], ';', ':')) return null;
    if (!isSign(phrases, chunks[at], mark) || chunks[at - 1]?.kind !== 'noun') continue;
    const first = chunks[at + 1];
    const list = first === undefined ? [] : wordsOf(phrases, first);
    const isAside =
      first?.kind === 'subordinator' ||
      first?.kind === 'preposition' ||
      list.some(
        (word, index) =>
          index === 0 && phrases.words.is(word, 'articles', 'possessives', 'member-leads'),
      );
    return isAside ? at : null;
  }
  return null;
}

/** The item before one of a list of subjects; only a list with "and" or "or" in it is one. */
function previousItem(phrases: Phrases, start: number): number | null {
  const { chunks } = phrases;
  let at = start - 1;
  let joined = false;
  while (at >= 0 && (isSign(phrases, chunks[at], ',', '/') || chunks[at]?.kind === 'conjunction')) {
    joined ||= chunks[at]?.kind === 'conjunction' || hasConjunctionBehind(phrases, start);
    at--;
  }
  return joined && chunks[at]?.kind === 'noun' ? at : null;
}

function hasConjunctionBehind(phrases: Phrases, start: number): boolean {
  for (let at = start; at < phrases.chunks.length; at++) {
    const kind = phrases.chunks[at]?.kind;
    if (kind === 'conjunction') return true;
    if (kind === 'verb') return false;
  }
  return false;
}

/** Why what stands right before a subject takes its clause from the sentence; null where the clause is a main one. */
function embeddingOf(phrases: Phrases, start: number): Clause['embedded'] {
  const { chunks, words } = phrases;
  const at = skip(phrases, start - 1, -1, 'adverb', 'time');
  const lead = chunks[at];
  if (lead === undefined) return null;
  switch (lead.kind) {
    case 'sign':
      return frontedBy(phrases, at);
    case 'conjunction':
      return words.is(firstWord(phrases, lead), 'joints') ? joinedTo(phrases, at) : 'subordinate';
    case 'subordinator':
      return announcedBy(phrases, at);
    case 'verb':
      return isAnnouncing(phrases, at) ? null : 'complement';
    case 'adjective':
      return 'complement';
    case 'noun':
      return 'relative';
    default:
      return 'object';
  }
}

/** A clause behind "and" is as main as the one before it. */
function joinedTo(phrases: Phrases, joint: number): Clause['embedded'] {
  for (let at = joint - 1; at >= 0; at--) {
    const chunk = phrases.chunks[at] as Chunk;
    if (isSign(phrases, chunk, ';', ':', '—')) return null;
    if (chunk.kind === 'verb') return clauseOf(phrases, at).embedded;
  }
  return null;
}

/** "If X, Y is out": what stands before a comma or colon may take back what follows. */
function frontedBy(phrases: Phrases, sign: number): Clause['embedded'] {
  const { words } = phrases;
  const isColon = isSign(phrases, phrases.chunks[sign], ':');
  if (isSign(phrases, phrases.chunks[sign], ';', '.', '!', '—', '•')) return null;
  for (let at = sign - 1; at >= 0; at--) {
    const chunk = phrases.chunks[at] as Chunk;
    if (isSign(phrases, chunk, ';', '.', '!')) return null;
    const list = wordsOf(phrases, chunk);
    if (chunk.kind === 'subordinator' && list.some((word) => words.is(word, 'conditionals')))
      return 'subordinate';
    if (list.some((word) => words.is(word, 'reporting', 'unreal'))) return 'complement';
    if (isColon && (chunk.verb?.negated === true || list.some((word) => words.is(word, 'delay'))))
      return 'complement';
  }
  return null;
}

/** "to announce that X is out": the clause an announcement of the vendor carries is its own. */
function announcedBy(phrases: Phrases, at: number): Clause['embedded'] {
  const { chunks, words } = phrases;
  const word = firstWord(phrases, chunks[at]);
  if (words.is(word, 'transparent')) return null;
  if (word !== 'that') return 'subordinate';
  const governor = skip(phrases, at - 1, -1, 'adverb', 'time');
  return chunks[governor]?.kind === 'verb' && isAnnouncing(phrases, governor) ? null : 'complement';
}

function isAnnouncing(phrases: Phrases, at: number): boolean {
  const { words, list, chunks } = phrases;
  const verb = chunks[at]?.verb;
  if (verb === null || verb === undefined || !words.is(list[verb.main] ?? '', 'announcing'))
    return false;
  const clause = clauseOf(phrases, at);
  return !isUnsaid(clause) && (clause.subject === null || clause.subject.kind === 'vendor');
}

/** Entries and headings leave the vendor out: "Released X", "Introducing X", "Today, introducing X". */
function withoutSubject(phrases: Phrases, at: number, before: number, verb: Verb): Clause {
  const chunk = phrases.chunks[before];
  const clause: Clause = { subject: null, start: at, embedded: null, verb, phase: null };
  if (verb.form === 'base' && !phrases.words.is(phrases.list[verb.main] ?? '', 'greetings')) {
    return { ...clause, embedded: 'imperative' };
  }
  if (chunk === undefined || isSign(phrases, chunk, ':', ';', '.', '!', '•', '-', '—')) {
    return { ...clause, embedded: chunk === undefined ? null : frontedBy(phrases, before) };
  }
  if (
    isSign(phrases, chunk, ',') &&
    !phrases.chunks.slice(0, before).some(({ kind }) => kind === 'verb' || kind === 'noun')
  ) {
    return clause;
  }
  if (chunk.kind === 'subordinator') return { ...clause, embedded: 'subordinate' };
  return { ...clause, embedded: 'governed' };
}

/** Whether a noun phrase follows that a verb in the past takes: "ChatGPT retired the following models". */
function takesObject(phrases: Phrases, at: number): boolean {
  const next = phrases.chunks[skip(phrases, at + 1, 1, 'adverb')];
  return next?.kind === 'noun';
}
