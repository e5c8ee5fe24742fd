import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** What a hostile or broken server does with a request; each is an answer of `openSite`. */
export type Hostile = (request: IncomingMessage, response: ServerResponse) => void;

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const MEGABYTE = 1024 * 1024;

/** A few kilobytes that unpack to `megabytes`. */
export function compressionBomb(megabytes: number): Hostile {
  const packed = gzipSync(Buffer.alloc(megabytes * MEGABYTE, 0x20), { level: 9 });
  return (_request, response) => {
    response.writeHead(200, { ...HTML, 'content-encoding': 'gzip' }).end(packed);
  };
}

/** Sends for as long as somebody listens. */
export const endlessBody: Hostile = (_request, response) => {
  response.writeHead(200, HTML);
  const more = () => {
    while (!response.destroyed && response.write('<p>and on it goes</p>'.repeat(1000)));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
};

/** Sends a byte now and then, never enough of a pause to be called idle. */
export const slowDrip: Hostile = (_request, response) => {
  response.writeHead(200, HTML);
  const timer = setInterval(() => response.write('.'), 50);
  response.once('close', () => clearInterval(timer));
};

/** Takes the request and says nothing. */
export const silence: Hostile = () => undefined;

/** Announces more than it sends, then hangs up. */
export const cutOff: Hostile = (_request, response) => {
  response.writeHead(200, { ...HTML, 'content-length': '5000' });
  response.write('<!doctype html><title>Half</title><p>The first half');
  setTimeout(() => response.socket?.destroy(), 30);
};

/** Hangs up before it says anything. */
export const hangUp: Hostile = (_request, response) => {
  response.socket?.destroy();
};

/** A page of honest size that is far too large. */
export function largePage(megabytes: number): Hostile {
  const line = '<p>A line of a page that does not end soon.</p>\n';
  const body = Buffer.alloc(megabytes * MEGABYTE, line);
  return (_request, response) => {
    response.writeHead(200, { ...HTML, 'content-length': String(body.length) }).end(body);
  };
}

export function redirectTo(location: string, status = 302): Hostile {
  return (_request, response) => {
    response.writeHead(status, { location }).end();
  };
}

/** A check for robots, as such pages look, sent with any status. */
export const CHALLENGE = `<!doctype html><html><head><title>Just a moment...</title></head><body>
<noscript>Enable JavaScript and cookies to continue</noscript>
<p>Verifying you are human. This may take a few seconds.</p>
<script>window._opt = { path: '/challenge-platform/x' };</script></body></html>`;

/** HTTPS with a certificate nobody vouches for. */
export async function openSelfSignedSite(): Promise<{ origin: string; close(): Promise<void> }> {
  const pem = readFileSync(new URL('../fixtures/tls/self-signed.pem', import.meta.url));
  const server = createSecureServer({ key: pem, cert: pem }, (_request, response) => {
    response.end('<p>trust me</p>');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `https://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}
