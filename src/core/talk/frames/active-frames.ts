import type { ParsedSentence } from '../syntax/clauses.ts';
import { DETERMINERS, isAdverb, isFiniteHelper } from '../syntax/word-classes.ts';
import {
  type Agent,
  agentBefore,
  type Candidate,
  type Frame,
  isGap,
  type VerbBase,
} from './frame.ts';
import { namesEndingAt, naming } from './noun-phrases.ts';
import type { ObjectFiller } from './objects.ts';
import { renamedBy } from './subjects.ts';

/** "OpenAI released GPT-5.5", "the newly released GPT-5.5", "Introducing GPT-5.5": the model stands behind the verb. */
export function activeFrame(
  candidate: Candidate,
  base: VerbBase,
  { isHead, ...model }: ObjectFiller,
  to: number,
): Frame | null {
  const { parsed } = candidate;
  const { entry, form, at, clause, group } = base;
  if (isPrenominal(parsed, base)) return { ...base, use: 'modifier', to, model, agent: 'unknown' };
  if (!isHead) return null;
  const agent = agentBefore(candidate, group.from);
  if (agent === 'unknown') {
    const isTitle = form === 'ing' && at === clause.from && entry.says === 'announce';
    const isHeadline = form === 'past' && at === clause.from && entry.by === 'maker';
    return isTitle || isHeadline ? { ...base, use: 'active', to, model, agent } : null;
  }
  if (entry.by === 'people' && group.modal === null && isOwnUse(parsed, base)) return null;
  const doer = doerOf(base, agent);
  return doer === null ? null : { ...base, use: 'active', to, model, agent: doer };
}

/** A participle that stands before the name as an adjective does: "OpenAI's just-announced", "the newly released". */
function isPrenominal(parsed: ParsedSentence, { form, at, group }: VerbBase): boolean {
  if (!/^(?:past|participle)$/.test(form) || group.hasBe || group.hasHave) return false;
  if (group.from < at - 2) return false;
  const before = parsed.word(group.from - 1);
  const isLed = before === "'s" || DETERMINERS.has(before);
  return isLed || (group.from === 0 && at > 0 && isAdverb(parsed.word(at - 1)));
}

/** Who is taken to do it; null where somebody else does than who must. */
function doerOf({ entry }: VerbBase, agent: Agent): Agent | null {
  if (entry.says === 'access' && entry.by !== 'maker') {
    return agent === 'people' || agent === 'place' || agent === entry.by ? agent : null;
  }
  if (agent === 'place' && entry.by === 'maker' && /^(?:release|retire)$/.test(entry.says))
    return 'maker';
  if (agent === 'channel' && entry.says === 'announce') return agent;
  return agent === entry.by || (entry.by === 'channel' && agent === 'maker') ? agent : null;
}

/**
 * "you use", "I tried", "they call it": what a reader does, or the writer did, is not yet said of everybody. "I have used
 * it since Monday" is.
 */
function isOwnUse(parsed: ParsedSentence, { clause, group, form, at }: VerbBase): boolean {
  const subject = parsed.word(group.from - 1);
  const verb = parsed.word(at);
  if (/^(?:you|one)$/.test(subject) || /^call/.test(verb)) return true;
  if (!/^(?:i|we)$/.test(subject) || /^(?:got|get|have|received|had)$/.test(verb)) return false;
  const isDone = form !== 'base' && !group.isNegated;
  const words = parsed.tokens.slice(clause.from, clause.to);
  return !isDone || !words.some(({ text }) => parsed.lists['active-frames.dated'].test(text));
}

/** "GPT-5.5, which OpenAI released", "the model it released": the object stands in front. */
export function gapFrame(candidate: Candidate, base: VerbBase, to: number): Frame | null {
  const { parsed } = candidate;
  const { entry, clause, group, form } = base;
  if (form === 'ing' || !isGap(parsed, to)) return null;
  if (entry.by === 'people') return usableFrame(parsed, base, to);
  if (entry.by !== 'maker' || !MAKER.test(parsed.word(group.from - 1))) return null;
  const at = headBefore(parsed, group.from - 2);
  if (at < 0 || at < clause.from - 2 || parsed.tokens[at]?.sort === 'sign') return null;
  const renamed = renamedBy(parsed, modelNounFrom(parsed, at));
  const names = namesEndingAt(parsed, at, 0);
  const model = names.length > 0 ? naming(...names) : renamed;
  if (model === null) return null;
  const agent = agentBefore(candidate, group.from);
  return { ...base, use: 'active', to, model, agent: agent === 'other' ? 'maker' : agent };
}

/** How far behind its noun a relative clause begins, in tokens. */
const NOUN_REACH = 7;
const MAKER = /^(?:it|they|he|@maker|company|lab)$/;

/** The noun a relative clause hangs on, without its article, "which" and comma. */
function headBefore(parsed: ParsedSentence, from: number): number {
  let at = from;
  for (const word of [/^the$/, /^(?:which|that)$/, /^,$/]) if (word.test(parsed.word(at))) at--;
  return at;
}

/** "the image model with reasoning that it released": the noun in front of what a preposition adds. */
function modelNounFrom(parsed: ParsedSentence, at: number): number {
  for (let k = at; k > Math.max(0, at - NOUN_REACH); k--) {
    if (/^(?:model|generator|system)$/.test(parsed.word(k))) return k;
    if (isFiniteHelper(parsed.word(k)) || parsed.tokens[k]?.sort === 'sign') break;
  }
  return at;
}

/** "GPT-5.4 is the model you can use today" */
function usableFrame(parsed: ParsedSentence, base: VerbBase, to: number): Frame | null {
  const { group } = base;
  const people = /^(?:you|users|developers|people|everyone|anyone)$/;
  if (group.modal !== 'can' || !people.test(parsed.word(group.from - 1))) return null;
  const at = parsed.word(group.from - 2) === 'that' ? group.from - 3 : group.from - 2;
  const model = renamedBy(parsed, at);
  return model === null ? null : { ...base, use: 'active', to, model, agent: 'people' };
}
