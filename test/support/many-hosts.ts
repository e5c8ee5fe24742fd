import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as the site saw it, by the clock of this process in milliseconds. */
export interface Visit {
  host: string;
  path: string;
  /** Which process asked: the last part of the address that its User-Agent gives for questions. */
  by: string;
  from: number;
  to: number;
}

/** A site at many hosts of this machine, which takes a while over each answer and notes when it did. */
export interface ManyHosts {
  port: number;
  visits: Visit[];
  /** The addresses of so many pages, spread over so many hosts. */
  pages(count: number, hosts: number): readonly string[];
  close(): void;
}

/** Time that nobody sets, counted from where the clock of this machine was at the start. */
const now = () => performance.timeOrigin + performance.now();

/** How long an answer takes, in milliseconds: long enough for two at a time to be seen. */
const SLOWNESS = 20;

export async function openManyHosts(): Promise<ManyHosts> {
  const visits: Visit[] = [];
  const server = createServer((request, response) => {
    const from = now();
    const { url: path = '', headers } = request;
    const { host = '', 'user-agent': agent = '' } = headers;
    const by = /https:\/\/test\.example\/?([\w-]*)/.exec(agent)?.[1] ?? '';
    setTimeout(() => {
      // Noted before the answer goes out: what it says of pauses is at most too short.
      visits.push({ host, path, by, from, to: now() });
      const tag = `"${path}"`;
      if (!path.startsWith('/story-')) return response.writeHead(404).end();
      if (headers['if-none-match'] === tag) return response.writeHead(304, { etag: tag }).end();
      response.writeHead(200, { 'content-type': 'text/html', etag: tag });
      return response.end(
        `<title>Story</title><main><p>What ${host}${path} says, in a sentence.</p></main>`,
      );
    }, SLOWNESS);
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    visits,
    pages: (count, hosts) =>
      Array.from({ length: count }, (_, n) => {
        const host = n % hosts;
        return `http://127.0.${1 + Math.floor(host / 250)}.${(host % 250) + 1}:${port}/story-${n}.html`;
      }),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The shortest time between the end of one request to a host and the beginning of the next, and which two they are. */
export function leastGap(visits: readonly Visit[]): { gap: number; between: readonly Visit[] } {
  const last = new Map<string, Visit>();
  let least: ReturnType<typeof leastGap> = { gap: Number.POSITIVE_INFINITY, between: [] };
  for (const visit of [...visits].sort((a, b) => a.from - b.from)) {
    const before = last.get(visit.host);
    if (before !== undefined && visit.from - before.to < least.gap) {
      least = { gap: visit.from - before.to, between: [before, visit] };
    }
    if (before === undefined || visit.to > before.to) last.set(visit.host, visit);
  }
  return least;
}
