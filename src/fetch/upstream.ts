import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import { FetchError } from '../domain/errors.ts';
import type { FetchContext } from './fetch-context.ts';

/** Opens a connection to the host of an address, through the proxy of the environment where there is one. */
export function connectUpstream(
  context: FetchContext,
  url: URL,
  open: (socket: Socket) => void,
  fail: (error: Error) => void,
): void {
  const proxy = context.connector.proxy(url);
  const port = Number(url.port) || 443;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (proxy === null) {
    const socket = connect({ host, port, lookup: context.guard.lookup });
    socket.setTimeout(context.limits.connect, () => socket.destroy(slow(url)));
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.setTimeout(0).off('error', fail);
      open(socket);
    });
    return;
  }
  const asked = requestTo(proxy, {
    method: 'CONNECT',
    path: `${url.hostname}:${port}`,
    timeout: context.limits.connect,
  });
  asked.once('error', fail);
  asked.once('timeout', () => asked.destroy(slow(url)));
  asked.once('connect', (answer, socket) => {
    if (answer.statusCode === 200) return open(socket.setTimeout(0));
    socket.destroy();
    fail(new FetchError('connect', `The proxy refused ${url.host} (${answer.statusCode}).`));
  });
  asked.end();
}

function slow(url: URL): FetchError {
  return new FetchError('timeout', `${url.host} took too long to answer.`, { transient: true });
}

/** The request of the browser as we send it on, to the host itself or to the proxy of the environment. */
export function forwarded(
  context: FetchContext,
  url: URL,
  incoming: IncomingMessage,
): ClientRequest {
  const proxy = context.connector.proxy(url);
  const { 'proxy-connection': _left, ...headers } = incoming.headers;
  const { headers: timeout, headerBytes: maxHeaderSize } = context.limits;
  const common = { method: incoming.method, timeout, maxHeaderSize };
  if (proxy !== null) {
    return requestTo(proxy, { ...common, path: url.href, headers });
  }
  return request(url, { ...common, headers, lookup: context.guard.lookup, agent: false });
}

function requestTo(proxy: URL, options: { path: string; [key: string]: unknown }) {
  const { username, password } = proxy;
  const secret = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  const credentials =
    username === '' ? {} : { 'proxy-authorization': `Basic ${secret.toString('base64')}` };
  const headers = { ...(options['headers'] as object | undefined), ...credentials };
  const ask = proxy.protocol === 'https:' ? secureRequest : request;
  return ask({
    ...options,
    headers,
    host: proxy.hostname,
    port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
    agent: false,
  });
}
