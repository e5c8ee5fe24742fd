// Two job engines behind the little that a measurement asks of them; installed for it alone, into a folder of its own.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { scratch } from '../support/project.mjs';
import { ask } from './database.mjs';

const PACKAGES = ['graphile-worker@~0.17.0', 'pg-boss@^10.0.0'];

/** Jobs that pg-boss takes at a time: it looks twice a second and no oftener, so that a small batch would leave it idle. */
const BOSS_BATCH = 256;

/** Installs the engines and gives the folder they lie in. Throws when there is no way to the registry. */
export function installEngines() {
  const folder = scratch();
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const args = ['install', '--no-audit', '--no-fund', '--silent', ...PACKAGES];
  const { status } = spawnSync('npm', args, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 2],
    timeout: 300_000,
  });
  if (status !== 0) throw new Error('The engines could not be installed.');
  return folder;
}

/** @param {string} folder */
function from(folder) {
  return createRequire(join(folder, 'package.json'));
}

export const ENGINES = {
  'graphile-worker': {
    /** Makes its tables and queues a job for each target by its id, as often as it is called. */
    async prepare(folder, url) {
      const { makeWorkerUtils } = from(folder)('graphile-worker');
      const utils = await makeWorkerUtils({ connectionString: url });
      await utils.migrate();
      await utils.release();
      await ask(
        url,
        `select count(graphile_worker.add_job('check', json_build_object('id', id), job_key := id, run_at := due_at::timestamptz)) from targets`,
      );
    },
    jobs: 'select count(*)::int as n from graphile_worker._private_jobs',
    /** Works until it is ended; `carry` checks a target and gives the moment when it is due again. */
    async work(folder, url, concurrency, carry) {
      const { run, Logger } = from(folder)('graphile-worker');
      const silent = new Logger(() => () => undefined);
      // Its own means against trips: a local queue, and ends that are told together.
      const worker = {
        localQueue: { size: 32 },
        ...{ completeJobBatchDelay: 0, failJobBatchDelay: 0, getQueueNameBatchDelay: 0 },
      };
      const runner = await run({
        ...{ connectionString: url, concurrency, logger: silent, noHandleSignals: true },
        ...{ pollInterval: 2_000, maxPoolSize: 10, preset: { worker } },
        taskList: {
          async check({ id }, { addJob }) {
            const runAt = await carry(id);
            await addJob('check', { id }, { jobKey: id, runAt });
          },
        },
      });
      return () => runner.stop();
    },
  },
  'pg-boss': {
    async prepare(folder, url) {
      const boss = await open(folder, url);
      await boss.createQueue('check', { policy: 'stately' });
      const targets = await ask(url, 'select id, due_at from targets');
      for (let at = 0; at < targets.length; at += 1_000) {
        const jobs = targets.slice(at, at + 1_000);
        await boss.insert(jobs.map(({ id, due_at: due }) => jobOf(id, due)));
      }
      await boss.stop({ graceful: false });
    },
    jobs: `select count(*)::int as n from pgboss.job where name = 'check'`,
    async work(folder, url, concurrency, carry) {
      const boss = await open(folder, url);
      const options = { batchSize: BOSS_BATCH, pollingIntervalSeconds: 0.5 };
      await boss.work('check', options, async (jobs) => {
        const next = [];
        const queue = [...jobs];
        const lane = async () => {
          for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
            const { id } = job.data;
            next.push(jobOf(id, (await carry(id)).toISOString()));
          }
        };
        await Promise.all(Array.from({ length: concurrency }, lane));
        await boss.insert(next);
      });
      return () => boss.stop({ graceful: false });
    },
  },
};

async function open(folder, url) {
  const PgBoss = from(folder)('pg-boss');
  const boss = new PgBoss({ connectionString: url, max: 10 });
  boss.on('error', (error) => process.stderr.write(`${error}\n`));
  return boss.start();
}

function jobOf(id, startAfter) {
  return { name: 'check', data: { id }, singletonKey: id, startAfter };
}
