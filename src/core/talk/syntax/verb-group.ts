import type { WordListName } from '../../../domain/word-lists.ts';
import type { WordLists } from '../cues/word-lists.ts';
import type { ClauseSpan } from './clauses.ts';
import type { Token } from './tokens.ts';
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
export function verbGroupAt(
  lists: WordLists,
  tokens: readonly Token[],
  clause: ClauseSpan,
  at: number,
): VerbGroup {
  const group: VerbGroup = {
    ...{ from: at, to: at + 1, isNegated: false, hasHave: false, hasBe: false, hasDo: false },
    ...{ isPast: false, modal: null, governed: null },
  };
  let isInfinitive = false;
  for (let k = at - 1; k >= clause.from; k--) {
    const text = tokens[k]?.text ?? '';
    if (isSubject(tokens, k, clause)) break;
    const isGoverned = isInfinitive && group.governed === null && text !== 'not';
    if (isGoverned) govern(lists, group, text);
    else if (!takesHelper(lists, tokens, k, clause, group)) break;
    if (text === 'to') isInfinitive = true;
    group.from = k;
  }
  if (isInfinitive && group.governed === null) group.governed = 'planned';
  return group;
}

/** "Both are available", "No one can": a subject, and no adverb. */
function isSubject(tokens: readonly Token[], at: number, { from }: ClauseSpan): boolean {
  const text = tokens[at]?.text;
  return (text === 'both' && at === from) || (text === 'one' && tokens[at - 1]?.text === 'no');
}

function govern(lists: WordLists, group: VerbGroup, text: string): void {
  group.governed = GOVERNORS.find(([name]) => lists[name].test(text))?.[1] ?? 'planned';
  if (group.governed === 'failed') group.isNegated = true;
  if (BE.has(text)) group.hasBe = true;
}

/** Notes what a word left of a verb does to it; false where the helpers end. */
function takesHelper(
  lists: WordLists,
  tokens: readonly Token[],
  at: number,
  clause: ClauseSpan,
  group: VerbGroup,
): boolean {
  const token = tokens[at];
  if (token?.sort !== 'word') return false;
  const { text } = token;
  if (text === "'s" && isPossessive(tokens, at, clause)) return false;
  if (BE.has(text)) {
    group.hasBe = true;
    group.isPast = text === 'was' || text === 'were';
  } else if (HAVE.has(text)) group.hasHave = true;
  else if (DO.has(text)) group.hasDo = true;
  else if (MODALS.has(text)) group.modal = text;
  else if (NEGATORS.has(text)) negate(group, tokens[at + 1]?.text ?? '');
  else return isLightWord(lists, tokens, at, group);
  return true;
}

/** Behind a name "'s" is a possessive as often as an "is". */
function isPossessive(tokens: readonly Token[], at: number, { from }: ClauseSpan): boolean {
  const isBehindName = at > from && tokens[at - 1]?.sort === 'name';
  return isBehindName && !/ed$|out$|ing$/.test(tokens[at + 1]?.text ?? '');
}

function negate(group: VerbGroup, next: string): void {
  if (!/^(?:only|just|merely|simply)$/.test(next)) group.isNegated = !group.isNegated;
}

function isLightWord(
  lists: WordLists,
  tokens: readonly Token[],
  at: number,
  group: VerbGroup,
): boolean {
  const text = tokens[at]?.text ?? '';
  if (text === 'longer') return tokens[at - 1]?.text === 'no';
  if (text === 'no') {
    const isNoLonger = tokens[at + 1]?.text === 'longer';
    if (isNoLonger) group.isNegated = true;
    return isNoLonger;
  }
  return text === 'to' || isAdverb(text) || lists['verb-group.beginning'].test(text);
}
