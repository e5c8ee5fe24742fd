import type { BrowserContext, BrowserContextOptions } from 'playwright';
import { blockOf } from '../core/extract/blocked.ts';
import { type BrowserProxy, openBrowserProxy } from './browser-proxy.ts';
import type { Chromium } from './chromium.ts';
import { faultOf } from './faults.ts';
import type { FetchContext } from './fetch-context.ts';
import type { Fetcher, FetchOutcome, FetchRequest } from './fetcher.ts';
import { type FollowedAnswer, followRedirects } from './follow-redirects.ts';
import { addressOf } from './http.ts';
import { follow, type PageAnswer } from './navigation.ts';
import { type Exchanged, outcomeOf } from './outcome.ts';
import { isServedByUs, serveRequests } from './page-requests.ts';
import { pictureOf, renderedHtml, requestsUnderWay, settle } from './rendering.ts';

/**
 * Reads pages as a browser shows them: the body is the rendered HTML (what is no HTML comes as sent), and validators
 * are left out, because the bytes they speak of are not the ones kept. Closing it ends the browser, not the context.
 */
export function browserFetcher(context: FetchContext, chromium: Chromium): Fetcher {
  async function shown(request: FetchRequest, signal: AbortSignal): Promise<FetchOutcome> {
    const url = addressOf(request.url);
    const first = await firstAnswer(context, url, signal);
    if (first.answer !== null && !isHtml(first.answer.headers['content-type'])) {
      return asSent(context, request, first.answer);
    }
    try {
      return await inBrowser({ context, request, url, first: first.answer }, signal);
    } finally {
      first.done();
    }
  }

  async function inBrowser(asked: Asked, signal: AbortSignal): Promise<FetchOutcome> {
    const browserProxy = await openBrowserProxy(context);
    try {
      return await chromium.withContext(
        (userAgent) => contextSettings(browserProxy, `${userAgent} ${context.agent}`),
        (browserContext, stop) => visit({ ...asked, browserProxy, browserContext, signal: stop }),
        { milliseconds: context.limits.total, signal },
      );
    } catch (error) {
      throw browserProxy.overflow() ?? error;
    } finally {
      await browserProxy.close();
    }
  }

  return {
    async fetch(request, signal) {
      try {
        return await shown(request, signal);
      } catch (error) {
        return { kind: 'failed', error: faultOf(error, request.url) };
      }
    },
    close: () => chromium.close(),
  };
}

interface First {
  /** For hosts we answer for ourselves, the answer after redirects; null when the browser asks. */
  answer: FollowedAnswer | null;
  /** Gives the host's turn back. */
  done: () => void;
}

/** Sees to the manners of the first request; where the browser does not ask itself, it is made here. */
async function firstAnswer(context: FetchContext, url: URL, signal: AbortSignal): Promise<First> {
  if (isServedByUs(context, url)) {
    const answer = await followRedirects(context, url, { headers: {}, signal, obeyRobots: true });
    return { answer, done: () => undefined };
  }
  await context.guard.admit(url, context.connector);
  const delay = await context.robots.admit(url, signal);
  const done = await context.throttle.turn(url.host, context.gapOf(url, delay), signal);
  return { answer: null, done };
}

function asSent(
  context: FetchContext,
  request: FetchRequest,
  answer: FollowedAnswer,
): FetchOutcome {
  const { finalUrl, ...rest } = answer;
  const fetchedAt = context.clock.now();
  return outcomeOf(
    { ...rest, url: request.url, finalUrl: finalUrl.href, fetchedAt, via: 'browser' },
    false,
  );
}

function contextSettings(browserProxy: BrowserProxy, userAgent: string): BrowserContextOptions {
  return {
    userAgent,
    locale: 'en-US',
    viewport: { width: 1280, height: 1024 },
    serviceWorkers: 'block',
    acceptDownloads: false,
    proxy: { server: browserProxy.server, bypass: '<-loopback>' },
  };
}

interface Asked {
  context: FetchContext;
  request: FetchRequest;
  url: URL;
  /** The answer after redirects where it is not the browser that asks. */
  first: FollowedAnswer | null;
}

interface Visit extends Asked {
  browserProxy: BrowserProxy;
  browserContext: BrowserContext;
  signal: AbortSignal;
}

async function visit(visiting: Visit): Promise<FetchOutcome> {
  const { context, browserProxy, browserContext, request, url, first, signal } = visiting;
  const page = await browserContext.newPage();
  await serveRequests(browserContext, page, context, first, signal);
  const underWay = requestsUnderWay(page);
  const trail = await follow(page, first?.finalUrl ?? url, browserProxy, context.limits);
  const sent = await trail.answer();
  if (!isHtml(sent.headers['content-type']) || sent.body?.length === 0) {
    const body = sent.body ?? new Uint8Array();
    return outcomeOf(exchanged(visiting, sent, trail.addresses(), body), false);
  }
  await settle(page, underWay, (html) => isWall(sent, html), context.limits.total / 4);
  const html = await renderedHtml(page, context.limits.bodyBytes);
  const shown = await trail.answer();
  const addresses = trail.addresses();
  if (shown.url !== url.href) await context.robots.admit(new URL(shown.url), signal);
  const rendered = { ...exchanged(visiting, shown, addresses, html), contentType: RENDERED };
  const outcome = outcomeOf(rendered, false);
  if (request.screenshot !== true || outcome.kind !== 'fetched') return outcome;
  const screenshot = await pictureOf(page);
  return screenshot === null ? outcome : { ...outcome, screenshot };
}

/** What `page.content()` gives, whatever the page was sent as. */
const RENDERED = 'text/html; charset=utf-8';

function isHtml(contentType: string | undefined): boolean {
  return contentType === undefined || /html/i.test(contentType);
}

/** A wall that may open by itself: a check that runs, or an application that has yet to draw. */
function isWall(sent: PageAnswer, html: string): boolean {
  const body = new TextEncoder().encode(html);
  const { status, headers, url } = sent;
  const block = blockOf({ status, headers, url, finalUrl: url, contentType: RENDERED, body });
  return block === 'challenge' || block === 'script-shell';
}

function exchanged(
  visiting: Visit,
  sent: PageAnswer,
  addresses: readonly string[],
  body: Uint8Array,
): Exchanged {
  const { request, first, context } = visiting;
  return {
    url: request.url,
    finalUrl: sent.url,
    redirects: [...(first?.redirects.slice(0, -1) ?? []), ...addresses],
    status: sent.status,
    headers: sent.headers,
    body,
    fetchedAt: context.clock.now(),
    via: 'browser',
  };
}
