import type { FrameRule } from '../../domain/language.ts';
import { type Argument, argumentOf, coordinationFrom, merged } from './arguments.ts';
import type { Clause } from './clauses.ts';
import { firstWord, isSign, type Phrases, skip, tokensOf } from './phrases.ts';
import type { Chunk, Token, Verb } from './sentence-parts.ts';

/** A predicate that needs no verb of its own: in a heading, a title, or before a colon. */
export interface Headline {
  rule: FrameRule;
  /** Index of the phrase that holds the predicate. */
  at: number;
  /** Index of the last phrase of the theme. */
  last: number;
  theme: Argument;
  clause: Clause;
}

/**
 * "New model: X", "Out of preview: X", "Retired today: X and Y", "X now in ChatGPT", "Deprecation of X": what a line says
 * without a finite verb.
 */
export function headlinesOf(phrases: Phrases): readonly Headline[] {
  const isPlain = !phrases.chunks.some(({ verb }) => verb?.form === 'finite');
  const found = newModel(phrases) ?? fronted(phrases) ?? listHead(phrases) ?? listTitle(phrases);
  if (found !== null) return [found];
  const alone = isPlain ? (verbless(phrases) ?? nominal(phrases) ?? elided(phrases)) : null;
  return alone === null ? [] : [alone];
}

/** The subject of a heading that is a name alone, or a name with a tagline: null for anything else. */
export function nameAlone(phrases: Phrases): Argument | null {
  const { chunks } = phrases;
  const start = skip(phrases, 0, 1, 'sign');
  const first = chunks[start];
  if (first?.kind !== 'noun') return null;
  const argument = argumentOf(phrases, first);
  if (argument.kind !== 'names') return null;
  const next = chunks[start + 1];
  return next === undefined || isSign(phrases, next, ':', '—', '-', '.', '!') ? argument : null;
}

/** "`x`, our smallest model", "`x` for voice agents": a name with what it is or is for, and no verb that says more of it. */
export function nameOfItem(phrases: Phrases): Argument | null {
  const { chunks, words } = phrases;
  const start = skip(phrases, 0, 1, 'sign');
  const [name, mark, beside] = chunks.slice(start);
  if (name?.kind !== 'noun' || chunks.some(({ verb }) => verb?.form === 'finite')) return null;
  const argument = argumentOf(phrases, name);
  if (argument.kind !== 'names') return null;
  const isBeside =
    isSign(phrases, mark, ',', '—', '-', ':') &&
    words.is(firstWord(phrases, beside), 'articles', 'possessives', 'purposes');
  return isBeside || words.is(firstWord(phrases, mark), 'purposes') ? argument : null;
}

function newModel(phrases: Phrases): Headline | null {
  const { chunks, words, tokens } = phrases;
  const first = chunks[0];
  const at = chunks.findIndex((chunk) => isSign(phrases, chunk, ':'));
  // "New model in the API: X"
  const isPlaced = at === 3 && chunks[1]?.kind === 'preposition' && chunks[2]?.kind === 'noun';
  const colon = at === 1 || isPlaced ? chunks[at] : undefined;
  const rule = newRule(phrases);
  if (first?.kind !== 'noun' || !isSign(phrases, colon, ':') || rule === null) return null;
  const isNew = tokens.slice(first.from, first.to).some(({ word }) => words.is(word, 'new'));
  const theme = argumentOf(phrases, first);
  if (!isNew || theme.kind !== 'models' || chunks.some(({ kind }) => kind === 'verb')) return null;
  return { rule, at: 0, last: 0, theme, clause: headlineClause() };
}

function newRule({ predicates }: Phrases): FrameRule | null {
  return predicates.nominal.find(({ id }) => id === 'new-model.nominal') ?? null;
}

/** "Out of preview and open to everyone: X". */
function fronted(phrases: Phrases): Headline | null {
  const { chunks } = phrases;
  const colon = chunks.findIndex((chunk) => isSign(phrases, chunk, ':'));
  if (colon < 1 || chunks[colon + 1]?.kind !== 'noun') return null;
  const { items, last } = coordinationFrom(phrases, colon + 1);
  const theme = merged(items);
  const behind = chunks[skip(phrases, last + 1, 1, 'adverb', 'time')];
  if (theme?.kind !== 'names' || behind?.verb != null) return null;
  const at = skip(phrases, 0, 1, 'adverb', 'time', 'sign');
  const predicate = at < colon ? predicateAt(phrases, at, colon) : null;
  return predicate === null ? null : { ...predicate, at, last, theme };
}

