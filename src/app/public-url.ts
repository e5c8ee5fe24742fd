import { UsageError } from '../domain/errors.ts';

/** A web address without a slash at its end. Throws `UsageError` for anything else. */
export function publicUrlOf(typed: string): string {
  const url = URL.canParse(typed) ? new URL(typed) : null;
  if (url !== null && /^https?:$/.test(url.protocol)) return url.href.replace(/\/$/, '');
  throw new UsageError(`--public-url "${typed}" is no web address.`);
}
