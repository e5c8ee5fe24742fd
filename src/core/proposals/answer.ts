import * as z from 'zod';
import type { Proposal } from '../../domain/proposal.ts';
import { proposedStatements } from './proposed.ts';

/** The shape an answer is asked for in: the schema of our own statements, which a server holds its model to. */
export function answerShape(): { name: string; schema: Record<string, unknown> } {
  const schema = z.toJSONSchema(proposedStatements, { target: 'draft-7' });
  return { name: 'statements', schema: schema as Record<string, unknown> };
}

/** What an answer comes to, with what it cost where the server said so. */
export interface ModelAnswer extends Pick<Proposal, 'outcome' | 'statements'> {
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

const content = z.looseObject({ statements: z.array(z.unknown()) });

/** Reads the JSON text of an answer. Null when it is no answer of a model at all. */
export function answerIn(text: string): ModelAnswer | null {
  const parsed = completion.safeParse(jsonIn(text));
  const [choice] = parsed.data?.choices ?? [];
  if (choice === undefined) return null;
  const tokens = parsed.data?.usage?.total_tokens ?? null;
  const { finish_reason: ended, message } = choice;
  const isRefused = ended === 'content_filter' || (message.refusal ?? '') !== '';
  if (isRefused) return { outcome: 'refused', statements: [], tokens };
  if (ended === 'length') return { outcome: 'cut-off', statements: [], tokens };
  const written = message.content ?? '';
  const said = content.safeParse(written.length > LONGEST_KEPT ? undefined : jsonIn(written));
  return said.success
    ? { outcome: 'answered', statements: said.data.statements.slice(0, MOST_KEPT), tokens }
    : { outcome: 'unusable', statements: [], tokens };
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
