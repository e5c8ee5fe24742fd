import { type Kysely, sql } from 'kysely';
import { StoreError } from '../domain/errors.ts';

/** The oldest Postgres that has all that is asked of it: `pg_current_snapshot` came with it. */
const OLDEST = 13;

/** Throws `StoreError` when the server is older than what is asked of it: the first statement that it lacks would come late. */
export async function refuseOldServer(db: Kysely<unknown>, place: string): Promise<void> {
  const { rows } = await sql<{ version: string }>`
    select current_setting('server_version_num') as version
  `.execute(db);
  const error = faultOfVersion(Number(rows[0]?.version ?? 0), place);
  if (error !== null) throw error;
}

/**
 * By the number that a server gives, such as 150013 for 15.13.
 * @internal
 */
export function faultOfVersion(version: number, place: string): StoreError | null {
  const major = Math.floor(version / 10_000);
  if (major >= OLDEST) return null;
  const message = `${place} runs Postgres ${major}: firsthand needs ${OLDEST} or newer; upgrade the server, or name another`;
  return new StoreError('unavailable', message);
}
