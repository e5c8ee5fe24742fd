import type { ClauseSpan, ParsedSentence } from '../syntax/clauses.ts';
import { isAdverb, isFiniteHelper, MODEL_NOUNS, PREPOSITIONS } from '../syntax/word-classes.ts';
import { isGap } from './frame.ts';
import { type Filler, isHead, modelNounAt, namesStartingAt } from './noun-phrases.ts';

/** What a verb takes, where that ends, and whether it is no part of a longer noun. */
export type ObjectFiller = Filler & { end: number; isHead: boolean };

/** How far behind its verb an object begins, in tokens. */
const REACH = 11;

/** What stands as the object behind a verb. */
export function objectBehind(
  parsed: ParsedSentence,
  clause: ClauseSpan,
  from: number,
): ObjectFiller | null {
  const first = parsed.word(from);
  if (first === 'not' || first === 'been' || (/ed$/.test(first) && !isAdverb(first))) return null;
  const isAlone = /^(?:it|them|both)$/.test(first) || (first === 'this' && isGap(parsed, from + 1));
  if (isAlone) {
    const isPlural = first === 'them' || first === 'both';
    return { kind: 'anaphor', isPlural, isNegated: false, end: from + 1, isHead: true };
  }
  const { name, noun, isNegated } = scanned(parsed, from, Math.min(clause.to, from + REACH));
  if (name !== null) {
    const { mentions, end } = namesStartingAt(parsed, name, clause.to);
    return { kind: 'named', mentions, isNegated, end, isHead: isHead(parsed, end, clause.to) };
  }
  if (noun === null || !MODEL_NOUNS.has(parsed.word(noun))) return null;
  const apposed = apposedTo(parsed, noun, clause.to);
  if (apposed !== null) return apposed;
  const anaphor = modelNounAt(parsed, { ...clause, from }, noun);
  const isWhole = anaphor?.kind === 'anaphor' && isHead(parsed, noun + 1, clause.to);
  return isWhole ? { ...anaphor, end: noun + 1, isHead: true } : null;
}

/** "the largest model it has ever trained, GPT-4.5": a name that stands apart behind the noun. */
function apposedTo(parsed: ParsedSentence, noun: number, to: number): ObjectFiller | null {
  for (let k = noun + 1; k < Math.min(to, noun + REACH); k++) {
    if (!/^[,:]$/.test(parsed.word(k))) continue;
    const { mentions, end } = namesStartingAt(parsed, k + 1, to);
    const isApart = end >= to || /^[,.;:!)]$/.test(parsed.word(end));
    if (mentions.length > 0 && isApart)
      return { kind: 'named', mentions, isNegated: false, end, isHead: true };
    // "on April 21, 2026, GPT-4.5": the comma of a date sets nothing apart.
    if (!/^\d{4}$/.test(parsed.word(k + 1))) return null;
  }
  return null;
}

interface Scanned {
  /** Where the first name stands, or else the last noun that may mean a model. */
  name: number | null;
  noun: number | null;
  isNegated: boolean;
}

/** Walks over what may stand between a verb and the name it takes. */
function scanned(parsed: ParsedSentence, from: number, to: number): Scanned {
  const seen: Scanned = { name: null, noun: null, isNegated: false };
  for (let k = from; k < to; k++) {
    const text = parsed.word(k);
    if (parsed.name(k) !== null) return { ...seen, name: k };
    if (parsed.lists['noun-phrases.unreal'].test(text)) return { ...seen, noun: null };
    if (!isPassedOver(parsed, k, seen.noun)) break;
    if (text === 'no') seen.isNegated = true;
    if (MODEL_NOUNS.has(text) || parsed.lists['objects.part-of'].test(text)) seen.noun = k;
  }
  return seen;
}

function isPassedOver(parsed: ParsedSentence, at: number, noun: number | null): boolean {
  const text = parsed.word(at);
  if (parsed.tokens[at]?.sort === 'sign') {
    return /^["'*`“”]$/.test(text);
  }
  if (isFiniteHelper(text) || /^(?:since|after|before|until|while|because|when)$/.test(text))
    return false;
  const isExample = text === 'as' && parsed.word(at - 1) === 'such';
  return !PREPOSITIONS.has(text) || isExample || isNaming(parsed, at, noun);
}

/** "by the name of", "version of", "access to", "under the name": prepositions that lead to the name itself. */
function isNaming(parsed: ParsedSentence, at: number, noun: number | null): boolean {
  const text = parsed.word(at);
  if (/^(?:of|to|for)$/.test(text)) {
    const isPart = noun !== null && parsed.is('objects.part-of', at - 1);
    return isPart && !parsed.is('noun-phrases.another', at - 2);
  }
  const isNamed = parsed.word(at + 1) === 'the' && parsed.word(at + 2) === 'name';
  return (text === 'by' || text === 'under') && isNamed;
}
