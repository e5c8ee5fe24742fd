import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex, Readable } from 'node:stream';
import { FetchError } from '../domain/errors.ts';
import { faultOf } from './faults.ts';
import type { FetchContext } from './fetch-context.ts';
import { connectUpstream, forwarded } from './upstream.ts';

/**
 * The only way out of the browser for one fetch: a proxy on this machine that holds every connection, redirect and
 * script of a page to the same guard as a plain fetch, resolves the names itself, and counts the bytes.
 */
export interface BrowserProxy {
  /** Where the browser finds it. */
  server: string;
  /** Why the connection to a host failed here; null when it did not. */
  fault(host: string): FetchError | null;
  /** Set once more bytes came in than a page may have. */
  overflow(): FetchError | null;
  close(): Promise<void>;
}

/** What passes through one browser proxy. */
interface Traffic {
  context: FetchContext;
  faults: Map<string, FetchError>;
  sockets: Set<Duplex>;
  taken: number;
  overflow: FetchError | null;
}

export async function openBrowserProxy(context: FetchContext): Promise<BrowserProxy> {
  const traffic: Traffic = {
    context,
    faults: new Map(),
    sockets: new Set(),
    taken: 0,
    overflow: null,
  };
  const { headerBytes: maxHeaderSize } = context.limits;
  const server = createServer({ maxHeaderSize }, (incoming, response) => {
    const url = addressIn(incoming.url ?? '');
    if (url === null) response.writeHead(400).end();
    else void admit(traffic, url, incoming.socket, () => relay(traffic, url, incoming, response));
  });
  server.on('connection', (socket: Socket) => hold(traffic, socket));
  server.on('connect', (incoming: IncomingMessage, client: Duplex, head: Uint8Array) => {
    const url = addressIn(`https://${incoming.url ?? ''}`);
    if (url === null) client.destroy();
    else void admit(traffic, url, client, () => tunnel(traffic, url, client, head));
  });
  await new Promise<void>((ready, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', ready);
  });
  return {
    server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fault: (host) => traffic.faults.get(host) ?? null,
    overflow: () => traffic.overflow,
    close() {
      dropAll(traffic);
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

function addressIn(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function hold(traffic: Traffic, socket: Duplex): void {
  traffic.sockets.add(socket);
  socket.on('error', () => socket.destroy());
  socket.once('close', () => traffic.sockets.delete(socket));
}

function dropAll(traffic: Traffic): void {
  for (const socket of traffic.sockets) socket.destroy();
}

function count(traffic: Traffic, from: Readable): void {
  const limit = traffic.context.limits.wireBytes;
  from.on('data', (chunk: Uint8Array) => {
    traffic.taken += chunk.length;
    if (traffic.taken <= limit || traffic.overflow !== null) return;
    traffic.overflow = new FetchError('too-large', `The page took more than ${limit} bytes.`);
    dropAll(traffic);
  });
}

async function admit(traffic: Traffic, url: URL, client: Duplex, pass: () => void): Promise<void> {
  const { guard, connector } = traffic.context;
  try {
    await guard.admit(url, connector);
    if (connector.localOrigin(url) !== null) {
      throw new FetchError('redirect', `${url.host} has a stand-in, which a script was led past.`);
    }
    pass();
  } catch (error) {
    refuse(traffic, url, client, error);
  }
}

/** Notes why and hangs up: what the browser makes of it differs, the reason stays. */
function refuse(traffic: Traffic, url: URL, client: Duplex, error: unknown): void {
  traffic.faults.set(url.host, faultOf(error, url.href));
  client.destroy();
}

function tunnel(traffic: Traffic, url: URL, client: Duplex, head: Uint8Array): void {
  const open = (upstream: Socket) => {
    hold(traffic, upstream);
    count(traffic, upstream);
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => client.destroy());
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    upstream.write(head);
    upstream.pipe(client).pipe(upstream);
  };
  connectUpstream(traffic.context, url, open, (error) => refuse(traffic, url, client, error));
}

function relay(
  traffic: Traffic,
  url: URL,
  incoming: IncomingMessage,
  response: ServerResponse,
): void {
  const outgoing = forwarded(traffic.context, url, incoming);
  outgoing.on('socket', (socket) => hold(traffic, socket));
  outgoing.on('error', (error) => refuse(traffic, url, incoming.socket, error));
  outgoing.on('timeout', () => outgoing.destroy());
  outgoing.on('response', (answer) => {
    count(traffic, answer);
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    // A body that breaks off upstream must break off here too, or the browser would take it as whole.
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  });
  incoming.pipe(outgoing);
}
