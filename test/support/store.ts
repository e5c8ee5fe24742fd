import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach } from 'vitest';
import type { BodyPlaceSettings } from '../../src/store/body-place.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';

const endings: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** A store that lives in memory and ends with the test that opened it. */
export async function memoryStore(): Promise<Store> {
  return closing(await openStore({ url: ':memory:' }));
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'firsthand-'));
  endings.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

// Said here and not where one is made: a hook that is added inside of another is never called.
const lasting: string[] = [];

afterAll(() => {
  for (const folder of lasting.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone after the last test of the file. */
export function lastingFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'firsthand-'));
  lasting.push(folder);
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
  endings.push(() => store.close());
  return store;
}
