import { type Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import * as z from 'zod';
import { plain, truncate } from '../core/render/plain.ts';
import { asError, DeliveryError } from '../domain/errors.ts';
import { SECOND } from '../domain/time.ts';
import { proxySettings } from '../proxy.ts';

/** What a channel spoken to by HTTP may be told in the config. */
export const timeoutSeconds = z
  .number()
  .positive()
  .max(600)
  .default(30)
  .describe('Longest time one message may take, in seconds.');

/** A value that comes from the environment and never shows in logs or output. */
export function secret(about: string): z.ZodString {
  return z.string().min(1).describe(about).meta({ secret: true });
}

/** An address that is itself the credential, as chat webhooks have it. */
export function secretUrl(about: string): z.ZodURL {
  return z
    .url({ protocol: /^https?$/, error: 'is no web address: it starts with https://' })
    .describe(about)
    .meta({ secret: true });
}

export interface Answer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  text: string;
}

export interface Poster {
  /** Posts and returns the answer, whatever its status. Throws `DeliveryError` when there is none. */
  post(request: PostRequest, signal: AbortSignal): Promise<Answer>;
  /** Asks, which sends nothing to anybody. Throws `DeliveryError` when there is no answer. */
  ask(request: Omit<PostRequest, 'body'>, signal: AbortSignal): Promise<Answer>;
  /** The same answer, where it says that what was sent was taken. Throws the refusal otherwise. */
  accepted(answer: Answer): Answer;
  close(): Promise<void>;
}

export interface PostRequest {
  url: string;
  headers?: Readonly<Record<string, string>>;
  body: string;
}

const LONGEST_ANSWER = 256 * 1024;

/**
 * Posts through the proxies of the environment, and again where 307 or 308 say so. Other redirects are answers. `waitIn`
 * finds in the fields of an answer how many seconds to wait, where a service says that there and not in the header.
 */
export function openPoster(
  who: string,
  seconds: number,
  waitIn?: (fields: Fields) => unknown,
): Poster {
  const timeout = Math.ceil(seconds * SECOND);
  const limits: Agent.Options = {
    connect: { timeout: Math.min(timeout, 10 * SECOND) },
    headersTimeout: timeout,
    bodyTimeout: timeout,
    maxResponseSize: LONGEST_ANSWER,
  };
  const dispatcher = new EnvHttpProxyAgent({ ...limits, ...proxySettings() });
  async function answered(asked: Asked, signal: AbortSignal): Promise<Answer> {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
    try {
      return await exchange(asked, dispatcher, deadline);
    } catch (thrown) {
      throw unanswered(who, thrown);
    }
  }
  return {
    post: (posted, signal) => answered({ ...posted, method: 'POST' }, signal),
    ask: (asked, signal) => answered({ ...asked, method: 'GET', body: null }, signal),
    accepted(answer) {
      const refusal = throttled(answer, who, waitIn) ?? refusalOf(answer, who);
      if (refusal !== null) throw refusal;
      return answer;
    },
    close: () => dispatcher.destroy(),
  };
}

function throttled(
  answer: Answer,
  who: string,
  waitIn?: (fields: Fields) => unknown,
): DeliveryError | null {
  const wait = answer.status === 429 ? waitIn?.(fieldsOf(answer)) : undefined;
  if (typeof wait !== 'number') return null;
  const retryAfter = Math.ceil(wait * SECOND);
  return new DeliveryError('throttled', `${who} answered 429.`, { retryAfter });
}

interface Asked extends Omit<PostRequest, 'body'> {
  method: 'GET' | 'POST';
  body: string | null;
}

/** 307 and 308 say: the same again, over there. Other redirects would make a question of what was to be posted. */
const MOVED: ReadonlySet<number> = new Set([307, 308]);
const MOST_MOVES = 3;

async function exchange(
  asked: Asked,
  dispatcher: Dispatcher,
  signal: AbortSignal,
): Promise<Answer> {
  let now = asked;
  for (let moves = 0; ; moves += 1) {
    const answer = await exchangeOnce(now, dispatcher, signal);
    const next = MOVED.has(answer.status) ? targetOf(answer, now.url) : null;
    if (next === null || moves === MOST_MOVES || !maySend(now.url, next)) return answer;
    const isSame = new URL(now.url).origin === next.origin;
    // What signs us in at one host is no business of another.
    const { headers, ...bare } = now;
    now = { ...bare, url: next.href, ...(isSame && headers !== undefined ? { headers } : {}) };
  }
}

