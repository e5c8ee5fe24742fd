import { ExtractError, type ExtractFailure } from '../../domain/errors.ts';

/** What is thrown when a body is not what is known; the message says what to do next. */
export function unreadable(kind: ExtractFailure, message: string, cause?: unknown): ExtractError {
  return new ExtractError(kind, message, { cause });
}
