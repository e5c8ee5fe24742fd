import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, expect, it } from 'vitest';
import {
  type CheckLimits,
  type CheckLoop,
  type CheckLoopOptions,
  openCheckLoop,
  STOPPED,
} from '../../../src/daemon/check-loop.ts';
import { systemClock } from '../../../src/domain/clock.ts';
import { StoreError } from '../../../src/domain/errors.ts';
import { targetId } from '../../../src/domain/ids.ts';
import { HOUR, MINUTE, plus } from '../../../src/domain/time.ts';
import type { Logger } from '../../../src/log.ts';
import type { Lease } from '../../../src/store/ports/work.ts';
import type { Store } from '../../../src/store/store.ts';
import { memoryStore } from '../../support/store.ts';
import { makeTarget } from '../../support/store-makers.ts';

let store: Store;
let told: string[];
let faults: Error[];

beforeEach(async () => {
  store = await memoryStore();
  told = [];
  faults = [];
});

const log: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: (_fields, message) => void told.push(message),
  error: (_fields, message) => void told.push(message),
  child: () => log,
};

/** `hosts` hosts with `each` pages, all due. */
async function register(hosts: number, each: number): Promise<void> {
  const urls = Array.from({ length: hosts * each }, (_, n) => `https://h${n % hosts}.example/${n}`);
  const targets = urls.map((url) => ({ ...makeTarget('x'), id: targetId('reports', url), url }));
  await store.targets.register(targets, plus(systemClock.now(), -HOUR));
}

type Over = Partial<CheckLoopOptions & CheckLimits>;

function loopOver({ concurrency = 8, deadline = 10 * MINUTE, ...over }: Over): CheckLoop {
  return openCheckLoop({
    ...{ targets: store.targets, clock: systemClock, log: () => log, owner: 'me' },
    limits: () => ({ concurrency, deadline }),
    lease: (until, { hosts: exceptHosts }, limit) =>
      store.targets.leaseDue(systemClock.now(), until, 'me', limit, {
        ...{ exceptHosts, settled: limit > 1 },
      }),
    check: settle,
    async quarantine(lease) {
      told.push('set aside');
      await settle(lease);
    },
    onFault: (error) => void faults.push(error),
    ...over,
  });
}

function settle({ target, owner }: Lease): Promise<void> {
  return store.targets.settle(target.id, owner, { dueAt: plus(systemClock.now(), HOUR) });
}

async function stillDue(): Promise<number> {
  const now = systemClock.now();
  const again = await store.targets.leaseDue(now, plus(now, HOUR), 'you', 1_000);
  return again.length;
}

