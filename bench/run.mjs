// Runs every measurement in a process of its own and prints what it found: `npm run bench [-- NAME…]`.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'cases');
const asked = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => file.replace('.mjs', ''))
  .filter((name) => asked.length === 0 || asked.includes(name));

let failed = false;
for (const name of names) {
  process.stdout.write(`\n# ${name}\n`);
  const run = spawnSync(process.execPath, ['--expose-gc', join(folder, `${name}.mjs`)], {
    stdio: 'inherit',
  });
  failed ||= run.status !== 0;
}
process.exitCode = failed ? 1 : 0;
