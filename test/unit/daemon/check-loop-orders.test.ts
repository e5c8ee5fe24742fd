import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CheckLoop, openCheckLoop } from '../../../src/daemon/check-loop.ts';
import { systemClock } from '../../../src/domain/clock.ts';
import { MINUTE } from '../../../src/domain/time.ts';
import type { Logger } from '../../../src/log.ts';
import type { Lease } from '../../../src/store/ports/work.ts';

/** A target at a host, whose check takes so many turns of the queue of promises. */
interface Due {
  host: number;
  lasts: number;
}

interface Pace {
  concurrency: number;
  /** How many turns asking for leases takes. */
  leases: number;
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
}

const done = () => Promise.resolve();

const log: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => log,
};

/** A loop over targets that are due, and the ids of those it has checked. */
function loopOver(due: readonly Due[], { concurrency, leases }: Pace) {
  const left = due.map(({ host, lasts }, at) => ({
    ...{ lasts, lease: leaseOf(`https://h${host}.example/${at}`, at) },
  }));
  const lasting = new Map(left.map(({ lease, lasts }) => [lease, lasts]));
  const checked: string[] = [];
  const loop: CheckLoop = openCheckLoop({
    targets: { release: done, settle: done, get: () => Promise.resolve(null) },
    ...{ clock: systemClock, log: () => log, owner: 'me', quarantine: done },
    limits: () => ({ concurrency, deadline: MINUTE }),
    async lease(_until, { hosts }, limit) {
      await turns(leases);
      const isFree = ({ lease }: { lease: Lease }) =>
        !hosts.includes(new URL(lease.target.url).host);
      const next = left.filter(isFree).slice(0, Math.min(limit, 2));
      for (const one of next) left.splice(left.indexOf(one), 1);
      return next.map(({ lease }) => lease);
    },
    async check(lease) {
      await turns(lasting.get(lease) ?? 0);
      checked.push(lease.target.id);
    },
    onFault(error) {
      throw error;
    },
  });
  return { loop, checked };
}

function leaseOf(url: string, at: number): Lease {
  const until = '9999-01-01T00:00:00.000Z';
  return { target: { id: `t${at}`, url, watcher: 'reports' }, until } as unknown as Lease;
}

it('the check loop is idle only when everything that was due has been checked, however checks, leases and ends fall together', async () => {
  const due = fc.array(fc.record({ host: fc.nat(3), lasts: fc.nat(12) }), { maxLength: 14 });
  const pace = fc.record({ concurrency: fc.integer({ min: 1, max: 4 }), leases: fc.nat(8) });
  await fc.assert(
    fc.asyncProperty(due, pace, async (all, at) => {
      const { loop, checked } = loopOver(all, at);
      await loop.untilIdle();
      expect(checked.toSorted()).toEqual(all.map((_, n) => `t${n}`).toSorted());
    }),
    { numRuns: 1_000 },
  );
});
