// The parts of the measurement that need no job engine.
import { join } from 'node:path';
import { compiled, scratch } from '../support/project.mjs';
import { cpuSeconds, figure, quantile } from '../support/report.mjs';
import { ask, bytesOf, databaseOn, fill, isServer, serverSeconds, WATCHER } from './database.mjs';
import { readBy } from './line.mjs';
import { together } from './orders.mjs';

const { openStore } = await compiled('store/open.js');
const { idOf } = await compiled('domain/ids.js');
const { systemClock } = await compiled('domain/clock.js');
const { plus, HOUR, MINUTE } = await compiled('domain/time.js');

const folder = scratch();
const HOSTS = 2_000;
const CONCURRENCY = 8;

/** All that is due, as fast as it goes: one embedded process, then one, two and four workers over a server. */
export async function workers(server, { checks }) {
  const filling = { targets: checks, hosts: HOSTS, from: -60, within: 50, readBy: await readBy() };
  const file = join(folder, 'embedded.db');
  await fill(file, filling);
  const embedded = await together('worker.mjs', [{ url: file, concurrency: CONCURRENCY }], null);
  tell('embedded', embedded, embedded);
  for (const count of [1, 2, 4]) {
    const url = await databaseOn(server, `workers_${count}`);
    await fill(url, filling);
    const orders = Array.from({ length: count }, () => ({ url, concurrency: CONCURRENCY }));
    const result = await together('worker.mjs', orders, server);
    tell(`${count} over Postgres`, result, embedded);
    const [{ all, once }] = await ask(
      url,
      'select count(*)::int as all, count(distinct target)::int as once from checks',
    );
    if (all !== once) throw new Error(`${all - once} targets were checked twice.`);
  }
}

function tell(who, { rate, workerCpu, serverCpu }, embedded) {
  figure(`${who}: checks a second`, rate, 'checks/s');
  figure('  of the embedded process', rate / embedded.rate, 'x');
  figure('  processor of the workers, a check', workerCpu, 'ms');
  figure('  processor of the server, a check', serverCpu, 'ms');
}

/** How many targets a second are leased in batches and settled, among a million rows, one asking after the other. */
export async function leases(server, { targets }) {
  const url = await databaseOn(server, 'leases');
  await fill(url, {
    targets,
    hosts: targets / 50,
    from: -3_600,
    within: 7_200,
    readBy: await readBy(),
  });
  const store = await openStore({ url });
  const [cpu, served] = [cpuSeconds(), serverSeconds(server)];
  const times = { lease: [], settle: [] };
  let count = 0;
  const begun = performance.now();
  while (performance.now() - begun < 20_000) {
    const now = systemClock.now();
    const at = performance.now();
    const batch = await store.targets.leaseDue(now, plus(now, MINUTE), 'bench', 32, {
      ...{ watchers: [WATCHER], exceptHosts: [], settled: true },
    });
    const leased = performance.now();
    await Promise.all(batch.map((lease) => settle(store, lease, now)));
    times.lease.push(leased - at);
    times.settle.push(performance.now() - leased);
    count += batch.length;
  }
  const seconds = (performance.now() - begun) / 1_000;
  figure(`leases a second, each settled, among ${targets} targets`, count / seconds, 'leases/s');
  figure(
    '  processor of the server, a lease',
    ((serverSeconds(server) - served) / count) * 1_000,
    'ms',
  );
  figure('  processor of the worker, a lease', ((cpuSeconds() - cpu) / count) * 1_000, 'ms');
  figure('  a batch of 32 is leased within, half of them', quantile(times.lease, 0.5), 'ms');
  figure('  a batch of 32 is leased within, 99 of 100', quantile(times.lease, 0.99), 'ms');
  figure('  a batch of 32 is settled within, half of them', quantile(times.settle, 0.5), 'ms');
  await store.close();
}

function settle(store, { target, owner }, now) {
  const check = { id: idOf('ck', target.id, now), target: target.id, watcher: target.watcher };
  return store.checks.settleUnchanged({
    ...{ ...check, at: now, outcome: 'present', owner, dueAt: plus(now, HOUR), fullAt: null },
  });
}

/** A million sources an hour are 278 checks a second. */
const RATE = 278;

/** Workers start within it, in seconds. */
const HEAD_START = 15;

/** How late checks come while as many fall due each second as of a million sources in an hour. */
export async function lag(server, { targets, seconds, workers: count }) {
  const url = await databaseOn(server, 'lag');
  const common = { hosts: targets / 50, readBy: await readBy() };
  await fill(url, { ...common, targets, from: 7_200, within: 3_600 });
  const soon = { targets: RATE * seconds, from: HEAD_START, within: seconds };
  await fill(url, { ...common, ...soon, after: targets });
  const order = { url, concurrency: 16, seconds: seconds + HEAD_START };
  const orders = Array.from({ length: count }, () => order);
  const { checks, workerCpu, serverCpu, late } = await together('worker.mjs', orders, server);
  figure(`${count} workers, ${RATE} checks due each second: done`, checks / seconds, 'checks/s');
  figure('  late, half of them', quantile(late, 0.5), 'ms');
  figure('  late, 99 of 100', quantile(late, 0.99), 'ms');
  figure(
    '  late, the last tenth of the time',
    quantile(late.slice(-Math.ceil(late.length / 10)), 0.5),
    'ms',
  );
  figure('  processor of the workers, a check', workerCpu, 'ms');
  figure('  processor of the server, a check', serverCpu, 'ms');
  figure(
    '  cores in use, workers and server',
    ((workerCpu + serverCpu) * checks) / seconds / 1_000,
    'cores',
  );
}

/** Bytes that a server has written to its log so far. */
async function logBytes(url) {
  if (!isServer(url)) return 0;
  const [{ bytes }] = await ask(
    url,
    "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as bytes",
  );
  return bytes;
}

/** What checks that found nothing new leave behind. */
export async function growth(server, { checks }) {
  const targets = 1_000;
  const rounds = Math.max(2, Math.round(checks / targets));
  for (const url of [join(folder, 'growth.db'), await databaseOn(server, 'growth')]) {
    await fill(url, { targets, hosts: targets, from: -60, within: 50, readBy: await readBy() });
    const [before, logged] = [await bytesOf(url, 'check'), await logBytes(url)];
    const store = await openStore({ url });
    let now = systemClock.now();
    for (let round = 0; round < rounds; round += 1) {
      const filter = { watchers: [WATCHER], exceptHosts: [], settled: true };
      const all = await store.targets.leaseDue(now, plus(now, MINUTE), 'bench', targets, filter);
      await Promise.all(all.map((lease) => settle(store, lease, now)));
      now = plus(now, HOUR + MINUTE);
    }
    await store.close();
    const log = (await logBytes(url)) - logged;
    const grown = (await bytesOf(url, 'check')) - before;
    const kind = isServer(url) ? 'Postgres' : 'SQLite';
    figure(`${kind}: a million checks that found nothing`, grown / (targets * rounds), 'MB');
    if (isServer(url)) figure('  written to the log of the server', log / (targets * rounds), 'MB');
  }
}
