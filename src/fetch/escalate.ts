import { FetchError } from '../domain/errors.ts';
import type { Fetcher, FetchOutcome, FetchRequest } from './fetcher.ts';

/**
 * Plain HTTP first. The browser reads a page when the request asks for it, or when the plain answer was a check that
 * a browser may pass or an application without its text. A captcha, a login and a refusal are answers: they stand.
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
    ...(block === null ? {} : { block }),
    ...(status === null ? {} : { status }),
    ...(retryAfter === null ? {} : { retryAfter }),
  });
  return { kind: 'failed', error };
}
