import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer as a test writes it. With an `etag`, a request that names it is answered with 304. */
export interface ScriptedAnswer {
  status?: number;
  type?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  /** Sends an ETag and Last-Modified, and 304 to a request that holds what the site would send again. */
  conditional?: boolean;
}

export type Scripted =
  | ScriptedAnswer
  | ((request: IncomingMessage, response: ServerResponse) => void);

export interface SeenRequest {
  method: string;
  /** As the client meant it: host of the Host header, path and query. */
  address: string;
  path: string;
  headers: IncomingMessage['headers'];
}

/**
 * A real HTTP server on this machine that answers what a test wrote down and nothing else. One server stands for as
 * many hosts as a test likes: `answer('openai.com/news/rss.xml', ...)` is that page of that host, `answer('/a', ...)`
 * is the page of any host.
 */
export interface HttpSite {
  origin: string;
  port: number;
  requests: readonly SeenRequest[];
  /** One answer stands until it is replaced; a list is given out one by one, and each must be asked for. */
  answer(address: string, scripted: Scripted | readonly Scripted[]): void;
  /** An answer that nobody need ask for, such as one that comes too late anyway. */
  mayAnswer(address: string, scripted: Scripted): void;
  /** What is given to everything that no test wrote an answer for; null leaves it to the site. */
  otherwise(give: (address: URL) => ScriptedAnswer | null): void;
  /** The `hosts` map that makes this site stand in for the named hosts. */
  standingFor(...hosts: string[]): Record<string, string>;
  /** Ends the server. Throws when it was asked for something unexpected, or never for something written down. */
  close(): Promise<void>;
  /** Ends the server without asking what came of it. */
  abandon(): Promise<void>;
}

/** Asked for by politeness and by browsers, whatever the test is about: absent unless a test says otherwise. */
const ABSENT = new Set(['/robots.txt', '/favicon.ico']);

interface Script {
  answers: Scripted[];
  repeats: boolean;
  asked: boolean;
}

export async function openSite(): Promise<HttpSite> {
  const scripts = new Map<string, Script>();
  const requests: SeenRequest[] = [];
  const unexpected: string[] = [];
  let anything: (address: URL) => ScriptedAnswer | null = () => null;

  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const address = `${request.headers.host ?? ''}${path}`;
    requests.push({ method: request.method ?? '', address, path, headers: request.headers });
    const script = scripts.get(address) ?? scripts.get(path);
    const given = nextOf(script) ?? anything(new URL(`https://${address}`));
    if (given !== null) {
      give(given, request, response);
      return;
    }
    if (!ABSENT.has(path)) unexpected.push(`${request.method} ${address}`);
    response.writeHead(404, { 'content-type': 'text/plain' }).end('not here\n');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;

  function abandon(): Promise<void> {
    server.closeAllConnections();
    return new Promise((closed) => server.close(() => closed()));
  }

  return {
    origin,
    port,
    requests,
    answer(address, scripted) {
      const list = Array.isArray(scripted);
      const answers: Scripted[] = list ? [...scripted] : [scripted as Scripted];
      scripts.set(address, { answers, repeats: !list, asked: false });
    },
    mayAnswer(address, scripted) {
      scripts.set(address, { answers: [scripted], repeats: true, asked: true });
    },
    otherwise(give) {
      anything = give;
    },
    standingFor: (...hosts) => Object.fromEntries(hosts.map((host) => [host, origin])),
    abandon,
    async close() {
      await abandon();
      const never = [...scripts].filter(([, script]) => !script.asked || unused(script));
      const faults = [
        ...unexpected.map((address) => `asked, and not expected: ${address}`),
        ...never.map(([address]) => `expected, and not asked: ${address}`),
      ];
      if (faults.length > 0) throw new Error(faults.join('\n'));
    },
  };
}

function nextOf(script: Script | undefined): Scripted | undefined {
  if (script === undefined) return undefined;
  script.asked = true;
  return script.repeats ? script.answers[0] : script.answers.shift();
}

function unused(script: Script): boolean {
  return !script.repeats && script.answers.length > 0;
}

const LAST_MODIFIED = 'Tue, 21 Apr 2026 19:00:00 GMT';

function give(scripted: Scripted, request: IncomingMessage, response: ServerResponse): void {
  if (typeof scripted === 'function') {
    scripted(request, response);
    return;
  }
  const body = Buffer.from(scripted.body ?? '');
  const headers: Record<string, string> = {
    'content-type': scripted.type ?? 'text/html; charset=utf-8',
    ...scripted.headers,
  };
  if (scripted.conditional) {
    headers['etag'] = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
    headers['last-modified'] = LAST_MODIFIED;
    if (isUnchanged(request, headers['etag'])) {
      response.writeHead(304, headers).end();
      return;
    }
  }
  headers['content-length'] = String(body.length);
  response.writeHead(scripted.status ?? 200, headers).end(body);
}

/** The tag decides where one is sent; the date only without it (RFC 9110, 13.2.2). */
function isUnchanged(request: IncomingMessage, etag: string): boolean {
  const tag = request.headers['if-none-match'];
  return tag === undefined ? request.headers['if-modified-since'] === LAST_MODIFIED : tag === etag;
}
