import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package, where data/catalog and config.yaml lie, for the sources and every build. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'data/catalog'))) {
    const above = dirname(folder);
    if (above === folder) return process.cwd();
    folder = above;
  }
  return folder;
}

/** The watchers that belong to the running code: in the bundle, among the compiled files, or the sources themselves. */
export function watchersFolder(): string {
  const root = packageRoot();
  return join(isBundled(root) ? join(root, BUNDLE.thread) : (buildOf(root) ?? root), 'watchers');
}

/** What a thread that reads pages runs, of the same build as the running code; null where the sources themselves run. */
export function readingThreadFile(): string | null {
  const root = packageRoot();
  if (isBundled(root)) return join(root, BUNDLE.thread, 'reading-thread.js');
  const build = buildOf(root);
  return build === null ? null : join(build, 'src/reader/worker.js');
}

/** The two halves of the bundle: the command line in one file, and what a thread needs that reads pages. */
const BUNDLE = { main: 'dist/bin', thread: 'dist/reading' } as const;

function isBundled(root: string): boolean {
  return Object.values(BUNDLE).some((folder) => isRunningIn(join(root, folder)));
}

/** The compiled files, where the running code is of them. */
function buildOf(root: string): string | null {
  const build = join(root, 'dist');
  return isRunningIn(build) ? build : null;
}

function isRunningIn(folder: string): boolean {
  return fileURLToPath(import.meta.url).startsWith(`${folder}/`);
}

/** The version in package.json. */
export function version(): string {
  const text = readFileSync(join(packageRoot(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
