import { UsageError } from '../domain/errors.ts';
import type { Store } from './store.ts';

export interface OpenOptions {
  /** `sqlite:<path>`, a bare path, or `:memory:`; folders on the way are created. */
  url: string;
  /** How much of the file is checked: its header, or every page (what a daemon does at its start, and `verify`). */
  integrity?: 'light' | 'full';
}

/** Opens the database. The database code is only loaded here: a command that needs no record starts without it. */
export async function openStore({ url, integrity = 'light' }: OpenOptions): Promise<Store> {
  const path = sqlitePath(url);
  const [{ sqliteBackend: sqliteGround }, { storeOver }] = await Promise.all([
    import('./sqlite.ts'),
    import('./store-over.ts'),
  ]);
  return storeOver(sqliteGround(path, integrity));
}

/** The path in an address of SQLite. Throws `UsageError` for any other. */
export function sqlitePath(url: string): string {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(url)?.[1]?.toLowerCase();
  const isSqlite = scheme === 'sqlite';
  if (scheme !== undefined && !isSqlite) {
    throw new UsageError(`There is no database for ${scheme}: write sqlite:<path> or a path.`);
  }
  const path = isSqlite ? url.slice('sqlite:'.length) : url;
  if (path === '') throw new UsageError('The database has no path: write sqlite:<path> or a path.');
  return path;
}
