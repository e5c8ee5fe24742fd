import type { FrameCategory, FrameRule } from '../../domain/language.ts';
import type { Range } from '../text/range.ts';
import {
  type Argument,
  argumentOf,
  coordinationFrom,
  listFrom,
  membersFrom,
  merged,
} from './arguments.ts';
import type { Chunk, Verb } from './chunk.ts';
import { type Clause, clauseOf } from './clauses.ts';
import { type Context, contextOf, isEnd, isFigure } from './context.ts';
import { headlinesOf, predicateEnd } from './headlines.ts';
import { firstWord, isSign, type Phrases, skip, wordsOf } from './phrases.ts';
import type { Candidate } from './predicates.ts';
import { scopeOf } from './scope.ts';
import type { Token } from './tokens.ts';

/** What one predicate of a sentence says, of what, and how: the unit of the analysis. */
export interface Frame {
  /** Id of the rule that found it (`data/catalog/language.yaml`). */
  rule: string;
  category: FrameCategory;
  predicate: Range;
  theme: Argument;
  /** Who does it; null where nobody is named. */
  agent: Argument | null;
  context: Context;
  /** Where the rest of its clause stands, for places, days and figures. */
  scope: Range;
}

/** The frames of a sentence, in order. */
export function framesOf(phrases: Phrases): readonly Frame[] {
  const frames: Frame[] = [...headlineFrames(phrases)];
  for (const [at, chunk] of phrases.chunks.entries()) {
    if (chunk.verb === null) continue;
    const word = phrases.list[chunk.verb.main] ?? '';
    for (const candidate of candidatesAt(phrases, at, word)) {
      const frame = verbFrame(phrases, at, candidate);
      if (frame !== null) frames.push(frame);
    }
    if (chunk.verb.copula || phrases.words.is(word, 'stays'))
      frames.push(...predicativeFrames(phrases, at, chunk.verb), ...priceFrames(phrases, at));
  }
  return frames;
}

/** "Pricing for X is $5 per hour": a figure said of a price. */
function priceFrames(phrases: Phrases, at: number): readonly Frame[] {
  const { chunks, list, words } = phrases;
  const rule = phrases.predicates.rules.find(({ id }) => id === 'price.nominal');
  const head = chunks.findIndex(({ to }) => words.is(list[to] ?? '', 'price-nouns'));
  if (rule === undefined || head < 0 || head > at || chunks[head + 1]?.kind !== 'preposition')
    return [];
  const isOpening = chunks.slice(0, head).every(({ kind }) => kind !== 'noun' && kind !== 'verb');
  if (!isOpening || chunks[head + 2]?.kind !== 'noun' || !isFigure(phrases, chunks[at + 1]))
    return [];
  const { items, last } = coordinationFrom(phrases, head + 2);
  const theme = merged(items);
  if (theme === null || skip(phrases, last + 1, 1, 'adverb', 'time') !== at) return [];
  const clause = { ...clauseOf(phrases, at), embedded: null };
  return [frameOf(phrases, at, rule, clause, theme, null)];
}

/** The rules a verb stands for with what is behind it; "leave preview" is more than "leave". */
function candidatesAt(phrases: Phrases, at: number, verb: string): readonly Candidate[] {
  const found = phrases.predicates
    .verbs(verb)
    .filter(({ particle }) => particle === '' || particleAt(phrases, at, particle) !== null);
  const longest = Math.max(...found.map(({ particle }) => lengthOf(particle)));
  return found.filter(({ particle }) => lengthOf(particle) === longest);
}

function lengthOf(particle: string): number {
  return particle === '' ? 0 : particle.split(' ').length;
}

