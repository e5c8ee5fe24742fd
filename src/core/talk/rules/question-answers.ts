import type { Polarity, Statement } from '../../../domain/evidence.ts';
import { argumentsOf } from '../arguments/arguments.ts';
import { actOf } from '../context/verb-form.ts';
import type { Hit } from '../cues/lexicon.ts';
import type { Clause, Memory } from '../document/clause.ts';
import type { Scene } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';
import { claimedBy } from './facets.ts';
import { quoteRange } from './quote.ts';

/** How far behind a question its answer begins, in characters: the same paragraph, or the next below a heading. */
const NEAR = 12;

/** "Has it gone live? Not yet." A question with a plain answer states what the answer says. */
export function answerStatements(
  scene: Scene,
  question: Range,
  following: Range | undefined,
  memory: Memory,
): readonly Statement[] {
  if (following === undefined || following.start - question.end > NEAR) return [];
  const polarity = polarityOf(scene, following);
  const asked = askedIn(scene, question);
  if (polarity === null || asked === undefined) return [];
  const clause: Clause = { ...question, sentence: question, memory };
  const quote = quoteRange(scene, { start: question.start, end: paragraphEnd(scene, following) });
  return claimedBy(scene, asked, clause, polarity).flatMap((claimed) =>
    argumentsOf(scene, asked, clause).map(({ subject, aliasClaimed }) => ({
      claim: { subject, ...claimed, value: null },
      polarity,
      force: scene.hits.has(following, 'hedge') ? ('hedge' as const) : ('assert' as const),
      evidentiality: 'none' as const,
      effective: null,
      validTime: null,
      ...quote,
      relays: null,
      silenceOf: null,
      aliasClaimed,
    })),
  );
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
  if (opens(scene, answer, 'answer.no')) return 'deny';
  return opens(scene, answer, 'answer.yes') ? 'support' : null;
}

function opens(scene: Scene, answer: Range, family: string): boolean {
  const [first] = scene.hits.within(answer, family);
  if (first === undefined) return false;
  return /^[^\p{L}\p{N}]*(?:(?:a|short answer|answer)[\s:.]+)?$/u.test(
    scene.folded.slice(answer.start, first.start),
  );
}

/** What a question asks after: one predicate; an identity or a rumour is not settled by a yes. */
function askedIn(scene: Scene, question: Range): Hit | undefined {
  const hits = scene.hits.within(question, 'access.ask', 'predicate');
  if (IDLE.test(scene.folded.slice(question.start, question.end))) return undefined;
  const hit = hits.find((one) => !/^(?:exists|date|deny|sight)/.test(actOf(one)));
  return hit === undefined ? undefined : { ...hit, family: familyOf(scene, hit) };
}

/** Asks for an opinion, a chance, a reason: a yes to it settles nothing. */
const IDLE =
  /\b(?:possible|likely|true|worth|safe|legal|wise|should|would|why|how|really need|call(?:ed)?|named?)\b/;

/** "Is it out" asks after a release, "has OpenAI announced it" after an announcement, "can I use it" after an access. */
function familyOf(scene: Scene, hit: Hit): string {
  const text = scene.folded.slice(hit.start, hit.end);
  if (hit.family !== 'access.ask' || /\b(?:can|may|could|should)\b/.test(text)) return hit.family;
  if (/\b(?:announced?|confirmed|official)$/.test(text)) return 'announce.ask';
  return /\b(?:available|accessible|usable|ready|in the api|in chatgpt)$/.test(text)
    ? hit.family
    : 'release.ask';
}
