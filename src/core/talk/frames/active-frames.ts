import type { TextAnalysis } from '../document/document.ts';
import type { ParsedSentence } from '../syntax/parsed-sentence.ts';
import type { Token } from '../syntax/tokens.ts';
import { DETERMINERS, isAdverb, isFiniteHelper } from '../syntax/word-classes.ts';
import { type Agent, agentBefore } from './agents.ts';
import { type Frame, isGap, type VerbBase } from './frame.ts';
import { namesEndingAt, naming, wordAt } from './noun-phrases.ts';
import type { ObjectFiller } from './objects.ts';
import { renamedBy } from './subjects.ts';

/** "OpenAI released GPT-5.5", "the newly released GPT-5.5", "Introducing GPT-5.5": the model stands behind the verb. */
export function activeFrame(
  analysis: TextAnalysis,
  parsed: ParsedSentence,
  base: VerbBase,
  { isHead, ...model }: ObjectFiller,
  to: number,
): Frame | null {
  const { tokens } = parsed;
  const { entry, form, at, clause, group } = base;
  if (isPrenominal(tokens, base)) return { ...base, use: 'modifier', to, model, agent: 'unknown' };
  if (!isHead) return null;
  const agent = agentBefore(analysis, parsed, clause, group.from);
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
function isPrenominal(tokens: readonly Token[], { form, at, group }: VerbBase): boolean {
  if (!/^(?:past|participle)$/.test(form) || group.hasBe || group.hasHave) return false;
  if (group.from < at - 2) return false;
  const before = wordAt(tokens, group.from - 1);
  const isLed = before === "'s" || DETERMINERS.has(before);
  return isLed || (group.from === 0 && at > 0 && isAdverb(wordAt(tokens, at - 1)));
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
function isOwnUse(
  { tokens, lists }: ParsedSentence,
  { clause, group, form, at }: VerbBase,
): boolean {
  const subject = wordAt(tokens, group.from - 1);
  const verb = wordAt(tokens, at);
  if (/^(?:you|one)$/.test(subject) || /^call/.test(verb)) return true;
  if (!/^(?:i|we)$/.test(subject) || /^(?:got|get|have|received|had)$/.test(verb)) return false;
  const isDone = form !== 'base' && !group.isNegated;
  const words = tokens.slice(clause.from, clause.to);
  return !isDone || !words.some(({ text }) => lists['active-frames.dated'].test(text));
}

/** "GPT-5.5, which OpenAI released", "the model it released": the object stands in front. */
export function gapFrame(
  analysis: TextAnalysis,
  parsed: ParsedSentence,
  base: VerbBase,
  to: number,
): Frame | null {
  const { tokens } = parsed;
  const { entry, clause, group, form } = base;
  if (form === 'ing' || !isGap(analysis.lists, tokens, to)) return null;
  if (entry.by === 'people') return usableFrame(parsed, base, to);
  if (entry.by !== 'maker' || !MAKER.test(wordAt(tokens, group.from - 1))) return null;
  const at = headBefore(tokens, group.from - 2);
  if (at < 0 || at < clause.from - 2 || tokens[at]?.sort === 'sign') return null;
  const renamed = renamedBy(tokens, modelNounFrom(tokens, at));
  const names = namesEndingAt(tokens, at, 0);
  const model = names.length > 0 ? naming(...names) : renamed;
  if (model === null) return null;
  const agent = agentBefore(analysis, parsed, clause, group.from);
  return { ...base, use: 'active', to, model, agent: agent === 'other' ? 'maker' : agent };
}

/** How far behind its noun a relative clause begins, in tokens. */
const NOUN_REACH = 7;
const MAKER = /^(?:it|they|he|@maker|company|lab)$/;

/** The noun a relative clause hangs on, without its article, "which" and comma. */
function headBefore(tokens: readonly Token[], from: number): number {
  let at = from;
  for (const word of [/^the$/, /^(?:which|that)$/, /^,$/]) if (word.test(wordAt(tokens, at))) at--;
  return at;
}

/** "the image model with reasoning that it released": the noun in front of what a preposition adds. */
function modelNounFrom(tokens: readonly Token[], at: number): number {
  for (let k = at; k > Math.max(0, at - NOUN_REACH); k--) {
    if (/^(?:model|generator|system)$/.test(wordAt(tokens, k))) return k;
    if (isFiniteHelper(wordAt(tokens, k)) || tokens[k]?.sort === 'sign') break;
  }
  return at;
}

/** "GPT-5.4 is the model you can use today" */
function usableFrame({ tokens }: ParsedSentence, base: VerbBase, to: number): Frame | null {
  const { group } = base;
  const people = /^(?:you|users|developers|people|everyone|anyone)$/;
  if (group.modal !== 'can' || !people.test(wordAt(tokens, group.from - 1))) return null;
  const at = wordAt(tokens, group.from - 2) === 'that' ? group.from - 3 : group.from - 2;
  const model = renamedBy(tokens, at);
  return model === null ? null : { ...base, use: 'active', to, model, agent: 'people' };
}
