import { UsageError } from '../domain/errors.ts';
import type { BodyPlace, BodyPlaceSettings } from './bodies.ts';
import type { Store } from './store.ts';

export interface OpenOptions {
  /** `sqlite:<path>`, a bare path, or `:memory:`; folders on the way are created. Or `postgres://…`. */
  url: string;
  /** Where bodies lie; in the database when left out, and always in one that ends with the process. */
  bodies?: BodyPlaceSettings | undefined;
  /** How much of a file is checked: its header, or every page (what a daemon does at its start, and `verify`). */
  integrity?: 'light' | 'full';
  /** Whether the schema on a server is brought up to date; that of a file always is. */
  migrates?: boolean;
}

/** Opens the database. The database code is only loaded here: a command that needs no database starts without it. */
export async function openStore(options: OpenOptions): Promise<Store> {
  const { url, integrity = 'light', migrates = false } = options;
  const settings = url === ':memory:' ? undefined : options.bodies;
  const bodies = settings === undefined ? undefined : await openBodyPlace(settings);
  if (isServerUrl(url)) {
    const [{ postgresBackend }, { storeOver }] = await Promise.all([
      import('./postgres-dialect.ts'),
      import('./store-over.ts'),
    ]);
    return storeOver({ ...postgresBackend(url), migrates, bodies });
  }
  const path = sqlitePath(url);
  const [{ sqliteBackend }, { storeOver }] = await Promise.all([
    import('./sqlite.ts'),
    import('./store-over.ts'),
  ]);
  return storeOver({ ...sqliteBackend(path, integrity), bodies });
}

/** Whether the database is on a server, and no file of this machine. */
export function isServerUrl(url: string): boolean {
  return /^postgres(ql)?:/i.test(url);
}

/** The path in an address of SQLite. Throws `UsageError` for any other. */
export function sqlitePath(url: string): string {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(url)?.[1]?.toLowerCase();
  const isSqlite = scheme === 'sqlite';
  if (scheme !== undefined && !isSqlite) {
    throw new UsageError(
      `There is no database for ${scheme}: write sqlite:<path>, a path, or postgres://user@host/name.`,
    );
  }
  const path = isSqlite ? url.slice('sqlite:'.length) : url;
  if (path === '') throw new UsageError('The database has no path: write sqlite:<path> or a path.');
  return path;
}

/** Opens the place. What speaks to it is loaded here alone: most keep their bodies in the database. */
export async function openBodyPlace(settings: BodyPlaceSettings): Promise<BodyPlace> {
  const { bucket, prefix } = partsOf(settings.address);
  const { s3Place } = await import('./s3-place.ts');
  return s3Place({ ...settings, bucket, prefix });
}

function partsOf(address: string): { bucket: string; prefix: string } {
  const [, bucket, path = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]+)(?:\/(.*))?$/.exec(address) ?? [];
  if (bucket === undefined) {
    throw new UsageError(
      `${address} is no place for bodies: write s3://bucket or s3://bucket/prefix.`,
    );
  }
  const prefix = path.replaceAll(/^\/+|\/+$/g, '');
  return { bucket, prefix: prefix === '' ? '' : `${prefix}/` };
}
