import type { Polarity } from '../../../domain/evidence.ts';
import type { WordLists } from '../cues/word-lists.ts';
import type { ClauseSpan } from '../syntax/clauses.ts';
import type { ParsedSentence } from '../syntax/parsed-sentence.ts';
import type { Token } from '../syntax/tokens.ts';
import { CONDITIONS, MOMENTS } from '../syntax/word-classes.ts';
import type { Frame } from './frame.ts';
import { nameAt, wordAt } from './noun-phrases.ts';
import { rejectionOf } from './rejections.ts';

/** Kinds that are told ahead of their day: an announced end is one. */
const TOLD_AHEAD = /^(?:retire|deprecate)$/;
/** What "can" or "may" says of people is so: what can be reached is there, what can be retired is not gone. */
const ENABLED = /^(?:access|release|document)$/;

/** Whether a frame is said to hold, said not to hold, or not said at all: asked, supposed, planned, advised. */
export function assertedBy(parsed: ParsedSentence, frame: Frame): Polarity | null {
  const isNegated = negationOf(parsed.tokens, frame);
  const rejectedBy = rejectionOf(parsed, frame);
  if (rejectedBy !== null) {
    return rejectedBy === 'maker' && !isNegated && isOfToday(frame) ? 'deny' : null;
  }
  if (isLeftOpen(parsed, frame)) return null;
  const { group, entry } = frame;
  if (group.governed === 'planned') {
    const isPlanned = TOLD_AHEAD.test(entry.says) && !isNegated && !hasNoPlan(parsed, frame);
    return isPlanned ? 'support' : null;
  }
  if (group.modal !== null) return underModal(parsed, frame, group.modal, isNegated);
  return isNegated ? 'deny' : 'support';
}

/** What its maker denies is denied as far as it is told of as a fact, and not as a plan. */
function isOfToday({ entry, group }: Frame): boolean {
  return entry.says !== 'absence' && group.modal === null && group.governed !== 'planned';
}

/** Whether a frame is only supposed, doubted or imagined. */
export function isLeftOpen(parsed: ParsedSentence, frame: Frame): boolean {
  return isSupposed(parsed, frame) || isImagined(parsed.lists, parsed.tokens, frame);
}

/** "has no plans to retire" */
export function hasNoPlan({ tokens }: ParsedSentence, { group }: Frame): boolean {
  return tokens
    .slice(Math.max(0, group.from - 4), group.from)
    .some(({ text }) => /^(?:no|not|never|without|denied)$/.test(text));
}

function underModal(
  parsed: ParsedSentence,
  frame: Frame,
  modal: string,
  isNegated: boolean,
): Polarity | null {
  const { says } = frame.entry;
  const plain: Polarity = isNegated ? 'deny' : 'support';
  switch (modal) {
    case 'can':
      return ENABLED.test(says) ? plain : null;
    case 'may':
      if (says === 'access' && frame.agent === 'people') return plain;
      return isAlready(parsed, frame, isNegated) ? 'support' : null;
    case 'might':
    case 'could':
      return isAlready(parsed, frame, isNegated) ? 'support' : null;
    case 'will':
    case 'would':
      return ahead(parsed, frame, modal, isNegated);
    default:
      return null;
  }
}

/** "may have launched", "could already be live": a guess at what is. */
function isAlready({ tokens }: ParsedSentence, frame: Frame, isNegated: boolean): boolean {
  const { group, clause, entry } = frame;
  if (isNegated || TOLD_AHEAD.test(entry.says)) return false;
  const words = tokens.slice(clause.from, clause.to);
  return group.hasHave || words.some(({ text }) => /^(?:already|currently)$/.test(text));
}

/** What will be is not yet, save an end that is announced; what will not be is denied, as far as no "until" follows. */
function ahead(
  { tokens }: ParsedSentence,
  { entry }: Frame,
  modal: string,
  isNegated: boolean,
): Polarity | null {
  if (TOLD_AHEAD.test(entry.says)) return isNegated ? null : 'support';
  if (!isNegated && isFromToday(tokens)) return 'support';
  const isOpen = tokens.some(({ text }) => /^(?:until|till|unless|before|if)$/.test(text));
  const isOfRelease = entry.says === 'release' || (entry.says === 'access' && modal === 'will');
  return isNegated && isOfRelease && !isOpen ? 'deny' : null;
}

/** "will see it starting today": what begins today is. */
function isFromToday(tokens: readonly Token[]): boolean {
  return tokens.some(
    ({ text }, k) =>
      /^(?:starting|beginning|from|effective|of)$/.test(text) &&
      /^(?:today|now|immediately)$/.test(wordAt(tokens, k + 1)),
  );
}

