// How long a question takes from the shell, on a database with 100,000 pieces of evidence.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fillRecord } from '../support/fill.mjs';
import { cli, root, scratch } from '../support/project.mjs';
import { figure, median } from '../support/report.mjs';

const folder = scratch();
const db = join(folder, 'bench.db');
await fillRecord(db, { subjects: 200, evidencePerSubject: 500 });

/** Median wall time of a command in milliseconds, alternating with the bare runtime so that both meet the same machine. */
function timesOf(runs) {
  const times = { node: [], status: [], board: [], help: [] };
  const commands = {
    node: ['-e', '0'],
    status: [cli, 'status', 'gpt-image-2', '--db', db, '--config', join(root, 'config.yaml')],
    board: [cli, 'status', '--db', db, '--config', join(root, 'config.yaml')],
    help: [cli, '--help'],
  };
  for (let run = 0; run < runs; run += 1) {
    for (const [name, args] of Object.entries(commands)) {
      const start = performance.now();
      const { status, stderr } = spawnSync(process.execPath, args, {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
      times[name].push(performance.now() - start);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}

timesOf(2);
const times = timesOf(11);
figure('node -e 0', times.node, 'ms');
figure('firsthand status gpt-image-2, 100,000 pieces of evidence', times.status, 'ms');
figure('  against node -e 0 in the same run', times.status / times.node, 'times', 'at most 5');
figure('firsthand status (the board)', times.board, 'ms');
figure('firsthand --help', times.help, 'ms');
