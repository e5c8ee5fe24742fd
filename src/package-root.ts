import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json: where data/catalog and config.yaml lie, for the sources and every build. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const above = dirname(folder);
    if (above === folder) return process.cwd();
    folder = above;
  }
  return folder;
}

/** The watchers that belong to the running code: in the bundle, among the compiled files, or the sources themselves. */
export function watchersFolder(): string {
  const root = packageRoot();
  return join(buildOf(root) ?? root, 'watchers');
}

/** What a thread that reads pages runs, of the same build as the running code; null where the sources themselves run. */
export function readingThreadFile(): string | null {
  const root = packageRoot();
  const build = buildOf(root);
  if (build === null) return null;
  return build === join(root, 'dist', 'bin')
    ? join(build, 'reading-thread.js')
    : join(build, 'src/reader/worker.js');
}

/** The build the running code belongs to: the bundle, or the compiled files. */
function buildOf(root: string): string | null {
  const running = fileURLToPath(import.meta.url);
  const builds = [join(root, 'dist', 'bin'), join(root, 'dist')];
  return builds.find((build) => running.startsWith(`${build}/`)) ?? null;
}

/** The version in package.json. */
export function version(): string {
  const text = readFileSync(join(packageRoot(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
