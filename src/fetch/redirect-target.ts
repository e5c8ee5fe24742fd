import { refreshOf } from '../core/extract/refresh.ts';
import { FetchError } from '../domain/errors.ts';
import type { Answer } from './exchange.ts';
import { hostOf } from './faults.ts';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Where a redirect leads; null for an answer that is none. Throws `FetchError` when it leads nowhere. */
export function redirectTarget(url: URL, answer: Answer): URL | null {
  if (!REDIRECTS.has(answer.status)) return null;
  const next = resolved(utf8Of(answer.headers['location'] ?? ''), url);
  if (next !== null) return next;
  throw new FetchError(
    'redirect',
    `${url.host} redirects (${answer.status}) to nowhere that can be read.`,
    { status: answer.status },
  );
}

function resolved(written: string, base: URL): URL | null {
  if (written === '' || !URL.canParse(written, base.href)) return null;
  const url = new URL(written, base.href);
  url.hash = '';
  return url;
}

/** A header is bytes, which come here as Latin-1; many servers write UTF-8 where they should escape. */
function utf8Of(header: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(header, 'latin1'));
  } catch {
    return header;
  }
}

/** A page that waits longer, in seconds, is meant to be read. */
const LONGEST_REFRESH = 10;

/**
 * Where a page that says nothing itself sends its reader, by `Refresh` or `<meta http-equiv="refresh">`; null for a page
 * that stays.
 */
export function refreshTarget(url: URL, answer: Answer): URL | null {
  if (answer.status !== 200 || !isHtml(answer.headers['content-type'])) return null;
  const { refresh: header, 'content-type': contentType = '' } = answer.headers;
  const said = refreshOf(answer.body, contentType, header === undefined ? null : utf8Of(header));
  const next = said === null ? null : targetOf(said, url);
  return next?.href === url.href ? null : next;
}

function isHtml(contentType = 'text/html'): boolean {
  return /html/i.test(contentType);
}

/** `0; url=/new`: the shared declarative refresh of HTML, which takes a comma, no `url=` and quotes too. */
function targetOf(said: string, base: URL): URL | null {
  const parts = /^\s*(\d{0,9})(?:\.[\d.]*)?(?:\s*[;,]|\s)\s*(?:url\s*=\s*)?(.*)$/is.exec(said);
  const [, seconds = '', written = ''] = parts ?? [];
  if (Number(seconds) > LONGEST_REFRESH) return null;
  const quoted = /^(["'])(.*?)(?:\1|$)/s.exec(written);
  return resolved((quoted?.[2] ?? written).trim(), base);
}

/** Throws `FetchError` when a redirect must not be followed; `visited` holds every address asked so far. */
export function refuseBadRedirect(
  from: URL,
  to: URL,
  visited: readonly string[],
  limit: number,
): void {
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    const message = `${from.host} redirects from https to http (${to.href}); that is not followed.`;
    throw new FetchError('redirect', message);
  }
  if (visited.length > limit) {
    const message = `${hostOf(visited[0] ?? from.href)} redirects more than ${limit} times.`;
    throw new FetchError('redirect', message);
  }
}
