import type { WordListName } from '../../../domain/word-lists.ts';
import type { TextAnalysis } from '../document/document.ts';
import type { ParsedSentence } from '../syntax/clauses.ts';
import { type VerbGroup, verbGroupAt } from '../syntax/verb-group.ts';
import { type Candidate, endOf, type Frame } from './frame.ts';
import { type Filler, namesStartingAt } from './noun-phrases.ts';
import type { PredicateIndex, Wording } from './predicates.ts';
import { subjectBefore, subjectOf } from './subjects.ts';
import { verbFrame } from './verb-frames.ts';

/** Every predicate of a sentence that has a model, or a word for one, in its place; each with the ways it can be taken. */
export function framesIn(
  analysis: TextAnalysis,
  parsed: ParsedSentence,
  index: PredicateIndex,
): readonly (readonly Frame[])[] {
  const frames: (readonly Frame[])[] = [];
  let reached = 0;
  for (const clause of parsed.clauses) {
    for (let at = Math.max(reached, clause.from); at < clause.to; at++) {
      if (parsed.tokens[at]?.sort !== 'word') continue;
      const wordings = index.get(parsed.word(at)) ?? NONE;
      const found = waysAt({ analysis, parsed, clause, at }, wordings);
      if (found[0] === undefined) continue;
      frames.push(found);
      reached = Math.max(at + 1, found[0].to);
      at = reached - 1;
    }
  }
  return frames;
}

const NONE: readonly Wording[] = [];

/** The ways in which the words at a place are a predicate. */
function waysAt(
  place: Omit<Candidate, 'groupTo' | 'wording'>,
  wordings: readonly Wording[],
): readonly Frame[] {
  const { parsed, clause, at } = place;
  let known: VerbGroup | null = null;
  function groupTo(to: number): VerbGroup {
    known ??= verbGroupAt(parsed, clause, at);
    return { ...known, to };
  }
  return wordings.flatMap((wording) => {
    const { forms, rest } = wording;
    // "in" opens fifty wordings, and few sentences have the rest of one.
    if (!rest.every((word) => parsed.words.has(word))) return [];
    const candidate = { ...place, groupTo, wording };
    return (forms === null ? stateFrame(candidate) : verbFrame(candidate, forms)) ?? [];
  });
}

/** States that stand behind a name without a verb: always, and in a headline. */
const REDUCED = /^(?:available|unreleased|unavailable|limited|confined|restricted|now)$/;
const REDUCED_IN_HEADLINE = /^(?:out|live|available|unreleased)$/;
/** A fragment is shorter than this, in tokens. */
const SHORT = 14;

/** "GPT-5.5 is out", "GPT-5.5, now available", "Still not available in the API": a state of a model. */
function stateFrame({ parsed, clause, at, wording, groupTo }: Candidate): Frame | null {
  const to = endOf(parsed, at + 1, wording.rest, clause.to);
  if (to === null || !isWholeState(parsed, at, to)) return null;
  const group = groupTo(to);
  const end = to;
  function said(model: Filler | null, use: Frame['use'] = 'state'): Frame | null {
    if (model === null) return null;
    const { entry } = wording;
    return { entry, use, form: 'state', at, to: end, clause, group, model, agent: 'unknown' };
  }
  const before = parsed.word(group.from - 1);
  if (group.hasBe || isReduced(parsed, at, group)) {
    const model = subjectBefore(parsed, clause, group.from);
    return said(model ?? (before === ',' ? subjectOf(parsed, clause) : null));
  }
  if (parsed.is('state-frames.becoming', group.from - 1))
    return said(subjectBefore(parsed, clause, group.from - 1));
  const isFragment = clause.from === 0 && group.from === 0 && parsed.tokens.length - to < SHORT;
  if (isFragment && !parsed.is('state-frames.bound', at)) return said({ kind: 'ellipsis' });
  return said(unreleased(parsed, at, to, clause.to), 'modifier');
}

const DATING = /^(?:since|as|from|for|on|in)$/;

function isReduced(parsed: ParsedSentence, at: number, { from }: VerbGroup): boolean {
  // "GPT-5.5, out since April", "with GPT-5.5 live, …"
  const isDated = parsed.word(from - 1) === ',' && DATING.test(parsed.word(at + 1));
  const isWith = parsed.name(from - 1) !== null && /^(?:with|having)$/.test(parsed.word(from - 2));
  if ((isDated || isWith) && REDUCED_IN_HEADLINE.test(parsed.word(at))) return true;
  const isBehindName = parsed.name(from - 1) !== null || parsed.word(from - 1) === ',';
  const isHeadline =
    parsed.tokens.length < SHORT &&
    !parsed.tokens.some(({ text }) => parsed.lists['state-frames.headline-verb'].test(text));
  const states = isHeadline ? REDUCED_IN_HEADLINE : REDUCED;
  return isBehindName && states.test(parsed.word(at));
}

/** "the unreleased GPT-6" */
function unreleased(parsed: ParsedSentence, at: number, to: number, end: number): Filler | null {
  if (!/^(?:unreleased|unannounced)$/.test(parsed.word(at))) return null;
  const { mentions } = namesStartingAt(parsed, to, end);
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
function isWholeState(parsed: ParsedSentence, at: number, to: number): boolean {
  const text = parsed.word(at);
  const next = parsed.word(to);
  if (text === 'out' && next === 'of') {
    return /^(?:beta|preview|testing|the)$/.test(parsed.word(to + 1));
  }
  if (text === 'free') {
    return parsed.is('state-frames.is-whole-state', to);
  }
  const behind = NOT_BEHIND[text];
  return behind === undefined || !parsed.is(behind, to);
}
