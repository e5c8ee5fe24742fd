import * as z from 'zod';
import type { ProposalOutcome } from '../../domain/proposal.ts';
import { numberedAnswer } from './proposed.ts';

/** The shape an answer is asked for in, which a server holds its model to. */
export function answerShape(): { name: string; schema: Record<string, unknown> } {
  const schema = z.toJSONSchema(numberedAnswer, { target: 'draft-7' });
  return { name: 'statements', schema: schema as Record<string, unknown> };
}

/** What a model wrote, as it wrote it. */
export interface AnswerLists {
  rules: readonly unknown[];
  statements: readonly unknown[];
}

/** What an answer comes to, with what it cost where the server said so. */
export interface ModelAnswer {
  outcome: ProposalOutcome;
  /** Null unless it answered. */
  content: AnswerLists | null;
  tokens: number | null;
}

/** The parts of a completion that are read. */
const completion = z.looseObject({
  choices: z
    .array(
      z.looseObject({
        finish_reason: z.string().nullish(),
        message: z.looseObject({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z
    .looseObject({ total_tokens: z.int().min(0).max(1e9) })
    .nullish()
    .catch(null),
});

const lists = z.looseObject({ rules: z.array(z.unknown()), statements: z.array(z.unknown()) });

/** Reads the JSON text of an answer. Null when it is no answer of a model at all. */
export function answerIn(text: string): ModelAnswer | null {
  const parsed = completion.safeParse(jsonIn(text));
  const [choice] = parsed.data?.choices ?? [];
  if (choice === undefined) return null;
  const tokens = parsed.data?.usage?.total_tokens ?? null;
  const { finish_reason: ended, message } = choice;
  const isRefused = ended === 'content_filter' || (message.refusal ?? '') !== '';
  if (isRefused) return { outcome: 'refused', content: null, tokens };
  if (ended === 'length') return { outcome: 'cut-off', content: null, tokens };
  const content = contentIn(message.content ?? '');
  return { outcome: content === null ? 'unusable' : 'answered', content, tokens };
}

/** Reads what a model wrote. Null when it is not two lists. */
function contentIn(written: string): AnswerLists | null {
  const said = lists.safeParse(written.length > LONGEST_KEPT ? undefined : jsonIn(written));
  if (!said.success) return null;
  const { rules, statements } = said.data;
  return { rules: rules.slice(0, MOST_KEPT), statements: statements.slice(0, MOST_KEPT) };
}

/** More than count anyway, so that it shows that there were too many. */
const MOST_KEPT = 200;
/** A hundred statements are a tenth of it. */
const LONGEST_KEPT = 400_000;

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
