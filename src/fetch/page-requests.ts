import type { BrowserContext, Page, Route } from 'playwright';
import type { FetchContext } from './fetch-context.ts';
import { type FollowedAnswer, followRedirects } from './follow-redirects.ts';

/** Not needed to read a page, and most of its weight. */
const UNSHOWN = new Set(['image', 'font', 'media']);

/**
 * Whether a page of this host is fetched by us and handed to the browser: hosts with a stand-in, which a browser
 * would not find, and hosts with headers of their own, which a browser would carry along to where a redirect leads.
 */
export function isServedByUs(context: FetchContext, url: URL): boolean {
  return (
    context.connector.localOrigin(url) !== null || Object.keys(context.headersOf(url)).length > 0
  );
}

/** Decides on every request of a page; what passes here still has to pass the browser proxy. */
export async function serveRequests(
  browserContext: BrowserContext,
  page: Page,
  context: FetchContext,
  first: FollowedAnswer | null,
  signal: AbortSignal,
): Promise<void> {
  let prefetched = first;
  browserContext.on('page', (opened) => {
    if (opened !== page) opened.close().catch(() => undefined);
  });
  page.on('dialog', (dialog) => {
    dialog.dismiss().catch(() => undefined);
  });
  await browserContext.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    url.hash = '';
    const ready = prefetched?.finalUrl.href === url.href ? prefetched : null;
    if (ready !== null) prefetched = null;
    await decide(route, url, ready, context, signal).catch(() =>
      route.abort('failed').catch(() => undefined),
    );
  });
}

async function decide(
  route: Route,
  url: URL,
  ready: FollowedAnswer | null,
  context: FetchContext,
  signal: AbortSignal,
): Promise<void> {
  const request = route.request();
  if (UNSHOWN.has(request.resourceType())) return route.abort('blockedbyclient');
  if (!isServedByUs(context, url)) {
    context.guard.check(url);
    return route.continue();
  }
  if (request.method() !== 'GET') return route.abort('blockedbyclient');
  const options = { headers: {}, signal, obeyRobots: false, takeTurn: false };
  const answer = ready ?? (await followRedirects(context, url, options));
  const moved = answer.finalUrl.href !== url.href && request.isNavigationRequest();
  return moved ? sendOn(route, answer.finalUrl) : hand(route, answer);
}

function hand(route: Route, answer: FollowedAnswer): Promise<void> {
  const { 'content-encoding': _coding, 'content-length': _length, ...headers } = answer.headers;
  return route.fulfill({ status: answer.status, headers, body: Buffer.from(answer.body) });
}

/** The browser must know where it ends up, and a redirect handed to it would not come back here. */
function sendOn(route: Route, to: URL): Promise<void> {
  const target = to.href.replace(/&/g, '&amp;').replace(/"/g, '&quot;');
  const body = `<!doctype html><meta http-equiv="refresh" content="0;url=${target}">`;
  return route.fulfill({ status: 200, contentType: 'text/html', body });
}