/** "Released:", "Now available in the API:", "Today's additions to the API:": what heads a list says of all that is in it. */
function listHead(phrases: Phrases): Headline | null {
  const { chunks, words, list } = phrases;
  const last = chunks.length - 1;
  if (last < 1 || !isSign(phrases, chunks[last], ':')) return null;
  const at = skip(phrases, 0, 1, 'adverb', 'time', 'sign');
  const isPlain = chunks
    .slice(at + 1, last)
    .every(({ kind, from }) =>
      kind === 'preposition'
        ? words.is(list[from] ?? '', 'place-prepositions') &&
          !words.is(list[from] ?? '', 'purposes')
        : ['noun', 'time', 'adverb'].includes(kind),
    );
  const isWrittenAbout = list.some((word) => words.is(word, 'publications'));
  const follows = chunks[at + 1]?.kind;
  if (!isPlain || isWrittenAbout || follows === 'noun' || at >= last) return null;
  const theme = { ...argumentOf(phrases, chunks[last] as Chunk), kind: 'models' as const };
  const head = chunks[at];
  const isArrival = head?.kind === 'noun' && words.is(list[head.to] ?? '', 'arrivals');
  const rule = isArrival ? newRule(phrases) : null;
  const predicate =
    rule === null ? predicateAt(phrases, at, last) : { rule, clause: headlineClause() };
  return predicate === null ? null : { ...predicate, at, last, theme };
}

/** "Available today in the API.", "Rolling out now to all plans.": what it is said of stands above. */
function elided(phrases: Phrases): Headline | null {
  const { chunks, words } = phrases;
  const at = skip(phrases, 0, 1, 'adverb', 'time');
  const chunk = chunks[at];
  if (chunk === undefined || chunks.some((one) => isSign(phrases, one, ':', ';'))) return null;
  const isNew = chunks
    .slice(0, at + 3)
    .some(
      ({ kind, from }) =>
        (kind === 'time' || kind === 'adverb') &&
        (words.phraseAt(phrases.list, from, 'now-times') > 0 ||
          words.phraseAt(phrases.list, from, 'from-today') > 0),
    );
  const predicate = isNew ? predicateAt(phrases, at, chunks.length) : null;
  if (predicate === null || predicate.rule.category === 'retire') return null;
  const theme = { ...argumentOf(phrases, chunk), kind: 'pronoun' as const, isElided: true };
  return { ...predicate, at, last: at, theme };
}

/** "Shutting down December 31", "Retirement on May 12, 2027", "Deprecated models": what heads a list of what ends. */
function listTitle(phrases: Phrases): Headline | null {
  const { chunks, words, list } = phrases;
  const at = skip(phrases, 0, 1, 'adverb', 'sign');
  const head = chunks[at];
  if (head === undefined) return null;
  const rest = chunks.slice(at + 1).filter(({ kind }) => kind !== 'time');
  const isPlain = rest.every(
    (chunk) =>
      isSign(phrases, chunk, ':', ',') ||
      chunk.kind === 'adverb' ||
      words.is(list[chunk.from] ?? '', 'day-leads'),
  );
  if (!isPlain) return null;
  const predicate = head.verb === null ? endNamedBy(phrases, head) : endDoneAt(phrases, at);
  if (predicate === null) return null;
  const theme = { ...argumentOf(phrases, head), kind: 'models' as const, names: [] };
  return { ...predicate, at, last: at, theme };
}

/** "Retirements", "Deprecated models", "Upcoming shutdowns". */
function endNamedBy({ list, words, predicates }: Phrases, { from, to }: Chunk): Predicate | null {
  const noun = list[to] ?? '';
  const others = list.slice(from, to);
  const singular = noun.replace(/s$/, '');
  const rule = words.is(noun, 'models')
    ? others
        .flatMap((word) => predicates.verbs(word))
        .find(({ rule: one, form }) => form === 'past' && isOfEnd(one))?.rule
    : predicates.nominal.find((one) => isOfEnd(one) && one.words.includes(singular));
  const areQualities = others.every(
    (word) =>
      words.is(word, 'articles', 'ahead', 'model', 'models') || predicates.verbs(word).length > 0,
  );
  if (rule === undefined || !areQualities) return null;
  const clause = headlineClause();
  const tense = rule.ahead ? 'future' : 'present';
  return { rule, clause: { ...clause, verb: { ...clause.verb, tense } } };
}

/** "Shutting down", "Retired". */
function endDoneAt(phrases: Phrases, at: number): Predicate | null {
  const { chunks, list, predicates } = phrases;
  const verb = chunks[at]?.verb;
  if (verb == null || verb.negated || (verb.form !== 'gerund' && verb.form !== 'participle'))
    return null;
  const found = predicates
    .verbs(list[verb.main] ?? '')
    .find(
      ({ rule, particle }) =>
        isOfEnd(rule) && (particle === '' || list[verb.main + 1] === particle),
    );
  if (found === undefined) return null;
  const clause = headlineClause();
  const aspect = verb.form === 'gerund' ? 'progressive' : 'simple';
  const tense = verb.form === 'gerund' ? 'future' : 'present';
  return { rule: found.rule, clause: { ...clause, verb: { ...clause.verb, aspect, tense } } };
}

