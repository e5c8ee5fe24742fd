import type OpenAI from 'openai';
import { asError, FetchError } from '../domain/errors.ts';
import { LEFT_OUT } from './exchange.ts';
import type { FetchContext } from './fetch-context.ts';
import type { Fetcher, FetchOutcome } from './fetcher.ts';
import { bodyOf, faultOfApi, openaiClient } from './openai-client.ts';
import { outcomeOf } from './outcome.ts';

export interface ModelListOptions {
  /** Null: the channel is off. */
  key: string | null;
  /** Without the trailing slash; the capture's final address says honestly which host answered. Else the one asked. */
  baseUrl?: string;
  /** Of one attempt, in milliseconds. */
  timeout?: number;
  /** Further attempts after a fault that may pass. */
  retries?: number;
}

const TIMEOUT = 30_000;
const RETRIES = 2;

/** Why the list of models is off, and what turns it on. */
export function keylessWords(baseUrl: string): string {
  return `No API key is set for ${new URL(baseUrl).host}, so the list of models is not read; set its apiKey in the config to turn this channel on.`;
}

/** The models an account may use, as an API lists them: `GET /models` through a client of that API. Its bytes are kept. */
export function modelListFetcher(context: FetchContext, options: ModelListOptions): Fetcher {
  const { key, timeout = TIMEOUT, retries = RETRIES } = options;
  const clients = new Map<string, Promise<OpenAI>>();

  async function listed(url: string, baseUrl: string, signal: AbortSignal): Promise<FetchOutcome> {
    if (key === null) {
      throw new FetchError('off', keylessWords(baseUrl));
    }
    const client =
      clients.get(baseUrl) ?? openaiClient(context, { key, baseUrl, timeout, retries });
    clients.set(baseUrl, client);
    const { models } = await client;
    const query = Object.fromEntries(new URL(url).searchParams);
    const response = await models.list({ query, signal }).asResponse();
    const headers = [...response.headers].filter(([name]) => !LEFT_OUT.has(name));
    const address = `${baseUrl}/models`;
    return outcomeOf(
      {
        url,
        finalUrl: address,
        redirects: [address],
        status: response.status,
        headers: Object.fromEntries(headers),
        body: await bodyOf(response, context.limits.bodyBytes, address),
        fetchedAt: context.clock.now(),
        via: 'model-list',
      },
      false,
    );
  }

  return {
    async fetch({ url }, signal) {
      const baseUrl = options.baseUrl ?? baseOf(url);
      try {
        return await listed(url, baseUrl, signal);
      } catch (error) {
        return { kind: 'failed', error: faultOfApi(asError(error), baseUrl, context) };
      }
    },
    close: () => Promise.resolve(),
  };
}

/** The address of an API, by that of its list: the client adds the rest. */
function baseOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/models\/?$/, '')}`;
}
