import type { FrameRule } from '../../domain/language.ts';
import {
  type Argument,
  argumentOf,
  coordinationFrom,
  coordinationWithin,
  merged,
  servedBy,
} from './arguments.ts';
import { type Clause, clauseOf } from './clauses.ts';
import { asideFrames, reservedCompany, withEllipsis } from './elliptical-frames.ts';
import { type Frame, frameOf } from './frame.ts';
import { headlinesOf, predicateEnd } from './headlines.ts';
import {
  accompanying,
  nominalSubjectFrames,
  notifiedFrames,
  priceFrames,
} from './nominal-frames.ts';
import { firstWord, isSign, type Phrases, skip } from './phrases.ts';
import type { Candidate } from './predicates.ts';
import { withCompany } from './scope.ts';
import type { Chunk, Token } from './sentence-parts.ts';
import {
  carriedBy,
  isSettled,
  listedAs,
  withId,
  withMembers,
  withNominals,
  withRest,
} from './themes.ts';

/** The frames of a sentence, in order. */
export function framesOf(phrases: Phrases): readonly Frame[] {
  const frames: Frame[] = [...headlineFrames(phrases), ...asideFrames(phrases)];
  for (const [at, chunk] of phrases.chunks.entries()) {
    if (chunk.verb === null) continue;
    const word = phrases.list[chunk.verb.main] ?? '';
    for (const candidate of candidatesAt(phrases, at, word)) {
      const frame = verbFrame(phrases, at, candidate);
      if (frame !== null) frames.push(frame);
    }
    // "is gone": a state, with a participle for its word.
    if (chunk.verb.passive && phrases.words.is(word, 'states'))
      frames.push(...predicativeFrames(phrases, at, chunk.verb.main - 1));
    if (chunk.verb.copula || phrases.words.is(word, 'stays', 'becomes'))
      frames.push(...predicativeFrames(phrases, at, chunk.verb.main), ...priceFrames(phrases, at));
    frames.push(...nominalSubjectFrames(phrases, at, chunk.verb), ...notifiedFrames(phrases, at));
  }
  return frames.flatMap((frame) => [
    ...withEllipsis(phrases, frame),
    ...accompanying(phrases, frame),
    ...reservedCompany(phrases, frame),
  ]);
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
  if (rule.category === 'host' && isPassive) return null;
  if (rule.construction === 'goal') {
    // "`chat` model upgraded to X": a title leaves out that it was done.
    const isDone = isPassive || (clause.subject?.kind === 'names' && verb.tense === 'past');
    const frame = isDone ? objectFrame(phrases, at, rule, clause, particle) : null;
    // What is upgraded does nothing itself.
    return frame && { ...frame, agent: null };
  }
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
  const verb = phrases.list[phrases.chunks[at]?.verb?.main ?? -1] ?? '';
  // "create images with X": what is made stands between.
  const isMaking = phrases.words.is(verb, 'making');
  const first = phrases.chunks.findIndex(
    (chunk, index) => index > at && isStop(phrases, chunk, words),
  );
  const found = phrases.chunks[first];
  if (found === undefined || first > at + (isMaking ? 8 : 4)) return null;
  const last = found.kind === 'sign' ? null : endOfWords(phrases, found, words);
  // "switch to X": a preposition that binds its object stands right behind its verb.
  const isBound = phrases.words.is(words[0] ?? '', 'binding') && !isMaking;
  const isFar = isBound && first > skip(phrases, at + 1, 1, 'adverb', 'time');
  return last === null || isFar ? null : { first, last };
}

/** Where the search for a particle ends: at it, at a sign, or at another verb. */
function isStop(phrases: Phrases, chunk: Chunk, words: readonly string[]): boolean {
  return (
    chunk.kind === 'sign' || chunk.kind === 'verb' || endOfWords(phrases, chunk, words) !== null
  );
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
  at: number,
  { category }: FrameRule,
  { subject, start }: Clause,
): Argument | null {
  const { chunks, words } = phrases;
  if (subject === null || subject.kind !== 'other') return subject;
  const isOfPlace = category === 'available' || category === 'release';
  const served = isOfPlace ? servedBy(phrases, chunks[start]) : null;
  if (served !== null) return served;
  const isCarrier =
    subject.isAccess ||
    (isOfPlace && isSettled(phrases, chunks[start])) ||
    (category === 'fail' && words.is(subject.head, 'traffic')) ||
    (category === 'price' && words.is(subject.head, 'units', 'price-nouns'));
  const [, lead, named] = chunks.slice(start);
  const isLed =
    lead?.kind === 'preposition' &&
    words.is(firstWord(phrases, lead), 'carrying', 'purposes', 'goals');
  if (!isCarrier || !isLed || named?.kind !== 'noun') return subject;
  const theme =
    coordinationWithin(phrases, start + 2, at) ??
    merged(coordinationFrom(phrases, start + 2).items);
  return theme?.kind === 'names'
    ? { ...theme, negated: theme.negated || subject.negated }
    : subject;
}

