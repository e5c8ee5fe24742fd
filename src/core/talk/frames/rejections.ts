import type { ClauseSpan } from '../syntax/clauses.ts';
import type { ParsedSentence } from '../syntax/parsed-sentence.ts';
import type { Frame } from './frame.ts';
import { wordAt } from './noun-phrases.ts';

/** How many words a rejected report may take: "the latest claims". */
const LONGEST_REPORT = 4;

/**
 * Who rejects what a frame says: "OpenAI denied that GPT-5.5 is out", "denies reports that", "denied releasing". Null
 * where nobody does.
 */
export function rejectionOf(parsed: ParsedSentence, frame: Frame): 'maker' | 'other' | null {
  const at = rejectingVerb(parsed, frame);
  if (at === null) return null;
  const { tokens, lists } = parsed;
  const isTakenBack = tokens
    .slice(Math.max(0, at - 3), at)
    .some(({ text }) => /^(?:not|never)$/.test(text));
  const isByMaker = tokens
    .slice(Math.max(0, at - 6), at)
    .some(({ text }) => lists['rejections.maker'].test(text));
  return isByMaker && !isTakenBack ? 'maker' : 'other';
}

/** The verb that rejects: in front of the "that" a clause hangs on, else in the clause itself. */
function rejectingVerb({ tokens, lists }: ParsedSentence, frame: Frame): number | null {
  const { clause, group } = frame;
  const that = clause.from - 1;
  const isHung = wordAt(tokens, that) === 'that' && isDependent(clause);
  const from = isHung ? that : group.from;
  const to = isHung ? Math.max(0, that - LONGEST_REPORT - 1) : clause.from;
  for (let at = from - 1; at >= to; at--) {
    const text = wordAt(tokens, at);
    if (lists['rejections.verb'].test(text)) return at;
    const isPassed = isHung ? lists['rejections.report'].test(text) : text !== ',';
    if (!isPassed) return null;
  }
  return null;
}

function isDependent({ kind }: ClauseSpan): boolean {
  return kind === 'complement' || kind === 'relative';
}
