import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { extract } from 'tar';
import { expect, it } from 'vitest';
import { PROJECT_ROOT } from '../support/planted-tree.ts';
import { temporaryFolder } from '../support/store.ts';

interface Packed {
  filename: string;
  unpackedSize: number;
  files: readonly { path: string }[];
}

interface Lock {
  packages: Readonly<Record<string, { dev?: boolean; devOptional?: boolean }>>;
}

/** What npm puts beside the package where it is installed: nothing that only its development needs. */
function runtimePackages(): readonly string[] {
  const lock: Lock = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package-lock.json'), 'utf8'));
  return Object.entries(lock.packages)
    .filter(([, { dev, devOptional }]) => !dev && !devOptional)
    .map(([path]) => path)
    .filter((path) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path))
    .filter((path) => existsSync(join(PROJECT_ROOT, path)));
}

/**
 * Packs the package and puts it where npm would. The packages it needs are linked from the project instead of fetched:
 * the tests have no network but loopback, and compiling the database once more would take a minute.
 */
async function installed(): Promise<{ place: string; packed: Packed }> {
  const folder = temporaryFolder();
  const told = execFileSync(
    'npm',
    ['pack', '--ignore-scripts', '--json', '--pack-destination', folder],
    { cwd: PROJECT_ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const [packed]: Packed[] = JSON.parse(told);
  if (packed === undefined) throw new Error(`npm packed nothing: ${told}`);
  const place = join(folder, 'node_modules/firsthand');
  mkdirSync(place, { recursive: true });
  await extract({ file: join(folder, packed.filename), cwd: place, strip: 1 });
  for (const path of runtimePackages()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(join(PROJECT_ROOT, path), join(folder, path));
  }
  return { place, packed };
}

it('the package that npm packs holds what it needs and nothing else, and runs where it is installed', async () => {
  const { place, packed } = await installed();
  const paths = packed.files.map(({ path }) => path);
  const tops = new Set(paths.map((path) => path.split('/')[0]));
  for (const needed of ['README.md', 'LICENSE', 'CHANGELOG.md', 'config.yaml', 'dist', 'deploy']) {
    expect(tops).toContain(needed);
  }
  expect(
    paths.filter((path) => /^(src|test|bench|scripts|docs)\/|\.built-from|\.db$/.test(path)),
  ).toEqual([]);
  expect(packed.unpackedSize).toBeLessThan(15_600_000);

  const { bin, version } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
  const main = join(place, bin.firsthand);
  expect(statSync(main).mode & 0o111).not.toBe(0);
  const home = dirname(dirname(place));
  const run = (...args: string[]) =>
    spawnSync(main, args, {
      cwd: home,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });
  expect(run('--version').stdout).toBe(`${version}\n`);
  expect(run('config', 'check').stdout).toContain(`${place}/config.yaml is in order`);
  const db = join(home, 'firsthand.db');
  const recording = join(place, 'data/recordings/gpt-image-2-launch');
  expect(run('replay', recording, '--db', db, '--json').status).toBe(0);
  const status = run('status', 'gpt-image-2', '--db', db, '--require', 'confirmed');
  expect([status.status, status.stderr]).toEqual([0, '']);
  expect(run('verify', '--db', db).status).toBe(0);
});
