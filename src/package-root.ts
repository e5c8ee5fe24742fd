import { existsSync } from 'node:fs';
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
  const running = fileURLToPath(import.meta.url);
  for (const build of [join(root, 'dist', 'bin'), join(root, 'dist')]) {
    if (running.startsWith(`${build}/`)) return join(build, 'watchers');
  }
  return join(root, 'watchers');
}
