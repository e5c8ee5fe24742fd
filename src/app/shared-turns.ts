import type { Clock } from '../domain/clock.ts';
import { elapsed, MINUTE, plus } from '../domain/time.ts';
import type { SharedTurns } from '../fetch/throttle.ts';
import type { Store } from '../store/store.ts';

/** A turn whose owner is gone ends after this, in milliseconds: longer than one request may take. */
const LONGEST_TURN = MINUTE;

/**
 * The turns at hosts that all who work on a database share; none where a process works alone. `error` is how far the
 * clock may be from theirs, in milliseconds: a pause lasts longer by it, so that it is kept by whichever clock.
 */
export function sharedTurnsOf(
  { isShared, hostTurns }: Pick<Store, 'isShared' | 'hostTurns'>,
  clock: Clock,
  owner: string,
  error: () => number = () => 0,
): { shared?: SharedTurns } {
  if (!isShared) return {};
  return {
    shared: {
      async take(host, visit) {
        const now = plus(clock.now(), -error());
        const turn = { now, until: plus(now, LONGEST_TURN), goesOn: visit === 'goes-on' };
        const refusal = await hostTurns.take(host, owner, turn);
        if (refusal === null) return null;
        return { isPause: refusal.isPause, wait: Math.max(1, elapsed(now, refusal.until)) };
      },
      giveBack: (host, pause) =>
        hostTurns.giveBack(host, owner, plus(clock.now(), pause + error())),
    },
  };
}
