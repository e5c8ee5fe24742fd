import { isVerbAfterName, timeLength } from './noun-chunks.ts';
import type { VerbForm } from './predicates.ts';
import type { Chunk, Cursor, Token, Verb } from './sentence-parts.ts';

/** How many words a subject has at most before its verb. */
const FURTHEST = 20;

/** Helpers before a main verb, as they were met. */
interface Helpers {
  words: string[];
  negated: boolean;
  /** "no longer": it held, and holds no more. */
  ceased: boolean;
  to: boolean;
}

/** A verb with its helpers from here on; null when none begins here. */
export function verbAt(cursor: Cursor, from: number, before: Chunk | null): Chunk | null {
  const helpers: Helpers = { words: [], negated: false, ceased: false, to: false };
  let at = from;
  for (;;) {
    const length = helperAt(cursor, at, helpers, from);
    if (length === 0) break;
    at += length;
  }
  const main = mainAt(cursor, at, helpers, before, from);
  if (main !== null) return { kind: 'verb', from, to: main, verb: verbOf(cursor, helpers, main) };
  // "is now available": the helper is all the verb there is, and what stands behind it is no part of it.
  const last = lastAuxiliary(cursor, from, at - 1);
  if (last === null) return null;
  return {
    kind: 'verb',
    from,
    to: at - 1,
    verb: verbOf(cursor, { ...helpers, words: helpers.words.slice(0, -1) }, last),
  };
}

/** The length of a helper here: an auxiliary, a negator, an adverb, or `to`. */
function helperAt(cursor: Cursor, at: number, helpers: Helpers, from: number): number {
  const { tokens, words, list } = cursor;
  const token = tokens[at];
  if (token === undefined || token.mention !== null) return 0;
  const negator = words.phraseAt(list, at, 'negators');
  if (negator > 0 && (at > from || leadsVerb(cursor, at + negator))) {
    helpers.negated = true;
    helpers.ceased ||= words.phraseAt(list, at, 'ceased') > 0;
    return negator;
  }
  if (isAuxiliary(cursor, at)) {
    helpers.words.push(token.word);
    return 1;
  }
  if (token.word === 'to' && isInfinitive(cursor, at + 1)) {
    helpers.to = true;
    return 1;
  }
  const adverb = words.phraseAt(list, at, 'adverbs');
  if (adverb > 0 && (at > from || leadsVerb(cursor, at + adverb))) return adverb;
  return token.pos === 'ADV' && (at > from || leadsVerb(cursor, at + 1)) ? 1 : 0;
}

/** An auxiliary, which the tagger takes for a noun at times ("both will"), and no genitive. */
export function isAuxiliary({ tokens, words }: Cursor, at: number): boolean {
  const token = tokens[at];
  if (token === undefined || token.mention !== null) return false;
  // "it's available", and no "ChatGPT's".
  if (token.word === "'s") return words.is(tokens[at - 1]?.word ?? '', 'model-pronouns');
  if (token.pos === 'PART') return false;
  const isTagged = token.pos !== 'NOUN' || words.is(tokens[at - 1]?.word ?? '', 'model-pronouns');
  return isTagged && words.is(token.word, 'auxiliaries');
}

/** "to release"; not "to selected partners". */
function isInfinitive(cursor: Cursor, at: number): boolean {
  const isTagged = cursor.tokens[at - 1]?.pos === 'PART';
  return isTagged && leadsVerb(cursor, at) && !/[^e]ed$/.test(cursor.list[at] ?? '');
}

function leadsVerb({ tokens, words }: Cursor, at: number): boolean {
  const token = tokens[at];
  if (token === undefined || token.mention !== null) return false;
  if (words.is(token.word, 'never-verbs')) return false;
  return (
    token.pos === 'VERB' ||
    token.pos === 'AUX' ||
    token.pos === 'ADV' ||
    words.is(token.word, 'auxiliaries')
  );
}

