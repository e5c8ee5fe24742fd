import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tryImage } from './check-image.mjs';
import { assignments, contextFilter, readDockerfile } from './dockerfile.mjs';
import { progressOn } from './progress.mjs';
import { runCommand, StepError } from './run-command.mjs';
import { PROJECT_ROOT, runScript } from './setup.mjs';

/**
 * `npm run check:docker`: takes every step of the Dockerfile for real, without Docker. Each stage gets a copy-on-write
 * view of this machine, which must be a Debian 12 with Node, as the base image is; nothing of what the steps do is seen
 * outside of it. Then each image is started as Docker would start it, and asked whether it is well.
 */

const INSIDE = '--inside';
const SELF = fileURLToPath(import.meta.url);
const progress = progressOn(process.stdout);

/**
 * @typedef {object} Built a stage that was built
 * @property {string} name
 * @property {string} root where its files are seen
 * @property {string} upper what it added
 * @property {readonly string[]} lowers what lies below that, the nearest first
 * @property {Record<string, string>} env
 * @property {string} folder the working folder
 * @property {string} user
 */

await runScript(async () => {
  if (!process.argv.includes(INSIDE)) return inNamespace();
  const place = mkdtempSync(join(tmpdir(), 'firsthand-image-'));
  sh(`mount -t tmpfs -o size=6g tmpfs '${place}'`);
  const stages = readDockerfile(readFileSync(join(PROJECT_ROOT, 'Dockerfile'), 'utf8'));
  /** @type {Map<string, Built>} */
  const built = new Map();
  for (const stage of stages) {
    progress.line(`stage ${stage.name}, from ${stage.from}`);
    built.set(stage.name, await build(stage, built, join(place, stage.name)));
  }
  for (const name of stages.map((stage) => stage.name).slice(1)) {
    await tryImage(stages, /** @type {Built} */ (built.get(name)), place, progress);
  }
  progress.line('Every step of the Dockerfile does what it says.');
  return 0;
});

/** Runs this script again where its mounts are nobody else's, and end with it. */
async function inNamespace() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/unshare')) {
    throw new StepError('The steps of the Dockerfile are tried as root, on Linux.', {
      advice: 'Run it as root on a Debian 12 with Node 20, or build the image with Docker.',
    });
  }
  const place = mkdtempSync(join(tmpdir(), 'firsthand-docker-'));
  const args = ['--mount', '--propagation', 'private', process.execPath, SELF, INSIDE];
  const child = spawn('unshare', args, {
    stdio: 'inherit',
    env: { ...process.env, TMPDIR: place },
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  rmSync(place, { recursive: true, force: true });
  return typeof code === 'number' ? code : 1;
}

/**
 * @param {import('./dockerfile.mjs').Stage} stage
 * @param {ReadonlyMap<string, Built>} others
 * @param {string} place
 * @returns {Promise<Built>}
 */
async function build(stage, others, place) {
  const state = begin(stage, others, place);
  for (const { instruction, value, line } of stage.steps) {
    switch (instruction) {
      case 'WORKDIR':
        state.folder = value;
        mkdirSync(join(state.root, value), { recursive: true });
        break;
      case 'ENV':
        Object.assign(state.env, assignments(value));
        break;
      case 'USER':
        state.user = value;
        break;
      case 'COPY':
        copy(value, state, others);
        break;
      case 'RUN':
        await run(value, line, state);
        break;
      default:
    }
  }
  return state;
}

/**
 * @param {import('./dockerfile.mjs').Stage} stage
 * @param {ReadonlyMap<string, Built>} others
 * @param {string} place
 * @returns {Built}
 */
function begin(stage, others, place) {
  const before = others.get(stage.from);
  const lowers = before === undefined ? ['/'] : [before.upper, ...before.lowers];
  const [root, upper, work] = ['root', 'upper', 'work'].map((part) => join(place, part));
  for (const folder of [root, upper, work]) mkdirSync(String(folder), { recursive: true });
  const layers = `lowerdir=${lowers.join(':')},upperdir=${upper},workdir=${work}`;
  sh(`mount -t overlay overlay -o ${layers} '${root}'`);
  for (const kernel of ['proc', 'sys', 'dev']) sh(`mount --rbind /${kernel} '${root}/${kernel}'`);
  sh(`mount -t tmpfs -o mode=1777 tmpfs '${root}/tmp'`);
  if (before === undefined) likeNodeImage(stage, String(root));
  return {
    name: stage.name,
    root: String(root),
    upper: String(upper),
    lowers,
    env: { ...before?.env },
    folder: before?.folder ?? '/',
    user: before?.user ?? 'root',
  };
}

/**
 * The images of Node have a user for it, and an empty place for the program.
 * @param {import('./dockerfile.mjs').Stage} stage
 * @param {string} root
 */
function likeNodeImage({ from }, root) {
  const known = /^node:(\d+)-bookworm(-slim)?@sha256:[0-9a-f]{64}$/.exec(from);
  const here = readFileSync('/etc/debian_version', 'utf8').trim();
  if (known?.[1] !== process.versions.node.split('.')[0] || !here.startsWith('12')) {
    const machine = `Debian ${here} with Node ${process.versions.node}`;
    throw new StepError(`This machine is a ${machine}, and no ${from}.`);
  }
  sh(`rm -rf '${root}/app' '${root}/build'`);
  sh(
    `chroot '${root}' sh -c 'id node >/dev/null 2>&1 || useradd --non-unique --uid 1000 --create-home node'`,
  );
}

/**
 * @param {string} value
 * @param {Built} state
 * @param {ReadonlyMap<string, Built>} others
 */
function copy(value, { root, folder }, others) {
  const words = value.split(/\s+/);
  const stage = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
  const paths = words.filter((word) => !word.startsWith('--'));
  const to = join(root, folder, paths.at(-1) ?? '');
  const base = stage === undefined ? PROJECT_ROOT : (others.get(stage)?.root ?? '');
  const wanted = contextFilter(readFileSync(join(PROJECT_ROOT, '.dockerignore'), 'utf8'));
  for (const path of paths.slice(0, -1)) {
    const from = join(base, path);
    const isInto = value.endsWith('/') || path === '.';
    cpSync(from, isInto && path !== '.' && stage === undefined ? join(to, path) : to, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => stage !== undefined || wanted(relative(PROJECT_ROOT, file)),
    });
  }
}

/**
 * @param {string} command
 * @param {number} line
 * @param {Built} state
 */
async function run(command, line, { root, folder, env, user }) {
  const since = performance.now();
  await runCommand({
    name: `take the step of line ${line}`,
    command: 'chroot',
    args: [`--userspec=${user}`, root, 'sh', '-c', `cd '${folder}' && ${command}`],
    cwd: '/',
    // What npm is told on this machine, it is told here: where packages come from, and by which proxy.
    env: { ...process.env, ...env, TMPDIR: '/tmp' },
    progress,
    status: () => `RUN ${command}`,
  });
  const seconds = Math.round((performance.now() - since) / 1000);
  progress.line(`  line ${line}: RUN ${command} (${seconds} s)`);
}

/** @param {string} line */
function sh(line) {
  const { status, stderr } = spawnSync('sh', ['-c', line], { encoding: 'utf8' });
  if (status !== 0) throw new StepError(`\`${line}\` ended with ${status}.`, { output: stderr });
}
