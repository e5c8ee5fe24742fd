import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Hono } from 'hono';
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

/** Writes the board and all it leads to as plain files, which any static host can serve. */
export async function exportSite(site: Hono, folder: string, base: string): Promise<Exported> {
  const ask = async (path: string) => {
    const answer = await site.request(path, { headers: { host: 'localhost' } });
    return answer.status === 200 ? answer : null;
  };
  const next = ['/', ...BESIDE, ...(await apiPaths(ask))];
  const seen = new Set(next);
  const written: Exported = { files: 0, bytes: 0 };
  for (let path = next.shift(); path !== undefined; path = next.shift()) {
    const answer = await ask(path);
    if (answer === null) continue;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    await put(join(folder, fileFor(path, answer)), bytes);
    written.files += 1;
    written.bytes += bytes.length;
    for (const link of isPage(answer) ? linksIn(bytes, base) : []) {
      if (seen.has(link) || seen.size >= MOST_PAGES) continue;
      seen.add(link);
      next.push(link);
    }
  }
  return written;
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
  const lists = ['/api/v1/status', '/api/v1/sources', '/api/v1/changes', '/api/v1/retirements'];
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
