import type { FrameRule } from '../../domain/language.ts';
import {
  type Argument,
  argumentOf,
  coordinationFrom,
  coordinationWithin,
  merged,
} from './arguments.ts';
import { clauseOf } from './clauses.ts';
import { isFigure } from './context.ts';
import { type Frame, frameOf } from './frame.ts';
import { isSign, type Phrases, skip } from './phrases.ts';
import type { Verb } from './sentence-parts.ts';

/** "Pricing for X is $5 per hour": a figure said of a price. */
export function priceFrames(phrases: Phrases, at: number): readonly Frame[] {
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

/** "The retirement of X takes effect on …", "The rollout of X has begun", "Pricing for X is $5": what the subject's noun names. */
export function nominalSubjectFrames(phrases: Phrases, at: number, verb: Verb): readonly Frame[] {
  const { chunks, list, words, predicates } = phrases;
  const takesPlace = words.is(list[verb.main] ?? '', 'takes-place');
  const takesDay = words.is(list[verb.main] ?? '', 'takes-a-day');
  if (!takesPlace && !takesDay && !verb.copula) return [];
  const clause = clauseOf(phrases, at);
  const noun = chunks[clause.start];
  if (noun?.kind !== 'noun' || chunks[clause.start + 1]?.kind !== 'preposition') return [];
  if (chunks[clause.start + 2]?.kind !== 'noun' || clause.start + 2 >= at) return [];
  const said = list.slice(noun.from, noun.to + 1).join(' ');
  const rule = predicates.nominal.find((one) => one.words.some((word) => said.endsWith(word)));
  if (rule === undefined || (verb.copula && !rule.ahead && rule.category !== 'price')) return [];
  if (takesDay && !takesPlace && !rule.ahead) return [];
  const theme =
    coordinationWithin(phrases, clause.start + 2, at) ??
    merged(coordinationFrom(phrases, clause.start + 2).items);
  return theme === null ? [] : [frameOf(phrases, at, rule, clause, theme, null)];
}

/** "We notified developers using X of its deprecation and removal": what people are told of, and of what. */
export function notifiedFrames(phrases: Phrases, at: number): readonly Frame[] {
  const { chunks, list, words, predicates } = phrases;
  const verb = chunks[at]?.verb;
  if (verb == null || !words.is(list[verb.main] ?? '', 'announcing')) return [];
  const lead = chunks.findIndex(
    (chunk, index) =>
      index > at &&
      chunk.kind === 'preposition' &&
      words.is(list[chunk.from] ?? '', 'telling-of') &&
      words.is(list[chunks[index + 1]?.from ?? 0] ?? '', 'its'),
  );
  const theme = lead < 0 ? null : merged(itemsOfNames(phrases, at, lead));
  if (theme?.kind !== 'names') return [];
  const clause = clauseOf(phrases, at);
  const acts = [lead + 1, lead + 3].flatMap((index) => {
    const noun = chunks[index];
    const isNext =
      index === lead + 1 || words.is(list[chunks[lead + 2]?.from ?? 0] ?? '', 'joints');
    return noun?.kind === 'noun' && isNext ? [list[noun.to] ?? ''] : [];
  });
  return acts.flatMap((word) => {
    const rule = predicates.nominal.find((one) => one.words.includes(word) && isOfEnd(one));
    return rule === undefined ? [] : [frameOf(phrases, at, rule, clause, theme, clause.subject)];
  });
}

function itemsOfNames(phrases: Phrases, from: number, to: number): readonly Argument[] {
  const first = phrases.chunks.findIndex(
    (chunk, index) =>
      index > from &&
      index < to &&
      chunk.kind === 'noun' &&
      argumentOf(phrases, chunk).kind === 'names',
  );
  return first < 0 ? [] : coordinationFrom(phrases, first).items;
}

function isOfEnd({ category }: FrameRule): boolean {
  return category === 'deprecate' || category === 'retire';
}

/** "to be shut down on": what is still to be done to what went before. */
function toBeEnded({ chunks, list, predicates }: Phrases, at: number): FrameRule | null {
  const verb = chunks[at]?.verb;
  if (verb == null || verb.form !== 'infinitive' || !verb.passive || verb.negated) return null;
  const found = predicates
    .verbs(list[verb.main] ?? '')
    .find(({ rule }) => rule.category === 'retire');
  return found?.rule ?? null;
}

/** "deprecated X, with retirement scheduled for June 15": a second act that comes with the first. */
export function accompanying(phrases: Phrases, frame: Frame): readonly Frame[] {
  const { chunks, list, words, predicates, tokens } = phrases;
  if (frame.category !== 'deprecate' || frame.theme.kind !== 'names') return [];
  const at = chunks.findIndex(
    (chunk, index) =>
      (tokens[chunk.from]?.start ?? 0) >= frame.theme.end &&
      isSign(phrases, chunk, ',') &&
      (words.is(list[chunks[index + 1]?.from ?? 0] ?? '', 'accompanying') ||
        toBeEnded(phrases, index + 1) !== null),
  );
  const isToBe = at >= 0 ? toBeEnded(phrases, at + 1) : null;
  const noun = isToBe === null ? chunks[at + 2] : chunks[at + 1];
  const rule =
    isToBe ??
    predicates.nominal.find(
      (one) => one.category === 'retire' && one.words.includes(list[noun?.to ?? 0] ?? ''),
    );
  if (at < 0 || noun === undefined || rule === undefined) return [];
  if (isToBe === null && noun.kind !== 'noun') return [];
  if (words.is(list[chunks[at + 3]?.from ?? 0] ?? '', 'carrying')) return [];
  const start = tokens[noun.from]?.start ?? frame.scope.start;
  const scope = { start, end: phrases.sentence.end };
  const context = { ...frame.context, time: 'future' as const };
  return [{ ...frame, rule: rule.id, category: 'retire', context, scope }];
}
