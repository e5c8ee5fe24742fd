import type { WordLists } from '../cues/word-lists.ts';
import { asideBefore, type ClauseSpan } from '../syntax/clauses.ts';
import type { ParsedSentence } from '../syntax/parsed-sentence.ts';
import type { Token } from '../syntax/tokens.ts';
import {
  isAdverb,
  isFiniteHelper,
  MODEL_NOUNS,
  NAME_TAILS,
  PREPOSITIONS,
} from '../syntax/word-classes.ts';
import {
  type Filler,
  modelNounAt,
  nameAt,
  namedAt,
  namesEndingAt,
  naming,
  wordAt,
} from './noun-phrases.ts';

const SINGULAR = /^(?:it|this)$/;
const PLURAL = /^(?:they|both|these|those|them)$/;
const OBLIQUE = /^(?:of|with|for|about|like|than)$/;
/** How far a noun that renames a name may stand behind it, in tokens. */
const RENAMING = 7;
/** How far behind a name what a preposition adds to it may reach, in tokens. */
const MODIFYING = 6;

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
  const { tokens } = parsed;
  let at = end;
  while (at > clause.from && wordAt(tokens, at) === '"') at--;
  const text = wordAt(tokens, at);
  if (text === ',') return headOfApposition(parsed.lists, tokens, clause, at);
  if (nameAt(tokens, at) !== null) return namedAt(parsed.lists, tokens, at, clause);
  if (/^(?:which|that|who)$/.test(text)) {
    return at === clause.from ? antecedent(parsed, clause) : null;
  }
  if (SINGULAR.test(text) || PLURAL.test(text)) {
    if (OBLIQUE.test(wordAt(tokens, at - 1))) return null;
    return { kind: 'anaphor', isPlural: PLURAL.test(text), isNegated: false };
  }
  if (text === 'access' && wordAt(tokens, at - 1) === 'api') {
    return { kind: 'anaphor', isPlural: false, isNegated: wordAt(tokens, at - 2) === 'no' };
  }
  if (MODEL_NOUNS.has(text) || NAME_TAILS.has(text)) return modelNounAt(parsed, clause, at);
  return nameWithModifier(parsed.lists, tokens, clause, at);
}

/** "GPT-5 in ChatGPT was", "GPT-5.5 from OpenAI": a name with what a preposition adds to it. */
function nameWithModifier(
  lists: WordLists,
  tokens: readonly Token[],
  clause: ClauseSpan,
  at: number,
): Filler | null {
  for (let k = at; k > Math.max(clause.from, at - MODIFYING - 1); k--) {
    const text = wordAt(tokens, k);
    if (isFiniteHelper(text) || tokens[k]?.sort === 'sign') return null;
    if (PREPOSITIONS.has(text) && nameAt(tokens, k - 1) !== null) {
      return namedAt(lists, tokens, k - 1, clause);
    }
  }
  return null;
}

/** "GPT-5.5, its next model, was": the name in front of what is put in between commas. */
function headOfApposition(
  lists: WordLists,
  tokens: readonly Token[],
  clause: ClauseSpan,
  comma: number,
): Filler | null {
  if (namesEndingAt(tokens, comma - 1, clause.from).length > 1)
    return namedAt(lists, tokens, comma - 1, clause);
  for (let k = comma - 1; k > clause.from; k--) {
    const text = wordAt(tokens, k);
    if (isFiniteHelper(text)) return null;
    if (text === ',' && nameAt(tokens, k - 1) !== null)
      return namedAt(lists, tokens, k - 1, clause);
  }
  // "GPT-5.5, now available": the name itself stands before the comma.
  return nameAt(tokens, comma - 1) === null ? null : namedAt(lists, tokens, comma - 1, clause);
}

