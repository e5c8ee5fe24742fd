import type { Polarity } from '../../../domain/evidence.ts';
import type { ClauseSpan, ParsedSentence } from '../syntax/clauses.ts';
import { CONDITIONS, MOMENTS } from '../syntax/word-classes.ts';
import type { Frame } from './frame.ts';

/** Kinds that are told ahead of their day: an announced end is one. */
const TOLD_AHEAD = /^(?:retire|deprecate)$/;
/** What "can" or "may" says of people is so: what can be reached is there, what can be retired is not gone. */
const ENABLED = /^(?:access|release|document)$/;

/** Whether a frame is said to hold, said not to hold, or not said at all: asked, supposed, planned, advised. */
export function assertedBy(parsed: ParsedSentence, frame: Frame): Polarity | null {
  const { group, entry } = frame;
  const isNegated = negationOf(parsed, frame);
  const rejectedBy = rejectionOf(parsed, frame);
  if (rejectedBy !== null) {
    // What its maker denies is denied as far as it is told of as a fact, and not as a plan.
    const isFact = entry.says !== 'absence' && group.modal === null && group.governed !== 'planned';
    return rejectedBy === 'maker' && !isNegated && isFact ? 'deny' : null;
  }
  if (isLeftOpen(parsed, frame)) return null;
  if (group.governed === 'planned') {
    const isPlanned = TOLD_AHEAD.test(entry.says) && !isNegated && !hasNoPlan(parsed, frame);
    return isPlanned ? 'support' : null;
  }
  if (group.modal !== null) return underModal(parsed, frame, group.modal, isNegated);
  return isNegated ? 'deny' : 'support';
}

/** Whether a frame is only supposed, doubted or imagined. */
export function isLeftOpen(parsed: ParsedSentence, frame: Frame): boolean {
  return isSupposed(parsed, frame) || isImagined(parsed, frame);
}

/** "has no plans to retire" */
export function hasNoPlan(parsed: ParsedSentence, { group }: Frame): boolean {
  return parsed.tokens
    .slice(Math.max(0, group.from - 4), group.from)
    .some(({ text }) => /^(?:no|not|never|without|denied)$/.test(text));
}

/** What a frame under "can", "may" or "will" says. */
function underModal(
  parsed: ParsedSentence,
  { entry, agent }: Frame,
  modal: string,
  isNegated: boolean,
): Polarity | null {
  const { says } = entry;
  const plain = isNegated ? 'deny' : 'support';
  const isEnabled = modal === 'can' ? ENABLED.test(says) : says === 'access' && agent === 'people';
  if (modal === 'can' || modal === 'may') return isEnabled ? plain : null;
  if (!/^(?:will|would)$/.test(modal)) return null;
  // What will be is not yet, save an end that is announced.
  if (TOLD_AHEAD.test(says)) return isNegated ? null : 'support';
  const isOfRelease = says === 'release' || (says === 'access' && modal === 'will');
  return isNegated ? deniedAhead(parsed, isOfRelease) : begunToday(parsed);
}

/** What will not be is denied, as far as no "until June" follows. */
function deniedAhead({ tokens }: ParsedSentence, isOfRelease: boolean): Polarity | null {
  const isOpen = tokens.some(({ text }) => /^(?:until|till|unless|before|if)$/.test(text));
  return isOfRelease && !isOpen ? 'deny' : null;
}

/** "will see it starting today": what begins today is. */
function begunToday(parsed: ParsedSentence): Polarity | null {
  const begins = parsed.tokens.some(
    ({ text }, k) =>
      /^(?:starting|beginning|from|effective|of)$/.test(text) &&
      /^(?:today|now|immediately)$/.test(parsed.word(k + 1)),
  );
  return begins ? 'support' : null;
}

function negationOf(parsed: ParsedSentence, { group, model, clause, at }: Frame): boolean {
  const isOwn = model.kind !== 'ellipsis' && model.isNegated;
  const isAnswer = /^[.,!]$/.test(parsed.word(clause.from + 1));
  const opensWithNone =
    clause.from < at && /^(?:no|nobody|none|nothing|neither)$/.test(parsed.word(clause.from));
  const isOfSubject = isOwn || (opensWithNone && !isAnswer);
  const isWithout = parsed.word(at - 1) === 'without' || parsed.word(at - 2) === 'without';
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
      (opener === 'when' && parsed.word(from - 1) === 'only'),
  );
}