/** What waits until it is opened. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

it('the check loop gives back a check that had no end because the database was away, and counts nothing against it', async () => {
  await register(1, 1);
  const away = async (id: Parameters<Store['targets']['get']>[0]) => {
    await pause(2_500);
    return store.targets.get(id);
  };
  let leased = 0;
  const loop = loopOver({
    deadline: 50,
    targets: { ...store.targets, get: away },
    check: () => new Promise(() => undefined),
    lease: async (until, { hosts: exceptHosts }, limit) =>
      ++leased > 1
        ? []
        : store.targets.leaseDue(systemClock.now(), until, 'me', limit, { exceptHosts }),
  });
  await loop.untilIdle();
  expect(faults).toEqual([]);
  expect(told).toEqual(['database was away']);
  expect(await stillDue()).toBe(1);
});

it('the check loop gives back a target at whose host another worker is, and counts nothing against it', async () => {
  await register(1, 1);
  const loop = loopOver({
    check: () => Promise.reject(new StoreError('busy', 'Another worker has its turn.')),
    // Once: by then the other would be leased around.
    lease: async (until, { hosts: exceptHosts }, limit) =>
      told.push('leased') > 1
        ? []
        : store.targets.leaseDue(systemClock.now(), until, 'me', limit, { exceptHosts }),
  });
  await loop.untilIdle();
  expect(faults).toEqual([]);
  expect(told.filter((one) => one !== 'leased')).toEqual([]);
  expect(await stillDue()).toBe(1);
});

it('the check loop checks each due target once, one at a time of each host, and no more than it may at once', async () => {
  await register(6, 20);
  const [checked, hosts] = [[] as string[], new Set<string>()];
  let most = 0;
  const loop = loopOver({
    concurrency: 4,
    async check(lease) {
      const { host } = new URL(lease.target.url);
      expect(hosts.has(host)).toBe(false);
      hosts.add(host);
      most = Math.max(most, hosts.size);
      await pause(1);
      hosts.delete(host);
      checked.push(lease.target.id);
      await settle(lease);
    },
  });
  await loop.untilIdle();
  expect(new Set(checked).size).toBe(120);
  expect(checked).toHaveLength(120);
  expect(most).toBe(4);
  expect(loop.running()).toBe(0);
  expect(await stillDue()).toBe(0);
});

it('the check loop does not count the time that a host wants to be left alone as the time of a check', async () => {
  await register(2, 1);
  const reasons: unknown[] = [];
  const loop = loopOver({
    deadline: 20,
    restOf: (host) => (host.startsWith('h0') ? 60_000 : 0),
    async check(lease, signal) {
      await pause(120);
      if (signal.aborted) reasons.push(lease.target.url);
      await settle(lease);
    },
  });
  await loop.untilIdle();
  expect(reasons).toEqual(['https://h1.example/1']);
});

it('the check loop puts a target off before it reports that its check crashed, and goes on', async () => {
  await register(2, 1);
  const loop = loopOver({
    check: (lease) =>
      lease.target.url.includes('h0') ? Promise.reject(new Error('bad row')) : settle(lease),
  });
  await loop.untilIdle();
  expect(told).toEqual(['set aside', 'check crashed']);
  expect(await stillDue()).toBe(0);
  expect(faults).toEqual([]);
});

it('the check loop puts a target off even when setting it aside crashes', async () => {
  await register(1, 1);
  const loop = loopOver({
    check: () => Promise.reject(new Error('bad row')),
    quarantine: () => Promise.reject(new Error('worse')),
  });
  await loop.untilIdle();
  expect(told).toEqual(['setting aside crashed', 'check crashed']);
  expect(await stillDue()).toBe(0);
});

it('the check loop lets what runs end, starts nothing more, and calls off what does not end in time', async () => {
  await register(3, 2);
  const ended: string[] = [];
  const quick = gate();
  const loop = loopOver({
    concurrency: 3,
    async check(lease, signal) {
      if (lease.target.url.includes('h0')) await quick.opened;
      else {
        await pause(HOUR, undefined, { signal }).catch(() => {
          ended.push(String(signal.reason === STOPPED));
          throw signal.reason;
        });
      }
      await settle(lease);
    },
  });
  await loop.fill();
  const closed = loop.close(3_000);
  quick.open();
  await closed;
  expect(ended).toEqual(['true', 'true']);
  // One was done; the two that were called off are due again at once, as are those never begun.
  expect(await stillDue()).toBe(5);
  expect([told, faults]).toEqual([[], []]);
});

it('the check loop gives up a check at its deadline', async () => {
  await register(1, 1);
  const reasons: unknown[] = [];
  const loop = loopOver({
    deadline: 30,
    async check(lease, signal) {
      await pause(HOUR, undefined, { signal }).catch(() => reasons.push(signal.reason));
      await settle(lease);
    },
  });
  await loop.untilIdle();
  expect(reasons).toEqual([expect.objectContaining({ name: 'TimeoutError' })]);
  expect(told).toEqual([]);
});

it('the check loop takes the place of a check that never ends', async () => {
  await register(1, 2);
  let begun = 0;
  const loop = loopOver({
    deadline: 10,
    check(lease) {
      begun += 1;
      return begun === 1 ? new Promise(() => undefined) : settle(lease);
    },
  });
  await loop.untilIdle();
  expect(begun).toBe(2);
  expect(told).toEqual(['set aside', 'check crashed']);
});

it('the check loop leaves a target whose lease ran out to the runner that took it', async () => {
  await register(2, 1);
  const loop = loopOver({
    async check(lease) {
      const { id, url } = lease.target;
      if (url.includes('h0')) {
        const later = plus(lease.until, 1);
        await store.targets.lease(id, later, plus(later, HOUR), 'you');
      }
      await settle(lease);
    },
  });
  await loop.untilIdle();
  expect(told).toEqual(['lease lost']);
  expect(faults).toEqual([]);
});

it('the check loop keeps room for others while the hosts of one vendor answer slowly', async () => {
  const now = systemClock.now();
  const pages = (watcher: string) =>
    Array.from({ length: 12 }, (_, n) => {
      const url = `https://${watcher}-${n}.example/`;
      return { ...makeTarget('x'), watcher, id: targetId(watcher, url), url };
    });
  await store.targets.register(pages('slow'), plus(now, -2 * HOUR));
  await store.targets.register(pages('other'), plus(now, -HOUR));
  const answered = gate();
  const [begun, ended] = [[] as string[], [] as string[]];
  const loop = loopOver({
    concurrency: 4,
    partyOf: (watcher) => watcher,
    lease: (until, { hosts: exceptHosts, parties }, limit) =>
      store.targets.leaseDue(systemClock.now(), until, 'me', limit, {
        ...{ exceptHosts, settled: limit > 1 },
        watchers: ['slow', 'other'].filter((watcher) => !parties.has(watcher)),
      }),
    async check(lease) {
      begun.push(lease.target.watcher);
      if (lease.target.watcher === 'slow') await answered.opened;
      await settle(lease);
      ended.push(lease.target.watcher);
    },
  });
  const idle = loop.untilIdle();
  await expect.poll(() => ended.length).toBe(12);
  expect(new Set(ended)).toEqual(new Set(['other']));
  expect(begun.filter((watcher) => watcher === 'slow')).toHaveLength(3);
  answered.open();
  await idle;
  expect(ended).toHaveLength(24);
});

it('the check loop takes no more than it has room for while reading lags, and leaves the rest to others', async () => {
  await register(100, 1);
  const read = gate();
  let reading = 0;
  const loop = loopOver({
    concurrency: 4,
    async check(lease) {
      reading += 1;
      await read.opened;
      await settle(lease);
    },
  });
  const idle = loop.untilIdle();
  await expect.poll(() => reading).toBe(4);
  await loop.fill();
  expect(reading).toBe(4);
  expect(await stillDue()).toBeGreaterThanOrEqual(100 - 1 - 32);
  read.open();
  await idle;
  expect(reading).toBe(33);
});

it('the check loop leases many targets at a time, and each eighth time the one that is due longest alone', async () => {
  await register(100, 1);
  const limits: number[] = [];
  const loop = loopOver({
    lease(until, { hosts: exceptHosts }, limit) {
      limits.push(limit);
      return store.targets.leaseDue(systemClock.now(), until, 'me', limit, { exceptHosts });
    },
  });
  await loop.untilIdle();
  expect(limits.slice(0, 4)).toEqual([1, 32, 32, 32]);
  expect(await stillDue()).toBe(0);
});

it('the check loop checks what was left behind by a process that died, though no batch holds it', async () => {
  await register(3, 1);
  const past = plus(systemClock.now(), -HOUR / 2);
  await store.targets.leaseDue(past, plus(past, 1), 'dead', 9);
  const loop = loopOver({});
  await loop.untilIdle();
  expect(await stillDue()).toBe(0);
});

it('the check loop stops when the store fails', async () => {
  await register(1, 3);
  const error = new StoreError('unavailable', 'the disk is full');
  let begun = 0;
  const loop = loopOver({
    check() {
      begun += 1;
      return Promise.reject(error);
    },
  });
  await loop.untilIdle();
  expect([begun, faults]).toEqual([1, [error]]);
});
