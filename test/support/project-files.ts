import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PROJECT_ROOT } from './planted-tree.ts';

/** Folders that hold no source; git knows them from .gitignore, a tree without git from here. */
const NOT_OURS = /^(\.git|\.firsthand|node_modules|coverage|dist(\..*)?|data\/state)\//;

/** Runs git in the project; null where there is no git, or no repository. */
export async function git(...args: readonly string[]): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('git', args, {
      cwd: PROJECT_ROOT,
      maxBuffer: 1 << 26,
    });
    return stdout;
  } catch {
    return null;
  }
}

/** Every file of the project that is not ignored, relative to its root. */
export async function projectFiles(): Promise<readonly string[]> {
  const listed = await git('ls-files', '--cached', '--others', '--exclude-standard', '-z');
  if (listed !== null) return listed.split('\0').filter((path) => path !== '');
  const entries = await readdir(PROJECT_ROOT, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(PROJECT_ROOT.length))
    .filter((path) => !NOT_OURS.test(path));
}

/** The text of a file of the project; empty for one that was removed and not yet committed. */
export function textOf(path: string): Promise<string> {
  return readFile(join(PROJECT_ROOT, path), 'utf8').catch(() => '');
}
