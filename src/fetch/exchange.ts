import type { Dispatcher } from 'undici';
import { FetchError } from '../domain/errors.ts';
import type { Connector } from './connect.ts';
import { ACCEPTED_CODINGS, decodeBody } from './decode.ts';
import { calledOff, faultOf, hostOf } from './faults.ts';
import type { FetchLimits } from './limits.ts';

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
  const deadline = new AbortController();
  const stop = () => deadline.abort(calledOff(url.href, signal));
  const expire = () => deadline.abort(outOfTime(url.href, asked.limits.total));
  if (signal.aborted) throw calledOff(url.href, signal);
  signal.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(expire, Math.max(0, budget));
  try {
    return await answerOf(asked, await ask(asked, deadline.signal));
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

function outOfTime(url: string, total: number): FetchError {
  const message = `${hostOf(url)} did not send its whole answer within ${total / 1000} s.`;
  return new FetchError('timeout', message, { transient: true });
}

async function ask(asked: Exchange, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
  const { url, connector } = asked;
  const { origin, dispatcher } = connector.route(url);
  try {
    return await dispatcher.request({
      origin,
      path: `${url.pathname}${url.search}`,
      method: 'GET',
      headers: { 'accept-encoding': ACCEPTED_CODINGS, ...asked.headers, host: url.host },
      signal,
    });
  } catch (error) {
    throw faultOf(error, url.href, 'head');
  }
}

async function answerOf(asked: Exchange, response: Dispatcher.ResponseData): Promise<Answer> {
  const { url, limits } = asked;
  const headers = flatten(response.headers);
  const status = response.statusCode;
  const cookies = [response.headers['set-cookie'] ?? []].flat();
  if (!hasBody(status)) {
    await response.body.dump({ limit: 64 * 1024 }).catch(() => undefined);
    return { status, headers, cookies, body: new Uint8Array() };
  }
  const unread = faultOfType(headers['content-type'] ?? '', url.href);
  if (unread !== null) {
    response.body.on('error', () => undefined).destroy();
    throw unread;
  }
  const wire = await wireBytes(response, url.href, limits.wireBytes);
  const coding = headers['content-encoding'] ?? '';
  const body = await decodeBody(wire, coding, limits.bodyBytes, url.href);
  return { status, headers, cookies, body };
}

/** Pictures, sound and film are not read, whatever they weigh. */
export function faultOfType(contentType: string, url: string): FetchError | null {
  if (!NOT_READ.test(contentType)) return null;
  return new FetchError('content', `${hostOf(url)} sent ${contentType}, which holds no text.`);
}

/** Redirects and "not modified" say all in their head. */
function hasBody(status: number): boolean {
  return status >= 400 || (status < 300 && status !== 204);
}

async function wireBytes(
  response: Dispatcher.ResponseData,
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

function flatten(raw: Dispatcher.ResponseData['headers']): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (value === undefined || LEFT_OUT.has(name)) continue;
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}
