import type { DeliveryError } from '../../domain/errors.ts';
import { DAY, HOUR, SECOND } from '../../domain/time.ts';

export interface RetryPolicy {
  /** The wait after the first failure, doubled each time, in milliseconds. */
  first: number;
  /** The longest wait, in milliseconds. */
  most: number;
  /** How many attempts are made before a delivery is given up. */
  attempts: number;
}

/**
 * Half a minute, doubling to an hour, 126 attempts: five days, so that a server that broke on a Friday can be mended.
 * @internal
 */
export const DELIVERY_RETRY: RetryPolicy = { first: 30 * SECOND, most: HOUR, attempts: 126 };

/** A pause asked for is granted up to a day; more is a mistake of the far side. */
const LONGEST_PAUSE = DAY;

/**
 * Milliseconds to wait after failed attempt number `attempt` (1 is the first), or null to give up. `jitter` in [0, 1)
 * spreads the wait by a fifth either way, but never below a pause the far side asked for. A throttled delivery is
 * never given up: the far side said "later", not "no".
 */
export function retryWait(
  attempt: number,
  error: Pick<DeliveryError, 'kind' | 'permanent' | 'retryAfter'>,
  jitter: number,
  policy: RetryPolicy = DELIVERY_RETRY,
): number | null {
  if (error.permanent) return null;
  const throttled = error.kind === 'throttled';
  if (attempt >= policy.attempts && !throttled) return null;
  const backoff = backoffWait(attempt, jitter, policy);
  if (error.retryAfter === null) return backoff;
  const pause = Math.min(Math.max(error.retryAfter, SECOND), LONGEST_PAUSE);
  const asked = Math.round(pause * (1 + jitter / 10));
  return throttled ? asked : Math.max(asked, backoff);
}

function backoffWait(attempt: number, jitter: number, policy: RetryPolicy): number {
  // Beyond 2^30 the cap holds anyway; a larger power would leave the safe integers.
  const doubled = policy.first * 2 ** Math.min(attempt - 1, 30);
  return Math.round(Math.min(doubled, policy.most) * (0.8 + 0.4 * jitter));
}

/** How long a delivery that failed `attempts` times has been under way, by the waits between its attempts. */
export function waitedBy(attempts: number, policy: RetryPolicy = DELIVERY_RETRY): number {
  let waited = 0;
  for (let attempt = 1; attempt < attempts; attempt += 1) {
    waited += backoffWait(attempt, 0.5, policy);
  }
  return waited;
}
