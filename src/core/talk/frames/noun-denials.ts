import type { Facet } from '../../../domain/facet.ts';
import type { WordListName } from '../../../domain/word-lists.ts';
import type { Mention } from '../../names/mention.ts';
import type { ParsedSentence } from '../syntax/clauses.ts';
import {
  BE,
  DETERMINERS,
  HAVE,
  isAdverb,
  PREPOSITIONS,
  type WordLists,
} from '../syntax/word-classes.ts';
import { namesStartingAt } from './noun-phrases.ts';

/** "No launch date for GPT-6 has been given": a thing of a model that there is not. */
export interface NounDenial {
  facet: Facet;
  at: number;
  to: number;
  /** The models it is said of; empty where the words name none. */
  mentions: readonly Mention[];
}

const FACETS: readonly (readonly [WordListName, Facet])[] = [
  ['noun-denials.date', 'date'],
  ['noun-denials.announced', 'announced'],
  ['noun-denials.priced', 'priced'],
  ['noun-denials.documented', 'documented'],
  ['noun-denials.api-listed', 'api_listed'],
  ['noun-denials.product-available', 'product_available'],
  ['noun-denials.released', 'released'],
];

/** What a sentence says there is not, of things a released model has. */
export function nounDenialsIn(parsed: ParsedSentence): readonly NounDenial[] {
  const found: NounDenial[] = [];
  for (let at = 0; at < parsed.tokens.length; at++) {
    const start = denialAt(parsed, at);
    if (start === null) continue;
    found.push(...nounsFrom(parsed, at, start));
    at = Math.max(at, (found.at(-1)?.to ?? 0) - 1);
  }
  return found;
}

/** Where the words behind a "no" begin: "no", or "not … a" behind a verb of giving; null where nothing is denied. */
function denialAt(parsed: ParsedSentence, at: number): number | null {
  const text = parsed.word(at);
  if (text === 'no') return isPlainNo(parsed, at) ? at + 1 : null;
  if (text !== 'not' && text !== 'never') return null;
  let k = at + 1;
  while (isAdverb(parsed.word(k)) || /^(?:been|have|to)$/.test(parsed.word(k))) k++;
  const before = parsed.word(at - 1);
  if (parsed.is('noun-denials.giving', k)) k++;
  else if (!BE.has(before) && before !== ',') return null;
  return /^(?:any|an?)$/.test(parsed.word(k)) ? k + 1 : null;
}

const GENERIC = /^(?:any|some|every|no)(?:thing|one|body)$/;

/** A "no" that is said of a thing: no "no longer", no answer, none that somebody disowns, no error message. */
function isPlainNo(parsed: ParsedSentence, at: number): boolean {
  const next = parsed.word(at + 1);
  if (/^(?:longer|matter|doubt|one|[.,])$/.test(next)) return false;
  if (next === 'such' && parsed.word(at + 3) === ':') return false;
  // "anything that has no date" is nothing in particular.
  if (/^(?:that|which|who)$/.test(parsed.word(at - 2)) && GENERIC.test(parsed.word(at - 3)))
    return false;
  const ahead = parsed.tokens.slice(Math.max(0, at - 5), at).map(({ text }) => text);
  const isDisowned = ahead.some((_, k) =>
    parsed.lists['noun-denials.disowning'].test(ahead.slice(k).join(' ')),
  );
  return !isDisowned && isStanding(parsed, at);
}

/** Whether a "no" opens its clause, or stands behind "there is", "has", a verb of giving, or a sign. */
function isStanding(parsed: ParsedSentence, at: number): boolean {
  let k = at - 1;
  while (k >= 0 && isAdverb(parsed.word(k))) k--;
  if (k < 0 || parsed.tokens[k]?.sort === 'sign') return true;
  const before = parsed.word(k);
  const isVerb = BE.has(before) || HAVE.has(before) || parsed.is('noun-denials.giving', k);
  return isVerb || parsed.is('noun-denials.before-no', k);
}

function facetOf(lists: WordLists, word: string): Facet | null {
  return FACETS.find(([name]) => lists[name].test(word))?.[1] ?? null;
}

/** The most nouns that are denied in one breath, and the most words they take. */
const MOST_NOUNS = 4;
const LONGEST = 14;

interface Nouns {
  found: readonly { facet: Facet; to: number }[];
  /** Names among the words: "no public gpt-image-2 entry". */
  inside: readonly Mention[];
  end: number;
}

