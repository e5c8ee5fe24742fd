import type { FrameRule } from '../../domain/language.ts';
import type { Range } from '../text/characters.ts';
import type { Argument } from './arguments.ts';
import type { Clause } from './clauses.ts';
import { hasPhrase, type Phrases } from './phrases.ts';
import { fewBehind, type Scope } from './scope.ts';
import type { Chunk, Verb } from './sentence-parts.ts';

/** How a predicate is said. Only an affirmed, unconditional, unquoted statement of the vendor itself asserts. */
export interface Context {
  polarity: 'affirmed' | 'denied';
  time: 'past' | 'present' | 'future';
  aspect: 'simple' | 'perfect' | 'progressive';
  /** It ended by words for what no longer is. */
  ceased: boolean;
  modality: 'none' | 'ability' | 'possibility';
  condition: boolean;
  question: boolean;
  quotation: boolean;
  /** Somebody else's words or deed, or a thing that is said to be untrue. */
  attribution: 'vendor' | 'other' | 'unreal';
  scope: 'main' | 'embedded';
  /** Only begun, or for some: "rolling out", "in limited preview". */
  extent: 'full' | 'partial' | 'limited' | 'program';
  /** A figure of what it costs stands in its clause: "at $5 per million tokens". */
  priced: boolean;
  /** Done to the theme by whoever: "can be used". */
  passive: boolean;
  /** What goes on: "continues to be available", "is still available". */
  continues: boolean;
  /** Told of an earlier day: "was introduced", "last year". */
  recalled: boolean;
  /** A month or a year stands in its clause. */
  dated: boolean;
  /** It goes to something that is no place to have it ("added to the list of"), or only there. */
  elsewhere: boolean;
  /** There, and nowhere else: "only available via the API". */
  exclusive: boolean;
  /** Where it goes to: the phrase behind "to" of "added … to the API". */
  goal: Range | null;
  /** "Introducing X with canvas": something comes with it, and may be all that is new. */
  companion: boolean;
}

const FIGURE = /^[$€£]/;
/** How many words behind a sign of money its unit stands at most. */
const LONGEST_FIGURE = 12;

export function contextOf(
  phrases: Phrases,
  at: number,
  rule: FrameRule,
  clause: Clause,
  theme: Argument,
  scope: Scope,
): Context {
  const { sentence, tokens, chunks } = phrases;
  const { verb, embedded } = clause;
  const last = tokens.length - 1;
  const from = chunks[at]?.from ?? 0;
  const to = chunks[at]?.to ?? 0;
  const ends = isEnd(phrases, rule, verb);
  const negated =
    (verb.negated && !ends) ||
    theme.negated ||
    clause.subject?.negated === true ||
    hasPhrase(phrases, to + 1, last, 'nobody');
  return {
    polarity: negated === rule.denies ? 'affirmed' : 'denied',
    time: rule.ahead ? 'future' : timeOf(phrases, at, clause, scope),
    aspect: verb.aspect,
    modality: ends ? 'none' : modalityOf(phrases, verb.modal),
    ceased: ends,
    condition:
      hasPhrase(phrases, to + 1, last, 'conditions-behind') ||
      (rule.category === 'retire' && hasPhrase(phrases, 0, last, 'partly')),
    question: sentence.isQuestion,
    quotation: tokens[from]?.quoted === true,
    attribution: attributionOf(phrases, clause),
    scope: embedded === null ? 'main' : 'embedded',
    extent: extentOf(phrases, clause, from),
    passive: verb.passive,
    priced: isPriced(phrases, scope),
    continues: isContinued(phrases, at, clause),
    dated: isDated(phrases, scope),
    recalled: isRecalled(phrases, at, clause) || isAgain(phrases, at, rule),
    elsewhere: isElsewhere(phrases, at, rule),
    exclusive: isExclusive(phrases, at),
    goal: goalOf(phrases, at),
    companion: hasCompanion(phrases, at),
  };
}

