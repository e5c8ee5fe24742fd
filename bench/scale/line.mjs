// The program's own pipeline over a database, with the network left out: what a host would answer is "not modified".
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compiled, scratch } from '../support/project.mjs';
import { WATCHER } from './database.mjs';

const { openPipeline, livePipeline } = await compiled('app/build-pipeline.js');
const { sharedTurnsOf } = await compiled('app/build-fetcher.js');
const { databaseClock } = await compiled('app/trusted-clock.js');
const { checkTarget } = await compiled('daemon/check-target.js');
const { openThrottle } = await compiled('fetch/throttle.js');
const { extractorOf } = await compiled('domain/watcher.js');
const { elapsed } = await compiled('domain/time.js');

const folder = scratch();

/** All there is is wanted. */
const EVERYTHING = { has: () => true };

/** How a watcher's version is written in the rows it has read. */
export async function readBy() {
  const line = await openLine(join(folder, 'none.db'));
  const watcher = line.context.watchers.get(WATCHER);
  await line.close();
  return extractorOf(watcher);
}

/**
 * Opens the pipeline over a database. `answerAfter` is how long a host takes, in milliseconds. `late` collects how long
 * after its due time each check began.
 * @param {string} url
 * @param {{ answerAfter?: number }} options
 */
export async function openLine(url, { answerAfter = 0 } = {}) {
  const config = join(folder, 'config.yaml');
  const settings = { watchers: { [WATCHER]: { every: '1h' } }, log: { level: 'error' } };
  writeFileSync(config, JSON.stringify(settings));
  const open = await openPipeline({ config, db: url, environment: {}, folder });
  const { store } = open.context;
  const clock = await databaseClock(store);
  const throttle = openThrottle(sharedTurnsOf(store, clock, open.context.owner));
  const fetcher = {
    async fetch(request, signal) {
      // The turn at the host is taken and given back as for a real request: on a server that is two statements.
      const over = await throttle.turn(new URL(request.url).host, 0, signal);
      if (answerAfter > 0) await new Promise((resolve) => setTimeout(resolve, answerAfter));
      over();
      return { kind: 'not-modified' };
    },
    close: () => Promise.resolve(),
  };
  const context = livePipeline(open, fetcher, clock);
  const late = [];
  return {
    ...{ context, store, clock, late },
    /** Checks a leased target. */
    async check(lease, signal, waited) {
      late.push(elapsed(lease.target.dueAt, clock.now()));
      const report = await checkTarget(context, EVERYTHING, lease, signal, waited);
      if (report?.unchanged !== true)
        throw new Error(`Not a check that found nothing: ${report?.error}`);
    },
    close: () => open.close(),
  };
}
