import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BodyPlaceSettings } from '../../src/store/bodies.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { endWithFile, endWithTest } from './endings.ts';

/** A store that lives in memory and ends with the test that opened it. */
export async function memoryStore(): Promise<Store> {
  return closing(await openStore({ url: ':memory:' }));
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'firsthand-'));
  endWithTest(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder that is gone after the last test of the file. */
export function lastingFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'firsthand-'));
  endWithFile(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A store in a file of its own; `again` opens the same file once more, as a second process would. */
export async function fileStore(bodies?: BodyPlaceSettings): Promise<{
  store: Store;
  path: string;
  again: () => Promise<Store>;
}> {
  const path = join(temporaryFolder(), 'firsthand.db');
  const again = async () => closing(await openStore({ url: path, bodies }));
  return { store: await again(), path, again };
}

/** Closes a store with the test that opened it. */
export function closing(store: Store): Store {
  endWithTest(() => store.close());
  return store;
}