/** "continues to be available", "remains available", "is still available". */
function isContinued({ chunks, words, list }: Phrases, at: number, clause: Clause): boolean {
  const { verb, phase } = clause;
  if (phase === 'continues' || words.is(list[verb.main] ?? '', 'stays')) return true;
  const [before, own, behind] = [chunks[at - 1], chunks[at], chunks[at + 1]];
  return [before, own, behind].some(
    (chunk) =>
      (chunk === own || chunk?.kind === 'adverb') &&
      list.slice(chunk?.from, (chunk?.to ?? 0) + 1).some((word) => words.is(word, 'lasting')),
  );
}

const CEASES: readonly FrameRule['category'][] = ['available', 'support', 'use', 'list'];

/** "is no longer available", "is not available anymore": it ended. */
function isEnd(
  phrases: Phrases,
  { category, construction }: FrameRule,
  { ceased, negated, main }: Verb,
): boolean {
  const isOver =
    ceased || (negated && hasPhrase(phrases, main, phrases.tokens.length - 1, 'over-behind'));
  // "no longer returns empty messages"
  return isOver && CEASES.includes(category) && construction !== 'intransitive';
}

function isDated(phrases: Phrases, { from, to }: Scope): boolean {
  return phrases.chunks.some(
    (chunk) =>
      chunk.kind === 'time' &&
      chunk.from >= from &&
      chunk.to <= to &&
      phrases.list
        .slice(chunk.from, chunk.to + 1)
        .some((word) => phrases.words.is(word, 'months') || /^(?:19|20)\d\d/.test(word)),
  );
}

function isPriced(phrases: Phrases, { from, to }: Scope): boolean {
  const { chunks, list, words } = phrases;
  return chunks.some(
    (chunk, index) =>
      chunk.from >= from &&
      chunk.to <= to &&
      words.is(list[chunk.from] ?? '', 'price-leads') &&
      isFigure(phrases, chunks[index + 1]),
  );
}

/** "$5 per million tokens": an amount of money for so much of a model's work. */
export function isFigure({ list, words }: Phrases, chunk: Chunk | undefined): boolean {
  if (chunk === undefined || !FIGURE.test(list[chunk.from] ?? '')) return false;
  return list
    .slice(chunk.from, chunk.from + LONGEST_FIGURE)
    .some((word) => words.is(word, 'units'));
}

function isRecalled(phrases: Phrases, at: number, { verb }: Clause): boolean {
  if (verb.tense === 'past' && isBrief(phrases, at)) return true;
  const chunk = phrases.chunks[at];
  const start = clauseStart(phrases, at);
  const [opening] = phrases.chunks;
  const isOpened = opening?.kind === 'time' && hasPhrase(phrases, 0, opening.to, 'recalls');
  if (isOpened && verb.tense === 'past') return true;
  return (
    chunk !== undefined &&
    hasPhrase(phrases, start, Math.min(phrases.tokens.length - 1, chunk.to + 12), 'recalls')
  );
}

/** "We brought X back": no launch, and there all the same. */
function isAgain({ chunks, words, list }: Phrases, at: number, { category }: FrameRule): boolean {
  return (
    category === 'list' &&
    chunks.slice(at + 1, at + 4).some(({ from }) => words.is(list[from] ?? '', 'again'))
  );
}

/** "was available for ten minutes", "briefly": it is so no more. */
function isBrief({ words, list, ...phrases }: Phrases, at: number): boolean {
  const { chunks } = phrases;
  return chunks.some(
    ({ kind, from, to }, index) =>
      index >= at - 1 &&
      (list.slice(from, to + 1).some((word) => words.is(word, 'brief')) ||
        (kind === 'noun' &&
          words.is(list[to] ?? '', 'durations') &&
          words.is(list[chunks[index - 1]?.from ?? -1] ?? '', 'purposes'))),
  );
}

function hasCompanion({ chunks, list, words }: Phrases, at: number): boolean {
  const index = chunks.findIndex(({ kind }, position) => position > at && kind === 'preposition');
  return (
    words.is(list[chunks[index]?.from ?? -1] ?? '', 'accompanying') &&
    chunks[index - 1]?.kind === 'noun'
  );
}