/** Nothing that was to go encrypted goes on in the open. */
function maySend(from: string, to: URL): boolean {
  return to.protocol === 'https:' || (to.protocol === 'http:' && from.startsWith('http:'));
}

function targetOf({ headers }: Answer, from: string): URL | null {
  const location = single(headers['location']) ?? '';
  return location !== '' && URL.canParse(location, from) ? new URL(location, from) : null;
}

async function exchangeOnce(
  asked: Asked,
  dispatcher: Dispatcher,
  signal: AbortSignal,
): Promise<Answer> {
  const { origin, pathname, search } = new URL(asked.url);
  const { statusCode, headers, body } = await dispatcher.request({
    ...{ origin, path: `${pathname}${search}`, method: asked.method },
    headers: {
      ...(asked.body !== null && { 'content-type': 'application/json; charset=utf-8' }),
      'user-agent': 'firsthand',
      ...asked.headers,
    },
    body: asked.body,
    signal,
  });
  return { status: statusCode, headers, text: await body.text() };
}

function unanswered(who: string, cause: unknown): DeliveryError {
  return new DeliveryError('unreachable', `${who} cannot be reached: ${reason(cause)}.`, { cause });
}

/** Why a request had no answer, without its address: the address may be the credential. */
function reason(thrown: unknown): string {
  const error = asError(thrown);
  if (error.name === 'TimeoutError') return 'no answer in time';
  if (error.name === 'AbortError') return 'stopped before an answer came';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return NAMED[code] ?? code;
}

const NAMED: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection closed',
  ENOTFOUND: 'host name not found',
  EAI_AGAIN: 'host name cannot be looked up now',
  UND_ERR_SOCKET: 'connection closed',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  UND_ERR_BODY_TIMEOUT: 'no answer in time',
};

/**
 * What an HTTP answer means for a delivery: null when it was taken. 408, 425, 429 and 5xx pass with time; any other
 * status outside 2xx is a no that asking again does not change.
 */
function refusalOf(answer: Answer, who: string): DeliveryError | null {
  const { status } = answer;
  if (status >= 200 && status < 300) return null;
  const said = `${who} answered ${status}${movedWords(answer)}${quoted(answer.text)}.`;
  const wait = pauseOf(answer);
  const asked = wait === null ? {} : { retryAfter: wait };
  if (status === 429) return new DeliveryError('throttled', said, asked);
  if (status >= 500 || status === 408 || status === 425) {
    return new DeliveryError('unreachable', said, asked);
  }
  return new DeliveryError('rejected', said, { permanent: true });
}

/** Where an address has moved to, by its host alone: the rest may be the credential. */
function movedWords(answer: Answer): string {
  const location = single(answer.headers['location']);
  if (answer.status < 300 || answer.status >= 400 || location === null) return '';
  const host = URL.canParse(location) ? new URL(location).host : 'another path of the same host';
  return `: it moved to ${host}, write its new address in the config`;
}

/**
 * For services that can only be tried by a message: that their host answers, whatever it says. Only the host is asked,
 * because the address may be the credential, and asking it may set something off.
 */
export async function hostAnswers(
  poster: Poster,
  url: string,
  signal: AbortSignal,
): Promise<string> {
  const { origin, host } = new URL(url);
  await poster.ask({ url: `${origin}/` }, signal);
  return `${host} answers; only a message shows whether it takes any`;
}

/** What a far side that took a message answered. */
export function saidBy({ status, text }: Answer): string {
  return `${status}${quoted(text)}`;
}

/** The words of a far side as an error message may hold them. */
export function quoted(text: string): string {
  const words = truncate(plain(text), 160);
  return words === '' ? '' : ` (${words})`;
}

/** `Retry-After` as seconds or as a date, which is held against the answer's own `Date`, in milliseconds. */
function pauseOf({ headers }: Answer): number | null {
  const asked = single(headers['retry-after']);
  if (asked === null) return null;
  if (/^\d+(\.\d+)?$/.test(asked)) return Number(asked) * SECOND;
  const until = Date.parse(asked) - Date.parse(single(headers['date']) ?? '');
  return Number.isNaN(until) ? null : Math.max(until, 0);
}

function single(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

type Fields = Readonly<Record<string, unknown>>;

/** The fields of a JSON answer; empty when it is no JSON object. */
export function fieldsOf(answer: Answer): Fields {
  try {
    const value: unknown = JSON.parse(answer.text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}
