import type OpenAI from 'openai';
import { type Dispatcher, fetch as undiciFetch } from 'undici';
import { asError, FetchError } from '../domain/errors.ts';
import type { Access } from './access.ts';
import { LEFT_OUT } from './exchange.ts';
import { faultOf, hostOf } from './faults.ts';
import type { Fetcher, FetchOutcome } from './fetcher.ts';
import { outcomeOf } from './outcome.ts';
import { retryAfterOf } from './retry-after.ts';

export interface OpenaiApiOptions {
  /** Null: the channel is off. */
  key: string | null;
  /** Without the trailing slash; the capture's final address says honestly which host answered. */
  baseUrl?: string;
  /** Of one attempt, in milliseconds. */
  timeout?: number;
  /** Further attempts after a fault that may pass. */
  retries?: number;
}

const BASE_URL = 'https://api.openai.com/v1';
const TIMEOUT = 30_000;
const RETRIES = 2;

/** The models an account may use, as the API lists them: `GET /models` through the vendor's own client. Its bytes are kept. */
export function openaiApiFetcher(access: Access, options: OpenaiApiOptions): Fetcher {
  const baseUrl = options.baseUrl ?? BASE_URL;
  let client: Promise<OpenAI> | null = null;

  async function listed(url: string, signal: AbortSignal): Promise<FetchOutcome> {
    if (options.key === null) {
      throw new FetchError(
        'off',
        'No OpenAI API key is set, so the list of models is not read; set one to turn this channel on.',
      );
    }
    client ??= clientFor(access, options.key, baseUrl, options);
    const { models } = await client;
    const response = await models.list({ signal }).asResponse();
    const headers = [...response.headers].filter(([name]) => !LEFT_OUT.has(name));
    const address = `${baseUrl}/models`;
    return outcomeOf(
      {
        url,
        finalUrl: address,
        redirects: [address],
        status: response.status,
        headers: Object.fromEntries(headers),
        body: await bodyOf(response, access.limits.bodyBytes, address),
        fetchedAt: access.clock.now(),
        via: 'openai-api',
      },
      false,
    );
  }

  return {
    async fetch(request, signal) {
      try {
        return await listed(request.url, signal);
      } catch (error) {
        return { kind: 'failed', error: faultOfApi(asError(error), baseUrl, access) };
      }
    },
    close: () => Promise.resolve(),
  };
}

async function clientFor(
  access: Access,
  apiKey: string,
  baseURL: string,
  options: OpenaiApiOptions,
): Promise<OpenAI> {
  const { default: Client } = await import('openai');
  return new Client({
    apiKey,
    baseURL,
    organization: null,
    project: null,
    timeout: options.timeout ?? TIMEOUT,
    maxRetries: options.retries ?? RETRIES,
    logLevel: 'off',
    defaultHeaders: { 'user-agent': access.agent },
    fetch: fetchThrough(access),
  });
}

/** Hands the client's requests to the same lines as every other: stand-ins, proxies, the guard. */
function fetchThrough(access: Access): typeof globalThis.fetch {
  const through = async (input: string | URL | Request, init: RequestInit = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (access.dial.standIn(url) === null) access.guard.check(url);
    return undiciFetch(url, {
      method: init.method ?? 'GET',
      headers: Object.fromEntries(new Headers(init.headers)),
      redirect: 'manual',
      signal: init.signal ?? null,
      dispatcher: dispatcherFor(access, url),
    });
  };
  // Two declarations of one standard: the client is written against the global one.
  return through as unknown as typeof globalThis.fetch;
}

/** A standard fetch sets the Host header from the address, so for a stand-in it is set again below it. */
function dispatcherFor(access: Access, url: URL): Dispatcher {
  const { origin, dispatcher } = access.dial.line(url);
  if (access.dial.standIn(url) === null) return dispatcher;
  return dispatcher.compose((dispatch) => (options, handler) => {
    const headers = { ...(options.headers as Record<string, string>), host: url.host };
    return dispatch({ ...options, origin, headers }, handler);
  });
}

async function bodyOf(response: Response, limit: number, url: string): Promise<Uint8Array> {
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
function faultOfApi(error: Error, url: string, access: Access): FetchError {
  if (error instanceof FetchError) return error;
  const status = 'status' in error && typeof error.status === 'number' ? error.status : null;
  if (status === null) return connectionFault(error, url);
  const headers =
    'headers' in error ? (error.headers as Iterable<[string, string]> | undefined) : [];
  const retryAfter = retryAfterOf(Object.fromEntries(headers ?? []), access.clock.now());
  const advice = status === 401 || status === 403 ? ' Check the key and what it may do.' : '';
  return new FetchError('status', `${hostOf(url)} answered ${status} to the key.${advice}`, {
    cause: error,
    status,
    transient: status === 408 || status === 429 || status >= 500,
    ...(retryAfter === null ? {} : { retryAfter }),
  });
}

function connectionFault(error: Error, url: string): FetchError {
  if (!/Timeout|Abort/.test(error.constructor.name)) return faultOf(error, url);
  const message = `${hostOf(url)} did not answer in time, or was not waited for.`;
  return new FetchError('timeout', message, { cause: error, transient: true });
}