function isOpenClause(parsed: ParsedSentence, clause: ClauseSpan, frame: Frame): boolean {
  const opener = clause.opener ?? '';
  const isLikened = opener === 'though' && parsed.word(clause.from - 1) === 'as';
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
function isDoubted(parsed: ParsedSentence, { before }: ClauseSpan): boolean {
  const { clauses } = parsed;
  const outer = before === null ? undefined : clauses[before];
  if (outer === undefined) return false;
  return parsed.tokens
    .slice(outer.from, outer.to)
    .some(({ text }) => parsed.lists['asserted.doubted'].test(text));
}
const NO_GROUND = /^no (?:truth|evidence|proof|sign|indication|confirmation|guarantee)$/;

/** What is imagined, bet on or called false is not said. */
function isImagined(parsed: ParsedSentence, { at, group }: Frame): boolean {
  const first = parsed.word(0);
  const isInverted = /^(?:had|should|were)$/.test(first) && group.from > 1;
  const isProposed = first === 'let' && /^(?:us|'s)$/.test(parsed.word(1));
  const isOpinion = /^(?:my|our)$/.test(first) && parsed.is('asserted.opinion', 1);
  if (isInverted || isProposed || isOpinion) return true;
  if (/^(?:do|don)$/.test(first) && parsed.word(1) === 'not') return true;
  return parsed.tokens.some(({ text }, k) => {
    const next = parsed.word(k + 1);
    if (parsed.lists['asserted.refuted'].test(text))
      return next === 'news' || isPredicated(parsed, k);
    if (k >= at) return false;
    const isDisowned = /^(?:not|never)$/.test(text) && parsed.lists['asserted.saying'].test(next);
    const opensClause = parsed.name(k + 1) !== null || SUBJECT.test(next);
    const isAwaitedDay = text === 'day' && parsed.word(k - 1) === 'the' && opensClause;
    const isOfAnyone =
      /^(?:anyone|anybody|whoever|those)$/.test(text) && /^(?:who|tells|says|claims)$/.test(next);
    const isLoose = isOfAnyone && TELLING.test(parsed.word(next === 'who' ? k + 2 : k + 1));
    if (isLoose) return true;
    return (
      parsed.lists['asserted.imagined'].test(text) ||
      NO_GROUND.test(`${text} ${next}`) ||
      isDisowned ||
      isAwaitedDay
    );
  });
}

const TELLING = /^(?:tell|tells|telling|says?|claims?|claiming|promises?)$/;
const SUBJECT = /^(?:@family|it|the|@maker|[a-z]*\d)/;

/** "is false", "turned out to be a hoax" */
function isPredicated(parsed: ParsedSentence, at: number): boolean {
  const ahead = parsed.tokens.slice(Math.max(0, at - 3), at);
  return ahead.some(({ text }) => parsed.lists['asserted.is-predicated'].test(text));
}

/** How many words a rejected report may take: "the latest claims". */
const LONGEST_REPORT = 4;

/**
 * Who rejects what a frame says: "OpenAI denied that GPT-5.5 is out", "denies reports that", "denied releasing". Null
 * where nobody does.
 */
function rejectionOf(parsed: ParsedSentence, frame: Frame): 'maker' | 'other' | null {
  const at = rejectingVerb(parsed, frame);
  if (at === null) return null;
  const isTakenBack = parsed.tokens
    .slice(Math.max(0, at - 3), at)
    .some(({ text }) => /^(?:not|never)$/.test(text));
  const isByMaker = parsed.tokens
    .slice(Math.max(0, at - 6), at)
    .some(({ text }) => parsed.lists['rejections.maker'].test(text));
  return isByMaker && !isTakenBack ? 'maker' : 'other';
}

/** The verb that rejects: in front of the "that" a clause hangs on, else in the clause itself. */
function rejectingVerb(parsed: ParsedSentence, frame: Frame): number | null {
  const { clause, group } = frame;
  const that = clause.from - 1;
  const isHung = parsed.word(that) === 'that';
  const from = isHung ? that : group.from;
  const to = isHung ? Math.max(0, that - LONGEST_REPORT - 1) : clause.from;
  for (let at = from - 1; at >= to; at--) {
    const text = parsed.word(at);
    if (parsed.lists['rejections.verb'].test(text)) return at;
    const isPassed = isHung ? parsed.lists['rejections.report'].test(text) : text !== ',';
    if (!isPassed) return null;
  }
  return null;
}
