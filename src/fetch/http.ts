import type { Validators } from '../domain/capture.ts';
import { FetchError } from '../domain/errors.ts';
import { faultOf } from './faults.ts';
import type { FetchContext } from './fetch-context.ts';
import type { Fetcher } from './fetcher.ts';
import { followRedirects } from './follow-redirects.ts';
import { outcomeOf } from './outcome.ts';

/** Reads pages by plain HTTP: conditional, within limits, as polite as `FetchContext` says. Closing it closes the context. */
export function httpFetcher(context: FetchContext): Fetcher {
  return {
    async fetch(request, signal) {
      try {
        const conditions = conditionsOf(request.validators);
        const url = addressOf(request.url);
        if (request.needs !== undefined) demand(context, url, request.needs);
        const followed = await followRedirects(context, url, {
          headers: conditions,
          signal,
          obeyRobots: true,
        });
        const { status, headers, body, redirects, finalUrl } = followed;
        return outcomeOf(
          {
            url: request.url,
            finalUrl: finalUrl.href,
            redirects,
            status,
            headers,
            body,
            fetchedAt: context.clock.now(),
            via: 'http',
          },
          Object.keys(conditions).length > 0,
        );
      } catch (error) {
        return { kind: 'failed', error: faultOf(error, request.url) };
      }
    },
    close: () => context.close(),
  };
}

/** A channel whose key nobody gave is off: asked without it, its host would refuse, and that would look like trouble. */
function demand(context: FetchContext, url: URL, header: string): void {
  if (context.headersOf(url)[header] !== undefined) return;
  throw new FetchError('off', headerlessWords(url.host, header));
}

/** Why a channel that wants a header is off, and what turns it on. */
export function headerlessWords(host: string, header: string): string {
  return `${host} answers only those who send ${header}: set it under fetch.headers to turn this channel on.`;
}

/** The address to ask, without its fragment. Throws `FetchError` when it is none. */
export function addressOf(text: string): URL {
  if (!URL.canParse(text)) {
    throw new FetchError('forbidden-address', `${JSON.stringify(text)} is not an address.`);
  }
  const url = new URL(text);
  // Setting it costs as much as reading the address.
  if (text.includes('#')) url.hash = '';
  return url;
}

function conditionsOf(validators: Validators | null): Record<string, string> {
  const conditions: Record<string, string> = {};
  if (validators?.etag) conditions['if-none-match'] = validators.etag;
  if (validators?.lastModified) conditions['if-modified-since'] = validators.lastModified;
  return conditions;
}
