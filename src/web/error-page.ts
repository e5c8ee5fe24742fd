import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type Problem, RETRY_AFTER } from '../api/problem.ts';
import { type Html, href, type PageContext, page } from './page.ts';
import type { SiteOptions } from './site-options.ts';

/** A fault as a page: what is wrong, and where to go on. */
export function errorPage(
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
