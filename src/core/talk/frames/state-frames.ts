import type { WordListName } from '../../../domain/word-lists.ts';
import type { WordLists } from '../cues/word-lists.ts';
import type { Token } from '../syntax/tokens.ts';
import type { VerbGroup } from '../syntax/verb-group.ts';
import { type Candidate, endOf, type Frame } from './frame.ts';
import { type Filler, nameAt, namesStartingAt, wordAt } from './noun-phrases.ts';
import { subjectBefore, subjectOf } from './subjects.ts';

/** States that stand behind a name without a verb: always, and in a headline. */
const REDUCED = /^(?:available|unreleased|unavailable|limited|confined|restricted|now)$/;
const REDUCED_IN_HEADLINE = /^(?:out|live|available|unreleased)$/;
/** A fragment is shorter than this, in tokens. */
const SHORT = 14;

/** "GPT-5.5 is out", "GPT-5.5, now available", "Still not available in the API": a state of a model. */
export function stateFrame(
  lists: WordLists,
  { parsed, clause, at, wording, groupTo }: Candidate,
): Frame | null {
  const { tokens } = parsed;
  const to = endOf(tokens, at + 1, wording.rest, clause.to);
  if (to === null || !isWholeState(lists, tokens, at, to)) return null;
  const group = groupTo(to);
  const end = to;
  function said(model: Filler | null, use: Frame['use'] = 'state'): Frame | null {
    if (model === null) return null;
    const { entry } = wording;
    return { entry, use, form: 'state', at, to: end, clause, group, model, agent: 'unknown' };
  }
  const before = wordAt(tokens, group.from - 1);
  if (group.hasBe || isReduced(lists, tokens, at, group)) {
    const model = subjectBefore(parsed, clause, group.from);
    return said(model ?? (before === ',' ? subjectOf(parsed, clause) : null));
  }
  if (lists['state-frames.becoming'].test(before))
    return said(subjectBefore(parsed, clause, group.from - 1));
  const isFragment = clause.from === 0 && group.from === 0 && tokens.length - to < SHORT;
  if (isFragment && !lists['state-frames.bound'].test(wordAt(tokens, at)))
    return said({ kind: 'ellipsis' });
  return said(unreleased(lists, tokens, at, to, clause.to), 'modifier');
}

const DATING = /^(?:since|as|from|for|on|in)$/;

function isReduced(
  lists: WordLists,
  tokens: readonly Token[],
  at: number,
  { from }: VerbGroup,
): boolean {
  // "GPT-5.5, out since April", "with GPT-5.5 live, …"
  const isDated = wordAt(tokens, from - 1) === ',' && DATING.test(wordAt(tokens, at + 1));
  const isWith =
    nameAt(tokens, from - 1) !== null && /^(?:with|having)$/.test(wordAt(tokens, from - 2));
  if ((isDated || isWith) && REDUCED_IN_HEADLINE.test(wordAt(tokens, at))) return true;
  const isBehindName = nameAt(tokens, from - 1) !== null || wordAt(tokens, from - 1) === ',';
  const isHeadline =
    tokens.length < SHORT &&
    !tokens.some(({ text }) => lists['state-frames.headline-verb'].test(text));
  const states = isHeadline ? REDUCED_IN_HEADLINE : REDUCED;
  return isBehindName && states.test(wordAt(tokens, at));
}

/** "the unreleased GPT-6" */
function unreleased(
  lists: WordLists,
  tokens: readonly Token[],
  at: number,
  to: number,
  end: number,
): Filler | null {
  if (!/^(?:unreleased|unannounced)$/.test(wordAt(tokens, at))) return null;
  const { mentions } = namesStartingAt(lists, tokens, to, end);
  return mentions.length === 0 ? null : { kind: 'named', mentions, isNegated: false };
}

const NOT_BEHIND: Readonly<Record<string, WordListName>> = {
  public: 'state-frames.behind-public',
  live: 'state-frames.behind-live',
  here: 'state-frames.behind-here',
  available: 'state-frames.behind-available',
  default: 'state-frames.behind-default',
};

/** "out of", "here to", "public image": a state that is another word's beginning. */
function isWholeState(lists: WordLists, tokens: readonly Token[], at: number, to: number): boolean {
  const text = wordAt(tokens, at);
  const next = wordAt(tokens, to);
  if (text === 'out' && next === 'of') {
    return /^(?:beta|preview|testing|the)$/.test(wordAt(tokens, to + 1));
  }
  if (text === 'free') {
    return lists['state-frames.is-whole-state'].test(next);
  }
  const behind = NOT_BEHIND[text];
  return behind === undefined || !lists[behind].test(next);
}
