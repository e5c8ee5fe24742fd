import type { BodyPlaceSettings } from '../../src/store/bodies.ts';
import type { Store } from '../../src/store/store.ts';
import { inProcess, onServer, type PostgresUnderTest } from './postgres.ts';
import type { S3UnderTest } from './s3-server.ts';
import { fileStore } from './store.ts';

/** Every Postgres there is here. */
export const POSTGRES: readonly PostgresUnderTest[] = [inProcess(), onServer()].flatMap(
  (one) => one ?? [],
);

interface StoreUnderTest {
  database: string;
  open(bodies?: BodyPlaceSettings): Promise<Store>;
}

/** Every database the store promises to work on; a contract suite runs over each. */
export const STORES: readonly StoreUnderTest[] = [
  { database: 'a SQLite file', open: async (bodies) => (await fileStore(bodies)).store },
  ...POSTGRES,
];

/** The same databases, each with its bodies inside and with its bodies at a place that speaks S3. */
export function withBodiesOutside(s3: S3UnderTest): readonly StoreUnderTest[] {
  return STORES.flatMap((inside) => [
    inside,
    { database: `${inside.database}, bodies in S3`, open: () => inside.open(s3.place()) },
  ]);
}
