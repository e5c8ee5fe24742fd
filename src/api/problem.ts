import * as z from 'zod';
import { AppError, NotFoundError, StoreError } from '../domain/errors.ts';

/** An error as RFC 9457 has it. */
export const problemView = z.object({
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
