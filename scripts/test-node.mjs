import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * `npm run test:node -- 24 [options of vitest]`: the tests on another Node. The npm package `node` brings the program with
 * its headers, so nothing is installed on the machine; the project is copied, for its native packages are built for that Node.
 */

const ROOT = join(fileURLToPath(import.meta.url), '../..');

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} place
 */
function run(command, args, { cwd, env = process.env }) {
  const { status, error } = spawnSync(command, args, { cwd, env, stdio: 'inherit' });
  if (error !== undefined) throw error;
  if (status !== 0) {
    process.stderr.write(`${command} ${args.join(' ')} failed.\n`);
    process.exitCode = 1;
  }
  return status === 0;
}

/** The files that git knows, or would know, as they stand. */
function projectFiles() {
  const list = spawnSync('git', ['ls-files', '-coz', '--exclude-standard'], { cwd: ROOT });
  return list.stdout
    .toString()
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(ROOT, path)));
}

/**
 * @param {string} version
 * @param {readonly string[]} vitest
 */
function testOn(version, vitest) {
  const folder = mkdtempSync(join(tmpdir(), `firsthand-node-${version}-`));
  try {
    const other = join(folder, 'node');
    const project = join(folder, 'project');
    mkdirSync(other);
    writeFileSync(join(other, 'package.json'), '{ "private": true }\n');
    if (!run('npm', ['install', '--no-audit', '--no-fund', `node@${version}`], { cwd: other }))
      return;
    const program = join(other, 'node_modules/node/bin/node');
    for (const path of projectFiles()) {
      mkdirSync(dirname(join(project, path)), { recursive: true });
      cpSync(join(ROOT, path), join(project, path));
    }
    // What Node's own package holds beside the program: the headers that native packages are built with.
    const headers = join(
      other,
      'node_modules/node/node_modules',
      `node-${process.platform}-${process.arch}`,
    );
    const env = {
      ...process.env,
      npm_config_nodedir: headers,
      PATH: `${dirname(program)}${delimiter}${process.env['PATH']}`,
    };
    run(program, ['--version'], { cwd: project, env });
    if (!run(program, ['scripts/setup.mjs'], { cwd: project, env })) return;
    run(program, ['node_modules/vitest/vitest.mjs', 'run', ...vitest], { cwd: project, env });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [version, ...vitest] = process.argv.slice(2);
if (version === undefined || !/^\d+(\.\d+)*$/.test(version)) {
  process.stderr.write('Which Node? For instance: npm run test:node -- 24\n');
  process.exitCode = 2;
} else testOn(version, vitest);