function goalOf({ chunks, tokens, list, words }: Phrases, at: number): Range | null {
  const index = chunks.findIndex(
    ({ kind, from }, position) =>
      position > at && kind === 'preposition' && words.is(list[from] ?? '', 'goals'),
  );
  const goal = index < 0 ? undefined : chunks[index + 1];
  if (goal?.kind !== 'noun') return null;
  return { start: tokens[goal.from]?.start ?? 0, end: tokens[goal.to]?.end ?? 0 };
}

/** "Added X to the list of unsupported models", "available only in our test cluster". */
function isElsewhere(phrases: Phrases, at: number, { category }: FrameRule): boolean {
  const { chunks, list, words } = phrases;
  // "has reached the end of its life", "joins the list of deprecated models"
  const [verb, object] = chunks.slice(at);
  const isObject =
    verb?.verb != null &&
    object?.kind === 'noun' &&
    words.is(list[verb.verb.main] ?? '', 'place-verbs') &&
    !words.is(list[object.to] ?? '', 'models', 'carriers');
  if (isObject) return true;
  return chunks.slice(at + 1).some((chunk, index) => {
    if (chunk.kind !== 'preposition' || chunks[at + index + 2]?.kind !== 'noun') return false;
    return (
      isOnly(phrases, chunk.from) ||
      (category === 'list' && words.is(list[chunk.from] ?? '', 'goals'))
    );
  });
}

/** "only", right before a place or as a word of the verb. */
function isOnly({ words, list }: Phrases, place: number): boolean {
  return words.is(list[place - 1] ?? '', 'restrictive');
}

/** "is only available via the API": nowhere else. */
function isExclusive(phrases: Phrases, at: number): boolean {
  const { chunks, words, list } = phrases;
  const verb = chunks[at];
  if (verb?.kind !== 'verb') return false;
  if (list.slice(verb.from, verb.to + 1).some((word) => words.is(word, 'restrictive'))) return true;
  return chunks.some(
    ({ kind, from }, index) => index > at && kind === 'preposition' && isOnly(phrases, from),
  );
}

function timeOf(phrases: Phrases, at: number, { verb }: Clause, scope: Scope): Context['time'] {
  const { from, to } = scope;
  if (verb.tense === 'future') return isFromNow(phrases, at, verb, scope) ? 'present' : 'future';
  if (phrases.words.is(phrases.list[verb.main] ?? '', 'planning')) return 'future';
  // "GPT-9 is coming": not here, unless a time says so.
  const isPending = phrases.words.is(phrases.list[verb.main] ?? '', 'pending');
  if (isPending && verb.aspect === 'progressive' && !hasPhrase(phrases, 0, to, 'now-times'))
    return 'future';
  if (verb.tense === 'past' && verb.aspect === 'simple') return 'past';
  if (verb.aspect === 'perfect') return 'present';
  const isAhead = hasPhrase(phrases, from, to, 'ahead') || isAnotherTime(phrases, at, verb, scope);
  return isAhead ? 'future' : 'present';
}

/** "Starting today, users will be able to": what begins today is. "You'll find it in the API": it is there. */
function isFromNow(phrases: Phrases, at: number, { main }: Verb, { from, to }: Scope): boolean {
  const { chunks, words, list } = phrases;
  const chunk = chunks[at];
  const isNow = chunk !== undefined && hasPhrase(phrases, chunk.from, chunk.to, 'now-times');
  if (isNow || hasPhrase(phrases, 0, to, 'from-today')) return true;
  const isTimed =
    hasPhrase(phrases, from, to, 'ahead') || chunks.some(({ kind }) => kind === 'time');
  return words.is(list[main] ?? '', 'finding') && !isTimed;
}

