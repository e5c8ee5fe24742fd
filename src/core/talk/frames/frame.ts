import type { PredicateEntry } from '../../../domain/catalog.ts';
import type { TextAnalysis } from '../document/document.ts';
import { asideBefore, type ClauseSpan, type ParsedSentence } from '../syntax/clauses.ts';
import type { Token } from '../syntax/tokens.ts';
import type { VerbGroup } from '../syntax/verb-group.ts';
import { isAdverb, PREPOSITIONS } from '../syntax/word-classes.ts';
import type { Filler } from './noun-phrases.ts';
import type { VerbForm, Wording } from './predicates.ts';

/** How a predicate is used where it stands. */
type Use = 'active' | 'passive' | 'of-itself' | 'state' | 'modifier';

/** A predicate of a sentence with the model it is said of. */
export interface Frame {
  entry: PredicateEntry;
  use: Use;
  form: VerbForm | 'state';
  /** Token indexes of the predicate's words. */
  at: number;
  to: number;
  clause: ClauseSpan;
  group: VerbGroup;
  model: Filler;
  agent: Agent;
}

/** A wording where it may stand in a sentence. */
export interface Candidate {
  analysis: TextAnalysis;
  parsed: ParsedSentence;
  clause: ClauseSpan;
  at: number;
  /** The predicate up to a token, with the helpers before it: these are looked for once. */
  groupTo(to: number): VerbGroup;
  wording: Wording;
}

/** A frame as far as its verb tells, before it is known what stands where. */
export type VerbBase = Pick<Frame, 'entry' | 'form' | 'at' | 'clause' | 'group'>;

/** Where the words of a wording end, adverbs between them apart; null when they do not stand there. */
export function endOf(
  parsed: ParsedSentence,
  from: number,
  rest: readonly string[],
  to: number,
): number | null {
  let at = from;
  for (const word of rest) {
    while (at < to && parsed.word(at) !== word && isAdverb(parsed.word(at))) at++;
    if (at >= to || parsed.word(at) !== word) return null;
    at++;
  }
  return at;
}

/** Whether nothing stands behind a verb that it could take. */
export function isGap(parsed: ParsedSentence, at: number): boolean {
  const token = parsed.tokens[at];
  if (token?.sort !== 'word') return token?.sort !== 'name';
  return (
    PREPOSITIONS.has(token.text) ||
    isAdverb(token.text) ||
    parsed.lists['frame.time-or-join'].test(token.text)
  );
}

/** Who does what a predicate says. */
export type Agent = 'maker' | 'people' | 'place' | 'channel' | 'unknown' | 'other';

/** Families of what a model can be found in. */
const PLACES = ['surface', 'place', 'api'] as const;

/** What kind of agent stands in front of a verb group, by the word nearest to it that tells. */
export function agentBefore(candidate: Candidate, groupFrom: number): Agent {
  const { analysis, parsed, clause } = candidate;
  const { clauses } = parsed;
  if (groupFrom > clause.from) return agentIn(analysis, parsed, clause.from, groupFrom);
  const aside = asideBefore(parsed, clauses, clause);
  if (aside !== null) return agentDescribed(parsed, aside.from);
  const before = clause.before === null ? undefined : clauses[clause.before];
  if (clause.kind !== 'coordinated' || before === undefined) return 'unknown';
  return agentIn(analysis, parsed, before.from, firstVerbIn(parsed, before));
}

function firstVerbIn(parsed: ParsedSentence, { from, to }: ClauseSpan): number {
  const verb = parsed.tokens.findIndex(
    ({ text }, k) => k > from && k < to && parsed.lists['agents.full-verb'].test(text),
  );
  return verb < 0 ? to : verb;
}

function agentIn(analysis: TextAnalysis, parsed: ParsedSentence, from: number, to: number): Agent {
  if (/^(?:which|that|who)$/.test(parsed.word(to - 1))) return agentDescribed(parsed, to - 1);
  for (let k = to - 1; k >= from; k--) {
    if (parsed.name(k) !== null) return 'other';
    const agent = agentAt(analysis, parsed, k);
    // "nobody outside OpenAI": what a preposition adds does nothing itself.
    if (agent === 'maker' && /^(?:outside|beyond)$/.test(parsed.word(k - 1))) continue;
    if (agent !== null) return agent;
    if (parsed.word(k) === ',' && k < to - 1) return 'other';
  }
  return from < to ? 'other' : 'unknown';
}

/** "users who", "OpenAI, which": the noun a relative pronoun stands for. */
function agentDescribed(parsed: ParsedSentence, at: number): Agent {
  const noun = parsed.word(parsed.word(at - 1) === ',' ? at - 2 : at - 1);
  if (parsed.lists['agents.people'].test(noun)) return 'people';
  return /^(?:@maker|company|lab)$/.test(noun) ? 'maker' : 'other';
}

function agentAt(analysis: TextAnalysis, parsed: ParsedSentence, at: number): Agent | null {
  const token = parsed.tokens[at];
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