function negationOf(tokens: readonly Token[], { group, model, clause, at }: Frame): boolean {
  const isOwn = model.kind !== 'ellipsis' && model.isNegated;
  const isAnswer = /^[.,!]$/.test(wordAt(tokens, clause.from + 1));
  const opensWithNone =
    clause.from < at && /^(?:no|nobody|none|nothing|neither)$/.test(wordAt(tokens, clause.from));
  const isOfSubject = isOwn || (opensWithNone && !isAnswer);
  const isWithout = wordAt(tokens, at - 1) === 'without' || wordAt(tokens, at - 2) === 'without';
  return isWithout || group.isNegated !== isOfSubject;
}

/** How many clauses out a condition is looked for. */
const DEEPEST = 6;

/** Under a condition, at a moment that has not come, or hung on a doubt. */
function isSupposed(parsed: ParsedSentence, frame: Frame): boolean {
  const { clauses } = parsed;
  let clause: ClauseSpan | undefined = frame.clause;
  for (let depth = 0; clause !== undefined && depth < DEEPEST; depth++) {
    if (isOpenClause(parsed, clause, frame)) return true;
    if (clause.kind !== 'coordinated' && clause.kind !== 'complement') break;
    clause = clause.before === null ? undefined : clauses[clause.before];
  }
  return clauses.some(
    ({ opener, from }) =>
      (/^(?:if|unless|assuming)$/.test(opener ?? '') && from <= 1) ||
      (opener === 'when' && wordAt(parsed.tokens, from - 1) === 'only'),
  );
}

function isOpenClause(parsed: ParsedSentence, clause: ClauseSpan, frame: Frame): boolean {
  const opener = clause.opener ?? '';
  const isLikened = opener === 'though' && wordAt(parsed.tokens, clause.from - 1) === 'as';
  if (isLikened || CONDITIONS.has(opener) || /^(?:by|how|why|assuming)$/.test(opener)) return true;
  if (MOMENTS.has(opener) && isAwaited(opener, frame)) return true;
  return clause.kind === 'complement' && isDoubted(parsed, clause);
}

/** "when it launches" has not come; "when it launched" has. */
function isAwaited(opener: string, { form, group, use }: Frame): boolean {
  if (opener === 'while' || opener === 'as' || opener === 'since') return false;
  const isPast = form === 'past' || group.isPast;
  if (opener === 'before') return !isPast;
  return use === 'state' || use === 'passive' ? !group.isPast : form !== 'past' && !group.hasHave;
}

/** "It does not mean that", "the chance that": what hangs on a doubt is not said. */
function isDoubted({ tokens, clauses, lists }: ParsedSentence, { before }: ClauseSpan): boolean {
  const outer = before === null ? undefined : clauses[before];
  if (outer === undefined) return false;
  return tokens
    .slice(outer.from, outer.to)
    .some(({ text }) => lists['asserted.doubted'].test(text));
}
const NO_GROUND = /^no (?:truth|evidence|proof|sign|indication|confirmation|guarantee)$/;

/** What is imagined, bet on or called false is not said. */
function isImagined(lists: WordLists, tokens: readonly Token[], { at, group }: Frame): boolean {
  const first = wordAt(tokens, 0);
  const isInverted = /^(?:had|should|were)$/.test(first) && group.from > 1;
  const isProposed = first === 'let' && /^(?:us|'s)$/.test(wordAt(tokens, 1));
  const isOpinion = /^(?:my|our)$/.test(first) && lists['asserted.opinion'].test(wordAt(tokens, 1));
  if (isInverted || isProposed || isOpinion) return true;
  if (/^(?:do|don)$/.test(first) && wordAt(tokens, 1) === 'not') return true;
  return tokens.some(({ text }, k) => {
    const next = wordAt(tokens, k + 1);
    if (lists['asserted.refuted'].test(text))
      return next === 'news' || isPredicated(lists, tokens, k);
    if (k >= at) return false;
    const isDisowned = /^(?:not|never)$/.test(text) && lists['asserted.saying'].test(next);
    const opensClause = nameAt(tokens, k + 1) !== null || SUBJECT.test(next);
    const isAwaitedDay = text === 'day' && wordAt(tokens, k - 1) === 'the' && opensClause;
    const isOfAnyone =
      /^(?:anyone|anybody|whoever|those)$/.test(text) && /^(?:who|tells|says|claims)$/.test(next);
    const isLoose = isOfAnyone && TELLING.test(wordAt(tokens, next === 'who' ? k + 2 : k + 1));
    if (isLoose) return true;
    return (
      lists['asserted.imagined'].test(text) ||
      NO_GROUND.test(`${text} ${next}`) ||
      isDisowned ||
      isAwaitedDay
    );
  });
}

const TELLING = /^(?:tell|tells|telling|says?|claims?|claiming|promises?)$/;
const SUBJECT = /^(?:@family|it|the|@maker|[a-z]*\d)/;

/** "is false", "turned out to be a hoax" */
function isPredicated(lists: WordLists, tokens: readonly Token[], at: number): boolean {
  const ahead = tokens.slice(Math.max(0, at - 3), at);
  return ahead.some(({ text }) => lists['asserted.is-predicated'].test(text));
}
