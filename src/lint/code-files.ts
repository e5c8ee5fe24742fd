import { readFile, stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { globby } from 'globby';
import { NotFoundError } from '../domain/errors.ts';

export interface CodeFile {
  /** From the folder it was looked for in, with slashes. */
  path: string;
  text: string;
}

/** Larger files are data or made by programs, in bytes. */
const LARGEST = 1024 * 1024;

/** What others wrote, what was built, and lists of exact versions. */
const LEFT_OUT = [
  '**/node_modules',
  '**/.git',
  '**/vendor',
  '**/dist',
  '**/*.lock',
  '**/package-lock.json',
  '**/*.min.*',
  '**/*.map',
];

/** The text files below some paths, without what `.gitignore` leaves out. Throws `NotFoundError` for a path that is not there. */
export async function* codeFiles(
  folder: string,
  paths: readonly string[],
): AsyncGenerator<CodeFile> {
  for (const path of paths) {
    const found = await stat(resolve(folder, path)).catch(() => null);
    if (found === null) throw new NotFoundError(`There is no file or folder ${path}.`);
  }
  const files = await globby([...paths], {
    ...{ cwd: folder, gitignore: true, dot: true, ignore: LEFT_OUT, followSymbolicLinks: false },
    ...{ onlyFiles: true, absolute: true, expandDirectories: true },
  });
  for (const file of files.sort()) {
    const text = await textIn(file);
    if (text !== null) yield { path: relative(folder, file).replaceAll('\\', '/'), text };
  }
}

/** Null for what is no text, too large, or cannot be read. */
async function textIn(file: string): Promise<string | null> {
  const size = (await stat(file).catch(() => null))?.size ?? Number.POSITIVE_INFINITY;
  if (size > LARGEST) return null;
  const bytes = await readFile(file).catch(() => null);
  return bytes === null || bytes.includes(0) ? null : bytes.toString('utf8');
}