function verbFrame(phrases: Phrases, at: number, { rule, particle }: Candidate): Frame | null {
  const clause = clauseOf(phrases, at);
  const { verb } = clause;
  const isPassive = verb.passive;
  if (rule.construction === 'transitive' && !isPassive)
    return objectFrame(phrases, at, rule, clause, particle);
  if (rule.construction === 'use') {
    return isPassive
      ? subjectFrame(phrases, at, rule, clause)
      : objectFrame(phrases, at, rule, clause, particle);
  }
  if (rule.construction === 'intransitive' && isPassive) return null;
  return subjectFrame(phrases, at, rule, clause);
}

/** Where a verb's particle stands, by its first and last phrase; null when it is not there. */
function particleAt(
  phrases: Phrases,
  at: number,
  particle: string,
): { first: number; last: number } | null {
  const words = particle.split(' ');
  // "switch to X": a preposition that binds its object stands right behind its verb.
  const isBound = phrases.words.is(words[0] ?? '', 'binding');
  const nearest = skip(phrases, at + 1, 1, 'adverb', 'time');
  for (let next = at + 1; next <= at + 4; next++) {
    const chunk = phrases.chunks[next];
    if (chunk === undefined || chunk.kind === 'sign') return null;
    const last = endOfWords(phrases, chunk, words);
    if (last !== null) return isBound && next > nearest ? null : { first: next, last };
    if (chunk.kind === 'verb') return null;
  }
  return null;
}

/** Index of the phrase in which words end that begin in a phrase ("immediate access to" as "access to"). */
function endOfWords(
  { chunks, list }: Phrases,
  chunk: Chunk,
  words: readonly string[],
): number | null {
  for (let at = chunk.from; at <= chunk.to; at++) {
    if (!words.every((word, offset) => list[at + offset] === word)) continue;
    const last = at + words.length - 1;
    return chunks.findIndex(({ from, to }) => from <= last && last <= to);
  }
  return null;
}

/** "Access to X is open", "Input tokens for X cost $2": what is said of access, and of a price, is said of the model. */
function throughSubject(
  phrases: Phrases,
  { category }: FrameRule,
  { subject, start }: Clause,
): Argument | null {
  const { chunks, words } = phrases;
  if (subject === null || subject.kind !== 'other') return subject;
  const isCarrier =
    subject.isAccess || (category === 'price' && words.is(subject.head, 'units', 'price-nouns'));
  const [, lead, named] = chunks.slice(start);
  const isLed =
    lead?.kind === 'preposition' &&
    words.is(firstWord(phrases, lead), 'carrying', 'purposes', 'goals');
  if (!isCarrier || !isLed || named?.kind !== 'noun') return subject;
  const theme = merged(coordinationFrom(phrases, start + 2).items);
  return theme?.kind === 'names'
    ? { ...theme, negated: theme.negated || subject.negated }
    : subject;
}

function subjectFrame(phrases: Phrases, at: number, rule: FrameRule, clause: Clause): Frame | null {
  const subject = throughSubject(phrases, rule, clause);
  if (subject === null) return null;
  return frameOf(
    phrases,
    at,
    rule,
    clause,
    withId(phrases, withMembers(phrases, subject, at), at),
    null,
  );
}

function objectFrame(
  phrases: Phrases,
  at: number,
  rule: FrameRule,
  clause: Clause,
  particle: string,
): Frame | null {
  const first = objectStart(phrases, at, particle);
  if (first === null) return null;
  const nominal = nominalFrame(phrases, at, rule, clause, first);
  if (nominal !== null) return nominal;
  const { items, last } = coordinationFrom(phrases, first);
  const object = withRest(phrases, merged(items), first);
  if (object === null) return null;
  // "announcing X will not ship": a clause stands there, and not an object.
  const behind = phrases.chunks[skip(phrases, last + 1, 1, 'adverb')];
  const isClause = behind?.kind === 'verb' && behind.verb?.form === 'finite';
  const embedded = isClause ? ('complement' as const) : clause.embedded;
  const carried = carriedBy(phrases, object, last);
  const named = withMembers(phrases, withCompany(phrases, carried, last), last);
  const theme = withId(phrases, named, last);
  return frameOf(phrases, at, rule, { ...clause, embedded }, theme, clause.subject);
}

