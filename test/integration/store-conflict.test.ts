import { describe, expect, test } from 'vitest';
import { backendOf, storeErrorOf } from '../../src/store/backend.ts';
import type { PostgresUnderTest } from '../support/postgres.ts';
import { minute } from '../support/store-makers.ts';
import { POSTGRES } from '../support/stores.ts';

/** Makes the database turn down the first `count` tries to record a first pass, as it does when writers collide. */
async function collide({ exec }: PostgresUnderTest, count: number): Promise<void> {
  await exec(`
    create sequence tries;
    create function collide() returns trigger language plpgsql as $$
    begin
      if nextval('tries') <= ${count} then
        raise exception 'could not serialize access' using errcode = '40001';
      end if;
      return new;
    end $$;
    create trigger collide before insert on first_passes for each row execute function collide();
  `);
}

describe.each(POSTGRES)('a network database: $database', (server) => {
  test('a network database runs the work of a transaction again when another writer was in its way', async () => {
    const store = await server.open();
    await collide(server, 2);
    let runs = 0;
    await store.write(async (tx) => {
      runs++;
      await tx.targets.recordFirstPass('reports', minute(runs));
    });
    expect(runs).toBe(3);
    expect(await store.targets.firstPassAt('reports')).toBe(minute(3));
  });

  test('a network database gives up after some tries and says why', async () => {
    const store = await server.open();
    await collide(server, 100);
    const writing = store.write((tx) => tx.targets.recordFirstPass('reports', minute(1)));
    await expect(writing).rejects.toMatchObject({ family: 'store', kind: 'conflict' });
    expect(await store.targets.firstPassAt('reports')).toBeNull();
  });
});

test.each([
  ['08006', 'store', 'unavailable', /cannot be reached/],
  ['ECONNREFUSED', 'store', 'unavailable', /cannot be reached/],
  ['53100', 'store', 'unavailable', /disk is full/],
  ['25006', 'store', 'unavailable', /cannot be written/],
  ['55P03', 'store', 'unavailable', /locked/],
  ['XX001', 'store', 'corrupt', /restore the last backup/],
  ['57014', 'store', 'unavailable', /took longer over a statement/],
  ['28P01', 'store', 'unavailable', /check user, password, database/],
  ['CUT_OFF', 'store', 'conflict', /cut off/],
  ['40P01', 'store', 'conflict', /try again/],
  ['23503', 'bug', 'bug', /refused a statement/],
])(
  'what a network database says turns the code %s into an error that says what to do',
  (code, family, kind, advice) => {
    const cause = Object.assign(new Error('what the server said'), { code });
    const error = storeErrorOf(backendOf('postgres'), cause, 'postgres://db.example.org');
    expect(error).toMatchObject({ family, kind, cause });
    expect(error.message).toMatch(advice);
    expect(error.message).toContain('postgres://db.example.org');
  },
);
