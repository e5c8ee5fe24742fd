import type { WordLists } from '../cues/word-lists.ts';
import type { TextAnalysis } from '../document/document.ts';
import { asideBefore, type ClauseSpan } from '../syntax/clauses.ts';
import type { ParsedSentence } from '../syntax/parsed-sentence.ts';
import type { Token } from '../syntax/tokens.ts';
import { nameAt, wordAt } from './noun-phrases.ts';

/** Who does what a predicate says. */
export type Agent = 'maker' | 'people' | 'place' | 'channel' | 'unknown' | 'other';

/** Families of what a model can be found in. */
const PLACES = ['surface', 'place', 'api'] as const;

/** What kind of agent stands in front of a verb group, by the word nearest to it that tells. */
export function agentBefore(
  analysis: TextAnalysis,
  parsed: ParsedSentence,
  clause: ClauseSpan,
  groupFrom: number,
): Agent {
  const { clauses, tokens } = parsed;
  if (groupFrom > clause.from) return agentIn(analysis, tokens, clause.from, groupFrom);
  const aside = asideBefore(tokens, clauses, clause);
  if (aside !== null) return agentDescribed(analysis.lists, tokens, aside.from);
  const before = clause.before === null ? undefined : clauses[clause.before];
  if (clause.kind !== 'coordinated' || before === undefined) return 'unknown';
  return agentIn(analysis, tokens, before.from, firstVerbIn(analysis.lists, tokens, before));
}

function firstVerbIn(lists: WordLists, tokens: readonly Token[], { from, to }: ClauseSpan): number {
  const verb = tokens.findIndex(
    ({ text }, k) => k > from && k < to && lists['agents.full-verb'].test(text),
  );
  return verb < 0 ? to : verb;
}

function agentIn(
  analysis: TextAnalysis,
  tokens: readonly Token[],
  from: number,
  to: number,
): Agent {
  if (/^(?:which|that|who)$/.test(wordAt(tokens, to - 1)))
    return agentDescribed(analysis.lists, tokens, to - 1);
  for (let k = to - 1; k >= from; k--) {
    if (nameAt(tokens, k) !== null) return 'other';
    const agent = agentAt(analysis, tokens, k);
    // "nobody outside OpenAI": what a preposition adds does nothing itself.
    if (agent === 'maker' && /^(?:outside|beyond)$/.test(wordAt(tokens, k - 1))) continue;
    if (agent !== null) return agent;
    if (wordAt(tokens, k) === ',' && k < to - 1) return 'other';
  }
  return from < to ? 'other' : 'unknown';
}

/** "users who", "OpenAI, which": the noun a relative pronoun stands for. */
function agentDescribed(lists: WordLists, tokens: readonly Token[], at: number): Agent {
  const noun = wordAt(tokens, wordAt(tokens, at - 1) === ',' ? at - 2 : at - 1);
  if (lists['agents.people'].test(noun)) return 'people';
  return /^(?:@maker|company|lab)$/.test(noun) ? 'maker' : 'other';
}

function agentAt(analysis: TextAnalysis, tokens: readonly Token[], at: number): Agent | null {
  const token = tokens[at];
  if (token === undefined) return null;
  const { text } = token;
  if (analysis.lists['agents.people'].test(text)) return 'people';
  if (analysis.lists['agents.channel'].test(text)) return 'channel';
  if (text === '@product') return 'place';
  if (analysis.lists['agents.maker'].test(text) || isWithin(analysis, token, 'vendor'))
    return 'maker';
  return isWithin(analysis, token, ...PLACES) ? 'place' : null;
}

/** How far around a word a cue that holds it may reach, in characters. */
const AROUND = 40;

function isWithin(
  analysis: TextAnalysis,
  { start, end }: Token,
  ...families: readonly string[]
): boolean {
  const around = { start: Math.max(0, start - AROUND), end: end + AROUND };
  return analysis.cues
    .within(around, ...families)
    .some((cueMatch) => cueMatch.start <= start && cueMatch.end >= end);
}
