import { EventEmitter } from 'node:events';
import { type Dispatcher, errors } from 'undici';
import { FetchError } from '../domain/errors.ts';
import type { Connector, FetchLimits } from './connect.ts';
import { ACCEPTED_CODINGS, decodeBody } from './decode.ts';
import { calledOff, faultOf, hostOf } from './faults.ts';
import type { RawAnswer } from './tolerant.ts';

/** One answer to one request: no redirect followed, the body unpacked and nothing else done to it. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
  /** What the far side set, as it wrote it: for the next hop of this fetch, and never kept. */
  cookies: readonly string[];
}

export interface Exchange {
  connector: Connector;
  limits: FetchLimits;
  url: URL;
  headers: Readonly<Record<string, string>>;
  /** What is left of the total time, in milliseconds. */
  budget: number;
  signal: AbortSignal;
}

/** Never kept: what identifies us to the far side, or it to us. */
export const LEFT_OUT: ReadonlySet<string> = new Set([
  'set-cookie',
  'set-cookie2',
  'www-authenticate',
  'proxy-authenticate',
  'authentication-info',
  'proxy-authentication-info',
]);

const NOT_READ = /^(image|audio|video|font)\//i;

/** Asks once. Throws `FetchError`. */
export async function exchange(asked: Exchange): Promise<Answer> {
  const { url, signal, budget } = asked;
  if (signal.aborted) throw calledOff(url.href, signal);
  const end = openEnding();
  const stop = () => endWith(end, calledOff(url.href, signal));
  const expire = () => endWith(end, outOfTime(url.href, asked.limits.total));
  signal.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(expire, Math.max(0, budget));
  try {
    return await strictlyOrTolerantly(asked, end);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

/**
 * The end of an exchange before its time, as undici takes it beside signals: a controller with its signal costs ten times as
 * much, and an exchange rarely ends so.
 */
interface Ending extends EventEmitter {
  aborted: boolean;
  reason: FetchError | null;
}

function openEnding(): Ending {
  return Object.assign(new EventEmitter(), { aborted: false, reason: null });
}

function endWith(end: Ending, reason: FetchError): void {
  if (end.aborted) return;
  end.aborted = true;
  end.reason = reason;
  end.emit('abort');
}

function outOfTime(url: string, total: number): FetchError {
  const message = `${hostOf(url)} did not send its whole answer within ${total / 1000} s.`;
  return new FetchError('timeout', message, { transient: true });
}

async function strictlyOrTolerantly(asked: Exchange, end: Ending): Promise<Answer> {
  const { url, connector, limits } = asked;
  try {
    return await answerOf(asked, await ask(asked, end));
  } catch (error) {
    const { origin, lookup, proxied } = connector.route(url);
    // With it come Node's own clients, which most passes never need.
    const { askTolerantly, isLooseHttp } = await import('./tolerant.ts');
    const isLoose = error instanceof FetchError && isLooseHttp(error);
    if (!isLoose || proxied || end.aborted) throw error;
    const request = { origin, limits, lookup, path: pathOf(url), headers: headersOf(asked) };
    const answer = await askTolerantly(request, end).catch((loose: unknown) => {
      throw faultOf(loose, url.href);
    });
    return answerOf(asked, answer);
  }
}

/** A kept connection may be closed by the far side just as it is used: that is no word about the page, and it is asked anew. */
async function ask(asked: Exchange, end: Ending): Promise<Dispatcher.ResponseData> {
  try {
    return await request(asked, end).catch((error: unknown) => {
      if (!isKeptAndClosed(error) || end.aborted) throw error;
      return request(asked, end);
    });
  } catch (error) {
    throw faultOf(error, asked.url.href, 'head');
  }
}

function request(asked: Exchange, end: Ending): Promise<Dispatcher.ResponseData> {
  const { origin, dispatcher } = asked.connector.route(asked.url);
  return dispatcher.request({
    origin,
    path: pathOf(asked.url),
    method: 'GET',
    headers: headersOf(asked),
    signal: end,
  });
}

function pathOf(url: URL): string {
  return `${url.pathname}${url.search}`;
}

function headersOf({ url, headers }: Exchange): Record<string, string> {
  return { 'accept-encoding': ACCEPTED_CODINGS, ...headers, host: url.host };
}

/** An earlier answer came over the connection that was closed. */
function isKeptAndClosed(error: unknown): boolean {
  return error instanceof errors.SocketError && (error.socket?.bytesRead ?? 0) > 0;
}

async function answerOf(
  asked: Exchange,
  response: Dispatcher.ResponseData | RawAnswer,
): Promise<Answer> {
  const { url, limits } = asked;
  const headers = flatten(response.headers);
  const status = response.statusCode;
  const cookies = [response.headers['set-cookie'] ?? []].flat();
  if (hasNeverBody(status)) {
    response.body.on('error', () => undefined).resume();
    return { status, headers, cookies, body: new Uint8Array() };
  }
  if (!hasBody(status)) {
    if ('dump' in response.body)
      await response.body.dump({ limit: 64 * 1024 }).catch(() => undefined);
    else response.body.on('error', () => undefined).destroy();
    return { status, headers, cookies, body: new Uint8Array() };
  }
  const unread = faultOfType(headers['content-type'] ?? '', url.href);
  if (unread !== null) {
    response.body.on('error', () => undefined).destroy();
    throw unread;
  }
  const wire = await wireBytes(response, url.href, limits.wireBytes);
  const coding = headers['content-encoding'] ?? '';
  if (isPart(status, headers['content-range'])) {
    const message = `${hostOf(url.href)} sent a part of the answer, which nobody asked for.`;
    throw new FetchError('cut-off', message, { status, transient: true });
  }
  const body = await decodeBody(wire, coding, limits.bodyBytes, url.href);
  return { status, headers, cookies, body };
}

/** Pictures, sound and film are not read, whatever they weigh. */
export function faultOfType(contentType: string, url: string): FetchError | null {
  if (!NOT_READ.test(contentType)) return null;
  return new FetchError('content', `${hostOf(url)} sent ${contentType}, which holds no text.`);
}

/** HTTP knows no body after these (RFC 9112 6.3): there is nothing to wait for. */
function hasNeverBody(status: number): boolean {
  return status === 304 || status === 204;
}

/** `bytes 0-99/100` is the whole. */
function isPart(status: number, range: string | undefined): boolean {
  if (status !== 206) return false;
  const [, last = '0', all = '0'] = /^bytes 0-(\d+)\/(\d+)$/i.exec(range?.trim() ?? '') ?? [];
  return Number(last) + 1 !== Number(all);
}

/** Redirects say all in their head. */
function hasBody(status: number): boolean {
  return status >= 400 || status < 300;
}

async function wireBytes(
  response: Dispatcher.ResponseData | RawAnswer,
  url: string,
  limit: number,
): Promise<Uint8Array> {
  const announced = Number(response.headers['content-length'] ?? 0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    if (announced > limit) throw tooLarge(url, limit);
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > limit) throw tooLarge(url, limit);
      chunks.push(chunk);
    }
  } catch (error) {
    response.body.on('error', () => undefined).destroy();
    throw faultOf(error, url, 'body');
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size);
}

function tooLarge(url: string, limit: number): FetchError {
  return new FetchError('too-large', `${hostOf(url)} sent more than ${limit} bytes.`);
}

function flatten(raw: RawAnswer['headers']): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (value === undefined || LEFT_OUT.has(name)) continue;
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}