/** "two models, a for speed and b for depth": of models that are counted, the names go on behind what hangs on each. */
function withRest(phrases: Phrases, object: Argument | null, first: number): Argument | null {
  const isCounted = argumentOf(phrases, phrases.chunks[first] as Chunk).kind === 'models';
  if (object?.kind !== 'names' || !isCounted || !isSign(phrases, phrases.chunks[first + 1], ','))
    return object;
  return { ...object, names: listFrom(phrases, first + 2) };
}

/** "a research preview of X": what a preview is of is what comes out. */
function carriedBy(phrases: Phrases, object: Argument, at: number): Argument {
  const { chunks, words } = phrases;
  if (!words.is(object.head, 'carriers') || chunks[at + 2]?.kind !== 'noun') return object;
  if (!words.is(firstWord(phrases, chunks[at + 1]), 'carrying')) return object;
  return merged(coordinationFrom(phrases, at + 2).items) ?? object;
}

/** "announced the deprecation of X": what is announced is the act its noun names. */
function nominalFrame(
  phrases: Phrases,
  at: number,
  { category }: FrameRule,
  clause: Clause,
  object: number,
): Frame | null {
  const { chunks, list, predicates } = phrases;
  const head = list[chunks[object]?.to ?? 0] ?? '';
  const rule = predicates.nominal.find(({ words }) => words.includes(head));
  if (category !== 'announce' || rule === undefined || chunks[object + 2]?.kind !== 'noun')
    return null;
  if (chunks[object + 1]?.kind !== 'preposition') return null;
  const { items, last } = coordinationFrom(phrases, object + 2);
  const theme = merged(items);
  if (theme === null) return null;
  return frameOf(phrases, at, rule, clause, withMembers(phrases, theme, last), clause.subject);
}

function objectStart(phrases: Phrases, at: number, particle: string): number | null {
  let next = skip(phrases, at + 1, 1, 'adverb', 'time');
  const behind = particle === '' ? null : particleAt(phrases, at, particle);
  // "build with X", and no "make X available".
  if (behind !== null && behind.first <= next)
    next = skip(phrases, behind.last + 1, 1, 'adverb', 'time');
  if (isSign(phrases, phrases.chunks[next], ':')) next++;
  return phrases.chunks[next]?.kind === 'noun' ? next : null;
}

/** "two new models in the API: a and b", "the family, including a": names listed further on are of the theme. */
function withMembers(phrases: Phrases, theme: Argument, from: number): Argument {
  if (theme.kind !== 'models' && theme.kind !== 'names') return theme;
  const members = membersFrom(phrases, from + 1);
  if (members.length === 0) return theme;
  const listed = members.map((member) => ({ ...member, isMember: theme.kind === 'names' }));
  return { ...theme, kind: 'names', names: [...theme.names, ...listed] };
}

/** "A sharper model is available in the API as x": the id of what has no name, or only that of what it is a version of. */
function withId(phrases: Phrases, theme: Argument, from: number): Argument {
  const { chunks, words } = phrases;
  const isNameless =
    theme.kind === 'models' ||
    (theme.kind !== 'names' && (theme.isModelWord || words.is(theme.head, 'relational')));
  if (!isNameless) return theme;
  for (let at = from + 1; at + 1 < chunks.length; at++) {
    if (chunks[at]?.kind === 'verb') break;
    const named = chunks[at + 1];
    if (named?.kind !== 'noun' || !leadsId(phrases, chunks[at], named)) continue;
    const { names } = argumentOf(phrases, named);
    if (names.length > 0) return { ...theme, kind: 'names', names };
  }
  return theme;
}

