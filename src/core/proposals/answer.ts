import * as z from 'zod';
import type { ProposalOutcome } from '../../domain/proposal.ts';
import { numberedAnswer, numberedChecks } from './proposed.ts';

/** A shape that an answer is asked for in, which a server holds its model to. */
export interface AnswerShape {
  name: string;
  schema: Record<string, unknown>;
}

export function answerShape(): AnswerShape {
  return shapeOf('statements', numberedAnswer);
}

/** That of the answer to the second question. */
export function checksShape(): AnswerShape {
  return shapeOf('checks', numberedChecks);
}

function shapeOf(name: string, answer: z.ZodType): AnswerShape {
  const schema = z.toJSONSchema(answer, { target: 'draft-7' });
  return { name, schema: schema as Record<string, unknown> };
}

/** What a model wrote, as it wrote it. */
export interface AnswerLists {
  rules: readonly unknown[];
  statements: readonly unknown[];
}

/** What an answer comes to, with what it cost where the server said so. */
export interface ModelAnswer<Content> {
  outcome: ProposalOutcome;
  /** Null unless it answered. */
  content: Content | null;
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

const list = z.array(z.unknown());
const lists = z.looseObject({ rules: list, statements: list });
const checks = z.looseObject({ checks: list });

/** Reads the JSON text of an answer. Null when it is no answer of a model at all. */
export function answerIn(text: string): ModelAnswer<AnswerLists> | null {
  return contentOf(text, lists, ({ rules, statements }) => ({
    rules: rules.slice(0, MOST_KEPT),
    statements: statements.slice(0, MOST_KEPT),
  }));
}

/** Reads the JSON text of an answer to the second question, in the same way. */
export function checksIn(text: string): ModelAnswer<readonly unknown[]> | null {
  return contentOf(text, checks, (said) => said.checks.slice(0, MOST_KEPT));
}

function contentOf<Written, Content>(
  text: string,
  shape: z.ZodType<Written>,
  kept: (written: Written) => Content,
): ModelAnswer<Content> | null {
  const parsed = completion.safeParse(jsonIn(text));
  const [choice] = parsed.data?.choices ?? [];
  if (choice === undefined) return null;
  const tokens = parsed.data?.usage?.total_tokens ?? null;
  const { finish_reason: ended, message } = choice;
  const isRefused = ended === 'content_filter' || (message.refusal ?? '') !== '';
  if (isRefused) return { outcome: 'refused', content: null, tokens };
  if (ended === 'length') return { outcome: 'cut-off', content: null, tokens };
  const written = message.content ?? '';
  const said = shape.safeParse(written.length > LONGEST_KEPT ? undefined : jsonIn(written));
  if (!said.success) return { outcome: 'unusable', content: null, tokens };
  return { outcome: 'answered', content: kept(said.data), tokens };
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
