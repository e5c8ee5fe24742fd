import { FetchError } from '../domain/errors.ts';
import { given } from '../domain/given.ts';
import type { Via } from '../domain/watcher.ts';
import { proxyFor } from '../proxy.ts';
import { browserFetcher } from './browser.ts';
import { type ChromiumOptions, openChromium } from './chromium.ts';
import type { Fetcher, FetchOutcome, FetchRequest } from './fetcher.ts';
import { httpFetcher } from './http.ts';
import { type ModelApi, type ModelApiOptions, modelApi } from './model-api.ts';
import { type ModelListOptions, modelListFetcher } from './model-list.ts';
import { type NpmOptions, npmFetcher } from './npm.ts';
import { type FetchContextOptions, openFetchContext } from './open-fetch-context.ts';
import { pagedLists } from './paged-lists.ts';

/** One fetcher over several, by the way a request is to go. */
function composeFetcher(fetchers: Readonly<Record<Via, Fetcher>>): Fetcher {
  return {
    fetch: (request, signal) => fetchers[request.via].fetch(request, signal),
    async close() {
      for (const fetcher of new Set(Object.values(fetchers))) await fetcher.close();
    },
  };
}

export interface FetcherOptions extends FetchContextOptions {
  modelList: ModelListOptions;
  browser?: ChromiumOptions;
  npm?: NpmOptions;
  /** The model that helps to read pages; none when it is left out. */
  model?: ModelApiOptions;
}

/** Every way of fetching that there is, and what the browser among them costs. */
export interface OpenFetcher extends Fetcher {
  /** What the browser holds in memory, in bytes; null while none runs, or where that cannot be told. */
  browserMemory(): Promise<number | null>;
  /** The model that may be asked about pages; null for none. */
  model: ModelApi | null;
}

/** Every way of fetching that there is, over one context. Nothing is started or read before it is needed. */
export function openFetcher(options: FetcherOptions): OpenFetcher {
  const context = openFetchContext(options);
  const chromium = openChromium(options.browser);
  const browser = browserFetcher(context, chromium);
  const pages = escalatingFetcher(httpFetcher(context), browser);
  const ways = composeFetcher({
    http: pages,
    browser: pages,
    'model-list': modelListFetcher(context, options.modelList),
    npm: npmFetcher(context, options.npm),
  });
  const fetcher = pagedLists(ways, { bodyBytes: context.limits.bodyBytes });
  const model = options.model === undefined ? null : modelOver(options, options.model);
  return {
    ...fetcher,
    model,
    restOf: (host) => context.throttle.restOf(host),
    browserMemory: () => chromium.memory(),
    async close() {
      await fetcher.close();
      await model?.close();
    },
  };
}

/**
 * A person named this server, which may well stand on a private address: what is not behind a proxy may be reached
 * wherever it is. Pages get no further by it, for they have an context of their own.
 */
function modelOver(options: FetchContextOptions, model: ModelApiOptions): ModelApi {
  const { baseUrl, timeout } = model;
  const host = new URL(baseUrl).hostname.replace(/^\[|\]$/g, '');
  const own = proxyFor(baseUrl) === null ? [host] : [];
  const allow = [...(options.allow ?? []), ...own];
  const limits = { ...options.limits, headers: timeout, idle: timeout, total: timeout };
  return modelApi(openFetchContext({ ...options, allow, limits }), model);
}

/**
 * Plain HTTP first. The browser reads a page when the request asks for it, or when the plain answer was a check that
 * a browser may pass or an application without its text. A captcha, a login and a refusal are answers: they stand.
 * @internal
 */
export function escalatingFetcher(http: Fetcher, browser: Fetcher): Fetcher {
  return {
    async fetch(request, signal) {
      if (request.via === 'browser') return browser.fetch(request, signal);
      const plain = await http.fetch(request, signal);
      return mayBePassed(plain) ? retried(request, plain, browser, signal) : plain;
    },
    async close() {
      await browser.close();
      await http.close();
    },
  };
}

type Failed = Extract<FetchOutcome, { kind: 'failed' }>;

function mayBePassed(outcome: FetchOutcome): outcome is Failed {
  if (outcome.kind !== 'failed') return false;
  return outcome.error.block === 'challenge' || outcome.error.block === 'script-shell';
}

/** The wall stands when the browser fares no better, and says what the browser met. */
async function retried(
  request: FetchRequest,
  plain: Failed,
  browser: Fetcher,
  signal: AbortSignal,
): Promise<FetchOutcome> {
  const shown = await browser.fetch({ ...request, validators: null }, signal);
  if (shown.kind !== 'failed') return shown;
  const { message, block, status, transient, retryAfter } = plain.error;
  const error = new FetchError('blocked', `${message} By browser: ${shown.error.message}`, {
    cause: shown.error,
    transient,
    ...given({ block, status, retryAfter }),
  });
  return { kind: 'failed', error };
}
