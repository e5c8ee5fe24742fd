import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { progressOn } from './progress.mjs';
import { PROJECT_ROOT, runScript, setUp } from './setup.mjs';

/** `npm run demo`: sets up what is missing, then replays the recorded launch. Arguments go to the command. */

await runScript(async () => {
  await setUp({ root: PROJECT_ROOT, progress: progressOn(process.stderr) });
  const main = join(PROJECT_ROOT, 'dist/bin/main.js');
  const args = [main, 'demo', ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { cwd: PROJECT_ROOT, stdio: 'inherit' });
  // A terminal interrupts the child as well, which decides how to end; other signals reach us alone.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
});
