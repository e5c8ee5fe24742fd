// What a daemon costs that has 500 targets and nothing to do: its share of one processor, and its memory; and its memory
// with ten thousand targets.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { only, openSite, startDaemon, writeConfig } from '../support/daemon.mjs';
import { compiled, scratch } from '../support/project.mjs';
import { figure } from '../support/report.mjs';

const TARGETS = 500;
const HOSTS = 50;
const WATCHED = 60_000;
/** The kernel counts processor time in hundredths of a second. */
const TICK = 10;

const folder = scratch();
const db = join(folder, 'bench.db');
const site = await openSite((request, response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end(
    `<title>Story</title><main><p>What is said at ${request.url}, in a sentence.</p></main>`,
  );
});
const hosts = Array.from({ length: HOSTS }, (_, n) => `outlet-${n}.example`);
const pages = Array.from({ length: TARGETS }, (_, n) => `https://${hosts[n % HOSTS]}/story-${n}`);
const config = writeConfig(folder, {
  store: `sqlite:${db}`,
  watchers: only({ reports: { every: '1d', pages } }),
  fetch: {
    contact: 'https://bench.example',
    hosts: Object.fromEntries(hosts.map((host) => [host, site.origin])),
  },
  log: { level: 'silent' },
});
const begun = performance.now();
const daemon = await startDaemon(config, ['--port', '0']);
const started = performance.now() - begun;
const reader = new Database(db, { readonly: true });
const checked = reader.prepare('select count(*) from checks').pluck();
while (checked.get() < TARGETS) await pause(200);
const first = performance.now() - begun - started;
reader.close();
await pause(10_000);

const before = cost(daemon.child.pid);
await pause(WATCHED);
const after = cost(daemon.child.pid);
const exit = await daemon.stop();
site.close();
if (exit !== 0) throw new Error(`The daemon ended with ${exit}.`);

figure('from the start of the process to running', started, 'ms');
figure('first checks of 500 targets at 50 hosts', TARGETS / (first / 1_000), 'checks/s');
figure(
  'idle, 500 targets: share of one processor',
  (100 * (after.cpu - before.cpu)) / WATCHED,
  '%',
);
figure('idle, 500 targets: resident memory', after.memory, 'MB');
figure('idle, 10,000 targets: resident memory', await memoryWith(10_000), 'MB', 'at most 180');

/** Resident memory, in MB, of a daemon whose targets are all known and none of them due. */
async function memoryWith(count) {
  const place = scratch();
  const store = `sqlite:${join(place, 'bench.db')}`;
  const { openStore } = await compiled('store/open.js');
  const { targetId } = await compiled('domain/ids.js');
  const urls = Array.from({ length: count }, (_, n) => `https://outlet-${n}.example/story`);
  const opened = await openStore({ url: store });
  await opened.targets.register(
    urls.map((url) => ({
      ...{ id: targetId('reports', url), watcher: 'reports', kind: 'report', url, subject: null },
    })),
    '2035-01-01T00:00:00.000Z',
  );
  await opened.close();
  const settings = { store, watchers: only({ reports: { every: '1d', pages: urls } }) };
  const idle = await startDaemon(writeConfig(place, { ...settings, log: { level: 'silent' } }));
  await pause(20_000);
  const { memory } = cost(idle.child.pid);
  await idle.stop();
  return memory;
}

/** Processor time in milliseconds and resident memory in MB of a process. */
function cost(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return {
    cpu: (Number(fields[11]) + Number(fields[12])) * TICK,
    memory: Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024,
  };
}
