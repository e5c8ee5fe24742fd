import type { EventEmitter } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { errors } from 'undici';
import type { FetchError } from '../domain/errors.ts';
import type { FetchLimits } from './connect.ts';

/** An answer as it is read on, whichever parser its head went through. */
export interface RawAnswer {
  statusCode: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: IncomingMessage;
}

export interface TolerantRequest {
  /** The origin that is asked, which may be a stand-in for the host. */
  origin: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  limits: FetchLimits;
  /** The guard of names; none for a stand-in. */
  lookup: LookupFunction | undefined;
}

/**
 * The far side answered in an HTTP that undici does not take and browsers do: bare line feeds, folded lines, control
 * characters in a header, a length beside chunks, `100 Continue` that nobody asked for.
 */
export function isLooseHttp({ kind, cause }: FetchError): boolean {
  return (
    cause instanceof errors.HTTPParserError ||
    (cause instanceof errors.ResponseContentLengthMismatchError && kind !== 'cut-off') ||
    (cause instanceof errors.SocketError && cause.message === 'bad response')
  );
}

/** Asks over a connection of its own, with Node's parser in its lenient mode. */
export function askTolerantly(
  asked: TolerantRequest,
  end: EventEmitter & { reason: FetchError | null },
): Promise<RawAnswer> {
  const { origin, path, headers, limits, lookup } = asked;
  const url = new URL(path, origin);
  return new Promise((resolve, reject) => {
    const ask = url.protocol === 'https:' ? secureRequest : request;
    const sent: ClientRequest = ask(url, {
      headers: { ...headers, connection: 'close' },
      agent: false,
      insecureHTTPParser: true,
      maxHeaderSize: limits.headerBytes,
      timeout: limits.idle,
      ...(lookup !== undefined && { lookup }),
    });
    const stop = (stream: ClientRequest | IncomingMessage) =>
      end.once('abort', () => stream.destroy(end.reason ?? undefined));
    stop(sent);
    sent.once('timeout', () => sent.destroy());
    sent.on('error', reject);
    sent.once('response', (body) => {
      stop(body);
      resolve({ statusCode: body.statusCode ?? 0, headers: body.headers, body });
    });
    sent.end();
  });
}
