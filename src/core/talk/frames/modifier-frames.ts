import type { ClauseSpan } from '../syntax/clauses.ts';
import type { ParsedSentence } from '../syntax/parsed-sentence.ts';
import type { Token } from '../syntax/tokens.ts';
import { isAdverb } from '../syntax/word-classes.ts';
import { type Frame, isGap, type VerbBase } from './frame.ts';
import {
  type Filler,
  isHead,
  nameAt,
  namesEndingAt,
  namesStartingAt,
  naming,
  wordAt,
} from './noun-phrases.ts';
import { subjectBefore } from './subjects.ts';

/** A fragment is shorter than this, in tokens. */
const SHORT = 14;

/** "GPT Image 1.5, released in December", "Announced on Tuesday, it …": a participle that describes. */
export function modifierFrame(parsed: ParsedSentence, base: VerbBase, to: number): Frame | null {
  const { tokens } = parsed;
  const { group, at } = base;
  const isAlone = group.from === at || isAdverb(wordAt(tokens, group.from)) || group.isNegated;
  if (!isAlone || !isGap(parsed.lists, tokens, to)) return null;
  const model = describedBy(parsed, base, to);
  return model === null ? null : { ...base, use: 'modifier', to, model, agent: 'unknown' };
}

function describedBy(parsed: ParsedSentence, base: VerbBase, to: number): Filler | null {
  const { tokens } = parsed;
  const { clause, group } = base;
  const from = group.from;
  if (clause.kind === 'inserted' && from === clause.from) {
    return subjectBefore(parsed, clause, from);
  }
  if (from <= clause.from) return describedBehind(parsed, base, to);
  const isComma = wordAt(tokens, from - 1) === ',';
  const isBehindNoun = isComma && /^(?:models?|generator)$/.test(wordAt(tokens, from - 2));
  const isBehindName =
    nameAt(tokens, from - 1) !== null || (isComma && nameAt(tokens, from - 2) !== null);
  if (!isBehindNoun && !isBehindName) return null;
  if (isComma && !isBehindNoun) return naming(...namesEndingAt(tokens, from - 2, 0));
  const verb = isBehindNoun ? copulaIn(tokens, clause, from) : from;
  const model = subjectBefore(parsed, clause, verb);
  return model?.kind === 'ellipsis' ? null : model;
}

function copulaIn(tokens: readonly Token[], { from }: ClauseSpan, limit: number): number {
  const at = tokens.findIndex(
    ({ text }, k) => k >= from && k < limit && /^(?:is|was|are|were)$/.test(text),
  );
  return at < 0 ? from : at;
}

/** A participle that opens the sentence describes the subject behind its comma; one in a fragment what the text is about. */
function describedBehind(
  { tokens, lists }: ParsedSentence,
  base: VerbBase,
  to: number,
): Filler | null {
  if (base.clause.from !== 0) return null;
  const isFragment =
    tokens.length < SHORT &&
    tokens.every(
      ({ text, mention }) => mention === null && !lists['modifier-frames.finite'].test(text),
    );
  if (isFragment && base.entry.says === 'release') return { kind: 'ellipsis' };
  const start =
    1 + tokens.findIndex(({ text }, k) => k > to && text === ',' && isSubjectStart(tokens, k + 1));
  if (start === 0) return null;
  if (nameAt(tokens, start) === null) {
    return { kind: 'anaphor', isPlural: wordAt(tokens, start) === 'they', isNegated: false };
  }
  const { mentions, end } = namesStartingAt(lists, tokens, start, tokens.length);
  return isHead(lists, tokens, end, tokens.length)
    ? { kind: 'named', mentions, isNegated: false }
    : null;
}

function isSubjectStart(tokens: readonly Token[], at: number): boolean {
  const text = wordAt(tokens, at);
  const isModel = /^(?:the|this)$/.test(text) && wordAt(tokens, at + 1) === 'model';
  return nameAt(tokens, at) !== null || text === 'it' || text === 'they' || isModel;
}
