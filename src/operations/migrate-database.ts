import { type AppOptions, configFor, storeUrl } from '../app/options.ts';
import { openStore } from '../store/open.ts';

/** Brings the schema of the database up to date, and makes it where there is none. */
export async function runMigrate(options: AppOptions): Promise<void> {
  const url = storeUrl(options, await configFor(options));
  const store = await openStore({ url, migrates: true });
  await store.close();
}
