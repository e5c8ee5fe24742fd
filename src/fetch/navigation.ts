import type { Page, Request, Response } from 'playwright';
import { asError, FetchError, type FetchFailure } from '../domain/errors.ts';
import type { BrowserProxy } from './browser-proxy.ts';
import type { FetchLimits } from './connect.ts';
import { faultOfType, LEFT_OUT } from './exchange.ts';
import { hostOf } from './faults.ts';

/** Where the main frame has been, as long as the page lives: redirects, and where scripts took it. */
export interface Trail {
  /** Every address asked for, in order. */
  addresses(): readonly string[];
  /** The answer that the page now shows. */
  answer(): Promise<PageAnswer>;
}

export interface PageAnswer {
  url: string;
  status: number;
  headers: Readonly<Record<string, string>>;
  /** The bytes as sent, unpacked; null when the browser no longer has them. */
  body: Uint8Array | null;
}

/** What the browser's own names for faults mean. */
const KIND_OF_CODE: readonly [RegExp, FetchFailure][] = [
  [/^ERR_(CERT|SSL|TLS|BAD_SSL|ECH)/, 'tls'],
  [/^ERR_(NAME_|DNS_)/, 'dns'],
  [/^ERR_(TIMED_OUT|CONNECTION_TIMED_OUT)/, 'timeout'],
  [/^ERR_TOO_MANY_REDIRECTS/, 'redirect'],
  [/^ERR_(CONTENT_LENGTH_MISMATCH|INCOMPLETE|HTTP2|EMPTY_RESPONSE|CONTENT_DECODING)/, 'cut-off'],
  [/^ERR_(INVALID|UNSAFE|RESPONSE|ABORTED)/, 'content'],
  [/^ERR_(BLOCKED|ADDRESS_UNREACHABLE|DISALLOWED)/, 'forbidden-address'],
];

/** Goes to an address and waits until its document is there. Throws `FetchError`. */
export async function follow(
  page: Page,
  start: URL,
  browserProxy: BrowserProxy,
  limits: FetchLimits,
): Promise<Trail> {
  const asked: string[] = [];
  let last: Response | null = null;
  page.on('request', (request) => {
    if (isMain(page, request)) asked.push(withoutHash(request.url()));
  });
  page.on('response', (response) => {
    if (isMain(page, response.request())) last = response;
  });
  const broken = breakingOf(page);
  try {
    // The fetch's own deadline closes the page; a second clock here would only blur the reason.
    const opened = page.goto(start.href, { waitUntil: 'domcontentloaded', timeout: 0 });
    await Promise.race([opened, broken]);
  } catch (error) {
    throw faultOfNavigation(asError(error), asked.at(-1) ?? start.href, browserProxy);
  }
  return {
    addresses() {
      refuseBadTrail(asked, limits.redirects);
      return asked;
    },
    async answer() {
      if (last === null) throw new FetchError('content', `${start.host} sent no document.`);
      return answerOf(last, browserProxy, broken);
    },
  };
}

/** Rejects when the document breaks off: the browser itself goes on waiting for the rest of it. */
function breakingOf(page: Page): Promise<never> {
  const broken = new Promise<never>((_keep, reject) => {
    page.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? '';
      // Aborted means that the page went elsewhere.
      if (isMain(page, request) && reason !== 'net::ERR_ABORTED') reject(new Error(reason));
    });
  });
  broken.catch(() => undefined);
  return broken;
}

function isMain(page: Page, request: Request): boolean {
  try {
    return request.isNavigationRequest() && request.frame() === page.mainFrame();
  } catch {
    return false;
  }
}

function withoutHash(url: string): string {
  return url.replace(/#.*$/s, '');
}

async function answerOf(
  response: Response,
  browserProxy: BrowserProxy,
  broken: Promise<never>,
): Promise<PageAnswer> {
  const unread = faultOfType(response.headers()['content-type'] ?? '', response.url());
  if (unread !== null) throw unread;
  const fault = await Promise.race([response.finished(), broken]).catch(asError);
  const noted = browserProxy.overflow();
  if (noted !== null) throw noted;
  if (fault !== null) throw faultOfNavigation(fault, response.url(), browserProxy);
  const headers = Object.entries(await response.allHeaders()).filter(([name]) => isKept(name));
  return {
    url: withoutHash(response.url()),
    status: response.status(),
    headers: Object.fromEntries(headers.map(([name, value]) => [name, value.replace(/\n/g, ', ')])),
    body: await response.body().catch(() => null),
  };
}

/** The validators belong to bytes that are not kept: sent back, they would call a page unchanged whose script-drawn text is new. */
function isKept(name: string): boolean {
  return !LEFT_OUT.has(name) && name !== 'etag' && name !== 'last-modified';
}

function faultOfNavigation(error: Error, url: string, browserProxy: BrowserProxy): FetchError {
  const noted = browserProxy.overflow() ?? browserProxy.fault(hostOf(url));
  if (noted !== null) return noted;
  const code = /\bERR_[A-Z0-9_]+/.exec(error.message)?.[0] ?? '';
  if (/download is starting/i.test(error.message)) {
    const message = `${hostOf(url)} sent a file to save, not a page.`;
    return new FetchError('content', message, { cause: error });
  }
  const kind = KIND_OF_CODE.find(([pattern]) => pattern.test(code))?.[1] ?? 'connect';
  const [reason] = error.message.split('\n');
  return new FetchError(kind, `The browser could not open ${url} (${code || reason}).`, {
    cause: error,
    transient: kind !== 'tls' && kind !== 'redirect' && kind !== 'forbidden-address',
  });
}

/** The same rules that a plain fetch keeps hop by hop, held against where the browser has been. */
function refuseBadTrail(asked: readonly string[], limit: number): void {
  for (const [index, url] of asked.entries()) {
    if (url.startsWith('http:') && asked[index - 1]?.startsWith('https:')) {
      throw new FetchError('redirect', `A page led from https to http (${url}); that is not read.`);
    }
  }
  if (asked.length - 1 > limit) {
    throw new FetchError('redirect', `${asked[0]} redirects more than ${limit} times.`);
  }
}
