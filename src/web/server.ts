import type { Server } from 'node:http';
import { isIP } from 'node:net';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import ipaddr from 'ipaddr.js';
import { asError, UsageError } from '../domain/errors.ts';

export interface ListenOptions {
  host: string;
  port: number;
}

export interface Listening {
  port: number;
  /** Takes no more requests and lets those that run end, for some seconds at most. */
  close(): Promise<void>;
}

/** In milliseconds: a client that is slower holds a place that others wait for. */
const HEADERS_TIMEOUT = 10_000;
const REQUEST_TIMEOUT = 30_000;
const IDLE_TIMEOUT = 60_000;
const KEEP_ALIVE = 5_000;
const LAST_ANSWERS = 3_000;

const MOST_CONNECTIONS = 512;

/** Listens, with limits for slow and many clients. Throws `UsageError` when nothing can listen there. */
export function listen(site: Hono, { host, port }: ListenOptions): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: site.fetch, hostname: host, port }, ({ port: actual }) => {
      resolve({ port: actual, close: () => closed(server) });
    }) as Server;
    server.headersTimeout = HEADERS_TIMEOUT;
    server.requestTimeout = REQUEST_TIMEOUT;
    server.timeout = IDLE_TIMEOUT;
    server.keepAliveTimeout = KEEP_ALIVE;
    server.maxConnections = MOST_CONNECTIONS;
    server.once('error', (thrown) => {
      const { message } = asError(thrown);
      const advice = 'name another port, or stop what listens there';
      reject(
        new UsageError(`Nothing can listen on ${host}:${port} (${message}): ${advice}.`, {
          cause: thrown,
        }),
      );
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** Whether only this machine can reach an address; a name other than localhost may lead anywhere. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost') return true;
  return isIP(host) !== 0 && ipaddr.process(host).range() === 'loopback';
}
