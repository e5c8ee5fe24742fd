import { html } from 'hono/html';
import { shortDay } from '../domain/time.ts';

/** Escaped HTML, or what becomes it. */
export type Html = ReturnType<typeof html>;

/** What every page is drawn with. */
export interface PageContext {
  /** What stands before every path of ours: empty when served at the root of a host. */
  base: string;
  /** The moment a visitor asks about, as it stands in the address; null for now. */
  asOf: string | null;
  /** Plain files on a static host: nothing there can answer a question. */
  isStatic: boolean;
  version: string;
}

/** An address of ours; a page about a moment leads to pages about the same moment. */
export function href({ base, asOf }: PageContext, path: string): string {
  if (asOf === null) return base + path;
  return `${base}${path}${path.includes('?') ? '&' : '?'}as-of=${encodeURIComponent(asOf)}`;
}

export interface PageParts {
  title: string;
  /** The path without its query, for the form that moves the moment. */
  path: string;
  /** The moment the page speaks of. */
  knownAt: string;
  body: Html;
  /** Feeds of what the page is about. */
  feeds?: readonly { title: string; path: string }[];
  query?: string;
}

const MENU = [
  ['/', 'Board'],
  ['/stories', 'Stories'],
  ['/changes', 'Changes'],
  ['/sources', 'Sources'],
  ['/api', 'API'],
] as const;

/** A whole page: one head, one menu, one main part; no script, and nothing that stands in a line of style. */
export function page(context: PageContext, parts: PageParts): Html {
  const { base } = context;
  const { title, path, body, feeds = [], query = '' } = parts;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}${title === 'firsthand' ? '' : ' · firsthand'}</title>
<link rel="stylesheet" href="${base}/style.css">
<link rel="icon" href="${base}/icon.svg" type="image/svg+xml">
${feeds.map((feed) => html`<link rel="alternate" type="application/atom+xml" title="${feed.title}" href="${base}${feed.path}">\n`)}</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="site">
<a class="brand" href="${href(context, '/')}">firsthand</a>
<nav aria-label="Pages"><ul>${MENU.map(([to, label]) => html`<li><a href="${href(context, to)}"${to === path ? html` aria-current="page"` : ''}>${label}</a></li>`)}</ul></nav>
${context.isStatic ? '' : searchForm(context, query)}
</header>
<main id="main">
${body}
</main>
<footer class="site">
${context.isStatic ? '' : momentForm(context, parts)}
<p><a href="${base}/feeds/all.atom">Feed</a> · <a href="${base}/feeds/feeds.opml">All feeds</a> · <a href="${base}/calendar.ics">Calendar of retirements</a></p>
<p>Known at ${time(parts.knownAt)}. A level is what the kept evidence gives by fixed rules; nothing is confirmed without the vendor's own page. firsthand ${context.version}.</p>
</footer>
</body>
</html>`;
}

function searchForm({ base, asOf }: PageContext, query: string): Html {
  return html`<form class="search" role="search" action="${base}/search" method="get">
<label class="hidden" for="q">Model or product</label>
<input id="q" name="q" type="search" value="${query}" placeholder="Model, product or alias" maxlength="200" autocomplete="off">
${asOf === null ? '' : html`<input type="hidden" name="as-of" value="${asOf}">`}
<button type="submit">Search</button>
</form>`;
}

function momentForm({ base, asOf }: PageContext, { path, knownAt }: PageParts): Html {
  return html`<form class="moment" action="${base}${path}" method="get">
<label for="as-of">What was known at (UTC)</label>
<input id="as-of" name="as-of" type="datetime-local" value="${knownAt.slice(0, 16)}" max="9999-12-31T23:59">
<button type="submit">Show</button>
${asOf === null ? '' : html` <a href="${base}${path}">Back to now</a>`}
</form>`;
}

/** `21 Apr 2026, 19:10 UTC`. */
export function timeWords(instant: string): string {
  return `${shortDay(instant)}, ${instant.slice(11, 16)} UTC`;
}

export function time(instant: string | null): Html {
  if (instant === null) return html`never`;
  return html`<time datetime="${instant}">${timeWords(instant)}</time>`;
}

/** A sign for each level, so that no colour is needed to tell them apart. */
const SIGNS: Readonly<Record<string, string>> = {
  confirmed: '✓',
  secondary: '◐',
  rumor: '○',
  unknown: '·',
  withdrawn: '✕',
  contradicted: '≠',
};

/** Statuses that say something which the level does not. */
const TELLING = new Set(['scheduled', 'due', 'denied', 'stale', 'expired']);

/** `confirmed`, or `confirmed, scheduled` where the status says more. */
export function levelWords(level: string, status: string): string {
  return TELLING.has(status) ? `${level}, ${status}` : level;
}

export function pill(level: string, status = 'current'): Html {
  return html`<span class="level ${level}"><span aria-hidden="true">${SIGNS[level] ?? ''}</span> ${levelWords(level, status)}</span>`;
}

/** A link to a page of others; anything that is no web address is shown as words. */
export function outside(url: string, words: string): Html {
  if (!/^https?:\/\//.test(url)) return html`<span class="address">${words}</span>`;
  return html`<a class="outside" href="${url}" rel="noopener noreferrer nofollow">${words}</a>`;
}

/** An address without what everybody expects of one. */
export function shortAddress(url: string): string {
  return url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '');
}

/** How far one moment lies from another, in its largest unit: `3 d`, `12 min`. */
export function spanWords(milliseconds: number): string {
  const minutes = Math.floor(Math.abs(milliseconds) / 60_000);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}
