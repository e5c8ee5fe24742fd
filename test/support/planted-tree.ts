import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** The root of the project under test. */
export const PROJECT_ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Writes files into a folder of its own that is gone after the test. Checks are tried on it: one that finds nothing
 * in a tree full of faults is worth nothing.
 */
export async function plantTree(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'firsthand-planted-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

/** The same with the project's packages in reach; nothing may be installed there. */
export async function plantTreeWithPackages(
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const root = await plantTree(files);
  await symlink(join(PROJECT_ROOT, 'node_modules'), join(root, 'node_modules'));
  return root;
}
