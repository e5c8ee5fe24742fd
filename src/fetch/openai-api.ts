import type OpenAI from 'openai';
import { asError, FetchError } from '../domain/errors.ts';
import { LEFT_OUT } from './exchange.ts';
import type { FetchContext } from './fetch-context.ts';
import type { Fetcher, FetchOutcome } from './fetcher.ts';
import { bodyOf, faultOfApi, openaiClient } from './openai-client.ts';
import { outcomeOf } from './outcome.ts';

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
export function openaiApiFetcher(context: FetchContext, options: OpenaiApiOptions): Fetcher {
  const { key, baseUrl = BASE_URL, timeout = TIMEOUT, retries = RETRIES } = options;
  let client: Promise<OpenAI> | null = null;

  async function listed(url: string, signal: AbortSignal): Promise<FetchOutcome> {
    if (key === null) {
      throw new FetchError(
        'off',
        'No OpenAI API key is set, so the list of models is not read; set one to turn this channel on.',
      );
    }
    client ??= openaiClient(context, { key, baseUrl, timeout, retries });
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
        body: await bodyOf(response, context.limits.bodyBytes, address),
        fetchedAt: context.clock.now(),
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
        return { kind: 'failed', error: faultOfApi(asError(error), baseUrl, context) };
      }
    },
    close: () => Promise.resolve(),
  };
}
