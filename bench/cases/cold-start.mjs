// What a command costs from the shell: a question on a database with 100,000 pieces of evidence, and a pass with nothing
// due. In time of the processor, in turn with the bare runtime.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { only, openSite, writeConfig } from '../support/daemon.mjs';
import { fillRecord } from '../support/fill.mjs';
import { appOptions, cli, compiled, root, scratch } from '../support/project.mjs';
import { cpuInTurn, figure } from '../support/report.mjs';

const ROUNDS = 9;
const node = process.execPath;

/** A database in which everything was read a moment ago. */
async function nothingDue() {
  const folder = scratch();
  const site = await openSite((_request, response) => response.end('<p>Nothing is new.</p>'));
  const hosts = Array.from({ length: 100 }, (_, n) => `outlet-${n}.example`);
  const config = writeConfig(folder, {
    store: `sqlite:${join(folder, 'bench.db')}`,
    watchers: only({ reports: { every: '1d', pages: hosts.map((host) => `https://${host}/`) } }),
    fetch: { hosts: Object.fromEntries(hosts.map((host) => [host, site.origin])) },
    log: { level: 'silent' },
  });
  const { runCheck } = await compiled('operations/check.js');
  const { signal } = new AbortController();
  for (let pass = 0; pass < 2; pass += 1) {
    await runCheck({ ...appOptions(folder), config }, { watchers: [], due: true, signal });
  }
  site.close();
  const database = new Database(join(folder, 'bench.db'));
  const mark = database.prepare("select 1 from marks where name = 'last-pass'").get();
  database.close();
  if (mark === undefined)
    throw new Error('The pass before did not say that nothing is left to do.');
  return config;
}

const db = join(scratch(), 'bench.db');
await fillRecord(db, { subjects: 200, evidencePerSubject: 500 });
const config = join(root, 'config.yaml');
const times = cpuInTurn(
  {
    node: [node, '-e', '0'],
    status: [node, cli, 'status', 'gpt-image-2', '--db', db, '--config', config],
    board: [node, cli, 'status', '--db', db, '--config', config],
    check: [node, cli, 'check', '--due', '--config', await nothingDue()],
    help: [node, cli, '--help'],
  },
  ROUNDS,
);
figure('node -e 0, of the processor', times.node, 'ms');
figure('status gpt-image-2, 100,000 pieces of evidence', times.status, 'ms');
figure('  against node -e 0', times.status / times.node, 'times', 'at most 3.5');
figure('status (the board)', times.board, 'ms');
figure('check --due with nothing due', times.check, 'ms');
figure('  against node -e 0', times.check / times.node, 'times', 'at most 4');
figure('--help', times.help, 'ms');
