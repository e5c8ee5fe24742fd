import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RecordedCapture, Recording } from '../domain/capture.ts';

/** A real web server that answers for every host of a recording, as those hosts answered at the time. */
export interface RecordedSite {
  origin: string;
  /** Each host of the recording and the origin that takes its place. */
  hosts: Readonly<Record<string, string>>;
  serve(capture: RecordedCapture): void;
  /** How many requests were answered, and how many of them with 304. */
  counts: { answered: number; notModified: number };
  close(): Promise<void>;
}

export async function openRecordedSite(recording: Recording): Promise<RecordedSite> {
  const current = new Map<string, RecordedCapture>();
  const counts = { answered: 0, notModified: 0 };
  const server = createServer((request, response) => {
    counts.answered += 1;
    answer(current.get(addressOf(request)), request, response, counts).catch(() =>
      response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const addresses = recording.captures.flatMap(({ url, finalUrl }) => [url, finalUrl]);
  const hosts = Object.fromEntries(addresses.map((url) => [new URL(url).host, origin]));
  return {
    origin,
    hosts,
    counts,
    serve(capture) {
      current.set(keyOf(capture.url), capture);
      // A redirect is served as one, and what it leads to under its own address.
      if (capture.finalUrl !== capture.url)
        current.set(keyOf(capture.finalUrl), { ...capture, url: capture.finalUrl });
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function keyOf(url: string): string {
  const { host, pathname, search } = new URL(url);
  return `${host}${pathname}${search}`;
}

function addressOf({ headers, url }: IncomingMessage): string {
  return `${headers.host ?? ''}${url ?? '/'}`;
}

async function answer(
  capture: RecordedCapture | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  counts: RecordedSite['counts'],
): Promise<void> {
  if (capture === undefined) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
    return;
  }
  const { outcome } = capture;
  if (outcome.kind === 'failure') {
    // A timeout is silence until the other side gives up; every other failure is a connection that breaks.
    if (outcome.failure !== 'timeout') request.socket.destroy();
    return;
  }
  if (capture.finalUrl !== capture.url) {
    response.writeHead(301, { location: capture.finalUrl }).end();
    return;
  }
  if (isKnownTo(request, outcome.headers)) {
    counts.notModified += 1;
    response.writeHead(304, outcome.headers).end();
    return;
  }
  const body = await capture.body();
  const headers = { ...outcome.headers, 'content-type': outcome.contentType };
  response.writeHead(outcome.status, headers).end(body);
}

function isKnownTo({ headers }: IncomingMessage, sent: Readonly<Record<string, string>>): boolean {
  const etag = sent['etag'];
  const modified = sent['last-modified'];
  if (etag !== undefined) return headers['if-none-match'] === etag;
  return modified !== undefined && headers['if-modified-since'] === modified;
}
