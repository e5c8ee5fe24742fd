import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Hono } from 'hono';
import { html } from 'hono/html';
import type { BoardView } from '../read/views.ts';

export interface Exported {
  files: number;
  bytes: number;
}

/** A board that leads to more pages is cut: a static host is no place for millions of files. */
const MOST_PAGES = 20_000;

/** What pages do not lead to, and other programs ask for. */
const BESIDE = [
  '/style.css',
  '/icon.svg',
  '/openapi.json',
  '/feeds/all.atom',
  '/feeds/all.json',
  '/feeds/all.rss',
  '/feeds/feeds.opml',
  '/calendar.ics',
  '/llms.txt',
];

/** A link of ours in a page: from the base on, without a query, which plain files cannot answer. */
const LINK = /\b(?:href|src)="([^"#?]+)/g;

/** Writes the board and all it leads to as plain files, which any static host can serve, with a sitemap of the pages. */
export async function exportSite(site: Hono, folder: string, publicUrl: string): Promise<Exported> {
  const base = new URL(publicUrl).pathname.replace(/\/$/, '');
  const ask = async (path: string) => {
    const answer = await site.request(path, { headers: { host: 'localhost' } });
    return answer.status === 200 ? answer : null;
  };
  const next = ['/', ...BESIDE, ...(await apiPaths(ask))];
  const seen = new Set(next);
  const written: Exported = { files: 0, bytes: 0 };
  const write = async (file: string, bytes: Uint8Array) => {
    await put(join(folder, file), bytes);
    written.files += 1;
    written.bytes += bytes.length;
  };
  const pages: string[] = [];
  for (let path = next.shift(); path !== undefined; path = next.shift()) {
    const answer = await ask(path);
    if (answer === null) continue;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    await write(fileFor(path, answer), bytes);
    if (!isPage(answer)) continue;
    pages.push(path);
    for (const link of linksIn(bytes, base)) {
      if (seen.has(link) || seen.size >= MOST_PAGES) continue;
      seen.add(link);
      next.push(link);
    }
  }
  await write('sitemap.xml', new TextEncoder().encode(sitemapOf(pages, publicUrl)));
  return written;
}

/** The pages for search engines, as https://www.sitemaps.org/protocol.html wants them. */
function sitemapOf(pages: readonly string[], publicUrl: string): string {
  const places = [...pages].sort().map((path) => html`<url><loc>${publicUrl}${path}</loc></url>\n`);
  return String(html`<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${places}</urlset>
`);
}

async function apiPaths(ask: (path: string) => Promise<Response | null>): Promise<string[]> {
  const answer = await ask('/api/v1/status');
  const { rows = [] } = ((await answer?.json()) ?? {}) as Partial<BoardView>;
  const subjects = rows.flatMap(({ subject }) => {
    const path = `/api/v1/subjects/${encodeURIComponent(subject)}`;
    return [
      path,
      `${path}/claims`,
      `${path}/timeline`,
      `/badge/${encodeURIComponent(subject)}.json`,
    ];
  });
  const lists = [
    '/api/v1/status',
    '/api/v1/stories',
    '/api/v1/sources',
    '/api/v1/changes',
    '/api/v1/retirements',
  ];
  return [...lists, ...subjects];
}

function isPage(answer: Response): boolean {
  return answer.headers.get('content-type')?.startsWith('text/html') ?? false;
}

function linksIn(bytes: Uint8Array, base: string): readonly string[] {
  const links = [...new TextDecoder().decode(bytes).matchAll(LINK)].map(([, link = '']) => link);
  return links
    .filter((link) => link.startsWith(`${base}/`) && !link.startsWith('//'))
    .map((link) => link.slice(base.length) || '/');
}

/** A page is the index of a folder of its name; an answer of the API gets the ending that says what it is. */
function fileFor(path: string, answer: Response): string {
  const safe = path
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/');
  if (isPage(answer)) return join(safe, 'index.html');
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false;
  return isJson && !safe.endsWith('.json') ? `${safe}.json` : safe;
}

async function put(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
}
