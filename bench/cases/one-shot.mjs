// One pass over 200 pages that did not change, from the shell, in turn with urlwatch over the same pages.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { only, writeConfig } from '../support/daemon.mjs';
import { cli, scratch } from '../support/project.mjs';
import { commandCpu, cpuInTurn, figure } from '../support/report.mjs';

const PAGES = 200;
const ROUNDS = 5;

const folder = scratch();
const server = spawn(process.execPath, [join(import.meta.dirname, '../support/page-server.mjs')]);
const [said] = await once(server.stdout, 'data');
const origin = `http://127.0.0.1:${JSON.parse(said).port}`;

const hosts = Array.from({ length: PAGES }, (_, n) => `outlet-${n}.example`);
const config = writeConfig(folder, {
  store: `sqlite:${join(folder, 'bench.db')}`,
  watchers: only({ reports: { every: '1d', pages: hosts.map((host) => `https://${host}/story`) } }),
  fetch: { hosts: Object.fromEntries(hosts.map((host) => [host, origin])) },
  log: { level: 'silent' },
});
const own = [process.execPath, cli, 'check', 'reports', '--config', config];

/** The command that has urlwatch look at the same pages; null where it is not installed. */
function urlwatch() {
  if (spawnSync('urlwatch', ['--version']).status !== 0) return null;
  const urls = hosts.map((_host, n) => `url: ${origin}/story-${n}`).join('\n---\n');
  writeFileSync(join(folder, 'urls.yaml'), `${urls}\n`);
  writeFileSync(join(folder, 'urlwatch.yaml'), 'report: {}\n');
  const files = {
    urls: 'urls.yaml',
    config: 'urlwatch.yaml',
    hooks: 'hooks.py',
    cache: 'cache.db',
  };
  return [
    'urlwatch',
    ...Object.entries(files).flatMap(([name, file]) => [`--${name}`, join(folder, file)]),
  ];
}

commandCpu(own[0], own.slice(1));
const other = urlwatch();
const times = cpuInTurn({ own, ...(other !== null && { other }) }, ROUNDS);
server.kill();
figure('check of 200 unchanged pages, start included, of the processor', times.own, 'ms');
if (other === null) figure('urlwatch over the same pages', 'not installed', '');
else {
  figure('urlwatch over the same pages', times.other, 'ms');
  figure('  check is faster than urlwatch by', times.other / times.own, 'times', 'at least 1.5');
}
