// The same due checks carried by leases in rows and by two job engines, over the same server.
import { figure, quantile } from '../support/report.mjs';
import { ask, commits, databaseOn, fill } from './database.mjs';
import { ENGINES, installEngines } from './engine-kinds.mjs';
import { readBy } from './line.mjs';
import { together } from './orders.mjs';

const HOSTS = 2_000;
const CONCURRENCY = 8;

/** Jobs that fall due evenly, to see how soon each begins. */
const SPACED = { targets: 300, from: 6, within: 15 };

export async function engines(server, { checks }) {
  const folder = installEngines();
  const read = await readBy();
  const rows = await measure(server, { engine: 'rows', folder, checks, read });
  for (const engine of Object.keys(ENGINES)) {
    const found = await measure(server, { engine, folder, checks, read });
    figure('  of what leases in rows do', found.rate / rows.rate, 'x');
  }
}

async function measure(server, { engine, folder, checks, read }) {
  const name = engine.replace('-', '_');
  const isRows = engine === 'rows';
  const program = isRows ? 'worker.mjs' : 'engine-worker.mjs';
  const order = { concurrency: CONCURRENCY, engine, folder };

  const url = await databaseOn(server, `bulk_${name}`);
  await fill(url, { targets: checks, hosts: HOSTS, from: -60, within: 50, readBy: read });
  const queued = isRows ? checks : await queueTwice(ENGINES[engine], folder, url);
  const before = await commits(url);
  const until = isRows ? {} : { until: checks };
  const bulk = await together(program, [{ ...order, ...until, url }], server);
  const transactions = ((await commits(url)) - before) / bulk.checks;
  figure(`${engine}: checks a second, one worker`, bulk.rate, 'checks/s');
  figure('  processor of the worker, a check', bulk.workerCpu, 'ms');
  figure('  processor of the server, a check', bulk.serverCpu, 'ms');
  figure('  transactions, a check', transactions, '');
  figure(`  jobs there are when ${checks} are queued twice`, queued, '');
  const [{ all, once }] = await ask(
    url,
    'select count(*)::int as all, count(distinct target)::int as once from checks',
  );
  figure('  targets that were checked twice', all - once, '');

  const spaced = await databaseOn(server, `spaced_${name}`);
  await fill(spaced, { ...SPACED, hosts: SPACED.targets, readBy: read });
  if (!isRows) await ENGINES[engine].prepare(folder, spaced);
  const seconds = SPACED.from + SPACED.within + 3;
  const { late } = await together(program, [{ ...order, url: spaced, seconds }], server);
  figure('  from due to begun, half of them within', quantile(late, 0.5), 'ms');
  figure('  from due to begun, 95 of 100 within', quantile(late, 0.95), 'ms');
  return bulk;
}

async function queueTwice({ prepare, jobs }, folder, url) {
  await prepare(folder, url);
  await prepare(folder, url);
  const [{ n }] = await ask(url, jobs);
  return n;
}
