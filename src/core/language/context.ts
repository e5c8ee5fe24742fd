import type { FrameRule } from '../../domain/language.ts';
import type { Range } from '../text/range.ts';
import type { Argument } from './arguments.ts';
import type { Chunk, Verb } from './chunk.ts';
import type { Clause } from './clauses.ts';
import { hasPhrase, type Phrases } from './phrases.ts';
import { scopeOf } from './scope.ts';

/** How a predicate is said. Only an affirmed, unconditional, unquoted statement of the vendor itself asserts. */
export interface Context {
  polarity: 'affirmed' | 'denied';
  time: 'past' | 'present' | 'future';
  aspect: 'simple' | 'perfect' | 'progressive';
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
  /** What goes on: "continues to be available". */
  continues: boolean;
  /** Told of an earlier day: "was introduced", "last year". */
  recalled: boolean;
  /** A month or a year stands in its clause. */
  dated: boolean;
  /** It goes to something that is no place to have it ("added to the list of"), or only there. */
  elsewhere: boolean;
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
): Context {
  const { sentence, tokens, chunks } = phrases;
  const { verb, embedded } = clause;
  const last = tokens.length - 1;
  const from = chunks[at]?.from ?? 0;
  const to = chunks[at]?.to ?? 0;
  const negated =
    (verb.negated && !isEnd(rule, verb)) ||
    theme.negated ||
    clause.subject?.negated === true ||
    hasPhrase(phrases, to + 1, last, 'nobody');
  return {
    polarity: negated === rule.denies ? 'affirmed' : 'denied',
    time: timeOf(phrases, at, clause),
    aspect: verb.aspect,
    modality: modalityOf(phrases, verb.modal),
    condition: hasPhrase(phrases, to + 1, last, 'conditions-behind'),
    question: sentence.isQuestion,
    quotation: tokens[from]?.quoted === true,
    attribution: attributionOf(phrases, clause),
    scope: embedded === null ? 'main' : 'embedded',
    extent: extentOf(phrases, clause, from),
    passive: verb.passive,
    priced: isPriced(phrases, at),
    continues:
      clause.phase === 'continues' || phrases.words.is(phrases.list[verb.main] ?? '', 'stays'),
    dated: isDated(phrases, at),
    recalled: isRecalled(phrases, at, clause),
    elsewhere: isElsewhere(phrases, at, rule),
    goal: goalOf(phrases, at),
    companion: hasCompanion(phrases, at),
  };
}

const CEASES: readonly FrameRule['category'][] = ['available', 'support', 'use', 'list'];

/** "is no longer available" says that it ended. */
export function isEnd({ category }: FrameRule, { ceased }: Verb): boolean {
  return ceased && CEASES.includes(category);
}

function isDated(phrases: Phrases, at: number): boolean {
  const { from, to } = scopeOf(phrases, at);
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

function isPriced(phrases: Phrases, at: number): boolean {
  const { chunks, list, words } = phrases;
  const { from, to } = scopeOf(phrases, at);
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
  if (verb.passive && verb.tense === 'past' && verb.aspect === 'simple') return true;
  const chunk = phrases.chunks[at];
  const start = clauseStart(phrases, at);
  return (
    chunk !== undefined &&
    hasPhrase(phrases, start, Math.min(phrases.tokens.length - 1, chunk.to + 12), 'recalls')
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
  return chunks.slice(at + 1).some((chunk, index) => {
    if (chunk.kind !== 'preposition' || chunks[at + index + 2]?.kind !== 'noun') return false;
    const isOnly = words.is(list[chunk.from - 1] ?? '', 'restrictive');
    return isOnly || (category === 'list' && words.is(list[chunk.from] ?? '', 'goals'));
  });
}

function timeOf(phrases: Phrases, at: number, { verb }: Clause): Context['time'] {
  const { from, to } = scopeOf(phrases, at);
  // "Starting today, users will be able to": what begins today is.
  if (verb.tense === 'future')
    return hasPhrase(phrases, 0, to, 'from-today') ? 'present' : 'future';
  if (phrases.words.is(phrases.list[verb.main] ?? '', 'planning')) return 'future';
  if (verb.tense === 'past' && verb.aspect === 'simple') return 'past';
  const isAhead = verb.aspect !== 'perfect' && hasPhrase(phrases, from, to, 'ahead');
  return isAhead ? 'future' : 'present';
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

function attributionOf(phrases: Phrases, { subject }: Clause): Context['attribution'] {
  const last = phrases.tokens.length - 1;
  if (hasPhrase(phrases, 0, last, 'unreal')) return 'unreal';
  if (hasPhrase(phrases, 0, last, 'hearsay')) return 'other';
  return subject?.kind === 'people' ? 'vendor' : 'vendor';
}

function extentOf(phrases: Phrases, clause: Clause, from: number): Context['extent'] {
  const last = phrases.tokens.length - 1;
  if (hasPhrase(phrases, 0, last, 'limited')) {
    return hasPhrase(phrases, 0, last, 'general') ? 'program' : 'limited';
  }
  if (clause.phase === 'begins' || hasPhrase(phrases, Math.max(0, from - 6), last, 'partial'))
    return 'partial';
  return 'full';
}
