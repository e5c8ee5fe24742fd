import type { Store } from '../../src/store/store.ts';
import { inProcess, onServer, type PostgresUnderTest } from './postgres.ts';
import { fileStore } from './store.ts';

/** Every Postgres there is here. */
export const POSTGRES: readonly PostgresUnderTest[] = [inProcess(), onServer()].flatMap(
  (one) => one ?? [],
);

/** Every database the store promises to work on; a contract suite runs over each. */
export const STORES: readonly { database: string; open: () => Promise<Store> }[] = [
  { database: 'a SQLite file', open: async () => (await fileStore()).store },
  ...POSTGRES,
];