/** The noun a relative clause describes: a name, or the model the text speaks of. */
function antecedent(parsed: ParsedSentence, clause: ClauseSpan): Filler | null {
  const { tokens } = parsed;
  const at = wordAt(tokens, clause.from - 1) === ',' ? clause.from - 2 : clause.from - 1;
  if (nameAt(tokens, at) !== null) return naming(...namesEndingAt(tokens, at, 0));
  const text = wordAt(tokens, at);
  if (!MODEL_NOUNS.has(text) && !NAME_TAILS.has(text)) return null;
  return renamedBy(tokens, at) ?? modelNounAt(parsed, { ...clause, from: 0 }, at);
}

/** "GPT-5.5, the model …", "GPT-5.5 is the model …": the name that a noun renames. */
export function renamedBy(tokens: readonly Token[], at: number): Filler | null {
  if (!/^(?:models?|version|generator|system|name|product)$/.test(wordAt(tokens, at))) return null;
  for (let k = at - 1; k >= Math.max(1, at - RENAMING); k--) {
    // "GPT-5.5 is absent from the model list": a noun that a preposition takes renames nothing.
    if (PREPOSITIONS.has(wordAt(tokens, k))) return null;
    const isLink = /^(?:,|is|was|remains)$/.test(wordAt(tokens, k));
    if (isLink && nameAt(tokens, k - 1) !== null) {
      return naming(...namesEndingAt(tokens, k - 1, 0));
    }
  }
  return null;
}

/** A clause without a subject of its own: that of the clause before it, or the noun it is put behind. */
function subjectFromOutside(parsed: ParsedSentence, clause: ClauseSpan): Filler | null {
  const { tokens, clauses } = parsed;
  if (clause.kind === 'inserted') {
    const name = nameAt(tokens, clause.from - 2);
    return name === null ? null : naming(name);
  }
  const before = clause.before === null ? undefined : clauses[clause.before];
  if (before === undefined) return { kind: 'ellipsis' };
  if (clause.kind === 'coordinated') return subjectOf(parsed, aroundInsertion(parsed, before));
  if (clause.kind !== 'main') return null;
  const aside = asideBefore(tokens, clauses, clause);
  if (aside !== null) return antecedent(parsed, aside);
  if (before.kind === 'inserted') return subjectOf(parsed, aroundInsertion(parsed, before));
  return labelBefore(tokens, before);
}

function aroundInsertion({ clauses }: ParsedSentence, before: ClauseSpan): ClauseSpan {
  const isInserted = before.kind === 'inserted' && before.before !== null;
  return isInserted && before.before !== null ? (clauses[before.before] ?? before) : before;
}

/** "GPT-5.5: released today": a name that stands before a colon or a dash. */
function labelBefore(tokens: readonly Token[], { from, to }: ClauseSpan): Filler | null {
  const name = nameAt(tokens, to - 1);
  const isLabel = to - from <= 5 && /^[:—–-]$/.test(wordAt(tokens, to));
  return name !== null && isLabel ? naming(name) : null;
}

/** The subject of a clause: what stands in front of its first verb. */
export function subjectOf(parsed: ParsedSentence, clause: ClauseSpan): Filler | null {
  const { tokens } = parsed;
  const verb = tokens.findIndex(
    (token, k) =>
      k >= clause.from &&
      k < clause.to &&
      token.sort === 'word' &&
      isVerbAt(parsed.lists, tokens, k, clause),
  );
  if (verb < 0) return null;
  let from = verb;
  while (from > clause.from && isAdverb(wordAt(tokens, from - 1))) from--;
  return from === clause.from
    ? subjectFromOutside(parsed, clause)
    : nounPhraseEndingAt(parsed, clause, from - 1);
}

function isVerbAt(
  lists: WordLists,
  tokens: readonly Token[],
  at: number,
  { from }: ClauseSpan,
): boolean {
  const text = wordAt(tokens, at);
  if (isFiniteHelper(text)) return true;
  return at > from && lists['subjects.full-verb'].test(text) && wordAt(tokens, at - 1) !== 'the';
}
