import type { Store } from '../../src/store/store.ts';
import { postgresStore } from './postgres.ts';
import { closing, fileStore } from './store.ts';

/** Every database the store promises to work on; a contract suite runs over each. */
export const STORES: readonly { database: string; open: () => Promise<Store> }[] = [
  { database: 'a SQLite file', open: async () => (await fileStore()).store },
  { database: 'Postgres', open: async () => closing(await postgresStore()) },
];
