import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { withLock } from '../../../scripts/set-up-lock.mjs';
import { setUp } from '../../../scripts/setup.mjs';
import { PROJECT_ROOT, plantTree, plantTreeWithPackages } from '../../support/planted-tree.ts';

const LOCK_MODULE = pathToFileURL(join(PROJECT_ROOT, 'scripts/set-up-lock.mjs')).href;

function listener() {
  const lines: string[] = [];
  return { lines, progress: { line: (text: string) => lines.push(text), status: () => {} } };
}

/** A project with one dependency, which lies in a folder of its own: installing it needs no network. */
function packageFiles(dependencies: object = { part: 'file:part' }) {
  const named = { name: 'planted', version: '1.0.0' };
  const part = { name: 'part', version: '1.0.0' };
  return {
    'part/package.json': JSON.stringify(part),
    'package.json': JSON.stringify({ ...named, engines: { node: '>=20.19' }, dependencies }),
    'package-lock.json': JSON.stringify({
      ...named,
      lockfileVersion: 3,
      requires: true,
      packages: {
        '': { ...named, dependencies: { part: 'file:part' } },
        'node_modules/part': { resolved: 'part', link: true },
        part: { version: '1.0.0' },
      },
    }),
  };
}

const BUILDABLE = {
  ...packageFiles(),
  'tsconfig.json': '{}',
  'tsconfig.build.json': JSON.stringify({
    compilerOptions: { rootDir: '.', module: 'nodenext', target: 'es2022', types: [] },
    include: ['src', 'watchers'],
  }),
  'src/kept.ts': 'export const kept: number = 1;\n',
  'src/removed.ts': 'export const removed: number = 2;\n',
};

it('set-up installs what the lock asks for, once, and again when the lock changes', async () => {
  const root = await plantTree(packageFiles());
  const { lines, progress } = listener();
  const install = () => setUp({ root, progress, withBuild: false });
  await install();
  expect(lines.at(-1)).toMatch(/^Installed the packages in \d/);
  await install();
  expect(lines).toHaveLength(2);
  const lock = await readFile(join(root, 'package-lock.json'), 'utf8');
  const newer = lock.replace('"part":{"version":"1.0.0"}', '"part":{"version":"1.0.1"}');
  await writeFile(join(root, 'package-lock.json'), newer);
  await install();
  expect(lines).toHaveLength(4);
});

it('set-up takes a tree that was installed by hand for what it is', async () => {
  const root = await plantTree(packageFiles());
  const { lines, progress } = listener();
  await setUp({ root, progress, withBuild: false });
  await rm(join(root, 'node_modules/.firsthand-installed'));
  await setUp({ root, progress, withBuild: false });
  expect(lines).toHaveLength(2);
  await rm(join(root, 'node_modules'), { recursive: true });
  await setUp({ root, progress, withBuild: false });
  expect(lines).toHaveLength(4);
});

it('set-up ends with what npm said and what to do when the packages cannot be installed', async () => {
  const root = await plantTree(packageFiles({ 'no-such-package': '1.0.0' }));
  await expect(setUp({ root, progress: listener().progress })).rejects.toMatchObject({
    message: expect.stringMatching(/^Could not install the packages: .* ended with code 1\.$/),
    output: expect.stringContaining('no-such-package'),
    advice: expect.stringContaining('package-lock.json'),
  });
  expect(existsSync(join(root, '.firsthand/set-up.lock'))).toBe(false);
});

it('set-up refuses a Node that is too old before it touches anything', async () => {
  const files = packageFiles();
  const root = await plantTree({
    ...files,
    'package.json': files['package.json'].replace('>=20.19', '>=999.0'),
  });
  await expect(setUp({ root, progress: listener().progress })).rejects.toThrow(
    'firsthand needs Node >=999.0; this is v',
  );
});

