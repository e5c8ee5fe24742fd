import { FetchError } from '../domain/errors.ts';
import { type Answer, exchange } from './exchange.ts';
import { codeOf, hostOf } from './faults.ts';
import type { FetchContext } from './fetch-context.ts';
import { retryAfterOf } from './retry-after.ts';

export interface FollowedAnswer extends Answer {
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

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Asks an address and follows its redirects one by one: each hop passes the guard, the robots rules of its host and
 * that host's turn, and none leads from https to http. Throws `FetchError`.
 */
export async function followRedirects(
  context: FetchContext,
  start: URL,
  options: FollowOptions,
): Promise<FollowedAnswer> {
  const redirects: string[] = [];
  let budget = context.limits.total;
  let url = start;
  for (;;) {
    redirects.push(url.href);
    const { answer, took } = await hop(context, url, budget, options);
    budget -= took;
    const next = redirectOf(url, answer);
    if (next === null) return { ...answer, finalUrl: url, redirects };
    refuseBadRedirect(url, next, redirects, context.limits.redirects);
    url = next;
  }
}

async function hop(
  context: FetchContext,
  url: URL,
  budget: number,
  options: FollowOptions,
): Promise<{ answer: Answer; took: number }> {
  const { signal } = options;
  if (context.connector.localOrigin(url) === null) context.guard.check(url);
  const crawlDelay = options.obeyRobots ? await context.robots.admit(url, signal) : null;
  const gap = context.gapOf(url, crawlDelay);
  const done =
    options.takeTurn === false ? undefined : await context.throttle.turn(url.host, gap, signal);
  const started = performance.now();
  try {
    const headers = {
      'user-agent': context.agent,
      accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
      'accept-language': 'en',
      ...options.headers,
      ...context.headersOf(url),
    };
    const { connector, limits } = context;
    const answer = await exchange({ connector, limits, url, headers, budget, signal });
    heed(context, url, answer);
    return { answer, took: performance.now() - started };
  } catch (error) {
    if (!signal.aborted) noteSilence(context, url, error);
    throw error;
  } finally {
    done?.();
  }
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

function redirectOf(url: URL, answer: Answer): URL | null {
  if (!REDIRECTS.has(answer.status)) return null;
  const location = answer.headers['location'];
  if (location === undefined || !URL.canParse(location, url.href)) {
    throw new FetchError(
      'redirect',
      `${url.host} redirects (${answer.status}) to nowhere that can be read.`,
      { status: answer.status },
    );
  }
  const next = new URL(location, url.href);
  next.hash = '';
  return next;
}

function refuseBadRedirect(from: URL, to: URL, redirects: readonly string[], limit: number): void {
  const refuse = (message: string) => {
    throw new FetchError('redirect', message);
  };
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    refuse(`${from.host} redirects from https to http (${to.href}); that is not followed.`);
  }
  if (redirects.includes(to.href)) {
    refuse(`${hostOf(redirects[0] ?? from.href)} redirects in a circle, by way of ${to.href}.`);
  }
  if (redirects.length > limit) {
    refuse(`${hostOf(redirects[0] ?? from.href)} redirects more than ${limit} times.`);
  }
}
