import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, inject, test } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { faultOfVersion } from '../../src/store/postgres-upkeep.ts';
import { onServer } from '../support/postgres.ts';
import { closing } from '../support/store.ts';
import { checkAt, makeTarget, minute } from '../support/store-makers.ts';

test.each([
  [90624, /runs Postgres 9: firsthand needs 13 or newer/],
  [120019, /runs Postgres 12/],
])('a server of version %i is refused', (version, says) => {
  expect(faultOfVersion(version, 'postgres://db/x')?.message).toMatch(says);
  expect(faultOfVersion(130_000, 'postgres://db/x')).toBeNull();
});

const news = makeTarget('news');
const SERVERS = [onServer()].flatMap((one) => one ?? []);

/** Ends every connection to the database of these tests, as a server does that restarts. */
const CUT = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()`;

describe.each(SERVERS)('a database on $database', ({ open, exec, url }) => {
  test('a database on a server is refused until its tables are made, and makes them only when asked', async () => {
    await exec('drop schema public cascade; create schema public;');
    await expect(openStore({ url })).rejects.toMatchObject({ family: 'store', kind: 'older' });
    await expect(openStore({ url })).rejects.toThrow(/run `firsthand db migrate` once/);
    await open();
    const again = closing(await openStore({ url }));
    expect(await again.targets.list()).toEqual([]);
  });

  test.each([
    ['create index stray on alerts (kind)', /stray .*none of ours/],
    ['drop index deliveries_due', /deliveries_due .*missing/],
    ['alter table alerts add column note text', /alerts\.note .*none of ours/],
    ['create rule hush as on insert to alerts do instead nothing', /hush of alerts.*none of ours/],
    [
      `create function f() returns trigger language plpgsql as 'begin return null; end';
       create trigger t before insert on alerts for each row execute function f()`,
      /trigger t of alerts.*none of ours/,
    ],
  ])(
    'a database on a server is compared with what the migrations make: %s',
    async (change, finding) => {
      const store = await open();
      expect(await store.maintenance.integrity()).toEqual([]);
      await exec(change);
      expect(await store.maintenance.integrity()).toEqual([expect.stringMatching(finding)]);
    },
  );

  test('a database on a server goes on when its connections are cut between two statements', async () => {
    const store = await open();
    await store.targets.register([news], minute(0));
    await exec(CUT);
    expect(await store.targets.list()).toHaveLength(1);
  });

  test('a database on a server sends a statement again as often as a restart may cut its connections', async () => {
    const store = await open();
    await store.targets.register([news], minute(0));
    // The lock lets the statement be under way at each cut.
    const locking = exec('lock table targets in access exclusive mode; select pg_sleep(1.5)');
    await pause(100);
    const asked = store.targets.list();
    for (let cut = 0; cut < 6; cut++) {
      await exec(`${CUT} and application_name = 'firsthand'`);
      await pause(100);
    }
    await locking;
    expect(await asked).toHaveLength(1);
  });

  test('a database on a server runs a transaction again whose connection was cut half-way, and writes it once', async () => {
    const store = await open();
    let runs = 0;
    await store.write(async (tx) => {
      runs++;
      await tx.targets.register([news], minute(0));
      if (runs === 1) await exec(CUT);
      await tx.checks.add(checkAt(news, minute(1)));
    });
    expect(runs).toBe(2);
    expect(await store.checks.list(news.id, 9)).toHaveLength(1);
  });

  test('a database on a server lets writes that judge wait for each other, so that the later sees what the earlier wrote', async () => {
    const [one, two] = [await open(), closing(await openStore({ url }))];
    await one.targets.register([news], minute(0));
    const count = async (store: typeof one) =>
      store.write(async (tx) => {
        const failures = (await tx.targets.get(news.id))?.failures ?? 0;
        await pause(5);
        await tx.targets.lease(news.id, minute(1), minute(0), 'me');
        await tx.targets.settle(news.id, 'me', { failures: failures + 1 });
      });
    await Promise.all([one, two, one, two, one, two].map(count));
    expect(await one.targets.get(news.id)).toMatchObject({ failures: 6 });
  });

  test('a database on a server says in an error where it is, without user and password', async () => {
    const wrong = new URL(url);
    wrong.username = 'nobody-here';
    wrong.password = 'open sesame';
    const opening = openStore({ url: wrong.href });
    await expect(opening).rejects.toThrow(/check user, password, database/);
    await expect(opening).rejects.not.toThrow(/sesame/);
    const nowhere = openStore({ url: 'postgres://me:sesame@127.0.0.1:1/x' });
    await expect(nowhere).rejects.toThrow(/^postgres:\/\/127\.0\.0\.1:1\/x cannot be reached/);
  });
});

test('where there is no server, nothing of this is run', () => {
  expect(SERVERS).toHaveLength(inject('postgres') === null ? 0 : 1);
});
