import type { Polarity, Statement } from '../../../domain/evidence.ts';
import type { Clause, Memory } from '../document/clause.ts';
import type { Scene } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';
import { quoteRange } from '../rules/quote.ts';
import { clausesOf } from '../syntax/clauses.ts';
import type { Token } from '../syntax/tokens.ts';
import { claimsOf } from './claims.ts';
import { framesIn } from './frames.ts';
import { fillersOf } from './resolve.ts';
import { parseSentence } from './statements.ts';

/** How far behind a question its answer begins, in signs: the same paragraph, or the next below a heading. */
const NEAR = 12;
const AUXILIARY = /^(?:is|are|was|were|has|have|did|does|do|can|will)$/;
/** Asks for an opinion, a chance, a reason: a yes to it settles nothing. */
const IDLE = /^(?:possible|likely|true|worth|safe|legal|should|would|why|how|really|when|what)$/;

/** "Has it gone live? Not yet." A question with a plain answer states what the answer says. */
export function answerStatements(
  scene: Scene,
  question: Range,
  following: Range | undefined,
  memory: Memory,
): readonly Statement[] {
  if (following === undefined || following.start - question.end > NEAR) return [];
  const polarity = polarityOf(scene, following);
  const asked = parseSentence(scene, question).tokens;
  if (polarity === null || asked.some(({ text }) => IDLE.test(text))) return [];
  const tokens = declared(asked);
  if (tokens === null) return [];
  const parsed = { tokens, clauses: clausesOf(tokens) };
  const clause: Clause = { ...question, sentence: question, memory };
  const quote = quoteRange(scene, { start: question.start, end: paragraphEnd(scene, following) });
  const [frame] = framesIn(scene, parsed, scene.context.predicates).flat();
  if (frame === undefined) return [];
  return claimsOf(scene, frame, { ...clause, predicate: question }, polarity).flatMap((claimed) =>
    fillersOf(scene, parsed, frame, clause, memory).map(({ subject, aliasClaimed }) => ({
      claim: { subject, ...claimed, value: null },
      polarity,
      force: scene.hits.has(following, 'hedge') ? ('hedge' as const) : ('assert' as const),
      evidentiality: 'none' as const,
      ...{ effective: null, validTime: null, ...quote },
      ...{ relays: null, silenceOf: null, aliasClaimed, rule: `answer.${frame.entry.id}` },
    })),
  );
}

/** A question with its helper verb put behind its subject: "Is GPT-6 out" as "GPT-6 is out". */
function declared(tokens: readonly Token[]): readonly Token[] | null {
  const words = tokens.filter(({ text }) => text !== '?');
  const at = words.findIndex(({ text }) => AUXILIARY.test(text));
  const auxiliary = words[at];
  if (auxiliary === undefined || at > 2) return null;
  let end = at + 1;
  while (
    end < words.length &&
    /^(?:the|new|this|you|i|we|users|it|openai|chatgpt|model)$/.test(words[end]?.text ?? '')
  )
    end++;
  if (words[end]?.mention != null && end - at <= 3) end++;
  return end === at + 1 ? null : [...words.slice(at + 1, end), auxiliary, ...words.slice(end)];
}

/** An answer is quoted with what it says besides. */
function paragraphEnd(scene: Scene, answer: Range): number {
  return (
    scene.blocks.find(({ start, end }) => start <= answer.start && end >= answer.end)?.end ??
    answer.end
  );
}

/** Yes or no, by the words an answer opens with. */
function polarityOf(scene: Scene, answer: Range): Polarity | null {
  const text = scene.folded.slice(answer.start, answer.start + 40);
  if (
    /^[^a-z0-9]*(?:(?:a|short answer|answer)[\s:.]+)?(?:no|nope|not yet|not so far|not at the moment|not right now)\b/.test(
      text,
    )
  )
    return 'deny';
  return /^[^a-z0-9]*(?:(?:a|short answer|answer)[\s:.]+)?(?:yes|yep|yeah|it (?:is|has|does|did)(?:[.,]| indeed))(?!\w)/.test(
    text,
  )
    ? 'support'
    : null;
}
