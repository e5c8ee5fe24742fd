import type { BrowserContext, Page, Route } from 'playwright';
import type { Access } from './fetch-context.ts';
import { type Walked, walk } from './follow-redirects.ts';

/** Not needed to read a page, and most of its weight. */
const UNSHOWN = new Set(['image', 'font', 'media']);

/**
 * Whether a page of this host is fetched by us and handed to the browser: hosts with a stand-in, which a browser
 * would not find, and hosts with headers of their own, which a browser would carry along to where a redirect leads.
 */
export function isServedByUs(access: Access, url: URL): boolean {
  return access.dial.standIn(url) !== null || Object.keys(access.headersOf(url)).length > 0;
}

/** Decides on every request of a page; what passes here still has to pass the gate. */
export async function serveRequests(
  context: BrowserContext,
  page: Page,
  access: Access,
  first: Walked | null,
  signal: AbortSignal,
): Promise<void> {
  let prefetched = first;
  context.on('page', (opened) => {
    if (opened !== page) opened.close().catch(() => undefined);
  });
  page.on('dialog', (dialog) => {
    dialog.dismiss().catch(() => undefined);
  });
  await context.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    url.hash = '';
    const ready = prefetched?.finalUrl.href === url.href ? prefetched : null;
    if (ready !== null) prefetched = null;
    await decide(route, url, ready, access, signal).catch(() =>
      route.abort('failed').catch(() => undefined),
    );
  });
}

async function decide(
  route: Route,
  url: URL,
  ready: Walked | null,
  access: Access,
  signal: AbortSignal,
): Promise<void> {
  const request = route.request();
  if (UNSHOWN.has(request.resourceType())) return route.abort('blockedbyclient');
  if (!isServedByUs(access, url)) {
    access.guard.check(url);
    return route.continue();
  }
  if (request.method() !== 'GET') return route.abort('blockedbyclient');
  const options = { headers: {}, signal, obeyRobots: false, takeTurn: false };
  const answer = ready ?? (await walk(access, url, options));
  const moved = answer.finalUrl.href !== url.href && request.isNavigationRequest();
  return moved ? sendOn(route, answer.finalUrl) : hand(route, answer);
}

function hand(route: Route, answer: Walked): Promise<void> {
  const { 'content-encoding': _coding, 'content-length': _length, ...headers } = answer.headers;
  return route.fulfill({ status: answer.status, headers, body: Buffer.from(answer.body) });
}

/** The browser must know where it ends up, and a redirect handed to it would not come back here. */
function sendOn(route: Route, to: URL): Promise<void> {
  const target = to.href.replace(/&/g, '&amp;').replace(/"/g, '&quot;');
  const body = `<!doctype html><meta http-equiv="refresh" content="0;url=${target}">`;
  return route.fulfill({ status: 200, contentType: 'text/html', body });
}