/** "GPT-9 arrives this fall", "On Tuesday we launch": a present with another time than now is a plan. Days are compared later. */
function isAnotherTime(
  phrases: Phrases,
  at: number,
  { copula, aspect }: Verb,
  { from, to }: Scope,
): boolean {
  const { chunks, words, list } = phrases;
  if (hasPhrase(phrases, from, to, 'now-times')) return false;
  const isEvent = aspect === 'simple' && !copula;
  // "After the trial, X becomes available": what comes first has not come yet.
  if (isEvent && words.is(list[from] ?? '', 'sequels')) return true;
  return chunks.some((chunk, index) => {
    if (chunk.kind !== 'time' || chunk.from < from || chunk.to > to) return false;
    // "after the release of another in February": the time of something else.
    const isFarther = chunks
      .slice(at + 1, index)
      .some((between) => words.is(list[between.from] ?? '', 'farther'));
    const isTold = words.phraseAt(list, chunks[index - 1]?.from ?? list.length, 'told-before') > 0;
    const isOther = chunks[index - 1]?.kind === 'preposition' || isFarther || isTold;
    if (isOther || hasPhrase(phrases, chunk.from, chunk.to, 'gone-times')) return false;
    const isDay = list
      .slice(chunk.from, chunk.to + 1)
      .some((word) => /^\d{1,2}(?:st|nd|rd|th)?$|^\d{4}-\d\d-\d\d$/.test(word));
    return !isDay && (isEvent || !words.phraseAt(list, chunk.from, 'near-times'));
  });
}

/** Index of the first token behind the last sign that parts clauses. */
function clauseStart({ chunks, words, list }: Phrases, at: number): number {
  for (let index = at; index >= 0; index--) {
    const chunk = chunks[index];
    if (chunk?.kind === 'sign' && words.is(list[chunk.from] ?? '', 'clause-signs'))
      return chunk.to + 1;
  }
  return 0;
}

function modalityOf({ words }: Phrases, modal: string | null): Context['modality'] {
  if (modal === null || words.is(modal, 'future')) return 'none';
  return words.is(modal, 'ability') ? 'ability' : 'possibility';
}

function attributionOf(phrases: Phrases, { start }: Clause): Context['attribution'] {
  const last = phrases.tokens.length - 1;
  if (hasPhrase(phrases, 0, last, 'unreal')) return 'unreal';
  if (hasPhrase(phrases, 0, last, 'hearsay')) return 'other';
  return isSourced(phrases, start) ? 'other' : 'vendor';
}

/** "According to a leaked deck", "documents show", ", a report says": the words of somebody else, wherever he is named. */
function isSourced(phrases: Phrases, start: number): boolean {
  const { chunks, words, list } = phrases;
  return chunks.some((chunk, index) => {
    const lead = words.phraseAt(list, chunk.from, 'source-leads');
    if (lead > 0) return !words.is(list[chunk.from + lead] ?? '', 'vendor-pronouns', 'own');
    if (chunk.kind !== 'noun') return false;
    const noun = list.slice(chunk.from, chunk.to + 1);
    const isOwn = noun.some((word) => words.is(word, 'vendor-pronouns', 'own'));
    if (isOwn) return false;
    const verb = chunks[index + 1]?.verb;
    const tells = verb != null && words.is(list[verb.main] ?? '', 'reporting', 'showing');
    const before = chunks[index - 1];
    if (!noun.some((word) => words.is(word, 'testimony'))) {
      return tells && before?.kind === 'sign' && list[before.from] === ',';
    }
    return tells || (index < start && (before?.kind === 'preposition' || before?.kind === 'verb'));
  });
}

/** "in early access"; what is "out of alpha" is there for everybody. */
function isLimited({ words, list }: Phrases, last: number): boolean {
  return list
    .slice(0, last + 1)
    .some(
      (_, at) =>
        words.phraseAt(list, at, 'limited') > 0 && words.phraseAt(list, at - 2, 'past-phase') === 0,
    );
}

function extentOf(phrases: Phrases, clause: Clause, from: number): Context['extent'] {
  // "launched a, alongside b for participants": only b is for them.
  const last = (fewBehind(phrases) ?? phrases.tokens.length) - 1;
  if (isLimited(phrases, last)) {
    return hasPhrase(phrases, 0, last, 'general') ? 'program' : 'limited';
  }
  if (clause.phase === 'begins' || hasPhrase(phrases, Math.max(0, from - 6), last, 'partial'))
    return 'partial';
  return 'full';
}
