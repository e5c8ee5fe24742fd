// How many targets a second are leased and settled, one by one as the daemon does it, among 100,000 rows.
import { join } from 'node:path';
import { compiled, scratch } from '../support/project.mjs';
import { figure, quantile } from '../support/report.mjs';

const ROWS = 100_000;
const HOSTS = 2_000;
const LEASES = 5_000;

const { openStore } = await compiled('store/open.js');
const { targetId } = await compiled('domain/ids.js');
const { instantOf, plus, MINUTE, HOUR } = await compiled('domain/time.js');

const store = await openStore({ url: join(scratch(), 'bench.db') });
const start = instantOf(Date.UTC(2026, 3, 1));
for (let done = 0; done < ROWS; done += 10_000) {
  const targets = Array.from({ length: 10_000 }, (_, n) => {
    const url = `https://outlet-${(done + n) % HOSTS}.example/story-${done + n}`;
    return { id: targetId('reports', url), watcher: 'reports', kind: 'report', url, subject: null };
  });
  await store.targets.register(targets, plus(start, done));
}
const { now, until } = { now: plus(start, HOUR), until: plus(start, HOUR + MINUTE) };
const busy = Array.from({ length: 7 }, (_, n) => `outlet-${n}.example`);
const among = { watchers: ['reports', 'trackers', 'openai-help'], exceptHosts: busy };

/** Leases one target after the other, the next when the last is settled. */
async function run(update) {
  const times = [];
  const begun = performance.now();
  for (let n = 0; n < LEASES; n += 1) {
    const one = performance.now();
    const [lease] = await store.targets.leaseDue(now, until, 'bench', 1, among);
    await store.targets.settle(lease.target.id, 'bench', update);
    times.push(performance.now() - one);
  }
  return { rate: LEASES / ((performance.now() - begun) / 1_000), slow: quantile(times, 0.99) };
}

await run({ dueAt: plus(now, HOUR) });
const { rate, slow } = await run({ dueAt: plus(now, HOUR), lastCheckAt: now });
figure('leases a second, each settled, among 100,000 rows', rate, 'leases/s');
figure('  99 of 100 within', slow, 'ms');
const empty = performance.now();
await store.targets.leaseDue(plus(start, -HOUR), until, 'bench', 1, among);
figure('asking when nothing is due', performance.now() - empty, 'ms');
await store.close();