/** The index of the main verb here; null when there is none. */
function mainAt(
  cursor: Cursor,
  at: number,
  helpers: Helpers,
  before: Chunk | null,
  from: number,
): number | null {
  const token = cursor.tokens[at];
  if (token === undefined || token.mention !== null) return null;
  const hasHelper = helpers.words.length > 0 || helpers.to;
  if (isNoVerb(cursor, at, helpers)) return null;
  if (token.pos === 'VERB' || isTold(cursor, at, helpers))
    return isPredicate(cursor, at, before, hasHelper) ? at : null;
  if (hasHelper) return hasForm(cursor, at, (form) => takesForm(cursor, helpers, form)) ? at : null;
  const isVerb =
    (isPhase(cursor, before) && hasForm(cursor, at, (form) => form === 'gerund')) ||
    opensWithVerb(cursor, at, before) ||
    (from === at && isVerbAfterName(cursor, at));
  return isVerb ? at : null;
}

/** "is live", "now have access": no verb, whatever the tagger makes of it, or one in a form that its helper does not take. */
function isNoVerb(cursor: Cursor, at: number, helpers: Helpers): boolean {
  const { words, list } = cursor;
  if (words.is(list[at] ?? '', 'never-verbs')) return true;
  const isHave = words.is(helpers.words.at(-1) ?? '', 'have');
  return (
    isHave &&
    hasForm(cursor, at, () => true) &&
    !hasForm(cursor, at, (form) => takesForm(cursor, helpers, form)) &&
    !/ed$/.test(list[at] ?? '')
  );
}

/** "have informed customers": an adjective to the tagger. */
function isTold({ words, list }: Cursor, at: number, helpers: Helpers): boolean {
  return words.is(helpers.words.at(-1) ?? '', 'have') && words.is(list[at] ?? '', 'announcing');
}

/** Whether a word is a form of a verb the rules know. */
function hasForm(
  { predicates, list }: Cursor,
  at: number,
  fits: (form: VerbForm) => boolean,
): boolean {
  return predicates.verbs(list[at] ?? '').some(({ form }) => fits(form));
}

/** "has had", "is being", "will have": which form a helper takes. */
function takesForm({ words }: Cursor, helpers: Helpers, form: VerbForm): boolean {
  const last = helpers.words.at(-1) ?? '';
  if (helpers.to && last === '') return form === 'base';
  if (words.is(last, 'be')) return form === 'past' || form === 'gerund';
  return words.is(last, 'have') ? form === 'past' : form !== 'third';
}

/** "begun offering", "stop serving": behind such a verb a gerund is one too, whatever the tagger makes of it. */
function isPhase({ words, list }: Cursor, before: Chunk | null): boolean {
  return (
    before?.verb != null &&
    words.is(list[before.verb.main] ?? '', 'begin', 'continue', 'cease', 'finish')
  );
}

/** Whether a verb is the verb of its phrase, and no participle that describes a noun. */
function isPredicate(
  cursor: Cursor,
  at: number,
  before: Chunk | null,
  hasHelper: boolean,
): boolean {
  if (hasHelper) return true;
  const isParticiple = /ed$/.test(cursor.list[at] ?? '');
  const opensSubject =
    before === null && isParticiple && describesSubject(cursor.tokens, cursor.words, at);
  return !opensSubject && !isAdjectival(cursor, at) && !opensPeople(cursor, at, before);
}

/** "Paid subscribers find X": what people are is no deed of the vendor's. */
function opensPeople(
  { tokens, words, predicates }: Cursor,
  at: number,
  before: Chunk | null,
): boolean {
  const [token, next] = tokens.slice(at, at + 2);
  return (
    before === null &&
    /ed$|^paid$/.test(token?.word ?? '') &&
    words.is(next?.word ?? '', 'people') &&
    predicates.verbs(token?.word ?? '').length === 0
  );
}

function opensWithVerb(cursor: Cursor, at: number, before: Chunk | null): boolean {
  const forms = cursor.predicates.verbs(cursor.list[at] ?? '');
  const opens = before === null || before.kind === 'sign' || before.kind === 'time';
  const isForm =
    forms.some(({ form }) => form === 'past' || form === 'gerund') ||
    (forms.some(({ form }) => form === 'base') && cursor.tokens[at + 1]?.mention != null) ||
    cursor.words.is(cursor.list[at] ?? '', 'greetings');
  return opens && isForm && opensPhrase(cursor, at);
}