/** "as x", "under x", "with the model name x". */
function leadsId(phrases: Phrases, lead: Chunk | undefined, named: Chunk): boolean {
  const { words } = phrases;
  if (lead?.kind !== 'preposition') return false;
  return (
    words.is(firstWord(phrases, lead), 'id-leads') ||
    wordsOf(phrases, named).some((word) => words.is(word, 'id-words'))
  );
}

/** "along with the smaller a and b": what comes in company is taken by the verb too. */
function withCompany(phrases: Phrases, theme: Argument, from: number): Argument {
  if (theme.kind !== 'names') return theme;
  const { chunks, words } = phrases;
  for (let at = from + 1; at < chunks.length; at++) {
    const chunk = chunks[at];
    if (chunk?.kind === 'verb' || isSign(phrases, chunk, ';', ':', '—')) break;
    if (chunk === undefined || words.phraseAt(phrases.list, chunk.from, 'additive') === 0) continue;
    const start = skip(phrases, at + 1, 1, 'adverb', 'preposition');
    if (chunks[start]?.kind !== 'noun') break;
    const company = coordinationFrom(phrases, start).items.flatMap(({ names }) => names);
    return { ...theme, names: [...theme.names, ...company] };
  }
  return theme;
}

/** What a line says without a finite verb. */
function headlineFrames(phrases: Phrases): readonly Frame[] {
  return headlinesOf(phrases).map(({ rule, at, last, theme, clause }) =>
    frameOf(phrases, at, rule, clause, withMembers(phrases, theme, last), null),
  );
}

/** Frames of `be` with a word: "is now generally available", "is here", "is in the API". */
function predicativeFrames(phrases: Phrases, at: number, verb: Verb): readonly Frame[] {
  const { tokens } = phrases;
  const clause = clauseOf(phrases, at);
  const { subject } = clause;
  if (subject === null) return [];
  return phrases.predicates.predicative.flatMap((rule) => {
    // What was available is so no more, or nobody says so.
    if (
      rule.category === 'available' &&
      clause.verb.tense === 'past' &&
      clause.verb.aspect === 'simple'
    )
      return [];
    const end = predicateEnd(phrases, verb.main + 1, rule);
    if (end === null || isPurpose(tokens, end) || isForThing(phrases, end)) return [];
    const whole = throughSubject(phrases, rule, clause) ?? subject;
    const theme = withId(phrases, withMembers(phrases, whole, at), at);
    return [frameOf(phrases, at, rule, clause, theme, null)];
  });
}

/** "is here to help you test": what it is for, and not where it is. */
function isPurpose(tokens: readonly Token[], at: number): boolean {
  return (
    tokens[at]?.word === 'to' &&
    tokens[at + 1]?.pos === 'VERB' &&
    !/ed$/.test(tokens[at + 1]?.word ?? '')
  );
}

/** "is available for fine-tuning": something can be done with it, and nothing is said of where it can be had. */
function isForThing({ list, words }: Phrases, at: number): boolean {
  if (!words.is(list[at] ?? '', 'purposes')) return false;
  return list.slice(at + 1, at + 5).some((word) => words.is(word, 'uses'));
}

function frameOf(
  phrases: Phrases,
  at: number,
  rule: FrameRule,
  clause: Clause,
  theme: Argument,
  agent: Argument | null,
): Frame {
  const { tokens, sentence } = phrases;
  const chunk = phrases.chunks[at];
  const start = tokens[chunk?.from ?? 0]?.start ?? sentence.start;
  const scope = scopeOf(phrases, at);
  const predicate = { start, end: tokens[chunk?.to ?? 0]?.end ?? start };
  return {
    ...{ rule: rule.id, predicate, theme, agent },
    category: isEnd(rule, clause.verb) ? 'retire' : rule.category,
    context: contextOf(phrases, at, rule, clause, theme),
    scope: {
      start: tokens[scope.from]?.start ?? sentence.start,
      end: tokens[scope.to]?.end ?? sentence.end,
    },
  };
}
