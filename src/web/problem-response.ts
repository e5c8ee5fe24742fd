import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type Problem, RETRY_AFTER } from '../api/question.ts';

/** A problem as an answer: JSON, with the time to come again where that helps. */
export function problemResponse(
  context: Context,
  problem: Problem,
  retryAfter = problem.status === 503 ? RETRY_AFTER : null,
): Response {
  if (retryAfter !== null) context.header('retry-after', String(retryAfter));
  context.header('content-type', 'application/problem+json');
  return context.body(JSON.stringify(problem), problem.status as ContentfulStatusCode);
}
