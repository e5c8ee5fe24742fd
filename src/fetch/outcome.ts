import { blockOf } from '../core/extract/blocked.ts';
import type { Capture } from '../domain/capture.ts';
import { type Block, FetchError } from '../domain/errors.ts';
import { given } from '../domain/given.ts';
import { hashOfBody } from '../domain/ids.ts';
import { hostOf } from './faults.ts';
import type { FetchOutcome } from './fetcher.ts';
import { retryAfterOf } from './retry-after.ts';

/** What an exchange gave, before it is judged. */
export type Exchanged = Omit<Capture, 'bodyHash' | 'contentType'> & {
  /** Set where the body kept is not in the form the header tells of. */
  contentType?: string;
};

/** Hashes the body before anything looks at it, then tells an answer from a wall, a missing page and a fault. */
export function outcomeOf(exchanged: Exchanged, conditional: boolean): FetchOutcome {
  const { status } = exchanged;
  if (status === 304 && conditional) return { kind: 'not-modified' };
  const capture: Capture = {
    ...exchanged,
    contentType: exchanged.contentType ?? exchanged.headers['content-type'] ?? '',
    bodyHash: hashOfBody(exchanged.body),
  };
  if (status === 404 || status === 410) return { kind: 'gone', capture };
  const block = blockOf(capture);
  if (block !== null) return { kind: 'failed', error: blockedError(capture, block) };
  if (status >= 200 && status < 300) return { kind: 'fetched', capture };
  return { kind: 'failed', error: statusError(capture) };
}

const WALLS: Readonly<Record<Block, string>> = {
  challenge: 'a check for robots',
  captcha: 'a captcha',
  login: 'a request to sign in',
  consent: 'a request for consent',
  'script-shell': 'an application without its text, which a script would draw',
  error: 'a page that says there is none',
  refused: 'a refusal',
};

function blockedError(capture: Capture, block: Block): FetchError {
  const { status, finalUrl } = capture;
  return new FetchError('blocked', `${hostOf(finalUrl)} answered ${status} with ${WALLS[block]}.`, {
    block,
    status,
    transient: status === 429 || status === 503,
    ...given({ retryAfter: retryAfterOf(capture.headers, capture.fetchedAt) }),
  });
}

const TRY_AGAIN = new Set([408, 425, 429]);

function statusError(capture: Capture): FetchError {
  const { status, finalUrl } = capture;
  return new FetchError('status', `${hostOf(finalUrl)} answered ${status}.`, {
    status,
    transient: status >= 500 || TRY_AGAIN.has(status),
    ...given({ retryAfter: retryAfterOf(capture.headers, capture.fetchedAt) }),
  });
}