function isOfEnd({ category }: FrameRule): boolean {
  return category === 'retire' || category === 'deprecate';
}

/** "X now available in the API", "X retired", "X coming to ChatGPT", "A model for trials, offered as a preview". */
function verbless(phrases: Phrases): Headline | null {
  const { chunks, words } = phrases;
  const start = skip(phrases, 0, 1, 'sign', 'time');
  const opening = chunks[start];
  if (opening?.kind !== 'noun') return null;
  const { items, last } = coordinationFrom(phrases, start);
  const whole = merged(items);
  const isDescription =
    whole?.kind === 'models' &&
    words.is(whole.head, 'model') &&
    words.is(firstWord(phrases, opening), 'articles');
  const ceased = whole === null ? null : ceasedBehind(phrases, whole, last);
  if (ceased !== null) return ceased;
  if (whole === null || (whole.kind !== 'names' && !isDescription)) return null;
  // Under a title, "a model" is the one it names.
  const theme = { ...whole, isOwn: isDescription };
  const comma = chunks.findIndex(
    (chunk, at) =>
      at > start &&
      isSign(phrases, chunk, ',') &&
      (isDescription
        ? at > last
        : words.is(firstWord(phrases, chunks[at + 1]), 'articles', 'possessives')),
  );
  const from = comma > 0 ? asideEnd(phrases, comma, isDescription) : dashBehind(phrases, last);
  const at = skip(phrases, from + 1, 1, 'adverb', 'time');
  const predicate = predicateAt(phrases, at, chunks.length);
  return predicate === null ? null : { ...predicate, at, last, theme };
}

/** "X no longer in ChatGPT", and "Models no longer available" over a list of them. */
function ceasedBehind(phrases: Phrases, theme: Argument, last: number): Headline | null {
  const { chunks, list, words, predicates } = phrases;
  const at = last + 1;
  const isCeased = words.phraseAt(list, chunks[at]?.from ?? list.length, 'ceased') > 0;
  if (!isCeased || (theme.kind !== 'names' && theme.kind !== 'models')) return null;
  const [next, place] = chunks.slice(at + 1);
  // "no longer in beta" is no end.
  const isOfPhase = words.is(list[place?.to ?? -1] ?? '', 'carriers', 'phases');
  const state = next === undefined || isOfPhase ? null : stateBehind(phrases, next);
  const rule = predicates.predicative.find(({ category }) => category === 'retire');
  return state === null || rule === undefined
    ? null
    : { rule, clause: headlineClause(), at, last, theme };
}

/** "in", "available", "supported": what a model is while it can be had. */
function stateBehind(
  { list, predicates, words }: Phrases,
  { from, verb }: Chunk,
): FrameRule | null {
  const word = list[verb?.main ?? from] ?? '';
  const state = predicates.predicative.find(
    ({ category, denies, words: states }) =>
      category === 'available' && !denies && states.includes(word),
  );
  const done = predicates
    .verbs(word)
    .find(
      ({ rule, form }) =>
        form === 'past' && (rule.category === 'available' || rule.category === 'support'),
    );
  return words.is(word, 'place-prepositions') ? (state ?? null) : (state ?? done?.rule ?? null);
}

/** Where what stands beside the names ends: ", a model for coding,". */
function asideEnd(phrases: Phrases, comma: number, isDescription: boolean): number {
  const closing = phrases.chunks.findIndex(
    (chunk, at) => at > comma && isSign(phrases, chunk, ','),
  );
  return isDescription || closing < 0 ? comma : closing;
}

/** "X — now available": the dash goes with the names. */
function dashBehind(phrases: Phrases, last: number): number {
  return isSign(phrases, phrases.chunks[last + 1], '—', '-') ? last + 1 : last;
}

/** "Deprecation of X", "Retirement of X and Y on May 12". */
function nominal(phrases: Phrases): Headline | null {
  const { chunks, words } = phrases;
  const at = skip(phrases, 0, 1, 'sign');
  const [head, lead, object, ...rest] = chunks.slice(at);
  const rule = phrases.predicates.nominal.find((one) => namesAct(phrases, head, one));
  if (rule === undefined || object?.kind !== 'noun' || rest.some(({ verb }) => verb !== null))
    return null;
  if (!words.is(firstWord(phrases, lead), 'carrying')) return null;
  const { items, last } = coordinationFrom(phrases, at + 2);
  const theme = merged(items);
  if (theme?.kind !== 'names') return null;
  const clause = headlineClause();
  const tense = rule.category === 'retire' ? 'future' : 'present';
  return { rule, at, last, theme, clause: { ...clause, verb: { ...clause.verb, tense } } };
}

