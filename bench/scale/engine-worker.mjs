// A worker to whom a job engine hands the due checks; each is done by the same pipeline as by leases in rows.
import { compiled } from '../support/project.mjs';
import { cpuSeconds } from '../support/report.mjs';
import { ENGINES } from './engine-kinds.mjs';
import { openLine } from './line.mjs';
import { begin, done } from './orders.mjs';

const { plus, HOUR, MINUTE } = await compiled('domain/time.js');

const { url, concurrency, seconds, engine, folder, until } = JSON.parse(process.argv[2] ?? '{}');

const line = await openLine(url);
const { store, clock, context } = line;
const { signal } = new AbortController();
let finish = () => undefined;
const finished = new Promise((resolve) => {
  finish = () => resolve(undefined);
});

/** The engine's lock is the lease; the row is read and marked, because the end of a check asks whose it is. */
async function carry(id) {
  const now = clock.now();
  const lease = await store.targets.lease(id, now, plus(now, MINUTE), context.owner);
  if (lease !== null) await line.check(lease, signal, 0);
  if (until !== undefined && line.late.length >= until) finish();
  return new Date(plus(clock.now(), HOUR));
}

await begin();
const [cpu, begun] = [cpuSeconds(), performance.now()];
const stop = await ENGINES[engine].work(folder, url, concurrency, carry);
if (until === undefined) await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
else await finished;
const took = (performance.now() - begun) / 1_000;
const used = cpuSeconds() - cpu;
// The ends of the last jobs are on their way.
await new Promise((resolve) => setTimeout(resolve, 1_000));
await stop();
await store.close();
done({ checks: line.late.length, seconds: took, cpu: used, late: line.late });