function nounsFrom(parsed: ParsedSentence, at: number, start: number): readonly NounDenial[] {
  const { found, inside, end } = nounsBehind(parsed, start);
  if (found.length === 0) {
    // "no GPT-6": the model itself is what there is not.
    const isModel = inside.length > 0 && start === at + 1 && isEnd(parsed, end);
    return isModel ? [{ facet: 'released', at, to: end, mentions: inside }] : [];
  }
  const behind = targetBehind(parsed, end);
  if (behind === null) return [];
  const mentions = behind.length > 0 ? behind : inside;
  return found.map(({ facet, to }) => ({ facet, at, to, mentions }));
}

function nounsBehind(parsed: ParsedSentence, start: number): Nouns {
  const found: { facet: Facet; to: number }[] = [];
  const inside: Mention[] = [];
  let k = start;
  while (k < Math.min(parsed.tokens.length, start + LONGEST)) {
    const name = parsed.name(k);
    const text = parsed.word(k);
    const facet = facetOf(parsed.lists, text);
    if (name !== null) inside.push(name);
    else if (facet !== null && isLastNoun(parsed, k)) {
      found.push({ facet, to: k + 1 });
      const next = afterJoin(parsed, k + 1);
      if (next === k + 1 || found.length >= MOST_NOUNS) return { found, inside, end: k + 1 };
      k = next - 1;
    } else if (!parsed.is('noun-denials.within', k) && facet === null && !DETERMINERS.has(text))
      break;
    k++;
  }
  return { found, inside, end: k };
}

/** Whether the noun phrase ends here, and goes on to no other noun of a release. */
function isLastNoun(parsed: ParsedSentence, at: number): boolean {
  const next = parsed.word(at + 1);
  const goesOn = parsed.is('noun-denials.within', at + 1) || facetOf(parsed.lists, next) !== null;
  return next === '' || !goesOn;
}

/** Where the words behind ", or a" begin; the same place where nothing joins. */
function afterJoin(parsed: ParsedSentence, at: number): number {
  if (!/^(?:,|or|and|nor)$/.test(parsed.word(at))) return at;
  let k = at;
  while (/^(?:,|or|and|nor|no|a|an|any)$/.test(parsed.word(k))) k++;
  return k;
}

function isEnd(parsed: ParsedSentence, at: number): boolean {
  const text = parsed.word(at);
  if (parsed.tokens[at]?.sort !== 'word') return text !== '-';
  if (text === "'s") return false;
  const isFunctional = isAdverb(text) || PREPOSITIONS.has(text) || BE.has(text) || HAVE.has(text);
  return isFunctional || text === 'and' || text === 'or';
}

const LINK = /^(?:of|for|about|to|on|called|named)$/;
/** How far behind its noun what it is denied of may stand, in tokens. */
const TARGET_REACH = 10;

/** Whom "of", "for" or "about" names; empty for nobody, null for something that is no model. */
function targetBehind(parsed: ParsedSentence, start: number): readonly Mention[] | null {
  for (let k = start; k < Math.min(parsed.tokens.length, start + TARGET_REACH); k++) {
    if (parsed.name(k) !== null) return namesStartingAt(parsed, k, parsed.tokens.length).mentions;
    const text = parsed.word(k);
    if (LINK.test(text)) return targetOf(parsed, k, text);
    if (parsed.tokens[k]?.sort === 'sign' && !/^["']$/.test(text)) break;
  }
  return [];
}

function targetOf(parsed: ParsedSentence, at: number, link: string): readonly Mention[] | null {
  const next = parsed.word(at + 1);
  if (link === 'on' && parsed.lists['noun-denials.day'].test(next)) return [];
  if (parsed.tokens[at + 1]?.sort === 'word' && !parsed.lists['noun-denials.open'].test(next))
    return null;
  const ahead = parsed.tokens.slice(at + 1, at + 8);
  const named = ahead.find(({ mention }) => mention !== null)?.mention;
  if (named != null) return [named];
  return isOfTopic(link, next, parsed.word(at + 2)) ? [] : null;
}

/** "of it", "for the model", "to developers": words that leave the text's own model meant. */
function isOfTopic(link: string, next: string, noun: string): boolean {
  if (/^(?:on|to|for)$/.test(link)) {
    const isOther = /^(?:free|mac|windows|eu|app|feature|price)/.test(noun);
    return /^(?:it|the|developers|now|this)$/.test(next) && !isOther;
  }
  if (/^(?:it|this)$/.test(next)) return true;
  return next === 'the' && /^(?:model|release|launch|new)$/.test(noun);
}
