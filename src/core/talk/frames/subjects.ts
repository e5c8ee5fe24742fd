import { asideBefore, type ClauseSpan, type ParsedSentence } from '../syntax/clauses.ts';
import {
  isAdverb,
  isFiniteHelper,
  MODEL_NOUNS,
  NAME_TAILS,
  PREPOSITIONS,
} from '../syntax/word-classes.ts';
import { type Filler, modelNounAt, namedAt, namesEndingAt, naming } from './noun-phrases.ts';

const SINGULAR = /^(?:it|this)$/;
const PLURAL = /^(?:they|both|these|those|them)$/;
const OBLIQUE = /^(?:of|with|for|about|like|than)$/;
/** How far a noun that renames a name may stand behind it, in tokens. */
const RENAMING = 7;
/** Who stands as the subject in front of a verb group. */
export function subjectBefore(
  parsed: ParsedSentence,
  clause: ClauseSpan,
  groupFrom: number,
): Filler | null {
  const at = groupFrom - 1;
  return at < clause.from
    ? subjectFromOutside(parsed, clause)
    : nounPhraseEndingAt(parsed, clause, at);
}

function nounPhraseEndingAt(
  parsed: ParsedSentence,
  clause: ClauseSpan,
  end: number,
): Filler | null {
  let at = end;
  while (at > clause.from && parsed.word(at) === '"') at--;
  const text = parsed.word(at);
  if (text === ',') return headOfApposition(parsed, clause, at);
  if (parsed.name(at) !== null) return namedAt(parsed, at, clause);
  if (/^(?:which|that|who)$/.test(text)) {
    return at === clause.from ? antecedent(parsed, clause) : null;
  }
  if (SINGULAR.test(text) || PLURAL.test(text)) {
    if (OBLIQUE.test(parsed.word(at - 1))) return null;
    return { kind: 'anaphor', isPlural: PLURAL.test(text), isNegated: false };
  }
  if (text === 'access' && parsed.word(at - 1) === 'api') {
    return { kind: 'anaphor', isPlural: false, isNegated: parsed.word(at - 2) === 'no' };
  }
  return MODEL_NOUNS.has(text) || NAME_TAILS.has(text) ? modelNounAt(parsed, clause, at) : null;
}

/** "GPT-5.5, its next model, was": the name in front of what is put in between commas. */
function headOfApposition(
  parsed: ParsedSentence,
  clause: ClauseSpan,
  comma: number,
): Filler | null {
  if (namesEndingAt(parsed, comma - 1, clause.from).length > 1)
    return namedAt(parsed, comma - 1, clause);
  for (let k = comma - 1; k > clause.from; k--) {
    const text = parsed.word(k);
    if (isFiniteHelper(text)) return null;
    if (text === ',' && parsed.name(k - 1) !== null) return namedAt(parsed, k - 1, clause);
  }
  // "GPT-5.5, now available": the name itself stands before the comma.
  return parsed.name(comma - 1) === null ? null : namedAt(parsed, comma - 1, clause);
}

/** The noun a relative clause describes: a name, or the model the text speaks of. */
function antecedent(parsed: ParsedSentence, clause: ClauseSpan): Filler | null {
  const at = parsed.word(clause.from - 1) === ',' ? clause.from - 2 : clause.from - 1;
  if (parsed.name(at) !== null) return naming(...namesEndingAt(parsed, at, 0));
  const text = parsed.word(at);
  if (!MODEL_NOUNS.has(text) && !NAME_TAILS.has(text)) return null;
  return renamedBy(parsed, at) ?? modelNounAt(parsed, { ...clause, from: 0 }, at);
}

/** "GPT-5.5, the model …", "GPT-5.5 is the model …": the name that a noun renames. */
export function renamedBy(parsed: ParsedSentence, at: number): Filler | null {
  if (!/^(?:models?|version|generator|system|name|product)$/.test(parsed.word(at))) return null;
  for (let k = at - 1; k >= Math.max(1, at - RENAMING); k--) {
    // "GPT-5.5 is absent from the model list": a noun that a preposition takes renames nothing.
    if (PREPOSITIONS.has(parsed.word(k))) return null;
    const isLink = /^(?:,|is|was|remains)$/.test(parsed.word(k));
    if (isLink && parsed.name(k - 1) !== null) {
      return naming(...namesEndingAt(parsed, k - 1, 0));
    }
  }
  return null;
}

/** A clause without a subject of its own: that of the clause before it, or the noun it is put behind. */
function subjectFromOutside(parsed: ParsedSentence, clause: ClauseSpan): Filler | null {
  const { clauses } = parsed;
  if (clause.kind === 'inserted') {
    const name = parsed.name(clause.from - 2);
    return name === null ? null : naming(name);
  }
  const before = clause.before === null ? undefined : clauses[clause.before];
  if (before === undefined) return { kind: 'ellipsis' };
  if (clause.kind === 'coordinated') return subjectOf(parsed, aroundInsertion(parsed, before));
  if (clause.kind !== 'main') return null;
  const aside = asideBefore(parsed, clauses, clause);
  if (aside !== null) return antecedent(parsed, aside);
  return before.kind === 'inserted' ? subjectOf(parsed, aroundInsertion(parsed, before)) : null;
}

function aroundInsertion(parsed: ParsedSentence, before: ClauseSpan): ClauseSpan {
  const { clauses } = parsed;
  const isInserted = before.kind === 'inserted' && before.before !== null;
  return isInserted && before.before !== null ? (clauses[before.before] ?? before) : before;
}

/** The subject of a clause: what stands in front of its first verb. */
export function subjectOf(parsed: ParsedSentence, clause: ClauseSpan): Filler | null {
  const verb = parsed.tokens.findIndex(
    (token, k) =>
      k >= clause.from && k < clause.to && token.sort === 'word' && isVerbAt(parsed, k, clause),
  );
  if (verb < 0) return null;
  let from = verb;
  while (from > clause.from && isAdverb(parsed.word(from - 1))) from--;
  return from === clause.from
    ? subjectFromOutside(parsed, clause)
    : nounPhraseEndingAt(parsed, clause, from - 1);
}

function isVerbAt(parsed: ParsedSentence, at: number, { from }: ClauseSpan): boolean {
  const text = parsed.word(at);
  if (isFiniteHelper(text)) return true;
  return (
    at > from && parsed.lists['subjects.full-verb'].test(text) && parsed.word(at - 1) !== 'the'
  );
}
