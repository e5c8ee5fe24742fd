import type { WordLists } from '../cues/word-lists.ts';
import type { TextAnalysis } from '../document/document.ts';
import type { ClauseSpan } from '../syntax/clauses.ts';
import type { ParsedSentence } from '../syntax/parsed-sentence.ts';
import { type VerbGroup, verbGroupAt } from '../syntax/verb-group.ts';
import type { Candidate, Frame } from './frame.ts';
import { wordAt } from './noun-phrases.ts';
import type { PredicateIndex, Wording } from './predicates.ts';
import { stateFrame } from './state-frames.ts';
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
      const wordings = index.get(wordAt(parsed.tokens, at));
      const found = wordings === undefined ? [] : waysAt(analysis, parsed, clause, at, wordings);
      if (found[0] === undefined) continue;
      frames.push(found);
      reached = Math.max(at + 1, found[0].to);
      at = reached - 1;
    }
  }
  return frames;
}

/** The ways in which the words at a place are a predicate. */
function waysAt(
  analysis: TextAnalysis,
  parsed: ParsedSentence,
  clause: ClauseSpan,
  at: number,
  wordings: readonly Wording[],
): readonly Frame[] {
  const groupTo = groupsAt(analysis, parsed, clause, at);
  const found: Frame[] = [];
  for (const wording of wordings) {
    if (!mayStand(parsed, wording)) continue;
    const frame = frameOf(analysis.lists, { analysis, parsed, clause, at, groupTo, wording });
    if (frame !== null) found.push(frame);
  }
  return found;
}

function groupsAt(
  { lists }: TextAnalysis,
  { tokens }: ParsedSentence,
  clause: ClauseSpan,
  at: number,
): Candidate['groupTo'] {
  let known: VerbGroup | null = null;
  return (to) => {
    known ??= verbGroupAt(lists, tokens, clause, at);
    return { ...known, to };
  };
}

/** Whether the sentence has the words behind the first: "in" opens fifty wordings, and few sentences have one. */
function mayStand({ words }: ParsedSentence, { rest }: Wording): boolean {
  return rest.every((word) => words.has(word));
}

function frameOf(lists: WordLists, candidate: Candidate): Frame | null {
  const { forms } = candidate.wording;
  return forms === null ? stateFrame(lists, candidate) : verbFrame(lists, candidate, forms);
}
