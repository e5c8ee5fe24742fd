import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { problemView } from './problem.ts';

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
