import type { Polarity, Statement } from '../../../domain/evidence.ts';
import type { Range } from '../../text/characters.ts';
import {
  type Argument,
  type Claimed,
  type Clause,
  type Memory,
  quoteRange,
  statementOf,
} from '../document/clause.ts';
import { isCodename, type TextAnalysis } from '../document/document.ts';
import { parsedFrom } from '../syntax/clauses.ts';
import type { Token } from '../syntax/tokens.ts';
import type { WordLists } from '../syntax/word-classes.ts';
import { claimsOf, namesPlace, placesIn } from './claims.ts';
import { argumentOf, fillersOf, topicOf } from './coreference.ts';
import { framesIn } from './frames.ts';

/** How far behind a question its answer begins, in characters: the same paragraph, or the next below a heading. */
const NEAR = 12;

/** "Has it gone live? Not yet." A question with a plain answer states what the answer says. */
export function answerStatements(
  analysis: TextAnalysis,
  question: Range,
  following: Range | undefined,
  memory: Memory,
): readonly Statement[] {
  if (following === undefined || following.start - question.end > NEAR) return [];
  const polarity = polarityOf(analysis, following);
  if (polarity === null) return [];
  const clause: Clause = { ...question, sentence: question, memory };
  const asked = fragmentAsked(analysis, clause) ?? sentenceAsked(analysis, clause, polarity);
  if (asked === null) return [];
  const quote = quoteRange(analysis, {
    start: question.start,
    end: paragraphEnd(analysis, following),
  });
  const force = analysis.cues.has(following, 'hedge') ? 'hedge' : 'assert';
  const said = { polarity, force, evidentiality: 'none', rule: 'answer', ...quote } as const;
  return asked.claimed.flatMap((claimed) =>
    asked.subjects.map((subject) => statementOf(subject, claimed, said)),
  );
}

/** What a question asks about, and of whom. */
interface Asked {
  claimed: readonly Claimed[];
  subjects: readonly Argument[];
}

/** "Has it gone live?": what the question would say. */
function sentenceAsked(analysis: TextAnalysis, clause: Clause, polarity: Polarity): Asked | null {
  const asked = analysis.parse(clause.sentence).tokens;
  if (asked.some(({ text }) => analysis.lists['answers.idle'].test(text))) return null;
  const tokens = declared(analysis.lists, asked);
  if (tokens === null) return null;
  const parsed = parsedFrom(analysis.lists, tokens);
  const [frame] = framesIn(analysis, parsed, analysis.context.predicates).flat();
  if (frame === undefined) return null;
  return {
    claimed: claimsOf({
      ...{ analysis, frame, polarity },
      clause: { ...clause, predicate: clause.sentence },
    }),
    subjects: fillersOf({ ...clause, analysis, parsed }, frame),
  };
}

/** "And the API?", "GPT-5.5 Pro?": a place or a name alone asks whether it is there. */
function fragmentAsked(analysis: TextAnalysis, clause: Clause): Asked | null {
  const { tokens } = analysis.parse(clause.sentence);
  const left = tokens.filter(({ text }) => !analysis.lists['answers.leading'].test(text));
  const named = left.flatMap(({ mention }) => (mention === null ? [] : [mention]));
  const isPlace = left.length <= 2 && named.length === 0 && namesPlace(analysis, clause.sentence);
  if (left.length === 1 && named.length === 1) {
    return { claimed: placesIn(analysis, clause, 'released'), subjects: named.map(argumentOf) };
  }
  if (!isPlace) return null;
  const { model } = clause.memory;
  const isKnown = model !== null && !isCodename(analysis, model);
  const subjects = isKnown ? [argumentOf(model)] : topicOf(analysis, clause.memory);
  return { claimed: placesIn(analysis, clause, 'product_available'), subjects };
}

/** A question with its helper verb put behind its subject: "Is GPT-6 out" as "GPT-6 is out". */
function declared(lists: WordLists, tokens: readonly Token[]): readonly Token[] | null {
  const words = tokens.filter(({ text }) => text !== '?');
  const at = words.findIndex(({ text }) => lists['answers.auxiliary'].test(text));
  const auxiliary = words[at];
  if (auxiliary === undefined || at > 2) return null;
  let end = at + 1;
  while (end < words.length && lists['answers.declared'].test(words[end]?.text ?? '')) end++;
  if (words[end]?.mention != null && end - at <= 3) end++;
  return end === at + 1 ? null : [...words.slice(at + 1, end), auxiliary, ...words.slice(end)];
}

/** An answer is quoted with what it says besides. */
function paragraphEnd(analysis: TextAnalysis, answer: Range): number {
  return (
    analysis.blocks.find(({ start, end }) => start <= answer.start && end >= answer.end)?.end ??
    answer.end
  );
}

/** Yes or no, by the words an answer opens with. */
function polarityOf(analysis: TextAnalysis, answer: Range): Polarity | null {
  const text = analysis.folded.slice(answer.start, answer.start + 40);
  if (analysis.lists['answers.no'].test(text)) return 'deny';
  return analysis.lists['answers.polarity-of'].test(text) ? 'support' : null;
}