/** "Released GPT-5", "Introducing a model"; not "Released models are …", "Launch partners". */
function opensPhrase(cursor: Cursor, at: number): boolean {
  const { tokens, words } = cursor;
  const next = tokens[at + 1];
  if (next === undefined || describesSubject(tokens, words, at)) return false;
  if (timeLength(cursor, at + 1) > 0) return true;
  return next.mention !== null || next.pos !== 'NOUN' || words.is(next.word, 'models');
}

/** "supported models", at the start of a phrase: a participle that only describes the noun behind it. */
function isAdjectival({ tokens, words, predicates }: Cursor, at: number): boolean {
  const [before, token, next] = [tokens[at - 1], tokens[at] as Token, tokens[at + 1]];
  const isParticiple = /(?:ed|en)$/.test(token.word) || words.is(token.word, 'participles');
  if (next === undefined || !isParticiple) return false;
  const isBehindSubject =
    before !== undefined &&
    (before.mention !== null || ['PRON', 'PROPN', 'NOUN'].includes(before.pos));
  const isNoun = next.pos === 'NOUN' || (next.pos === 'PROPN' && next.mention === null);
  if (isBehindSubject || before === undefined || !isNoun) return false;
  const isDescribed = ['ADP', 'DET', 'PART', 'ADJ'].includes(before.pos);
  return (
    isDescribed || (!words.is(next.word, 'models') && predicates.verbs(token.word).length === 0)
  );
}

/** "Deprecated models a and b have been removed": the phrase it opens is the subject of a verb further on. */
function describesSubject(tokens: readonly Token[], words: Cursor['words'], at: number): boolean {
  for (const token of tokens.slice(at + 1, at + FURTHEST)) {
    if (words.is(token.word, 'finite-auxiliaries')) return true;
    const isInside =
      token.mention !== null || ['NOUN', 'PROPN', 'ADJ', 'CCONJ', 'DET', 'NUM'].includes(token.pos);
    if (!isInside && token.word !== ',') return false;
  }
  return false;
}

function lastAuxiliary(cursor: Cursor, from: number, to: number): number | null {
  for (let at = to; at >= from; at--) {
    if (isAuxiliary(cursor, at)) return at;
  }
  return null;
}

function verbOf({ tokens, words, predicates }: Cursor, helpers: Helpers, main: number): Verb {
  const word = tokens[main]?.word ?? '';
  const has = (name: string): boolean => helpers.words.some((helper) => words.is(helper, name));
  const modal = helpers.words.find((helper) => words.is(helper, 'modals', 'future')) ?? null;
  // "bring" ends as a gerund does, and is none.
  const isGerund =
    word.endsWith('ing') && !predicates.verbs(word).some(({ form }) => form === 'base');
  const hasBe = has('be');
  const passive =
    hasBe && !isGerund && !words.is(word, 'auxiliaries') && !words.is(word, 'active-participles');
  return {
    main,
    form: formOf(word, isGerund, helpers, words),
    tense: tenseOf(word, helpers, words),
    aspect: aspectOf(has('have'), isGerund),
    passive,
    copula: words.is(word, 'be'),
    modal,
    negated: helpers.negated,
    ceased: helpers.ceased,
  };
}

function aspectOf(isPerfect: boolean, isProgressive: boolean): Verb['aspect'] {
  if (isPerfect) return 'perfect';
  return isProgressive ? 'progressive' : 'simple';
}

function formOf(
  word: string,
  isGerund: boolean,
  helpers: Helpers,
  words: Cursor['words'],
): Verb['form'] {
  if (helpers.to) return 'infinitive';
  if (helpers.words.length > 0 || words.is(word, 'finite')) return 'finite';
  if (isGerund) return 'gerund';
  if (/(?:ed|en)$/.test(word) || words.is(word, 'participles')) return 'participle';
  return word.endsWith('s') ? 'finite' : 'base';
}

function tenseOf(word: string, helpers: Helpers, words: Cursor['words']): Verb['tense'] {
  const first = helpers.words[0] ?? word;
  if (helpers.words.some((helper) => words.is(helper, 'future'))) return 'future';
  if (words.is(first, 'past') || (helpers.words.length === 0 && /ed$/.test(word))) return 'past';
  return 'present';
}
