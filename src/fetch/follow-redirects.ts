import type { CookieJar } from 'tough-cookie';
import { FetchError } from '../domain/errors.ts';
import { type Answer, exchange } from './exchange.ts';
import { codeOf, hostOf } from './faults.ts';
import type { FetchContext } from './fetch-context.ts';
import { redirectTarget, refreshTarget, refuseBadRedirect } from './redirect-target.ts';
import { retryAfterOf } from './retry-after.ts';
import type { Visit } from './throttle.ts';

export interface FollowedAnswer extends Omit<Answer, 'cookies'> {
  finalUrl: URL;
  /** Every address asked, the first and the last included. */
  redirects: readonly string[];
}

export interface FollowOptions {
  headers: Readonly<Record<string, string>>;
  signal: AbortSignal;
  /** Off for robots.txt itself, and for what a page loads for its own display. */
  obeyRobots: boolean;
  /** Off for what a page loads while it is shown: the page has the turn. */
  takeTurn?: boolean;
}

/**
 * Asks an address and follows its redirects one by one, those that stand in a page included: each hop passes the
 * guard, the robots rules of its host and that host's turn, and none leads from https to http. A cookie that one hop
 * sets goes with the next ones. Throws `FetchError`.
 */
export async function followRedirects(
  context: FetchContext,
  start: URL,
  options: FollowOptions,
): Promise<FollowedAnswer> {
  const redirects: string[] = [];
  const visited = new Set<string>();
  const cookies = openCookies();
  let budget = context.limits.total;
  let url = start;
  let before: URL | null = null;
  for (;;) {
    redirects.push(url.href);
    refuseCircle(visited, url, start, cookies);
    const visit = before?.host === url.host ? 'goes-on' : 'begins';
    const { answer, took } = await hop(context, url, { ...options, budget, cookies, visit });
    budget -= took;
    const { cookies: set, ...kept } = answer;
    const moved = redirectTarget(url, answer);
    // What asks for its own rules or for a picture is no reader who could be sent on.
    const next = moved ?? (options.obeyRobots ? refreshTarget(url, answer) : null);
    if (next === null) return { ...kept, finalUrl: url, redirects };
    refuseBadRedirect(url, next, redirects, context.limits.redirects);
    await cookies.take(url, set);
    before = url;
    url = next;
  }
}

/** An address that is asked again with another cookie is no circle: that is how a site sees that its cookie came back. */
function refuseCircle(visited: Set<string>, url: URL, start: URL, cookies: Cookies): void {
  const visit = `${url.href} ${cookies.headerFor(url) ?? ''}`;
  if (visited.has(visit)) {
    const message = `${hostOf(start.href)} redirects in a circle, by way of ${url.href}.`;
    throw new FetchError('redirect', message);
  }
  visited.add(visit);
}

interface HopOptions extends FollowOptions {
  /** What is left of the total time, in milliseconds. */
  budget: number;
  cookies: Cookies;
  visit: Visit;
}

async function hop(
  context: FetchContext,
  url: URL,
  options: HopOptions,
): Promise<{ answer: Answer; took: number }> {
  const { signal, budget, visit } = options;
  if (context.connector.localOrigin(url) === null)
    await context.guard.admit(url, context.connector);
  const crawlDelay = options.obeyRobots ? await context.robots.admit(url, signal) : null;
  const gap = context.gapOf(url, crawlDelay);
  const done =
    options.takeTurn === false
      ? undefined
      : await context.throttle.turn(url.host, gap, signal, visit);
  const started = performance.now();
  try {
    const headers = headersFor(context, url, options);
    const { connector, limits } = context;
    const answer = await exchange({ connector, limits, url, headers, budget, signal });
    heed(context, url, answer);
    if (!context.heard(url.host, answer.headers)) throw otherTime(context, url, answer);
    return { answer, took: performance.now() - started };
  } catch (error) {
    if (!signal.aborted) noteSilence(context, url, error);
    throw error;
  } finally {
    done?.();
  }
}

function headersFor(
  context: FetchContext,
  url: URL,
  { headers, cookies }: HopOptions,
): Record<string, string> {
  const configured = context.headersOf(url);
  const cookie = [configured['cookie'], cookies.headerFor(url)].filter(Boolean).join('; ');
  return {
    'user-agent': context.agent,
    accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'accept-language': 'en',
    ...headers,
    ...configured,
    ...(cookie === '' ? {} : { cookie }),
  };
}

function otherTime({ clock }: FetchContext, { host }: URL, { headers }: Answer): FetchError {
  const message = `${host} says it is ${headers['date']}, and this machine ${clock.now()}: set the clock, if it is wrong.`;
  return new FetchError('clock', message, { transient: true });
}

const SILENT = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'ETIMEDOUT']);

/** A host whose name, door or first line never came will not do better for its next address. */
function noteSilence(context: FetchContext, url: URL, error: unknown): void {
  if (!(error instanceof FetchError) || context.connector.localOrigin(url) !== null) return;
  const { kind } = error;
  if (kind === 'dns' || kind === 'connect' || (kind === 'timeout' && SILENT.has(codeOf(error)))) {
    context.throttle.unreachable(url.host, error);
  }
}

/** A host that asks for quiet gets it, for all its addresses. */
function heed(context: FetchContext, url: URL, answer: Answer): void {
  if (answer.status !== 429 && answer.status !== 503) return;
  const wait = retryAfterOf(answer.headers, context.clock.now());
  if (wait !== null) context.throttle.holdOff(url.host, wait);
}

/**
 * The cookies of one fetch: many sites set one and redirect to see whether it comes back. They end with the fetch, so
 * that no site recognises us the next time.
 */
export interface Cookies {
  /** The Cookie header for an address; null for none. */
  headerFor(url: URL): string | null;
  /** Takes what an answer set, as far as it may set it there. */
  take(url: URL, set: readonly string[]): Promise<void>;
}

/** More than this many of one answer are not taken. */
const MOST = 100;

function openCookies(): Cookies {
  let jar: CookieJar | null = null;
  return {
    headerFor: (url) => jar?.getCookieStringSync(url.href) || null,
    async take(url, set) {
      if (set.length === 0) return;
      if (jar === null) {
        const { CookieJar: Jar } = await import('tough-cookie');
        jar = new Jar(undefined, { looseMode: true });
      }
      for (const cookie of set.slice(0, MOST)) {
        jar.setCookieSync(cookie, url.href, { ignoreError: true });
      }
    },
  };
}