it('set-up builds when a source is newer by content, and leaves nothing of a removed one', async () => {
  const root = await plantTreeWithPackages(BUILDABLE);
  const { lines, progress } = listener();
  const build = () => setUp({ root, progress, withPackages: false });
  await build();
  expect(existsSync(join(root, 'dist/src/removed.js'))).toBe(true);
  const later = new Date(Date.parse('2100-01-01'));
  await utimes(join(root, 'src/kept.ts'), later, later);
  await build();
  expect(lines).toHaveLength(1);
  await rm(join(root, 'src/removed.ts'));
  await build();
  expect(lines).toHaveLength(2);
  expect(await readdir(join(root, 'dist/src'))).toEqual(['kept.js']);
  expect((await readdir(root)).filter((name) => name.startsWith('dist'))).toEqual(['dist']);
});

it('set-up keeps the last good build when a source cannot be compiled', async () => {
  const root = await plantTreeWithPackages(BUILDABLE);
  const { progress } = listener();
  await setUp({ root, progress, withPackages: false });
  await writeFile(join(root, 'src/kept.ts'), 'export const kept: number = "one";\n');
  await expect(setUp({ root, progress, withPackages: false })).rejects.toMatchObject({
    output: expect.stringContaining('src/kept.ts(1,14): error TS2322'),
  });
  expect(await readFile(join(root, 'dist/src/kept.js'), 'utf8')).toContain('kept = 1');
  expect((await readdir(root)).filter((name) => name.startsWith('dist'))).toEqual(['dist']);
});

it('the set-up lock lets one process work at a time', async () => {
  const root = await plantTree({ 'log.txt': '' });
  const script = `
      import { appendFileSync } from 'node:fs';
      import { setTimeout as delay } from 'node:timers/promises';
      import { withLock } from '${LOCK_MODULE}';
      await withLock('lock', { line() {}, status() {} }, async () => {
        appendFileSync('log.txt', 'in ');
        await delay(60);
        appendFileSync('log.txt', 'out ');
      });`;
  const args = ['--input-type=module', '-e', script];
  await Promise.all(
    Array.from({ length: 4 }, () => promisify(execFile)(process.execPath, args, { cwd: root })),
  );
  expect(await readFile(join(root, 'log.txt'), 'utf8')).toBe('in out '.repeat(4));
  expect(existsSync(join(root, 'lock'))).toBe(false);
});

it('the set-up lock is taken over when its process is gone', async () => {
  const root = await plantTree({});
  const lock = join(root, 'lock');
  const script = `
      import { withLock } from '${LOCK_MODULE}';
      await withLock('lock', { line() {}, status() {} }, () => process.kill(process.pid, 'SIGKILL'));`;
  const args = ['--input-type=module', '-e', script];
  await promisify(execFile)(process.execPath, args, { cwd: root }).catch(() => {});
  expect(existsSync(lock)).toBe(true);
  expect(await withLock(lock, listener().progress, async () => 'done')).toBe('done');
  expect(existsSync(lock)).toBe(false);
});

it('the set-up lock is taken over when nobody touched it for a minute, and not before', async () => {
  const elsewhere = JSON.stringify({ pid: 1, host: 'another-machine', id: 'x' });
  const root = await plantTree({ lock: elsewhere });
  const { lines, progress } = listener();
  const working = withLock(join(root, 'lock'), progress, async () => 'done');
  await expect
    .poll(() => lines)
    .toEqual(['Another set-up is running here; waiting for it to end.']);
  const longAgo = new Date(0);
  await utimes(join(root, 'lock'), longAgo, longAgo);
  expect(await working).toBe('done');
});

it('the set-up lock is let go of when the work fails', async () => {
  const root = await plantTree({});
  const lock = join(root, 'lock');
  const failing = withLock(lock, listener().progress, async () => {
    throw new Error('no room left');
  });
  await expect(failing).rejects.toThrow('no room left');
  expect(existsSync(lock)).toBe(false);
});
