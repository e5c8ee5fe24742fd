import { readFile, stat } from 'node:fs/promises';
import { asError, ConfigError } from '../domain/errors.ts';

/** Many times what anybody writes by hand, in bytes. */
const LONGEST = 16 * 1024 * 1024;

/** A file as text. Throws `ConfigError` where there is none, and where a line of it is no text. */
export async function readText(file: string): Promise<string> {
  const bytes = await bytesOf(file);
  const text = textOf(bytes);
  if (text === null) refuse(file, 'is not UTF-8 text', 'save it as UTF-8');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  const control = text.search(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/);
  if (control === -1) return text;
  const line = text.slice(0, control).split('\n').length;
  return refuse(file, 'holds a character that is no text', 'write the line again', { line });
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size <= LONGEST) return await readFile(file);
  } catch (thrown) {
    const cause = asError(thrown);
    const [message, suggestion] = UNREADABLE[codeOf(cause)] ?? [
      `cannot be read: ${cause.message}`,
      'check the disk it lies on',
    ];
    return refuse(file, message, suggestion, { cause });
  }
  const most = `${LONGEST / 1024 / 1024} MiB`;
  return refuse(file, `is larger than ${most}`, 'name the file that you mean');
}

const UNREADABLE: Readonly<Record<string, readonly [message: string, suggestion: string]>> = {
  ENOENT: ['is not there', 'put the file there, or name another place'],
  ENOTDIR: ['is not there', 'a part of its path is no folder: name another place'],
  EISDIR: ['is a folder', 'name the file in it'],
  EACCES: ['may not be read by this user', 'let the user of the program read it'],
  EPERM: ['may not be read by this user', 'let the user of the program read it'],
  ELOOP: ['is a link that leads to itself', 'name the file itself'],
};

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function refuse(
  file: string,
  message: string,
  suggestion: string,
  { line = null, cause }: { line?: number | null; cause?: Error } = {},
): never {
  throw new ConfigError([{ file, path: '', line, message, suggestion }], { cause });
}
