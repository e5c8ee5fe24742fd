// A worker that carries due checks by leases in rows, as the daemon does. Its orders come as JSON; its report goes as JSON.
import { compiled } from '../support/project.mjs';
import { cpuSeconds } from '../support/report.mjs';
import { WATCHER } from './database.mjs';
import { openLine } from './line.mjs';
import { begin, done } from './orders.mjs';

const { openCheckLoop } = await compiled('daemon/check-loop.js');
const { soonerLook } = await compiled('daemon/ticks.js');

const { url, concurrency, seconds } = JSON.parse(process.argv[2] ?? '{}');

/** As the daemon looks: at every tick, and when the next is due. */
const TICK = 2_000;
const SOONEST = 250;

const line = await openLine(url);
const { store, clock, context } = line;
const faults = [];
const loop = openCheckLoop({
  ...{ targets: store.targets, clock, owner: context.owner },
  log: () => context.log,
  limits: () => ({ concurrency, deadline: 50_000 }),
  lease: (until, { hosts: exceptHosts }, limit) =>
    store.targets.leaseDue(clock.now(), until, context.owner, limit, {
      ...{ watchers: [WATCHER], exceptHosts, settled: limit > 1 },
    }),
  check: line.check,
  quarantine: (_lease, error) => Promise.reject(error),
  onIdle: () => void lookSoon(),
  onFault: (error) => faults.push(error),
});

let soon;
let lookedAt = clock.now();
async function look() {
  clearTimeout(soon);
  lookedAt = clock.now();
  await loop.fill();
  await lookSoon();
}
async function lookSoon() {
  const next = await store.targets.nextDueAt(clock.now(), [WATCHER]);
  const wait = soonerLook({ now: clock.now(), lookedAt, next, tick: TICK, soonest: SOONEST });
  if (wait === null) return;
  clearTimeout(soon);
  soon = setTimeout(() => void look(), wait);
}

await begin();
const [cpu, begun] = [cpuSeconds(), performance.now()];
let last = begun;
let seen = 0;
if (seconds === undefined) {
  await loop.untilIdle();
} else {
  const ticks = setInterval(() => void look(), TICK);
  void look();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  clearInterval(ticks);
}
clearTimeout(soon);
seen = line.late.length;
last = performance.now();
const used = cpuSeconds() - cpu;
await loop.close(10_000);
await store.close();
if (faults.length > 0) throw faults[0];
done({ checks: seen, seconds: (last - begun) / 1_000, cpu: used, late: line.late });
