import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { etag } from 'hono/etag';
import { html } from 'hono/html';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import PQueue from 'p-queue';
import { apiDocument, apiRoutes } from '../api/api.ts';
import { type Problem, problemOf, RETRY_AFTER, titled } from '../api/question.ts';
import { asError } from '../domain/errors.ts';
import { mcpOverHttp } from '../mcp/server.ts';
import { packageRoot } from '../package-root.ts';
import type { LiveKnown } from '../read/known.ts';
import { badgeRoutes } from './badges.ts';
import { feedRoutes } from './feed-routes.ts';
import {
  CONTENT_POLICY,
  hostGuard,
  originGuard,
  rateLimit,
  responseCache,
  writingRoutes,
} from './guards.ts';
import { type Html, href, type PageContext, page } from './page.ts';
import { pageRoutes } from './page-routes.ts';
import { problemResponse } from './problem-response.ts';
import type { OpenApiDocument } from './reference-page.ts';
import type { SiteLimits, SiteOptions } from './site-options.ts';
import { storyStream } from './story-stream.ts';

/** Everything that is answered over HTTP: pages, API, badges. Throws nothing: every fault becomes an answer. */
export function siteOver(options: SiteOptions): Hono {
  const { log, limits, live } = options;
  const site = new Hono();
  site.use(hostGuard(options.hosts), lagHeader(live));
  if (limits !== null) site.use(rateLimit(limits.rate));
  site.use(
    secureHeaders({
      contentSecurityPolicy: CONTENT_POLICY,
      referrerPolicy: 'no-referrer',
      // Whoever ends TLS before us says that, and badges and feeds may stand in other pages.
      strictTransportSecurity: false,
      crossOriginResourcePolicy: 'cross-origin',
    }),
  );
  site.use(
    cors({
      origin: '*',
      allowMethods: ['GET', 'HEAD'],
      exposeHeaders: ['etag', 'retry-after', LAG],
    }),
  );
  // Before what holds an answer back until it is whole: these may be streams.
  const mcp = mcpOverHttp(options);
  site.all('/mcp', originGuard(options.hosts), (context) => mcp(context.req.raw));
  storyStream(site, options);
  site.use(etag());
  if (limits !== null) site.use(responseCache(live));
  if (limits !== null) site.use(oneAfterAnother(limits));
  assets(site);
  const api = apiRoutes(options);
  const document = apiDocument(api, options.version);
  site.route('/api/v1', api);
  site.get('/openapi.json', (context) => context.json(document));
  writingRoutes(site, options.writing);
  badgeRoutes(site, options);
  feedRoutes(site, options);
  pageRoutes(site, { ...options, document: document as unknown as OpenApiDocument });
  site.notFound((context) => fault(context, titled(404, 'Not found', 'There is no such page.')));
  site.onError((thrown, context) => {
    if (thrown instanceof HTTPException) return thrown.getResponse();
    const problem = problemOf(thrown);
    if (problem.status === 500) {
      log.error({ error: asError(thrown).stack ?? '', path: context.req.path }, 'a page failed');
    }
    return fault(context, problem);
  });
  return site;

  function fault(
    context: Context,
    problem: ReturnType<typeof problemOf>,
  ): Response | Promise<Response> {
    const isPage = /^\/(api\/v1|openapi|badge|feeds|calendar|mcp)/.test(context.req.path) === false;
    if (!isPage) return problemResponse(context, problem);
    return errorPage(context, problem, options);
  }
}

/** How far behind the database is that was asked, in seconds, where that is one that follows another. */
const LAG = 'firsthand-replica-lag';

function lagHeader(live: LiveKnown) {
  return async (context: Context, next: () => Promise<void>): Promise<void> => {
    await next();
    const lag = live.lag();
    if (lag !== null) context.header(LAG, (lag / 1_000).toFixed(1));
  };
}

/** Beyond a queue of bounded length the honest answer is "come again". */
function oneAfterAnother({ concurrency, waiting }: SiteLimits) {
  const queue = new PQueue({ concurrency });
  return async (context: Context, next: () => Promise<void>): Promise<Response | undefined> => {
    if (queue.size >= waiting) {
      const detail = 'Too many questions wait for an answer: ask again soon.';
      return problemResponse(context, titled(503, 'Unavailable', detail));
    }
    await queue.add(next);
    return undefined;
  };
}

/** Each asset is made of these files, one behind the other. */
const ASSETS = [
  { path: '/style.css', files: ['base.css', 'parts.css'], type: 'text/css; charset=utf-8' },
  { path: '/icon.svg', files: ['icon.svg'], type: 'image/svg+xml' },
];

/** The sheet and the icon, read once. */
function assets(site: Hono): void {
  const folder = join(packageRoot(), 'assets', 'web');
  for (const { path, files, type } of ASSETS) {
    const text = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
    site.get(path, (context) => {
      context.header('content-type', type);
      context.header('cache-control', 'public, max-age=600');
      return context.body(text);
    });
  }
}

/** A fault as a page: what is wrong, and where to go on. */
function errorPage(
  context: Context,
  problem: Problem,
  { publicUrl, isStatic, version, clock }: SiteOptions,
): Response | Promise<Response> {
  const base = publicUrl === null ? '' : new URL(publicUrl).pathname.replace(/\/$/, '');
  if (problem.status === 503) context.header('retry-after', String(RETRY_AFTER));
  const drawn = faultPage({ base, asOf: null, isStatic, version }, problem, clock.now());
  return context.html(drawn, problem.status as ContentfulStatusCode);
}

function faultPage(context: PageContext, { title, detail, near = [] }: Problem, now: string): Html {
  const body = html`<h1>${title}</h1>
<p>${detail}</p>
${near.length === 0 ? '' : html`<ul>${near.map((id) => html`<li><a href="${href(context, `/models/${id}`)}">${id}</a></li>`)}</ul>`}
<p><a href="${href(context, '/')}">To the board</a></p>`;
  return page(context, { title, path: '/', knownAt: now, body });
}
