import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { asError } from '../domain/errors.ts';
import { SECOND } from '../domain/time.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from './metrics.ts';

export interface PortOptions {
  port: number;
  host: string;
  log: Logger;
  metrics: Pick<Metrics, 'page'>;
  /** What keeps it from living; empty when nothing does. */
  liveness(): readonly string[];
  /** What keeps it from working, beside that. */
  readiness(): Promise<readonly string[]>;
}

/** Where the program can be looked at from outside. */
export interface OpenPort {
  /** The port it got; another than was asked for only when that was 0. */
  port: number;
  close(): Promise<void>;
}

/** How long one who asks may take to say what, in milliseconds. */
const TIMEOUT = 10 * SECOND;

/** Answers `/healthz`, `/readyz` and `/metrics`, and nothing else. Rejects when it cannot listen there. */
export async function openPort(options: PortOptions): Promise<OpenPort> {
  const { log } = options;
  const server = createServer(
    { headersTimeout: TIMEOUT, requestTimeout: TIMEOUT, keepAliveTimeout: TIMEOUT },
    (request, response) => {
      answer(options, request, response).catch((thrown: unknown) => {
        const error = asError(thrown);
        log.error({ err: error, path: request.url }, 'asked from outside, and failed');
        say(response, 500, { failed: 'The database could not be read; the log says why.' });
      });
    },
  );
  await listening(server, options);
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function listening(server: Server, { port, host }: PortOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function answer(
  { metrics, liveness, readiness }: PortOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    say(response, 405, { failed: 'Only GET and HEAD are answered here.' });
    return;
  }
  switch ((request.url ?? '/').split('?')[0]) {
    case '/healthz':
      return sayWhether(response, 'alive', liveness());
    case '/readyz':
      return sayWhether(response, 'ready', [...liveness(), ...(await readiness())]);
    case '/metrics': {
      const { type, text } = await metrics.page();
      send(response, 200, type, text);
      return;
    }
    default:
      say(response, 404, { failed: 'There are /healthz, /readyz and /metrics.' });
  }
}

function sayWhether(response: ServerResponse, what: string, against: readonly string[]): void {
  const holds = against.length === 0;
  say(response, holds ? 200 : 503, { [what]: holds, because: against });
}

function say(response: ServerResponse, status: number, document: object): void {
  send(response, status, 'application/json; charset=utf-8', `${JSON.stringify(document)}\n`);
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  if (response.headersSent) return;
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(text);
}
