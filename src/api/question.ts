import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { AppError, NotFoundError, StoreError } from '../domain/errors.ts';

export const asOf = z
  .string()
  .max(40)
  .optional()
  .describe('What was known at that time; now when left out.');
export const id = z.string().min(1).max(300);
export const limit = z.coerce.number().int().min(1).max(200).default(50);
export const cursor = z.string().max(200).optional().describe('The `next` of the page before.');
export const facet = z.string().max(100).optional();

type Shape = z.ZodRawShape;

/** A question that reads: where it is asked, what it takes and what it answers, as OpenAPI describes it. */
export function question<V extends z.ZodType, Q extends Shape, P extends Shape>(asked: {
  path: string;
  summary: string;
  answer: V;
  query: Q;
  params: P;
}) {
  const { path, summary, answer, query, params } = asked;
  const problem = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: problemView } },
  });
  return createRoute({
    method: 'get',
    path,
    summary,
    operationId: operationIdOf(path),
    request: { query: z.object(query), params: z.object(params) },
    responses: {
      200: { description: summary, content: { 'application/json': { schema: answer } } },
      400: problem('Something in the address cannot be read'),
      404: problem('Nothing is known under that name'),
      429: problem('Too many requests; Retry-After says when to come again'),
      503: problem('The database cannot be read just now; Retry-After says when to come again'),
    },
  });
}

/** `/subjects/{id}/timeline` becomes `getSubjectsIdTimeline`. */
function operationIdOf(path: string): string {
  const words = path.split(/[^A-Za-z]+/).filter((word) => word !== '');
  return `get${words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join('')}`;
}

/** An error as RFC 9457 has it. */
const problemView = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  /** What may have been meant. */
  near: z.array(z.string()).optional(),
});

export type Problem = z.output<typeof problemView>;

/** When a database that is being restored may answer again, in seconds. */
export const RETRY_AFTER = 5;

/** What a fault is to somebody outside: only what they can do something about is told in full. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof NotFoundError) {
    const { message, near } = thrown;
    return { ...titled(404, 'Not found', message), ...(near.length > 0 && { near: [...near] }) };
  }
  if (thrown instanceof StoreError) {
    return titled(503, 'Unavailable', 'The database cannot be read just now: ask again soon.');
  }
  if (thrown instanceof AppError && (thrown.family === 'usage' || thrown.family === 'config')) {
    return titled(400, 'Bad request', thrown.message);
  }
  return titled(500, 'Internal error', 'This is a bug of firsthand; its log says more.');
}

/** A problem of HTTP's own, without a type beyond its status. */
export function titled(status: number, title: string, detail: string): Problem {
  return { type: 'about:blank', title, status, detail };
}
