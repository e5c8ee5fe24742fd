import { accessSync, constants, existsSync, mkdtempSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { asError, type Fault } from '../domain/errors.ts';
import { firstBytes, MAGIC } from '../store/file-watch.ts';
import { isServerUrl, sqlitePath } from '../store/open.ts';
import { APPLICATION_ID } from '../store/sqlite.ts';
import { refuse } from './config-faults.ts';

/** Throws `ConfigError` when the database or its copies cannot be where the config says they are. */
export function refuseOddStore(config: Config): void {
  const { store, storeRead, retention } = config;
  const faults: (Fault | null)[] = [
    faultOr(config, ['store'], oddStore(store), 'write sqlite:PATH or postgres://USER@HOST/NAME'),
  ];
  if (storeRead !== undefined && !isServer(storeRead)) {
    const message = 'is no address of a server';
    const suggestion = 'write postgres://USER@HOST/NAME, or leave it out';
    faults.push(config.faultAt(['storeRead'], message, suggestion));
  }
  if (retention.backup !== undefined) {
    const path = ['retention', 'backup'];
    if (isServerUrl(store)) {
      const message = 'copies a file, and the database is on a server';
      faults.push(config.faultAt(path, message, 'leave it out and use pg_dump'));
    } else {
      const odd = oddFolder(retention.backup.folder);
      faults.push(faultOr(config, [...path, 'folder'], odd, 'name a folder for the copies'));
    }
  }
  refuse(faults.filter((fault) => fault !== null));
}

function faultOr(
  config: Config,
  path: readonly PropertyKey[],
  message: string | null,
  suggestion: string,
): Fault | null {
  return message === null ? null : config.faultAt(path, message, suggestion);
}

function isServer(url: string): boolean {
  return isServerUrl(url) && URL.canParse(url);
}

function oddStore(store: string): string | null {
  if (isServerUrl(store)) return isServer(store) ? null : 'is no address of a server';
  try {
    const path = sqlitePath(store);
    return path === ':memory:' ? null : oddFile(resolve(path));
  } catch (thrown) {
    return `names no database that there is: ${asError(thrown).message}`;
  }
}

/** Where a file of SQLite says how often its tables changed and whose it is. */
const CHANGES_AT = 40;
const OWNER_AT = 68;

function oddFile(path: string): string | null {
  if (!existsSync(path)) return oddFolder(dirname(path));
  const found = statSync(path);
  if (found.isDirectory()) return `is a folder (${path}), and a file is wanted`;
  if (!found.isFile()) return `is no file (${path})`;
  const refused = reasonAgainst(() => accessSync(path, constants.R_OK | constants.W_OK));
  if (refused !== null) return `cannot be read and written (${refused})`;
  const start = firstBytes(path, OWNER_AT + 4);
  if (start.length > 0 && !start.subarray(0, MAGIC.length).equals(MAGIC)) {
    return `is a file that SQLite did not write (${path})`;
  }
  return isOurs(start) ? oddFolder(dirname(path)) : `is the database of another program (${path})`;
}

/** One without tables has no owner yet. */
function isOurs(start: Buffer): boolean {
  if (start.length < OWNER_AT + 4 || start.readUInt32BE(CHANGES_AT) === 0) return true;
  return start.readUInt32BE(OWNER_AT) === APPLICATION_ID;
}

/** Why no file can be made in a folder that is there, or that has yet to be made. */
function oddFolder(path: string): string | null {
  if (!existsSync(path)) return oddFolder(dirname(resolve(path)));
  if (!statSync(path).isDirectory()) return `cannot lie in ${path}, which is no folder`;
  // Rights alone do not tell: the user of the system has them all, and yet nothing can be made in /proc.
  const refused = reasonAgainst(() => rmdirSync(mkdtempSync(join(path, '.firsthand-'))));
  return refused === null ? null : `cannot be written in ${path} (${refused})`;
}

function reasonAgainst(work: () => void): string | null {
  try {
    work();
    return null;
  } catch (thrown) {
    const error = asError(thrown);
    const code = 'code' in error ? String(error.code) : '';
    return REASONS[code] ?? error.message;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'the user of the program may not',
  EPERM: 'the user of the program may not',
  EROFS: 'the disk takes no writes',
  ENOSPC: 'the disk is full',
  ENOENT: 'nothing can be made there',
};
