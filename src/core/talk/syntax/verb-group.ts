import type { WordListName } from '../../../domain/word-lists.ts';
import type { ParsedSentence } from '../syntax/clauses.ts';
import type { ClauseSpan } from './clauses.ts';
import { BE, DO, HAVE, isAdverb, MODALS, NEGATORS } from './word-classes.ts';

/** A verb with its helpers. */
export interface VerbGroup {
  /** Where the helpers begin, and the token behind the verb. */
  from: number;
  to: number;
  isNegated: boolean;
  hasHave: boolean;
  hasBe: boolean;
  hasDo: boolean;
  /** Its first form of "be" is in the past. */
  isPast: boolean;
  modal: string | null;
  /** What governs an infinitive: it is planned, begun, failed or only believed; null for a finite verb. */
  governed: 'planned' | 'begun' | 'failed' | 'hedged' | null;
}

const GOVERNORS: readonly (readonly [WordListName, 'begun' | 'failed' | 'hedged'])[] = [
  ['verb-group.failed', 'failed'],
  ['verb-group.hedged', 'hedged'],
  ['verb-group.begun', 'begun'],
];

/** The helpers left of a verb: auxiliaries, modals, negations, adverbs, and what an infinitive hangs on. */
export function verbGroupAt(parsed: ParsedSentence, clause: ClauseSpan, at: number): VerbGroup {
  const group: VerbGroup = {
    ...{ from: at, to: at + 1, isNegated: false, hasHave: false, hasBe: false, hasDo: false },
    ...{ isPast: false, modal: null, governed: null },
  };
  let isInfinitive = false;
  for (let k = at - 1; k >= clause.from; k--) {
    const text = parsed.word(k);
    if (isSubject(parsed, k, clause)) break;
    const isGoverned = isInfinitive && group.governed === null && text !== 'not';
    if (isGoverned) govern(parsed, group, k);
    else if (!takesHelper(parsed, k, clause, group)) break;
    if (text === 'to') isInfinitive = true;
    group.from = k;
  }
  if (isInfinitive && group.governed === null) group.governed = 'planned';
  return group;
}

/** "Both are available", "No one can": a subject, and no adverb. */
function isSubject(parsed: ParsedSentence, at: number, { from }: ClauseSpan): boolean {
  const text = parsed.tokens[at]?.text;
  return (text === 'both' && at === from) || (text === 'one' && parsed.word(at - 1) === 'no');
}

function govern(parsed: ParsedSentence, group: VerbGroup, at: number): void {
  group.governed = GOVERNORS.find(([name]) => parsed.is(name, at))?.[1] ?? 'planned';
  if (group.governed === 'failed') group.isNegated = true;
  if (BE.has(parsed.word(at))) group.hasBe = true;
}

/** Notes what a word left of a verb does to it; false where the helpers end. */
function takesHelper(
  parsed: ParsedSentence,
  at: number,
  clause: ClauseSpan,
  group: VerbGroup,
): boolean {
  const token = parsed.tokens[at];
  if (token?.sort !== 'word') return false;
  const { text } = token;
  if (text === "'s" && isPossessive(parsed, at, clause)) return false;
  if (BE.has(text)) {
    group.hasBe = true;
    group.isPast = text === 'was' || text === 'were';
  } else if (HAVE.has(text)) group.hasHave = true;
  else if (DO.has(text)) group.hasDo = true;
  else if (MODALS.has(text)) group.modal = text;
  else if (NEGATORS.has(text)) negate(group, parsed.word(at + 1));
  else return isLightWord(parsed, at, group);
  return true;
}

/** Behind a name "'s" is a possessive as often as an "is". */
function isPossessive(parsed: ParsedSentence, at: number, { from }: ClauseSpan): boolean {
  const isBehindName = at > from && parsed.tokens[at - 1]?.sort === 'name';
  return isBehindName && !/ed$|out$|ing$/.test(parsed.word(at + 1));
}

function negate(group: VerbGroup, next: string): void {
  if (!/^(?:only|just|merely|simply)$/.test(next)) group.isNegated = !group.isNegated;
}

function isLightWord(parsed: ParsedSentence, at: number, group: VerbGroup): boolean {
  const text = parsed.word(at);
  if (text === 'longer') return parsed.word(at - 1) === 'no';
  if (text === 'no') {
    const isNoLonger = parsed.word(at + 1) === 'longer';
    if (isNoLonger) group.isNegated = true;
    return isNoLonger;
  }
  return text === 'to' || isAdverb(text) || parsed.lists['verb-group.beginning'].test(text);
}
