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

/** A model id as code writes it, and where. Lines and columns count from 1. */
export interface NamedModel {
  id: string;
  line: number;
  column: number;
}

/** A run of what ids are made of; what stands around it (quotes, brackets, commas, spaces) ends it. */
const TOKEN = /[A-Za-z0-9][A-Za-z0-9._:/@-]*[A-Za-z0-9]/g;

/** Lower-case words, figures and dots between hyphens: how vendors write ids of their API. */
const ID = /^[a-z][a-z0-9]*(?:\.[a-z0-9]+)*(?:-[a-z0-9]+(?:\.[a-z0-9]+)*)*$/;

/** A comment with this word on a line says that its ids are meant as they are. */
const IGNORED = 'firsthand-ignore';

/** Lines beyond this are made by programs, and their ids stand in the source they were made from. */
const LONGEST_LINE = 10_000;

/** Every id in a text that `isModel` knows as one. */
export function modelIdsIn(text: string, isModel: (id: string) => boolean): readonly NamedModel[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.length > LONGEST_LINE || line.includes(IGNORED)) return [];
    return [...line.matchAll(TOKEN)].flatMap((match) => {
      const id = idIn(match[0]);
      if (id === null || !isModel(id)) return [];
      if (!/[-.]/.test(id) && !isQuoted(line, match.index, match[0].length)) return [];
      return [{ id, line: index + 1, column: match.index + match[0].lastIndexOf(id) + 1 }];
    });
  });
}

/** The id in `openai/gpt-4o`, `ft:gpt-4o-mini:org::abc` or `gpt-4o`; null where there is none. */
function idIn(token: string): string | null {
  const tuned = /^ft:([^:]+)/.exec(token)?.[1];
  const last = (tuned ?? token).split('/').at(-1) ?? '';
  return ID.test(last) && /\d/.test(last) ? last : null;
}

/** A short id such as `o3` is a word as well: it counts where it is a string of its own. */
function isQuoted(line: string, start: number, length: number): boolean {
  const [before = '', after = ''] = [line[start - 1], line[start + length]];
  return /["'`]/.test(before) && before === after;
}
