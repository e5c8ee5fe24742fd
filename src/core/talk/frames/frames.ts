import type { Scene } from '../document/document.ts';
import type { Candidate, Frame } from './frame.ts';
import { type ParsedSentence, wordAt } from './noun-phrases.ts';
import type { PredicateIndex } from './predicates.ts';
import { stateFrame } from './state-frames.ts';
import { verbFrame } from './verb-frames.ts';

/** Every predicate of a sentence that has a model, or a word for one, in its place; each with the ways it can be taken. */
export function framesIn(
  scene: Scene,
  parsed: ParsedSentence,
  index: PredicateIndex,
): readonly (readonly Frame[])[] {
  const frames: (readonly Frame[])[] = [];
  let reached = 0;
  for (const clause of parsed.clauses) {
    for (let at = Math.max(reached, clause.from); at < clause.to; at++) {
      if (parsed.tokens[at]?.sort !== 'word') continue;
      const wordings = index.get(wordAt(parsed.tokens, at)) ?? [];
      const found = wordings.flatMap((wording) => frameOf({ scene, parsed, clause, at, wording }));
      if (found[0] === undefined) continue;
      frames.push(found);
      reached = Math.max(at + 1, found[0].to);
      at = reached - 1;
    }
  }
  return frames;
}

function frameOf(candidate: Candidate): readonly Frame[] {
  const { forms } = candidate.wording;
  const frame = forms === null ? stateFrame(candidate) : verbFrame(candidate, forms);
  return frame === null ? [] : [frame];
}
