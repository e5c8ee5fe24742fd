import type OpenAI from 'openai';
import { type Dispatcher, Response as UndiciResponse, fetch as undiciFetch } from 'undici';
import { FetchError } from '../domain/errors.ts';
import { given } from '../domain/given.ts';
import { faultOf, hostOf } from './faults.ts';
import type { FetchContext } from './fetch-context.ts';
import { retryAfterOf } from './retry-after.ts';

export interface ClientOptions {
  key: string;
  /** Without the trailing slash. */
  baseUrl: string;
  /** Of one attempt, in milliseconds. */
  timeout: number;
  /** Further attempts after a fault that may pass. */
  retries: number;
}

/** The vendor's own client over the lines of every other request. It is loaded here, when it is needed. */
export async function openaiClient(
  context: FetchContext,
  { key, baseUrl, timeout, retries }: ClientOptions,
): Promise<OpenAI> {
  const { default: Client } = await import('openai');
  return new Client({
    apiKey: key,
    baseURL: baseUrl,
    organization: null,
    project: null,
    timeout,
    maxRetries: retries,
    logLevel: 'off',
    defaultHeaders: { 'user-agent': context.agent },
    fetch: fetchThrough(context),
  });
}

/** Hands the client's requests to the same lines as every other: stand-ins, proxies, the guard. */
function fetchThrough(context: FetchContext): typeof globalThis.fetch {
  const through = async (input: string | URL | Request, init: RequestInit = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (context.connector.localOrigin(url) === null) {
      await context.guard.admit(url, context.connector);
    }
    const response = await undiciFetch(url, {
      method: init.method ?? 'GET',
      headers: Object.fromEntries(new Headers(init.headers)),
      body: typeof init.body === 'string' ? init.body : null,
      redirect: 'manual',
      signal: init.signal ?? null,
      dispatcher: dispatcherFor(context, url),
    });
    return response.ok ? response : beginningOf(response);
  };
  // Two declarations of one standard: the client is written against the global one.
  return through as unknown as typeof globalThis.fetch;
}

/** More of an error than this, in bytes, is nothing that anybody reads. */
const LONGEST_ERROR = 64 * 1024;

/** The client reads the body of an error whole, however much is sent. */
async function beginningOf(response: UndiciResponse): Promise<UndiciResponse> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > LONGEST_ERROR) break;
  }
  const { status, headers } = response;
  // Some statuses allow no body, not even an empty one.
  return new UndiciResponse(size === 0 ? null : Buffer.concat(chunks), { status, headers });
}

/** A standard fetch sets the Host header from the address, so for a stand-in it is set again below it. */
function dispatcherFor(context: FetchContext, url: URL): Dispatcher {
  const { origin, dispatcher } = context.connector.route(url);
  if (context.connector.localOrigin(url) === null) return dispatcher;
  return dispatcher.compose((dispatch) => (options, handler) => {
    const headers = { ...(options.headers as Record<string, string>), host: url.host };
    return dispatch({ ...options, origin, headers }, handler);
  });
}

/** The bytes of an answer. Throws `FetchError` beyond a limit, and when it breaks off. */
export async function bodyOf(response: Response, limit: number, url: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > limit)
        throw new FetchError('too-large', `${hostOf(url)} sent more than ${limit} bytes.`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw faultOf(error, url, 'body');
  }
  return Buffer.concat(chunks, size);
}

/** The client's errors by their fields, so that its classes need not be loaded to tell them apart. */
export function faultOfApi(error: Error, url: string, context: FetchContext): FetchError {
  if (error instanceof FetchError) return error;
  const status = 'status' in error && typeof error.status === 'number' ? error.status : null;
  if (status === null) return connectionFault(error, url);
  const headers =
    'headers' in error ? (error.headers as Iterable<[string, string]> | undefined) : [];
  const retryAfter = retryAfterOf(Object.fromEntries(headers ?? []), context.clock.now());
  const advice = status === 401 || status === 403 ? ' Check the key and what it may do.' : '';
  return new FetchError('status', `${hostOf(url)} answered ${status} to the key.${advice}`, {
    cause: error,
    status,
    transient: status === 408 || status === 429 || status >= 500,
    ...given({ retryAfter }),
  });
}

function connectionFault(error: Error, url: string): FetchError {
  if (!/Timeout|Abort/.test(error.constructor.name)) return faultOf(error, url);
  const message = `${hostOf(url)} did not answer in time, or was not waited for.`;
  return new FetchError('timeout', message, { cause: error, transient: true });
}