function subjectFrame(phrases: Phrases, at: number, rule: FrameRule, clause: Clause): Frame | null {
  const subject = throughSubject(phrases, at, rule, clause);
  if (subject === null) return null;
  // A model that errs is no model that is gone: only all that is asked of it fails then.
  if (rule.category === 'fail' && (subject === clause.subject || !failsAlways(phrases, at)))
    return null;
  return frameOf(
    phrases,
    at,
    rule,
    clause,
    withId(phrases, withMembers(phrases, subject, at), at),
    null,
  );
}

/** "Requests to X return an error": all of them, from now on, with nothing that tells them apart. */
function failsAlways({ chunks, words, list, sentence }: Phrases, at: number): boolean {
  const before = chunks[skip({ chunks } as Phrases, at - 1, -1, 'adverb', 'time')];
  const isDirect = before?.kind === 'noun' && sentence.tokens[before.to]?.mention != null;
  const verb = chunks[at]?.verb;
  const isLasting = verb != null && verb.tense !== 'past' && verb.modal !== 'may';
  const isPlain = chunks
    .slice(at + 1)
    .every(({ kind, from }) => kind !== 'subordinator' && !words.is(list[from] ?? '', 'partial'));
  return (
    isDirect &&
    isLasting &&
    isPlain &&
    !list.slice(0, chunks[at]?.from).some((word) => words.is(word, 'partial'))
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
  if (rule.category === 'price') return pricedFrame(phrases, at, rule, clause, first);
  const { items, last } = coordinationFrom(phrases, first);
  const object = listedAs(phrases, withRest(phrases, merged(items), first), last);
  if (object === null) return null;
  // "announcing X will not ship": a clause stands there, and not an object.
  const behind = phrases.chunks[skip(phrases, last + 1, 1, 'adverb')];
  const isClause = behind?.kind === 'verb' && behind.verb?.form === 'finite';
  const embedded = isClause ? ('complement' as const) : clause.embedded;
  const carried = carriedBy(phrases, object, last);
  const named = withMembers(phrases, withCompany(phrases, carried, last), last);
  const theme = withId(phrases, withNominals(phrases, named, rule), last);
  return frameOf(phrases, at, rule, { ...clause, embedded }, theme, clause.subject);
}

/** "lowered the price of X to $1": what is changed is a price, and the theme is whose it is. */
function pricedFrame(
  phrases: Phrases,
  at: number,
  rule: FrameRule,
  clause: Clause,
  first: number,
): Frame | null {
  const { subject, ...own } = clause;
  const object = argumentOf(phrases, phrases.chunks[first] as Chunk);
  const theme = throughSubject(phrases, at, rule, { ...own, subject: object, start: first });
  const owner = phrases.chunks[first + 2];
  // "the price of fine-tuning X"
  const isPlain =
    owner !== undefined &&
    phrases.list.slice(owner.from, owner.to + 1).every((word) => !phrases.words.is(word, 'uses'));
  return theme?.kind === 'names' && isPlain
    ? frameOf(phrases, at, rule, clause, theme, subject)
    : null;
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
  const { from = 0, to = 0 } = chunks[object] ?? {};
  const head = list[to] ?? '';
  const said = to > from ? [list.slice(to - 1, to + 1).join(' '), head] : [head];
  const rule = predicates.nominal.find(({ words }) => said.some((word) => words.includes(word)));
  const isMoved = category === 'reschedule' && rule?.ahead === true && movesTo(phrases, object);
  if (
    (category !== 'announce' && !isMoved) ||
    rule === undefined ||
    chunks[object + 2]?.kind !== 'noun'
  )
    return null;
  if (chunks[object + 1]?.kind !== 'preposition') return null;
  const { items, last } = coordinationFrom(phrases, object + 2);
  const theme = merged(items);
  if (theme === null) return null;
  return frameOf(phrases, at, rule, clause, withMembers(phrases, theme, last), clause.subject);
}

/** "… of X from May 12 to June 15": without the day it is moved to, nobody knows when. */
function movesTo({ chunks, list, words }: Phrases, from: number): boolean {
  return chunks.some(
    ({ kind, from: first }, index) =>
      index > from &&
      kind === 'time' &&
      (words.is(list[first] ?? '', 'till') || words.is(list[first - 1] ?? '', 'till')),
  );
}

/** "The default model is now X": the model stands behind the verb. */
function inverseFrames(phrases: Phrases, at: number, clause: Clause): readonly Frame[] {
  const { chunks, list, words, predicates } = phrases;
  const noun = chunks[clause.start];
  const isDefault =
    noun !== undefined &&
    list.slice(noun.from, noun.to + 1).some((word) => words.is(word, 'defaults'));
  const behind = skip(phrases, at + 1, 1, 'adverb', 'time');
  const rule = predicates.predicative.find(({ category }) => category === 'default');
  if (!isDefault || chunks[behind]?.kind !== 'noun' || rule === undefined) return [];
  const theme = merged(coordinationFrom(phrases, behind).items);
  return theme?.kind === 'names' ? [frameOf(phrases, at, rule, clause, theme, null)] : [];
}

/** Where the object of a verb begins: behind it, or behind its particle ("create images with X", "give users access to X"). */
function objectStart(phrases: Phrases, at: number, particle: string): number | null {
  const { chunks, words } = phrases;
  let next = skip(phrases, at + 1, 1, 'adverb', 'time');
  const behind = particle === '' ? null : particleAt(phrases, at, particle);
  // "build with X", and neither "make X available" nor "roll X out".
  const isBehind =
    behind !== null &&
    (behind.first <= next ||
      (chunks[behind.last]?.kind === 'preposition' && !words.is(particle, 'splitting')));
  if (isBehind) next = skip(phrases, behind.last + 1, 1, 'adverb', 'time');
  if (isSign(phrases, chunks[next], ':')) next++;
  return chunks[next]?.kind === 'noun' ? next : null;
}

/** What a line says without a finite verb. */
function headlineFrames(phrases: Phrases): readonly Frame[] {
  return headlinesOf(phrases).map(({ rule, at, last, theme, clause }) => {
    const all = withMembers(phrases, withCompany(phrases, theme, last), last);
    const frame = frameOf(phrases, at, rule, clause, all, null);
    // "Now in testing: X": what it is in must be a place.
    const isPlaced = rule.id === 'in-place.predicative';
    return isPlaced ? { ...frame, context: { ...frame.context, elsewhere: true } } : frame;
  });
}

/** Frames of `be` with a word: "is now generally available", "is here", "is in the API". */
function predicativeFrames(phrases: Phrases, at: number, main: number): readonly Frame[] {
  const { tokens } = phrases;
  const clause = clauseOf(phrases, at);
  const { subject } = clause;
  if (subject === null) return [];
  const inverse = clause.verb.copula ? inverseFrames(phrases, at, clause) : [];
  if (inverse.length > 0) return inverse;
  return phrases.predicates.predicative.flatMap((rule) => {
    // What was available is so no more, or nobody says so.
    if (
      (rule.category === 'available' || rule.category === 'default') &&
      clause.verb.copula &&
      clause.verb.tense === 'past' &&
      clause.verb.aspect === 'simple'
    )
      return [];
    const end = predicateEnd(phrases, main + 1, rule);
    if (end === null || isPurpose(tokens, end) || isForThing(phrases, end)) return [];
    if (rule.category === 'default' && isOfThing(phrases, end)) return [];
    const whole = throughSubject(phrases, at, rule, clause) ?? subject;
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

/** "is the default voice": the noun behind is what is said, and the model is not. */
function isOfThing({ tokens, words }: Phrases, at: number): boolean {
  const [before, token] = [tokens[at - 1], tokens[at]];
  if (before?.pos === 'ADP' || token === undefined || token.mention !== null) return false;
  return token.pos === 'NOUN' && !words.is(token.word, 'models');
}
