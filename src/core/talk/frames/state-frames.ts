import type { Token } from '../syntax/tokens.ts';
import { type VerbGroup, verbGroupAt } from '../syntax/verb-group.ts';
import { type Candidate, endOf, type Frame } from './frame.ts';
import { type Filler, nameAt, namesStartingAt, wordAt } from './noun-phrases.ts';
import { subjectBefore, subjectOf } from './subjects.ts';

const BECOMING = /^(?:becom(?:es?|ing)|became|stay(?:s|ed)?|remain(?:s|ed)?|go(?:es|ing)?|went)$/;
/** States that stand behind a name without a verb: always, and in a headline. */
const REDUCED = /^(?:available|unreleased|unavailable|limited|confined|restricted|now)$/;
const REDUCED_IN_HEADLINE = /^(?:out|live|available|unreleased)$/;
const HEADLINE_VERB = /^(?:is|are|was|were|has|have|had|will|can|'s)$/;
/** A fragment is shorter than this, in tokens. */
const SHORT = 14;
/** States that say nothing without their verb. */
const BOUND = /^(?:here|there|up|default|free|open|public|usable|in|on|via|through|inside)$/;

/** "GPT-5.5 is out", "GPT-5.5, now available", "Still not available in the API": a state of a model. */
export function stateFrame({ parsed, clause, at, wording }: Candidate): Frame | null {
  const { tokens } = parsed;
  const to = endOf(tokens, at + 1, wording.rest, clause.to);
  if (to === null || !isWholeState(tokens, at, to)) return null;
  const group = verbGroupAt(tokens, clause, at, to);
  const end = to;
  function said(model: Filler | null, use: Frame['use'] = 'state'): Frame | null {
    if (model === null) return null;
    const { entry } = wording;
    return { entry, use, form: 'state', at, to: end, clause, group, model, agent: 'unknown' };
  }
  const before = wordAt(tokens, group.from - 1);
  if (group.hasBe || isReduced(tokens, at, group)) {
    const model = subjectBefore(parsed, clause, group.from);
    return said(model ?? (before === ',' ? subjectOf(parsed, clause) : null));
  }
  if (BECOMING.test(before)) return said(subjectBefore(parsed, clause, group.from - 1));
  const isFragment = clause.from === 0 && group.from === 0 && tokens.length - to < SHORT;
  if (isFragment && !BOUND.test(wordAt(tokens, at))) return said({ kind: 'ellipsis' });
  return said(unreleased(tokens, at, to, clause.to), 'modifier');
}

function isReduced(tokens: readonly Token[], at: number, { from }: VerbGroup): boolean {
  const isBehindName = nameAt(tokens, from - 1) !== null || wordAt(tokens, from - 1) === ',';
  const isHeadline = tokens.length < SHORT && !tokens.some(({ text }) => HEADLINE_VERB.test(text));
  const states = isHeadline ? REDUCED_IN_HEADLINE : REDUCED;
  return isBehindName && states.test(wordAt(tokens, at));
}

/** "the unreleased GPT-6" */
function unreleased(tokens: readonly Token[], at: number, to: number, end: number): Filler | null {
  if (!/^(?:unreleased|unannounced)$/.test(wordAt(tokens, at))) return null;
  const { mentions } = namesStartingAt(tokens, to, end);
  return mentions.length === 0 ? null : { kind: 'named', mentions, isNegated: false };
}

const NOT_BEHIND: Readonly<Record<string, RegExp>> = {
  public: /^(?:image|benchmark|board|api|figure|data|web|demo|search|stream|video|record|pages?)/,
  live: /^(?:stream|demo|video|event|search|blog)/,
  here: /^to$/,
  available: /^(?:memory|evidence|data|information|options?|models?)$/,
  default: /^(?:version|setting|value)$/,
};

/** "out of", "here to", "public image": a state that is another word's beginning. */
function isWholeState(tokens: readonly Token[], at: number, to: number): boolean {
  const text = wordAt(tokens, at);
  const next = wordAt(tokens, to);
  if (text === 'out' && next === 'of') {
    return /^(?:beta|preview|testing|the)$/.test(wordAt(tokens, to + 1));
  }
  if (text === 'free') {
    return /^(?:all|every|everyone|everybody|users?|the|anyone|now|chatgpt|free|in)$/.test(next);
  }
  return !(NOT_BEHIND[text]?.test(next) ?? false);
}