/** "Retirement", "The general availability"; an act that is early, possible or none is another thing. */
function namesAct({ list, words }: Phrases, chunk: Chunk | undefined, rule: FrameRule): boolean {
  if (chunk === undefined) return false;
  const from = words.is(list[chunk.from] ?? '', 'articles') ? chunk.from + 1 : chunk.from;
  return rule.words.includes(list.slice(from, chunk.to + 1).join(' '));
}

type Predicate = Pick<Headline, 'rule' | 'clause'>;

/** The predicate that a participle, an adjective or "now in" makes at a phrase; null for none. */
export function predicateAt(phrases: Phrases, at: number, end: number): Predicate | null {
  const chunk = phrases.chunks[at];
  if (chunk === undefined || at >= end || isNegated(phrases, at)) return null;
  return chunk.verb === null ? stateAt(phrases, chunk) : participleAt(phrases, at, chunk.verb);
}

function isNegated({ chunks, list, words }: Phrases, at: number): boolean {
  const from = chunks[at]?.from ?? 0;
  return list.slice(0, from + 1).some((_, index) => words.phraseAt(list, index, 'negators') > 0);
}

function participleAt(phrases: Phrases, at: number, verb: Verb): Predicate | null {
  const { chunks, list, predicates } = phrases;
  const behind = chunks[skip(phrases, at + 1, 1, 'adverb')];
  const isGerund = verb.form === 'gerund';
  if (verb.negated || (!isGerund && verb.form !== 'participle')) return null;
  const candidate = predicates.verbs(list[verb.main] ?? '').find(({ rule, form, particle }) => {
    const fits = isGerund
      ? rule.construction === 'intransitive'
      : rule.construction === 'transitive' && form === 'past';
    return fits && (particle === '' || firstWord(phrases, behind) === particle.split(' ')[0]);
  });
  if (candidate === undefined || (behind?.kind === 'noun' && !isGerund)) return null;
  const clause = headlineClause();
  const aspect = isGerund ? 'progressive' : 'simple';
  return { rule: candidate.rule, clause: { ...clause, verb: { ...clause.verb, aspect } } };
}

function stateAt(phrases: Phrases, chunk: Chunk): Predicate | null {
  const { predicates, words, list } = phrases;
  const [first] = tokensOf(phrases, chunk);
  if (first === undefined || (chunk.kind === 'noun' && chunk.from < chunk.to)) return null;
  if (words.is(first.word, 'new')) {
    const rule = newRule(phrases);
    return rule === null ? null : { rule, clause: headlineClause() };
  }
  const isNow = words.is(list[chunk.from - 1] ?? '', 'newly');
  const rule = predicates.predicative.find(
    (one) =>
      (one.id !== 'in-place.predicative' || isNow) &&
      predicateEnd(phrases, chunk.from, one) !== null,
  );
  return rule === undefined ? null : { rule, clause: headlineClause() };
}

/** Where a predicative word of a rule ends, adverbs before it apart; null when none stands there. */
export function predicateEnd(
  { list, tokens, words: classes }: Phrases,
  from: number,
  { words }: FrameRule,
): number | null {
  for (let at = from; at < tokens.length; at++) {
    const length = Math.max(0, ...words.map((word) => phraseLength(list, at, word)));
    // "out of scope" is not out.
    if (length > 0)
      return length === 1 && classes.is(list[at + 1] ?? '', 'carrying') ? null : at + length;
    const negator = classes.phraseAt(list, at, 'negators');
    if (negator > 0) at += negator - 1;
    else if (!isBetween(tokens[at])) return null;
  }
  return null;
}

/** What may stand between `be` and its word; "is faster in the API" tells of no place. */
function isBetween(token: Token | undefined): boolean {
  if (token === undefined) return false;
  return token.pos === 'PART' || (token.pos === 'ADV' && !/(?:er|est)$/.test(token.word));
}

function phraseLength(list: readonly string[], at: number, phrase: string): number {
  const parts = phrase.split(' ');
  return parts.every((part, offset) => list[at + offset] === part) ? parts.length : 0;
}

function headlineClause(): Clause {
  const verb: Verb = {
    ...{ main: 0, form: 'finite', tense: 'present', aspect: 'simple', passive: false },
    ...{ copula: false, modal: null, negated: false, ceased: false },
  };
  return { subject: null, start: 0, embedded: null, verb, phase: null };
}
