import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { progressOn } from './progress.mjs';
import { StepError } from './run-command.mjs';
import { PROJECT_ROOT, runScript, setUp } from './setup.mjs';

/**
 * `npm run soak`: the trials of test/soak in their long form, which take an hour or two, with their figures. What is said
 * after `--` goes to vitest: a file, or `-t name`.
 */

await runScript(async () => {
  const progress = progressOn(process.stdout);
  await setUp({ root: PROJECT_ROOT, progress, withPackages: true, withBuild: true });
  const vitest = join(PROJECT_ROOT, 'node_modules/vitest/vitest.mjs');
  const args = [
    'run',
    '--project',
    'soak',
    '--disable-console-intercept=true',
    ...process.argv.slice(2),
  ];
  const child = spawn(process.execPath, [vitest, ...args], {
    cwd: PROJECT_ROOT,
    stdio: 'inherit',
    env: { ...process.env, FIRSTHAND_SOAK: 'long' },
  });
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new StepError('Some trials failed; they are listed above.');
  return 0;
});
