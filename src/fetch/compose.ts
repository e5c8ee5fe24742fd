import type { Via } from '../domain/watcher.ts';
import { browserFetcher } from './browser.ts';
import { type ChromiumOptions, openChromium } from './chromium.ts';
import { escalatingFetcher } from './escalate.ts';
import type { Fetcher } from './fetcher.ts';
import { httpFetcher } from './http.ts';
import { type NpmOptions, npmFetcher } from './npm.ts';
import { type AccessOptions, openAccess } from './open-access.ts';
import { type OpenaiApiOptions, openaiApiFetcher } from './openai-api.ts';

/** One fetcher over several, by the way a request is to go. */
function composeFetcher(fetchers: Readonly<Record<Via, Fetcher>>): Fetcher {
  return {
    fetch: (request, signal) => fetchers[request.via].fetch(request, signal),
    async close() {
      for (const fetcher of new Set(Object.values(fetchers))) await fetcher.close();
    },
  };
}

export interface FetcherOptions extends AccessOptions {
  openai: OpenaiApiOptions;
  browser?: ChromiumOptions;
  npm?: NpmOptions;
}

/** Every way of fetching that there is, and what the browser among them costs. */
export interface OpenFetcher extends Fetcher {
  /** What the browser holds in memory, in bytes; null while none runs, or where that cannot be told. */
  browserMemory(): Promise<number | null>;
}

/** Every way of fetching that there is, over one access. Nothing is started or read before it is needed. */
export function openFetcher(options: FetcherOptions): OpenFetcher {
  const access = openAccess(options);
  const chromium = openChromium(options.browser);
  const browser = browserFetcher(access, chromium);
  const pages = escalatingFetcher(httpFetcher(access), browser);
  const fetcher = composeFetcher({
    http: pages,
    browser: pages,
    'openai-api': openaiApiFetcher(access, options.openai),
    npm: npmFetcher(access, options.npm),
  });
  return { ...fetcher, browserMemory: () => chromium.memory() };
}
