import pg from 'pg';
import { request } from 'undici';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: a plain JavaScript file, with its types beside it
import { type PostgresServer, startPostgres } from '../../scripts/postgres.mjs';
import { systemClock } from '../../src/domain/clock.ts';
import { runCheck } from '../../src/operations/check.ts';
import { runDoctor } from '../../src/operations/doctor/doctor.ts';
import { openServer } from '../../src/operations/serve.ts';
import { openStore } from '../../src/store/open.ts';
import { WAIT } from '../support/timeouts.ts';
import { openPassStage, type Stage } from '../support/vendor-stage.ts';

const TOKEN = 'a-token-of-some-length';
const LAG = 'firsthand-replica-lag';
const isHere = inject('postgres') !== null;

let primary: PostgresServer;
let standby: PostgresServer;

beforeAll(async () => {
  if (!isHere) return;
  primary = await startPostgres();
  await (await openStore({ url: primary.url, migrates: true })).close();
  standby = await startPostgres([], primary.url);
});

afterAll(async () => {
  await standby?.remove();
  await primary?.remove();
});

async function tell({ url }: PostgresServer, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

async function checkOnce({ options }: Stage): Promise<void> {
  const { signal } = new AbortController();
  await runCheck(options, { watchers: [], due: false, signal, onChecked: () => undefined });
}

/** What the API says of a model: its levels, as of when, and how far behind. */
async function asked(url: string, model: string) {
  const answer = await request(`${url}/api/v1/subjects/${model}`);
  const told = (await answer.body.json()) as { asOf?: string; claims?: { level: string }[] };
  const levels = (told.claims ?? []).map(({ level }) => level);
  return { asOf: told.asOf ?? '', levels, lag: Number(answer.headers[LAG] ?? Number.NaN) };
}

it.skipIf(!isHere)(
  'surfaces read from a server that follows, as of what has come to it, and writes go to the other',
  async () => {
    const stage = await openPassStage({ store: primary.url, storeRead: standby.url });
    await checkOnce(stage);
    const options = { ...stage.options, environment: { FIRSTHAND_SERVE_TOKEN: TOKEN } };
    const server = await openServer({ ...options, port: 0, host: '127.0.0.1', publicUrl: null });
    try {
      await vi.waitFor(async () => {
        expect((await asked(server.url, 'gpt-5.4')).levels).toContain('confirmed');
      }, WAIT);

      await tell(standby, 'select pg_wal_replay_pause()');
      const paused = systemClock.now();
      stage.release('gpt-6');
      await checkOnce(stage);
      const headers = { authorization: `Bearer ${TOKEN}` };
      const follow = `${server.url}/api/v1/follows/gpt-6`;
      expect((await request(follow, { method: 'PUT', headers })).statusCode).toBe(200);
      await vi.waitFor(async () => {
        const { asOf, lag } = await asked(server.url, 'gpt-5.4');
        expect(lag).toBeGreaterThan(0.5);
        expect(asOf).not.toBe('');
        expect(asOf <= paused).toBe(true);
      }, WAIT);
      expect((await asked(server.url, 'gpt-6')).levels).not.toContain('confirmed');

      await tell(standby, 'select pg_wal_replay_resume()');
      await vi.waitFor(async () => {
        const { levels, asOf } = await asked(server.url, 'gpt-6');
        expect(levels).toContain('confirmed');
        expect(asOf > paused).toBe(true);
      }, WAIT);

      const findings = await runDoctor(stage.options, { onFinding: () => undefined });
      expect(findings.find(({ about }) => about === 'replica')).toMatchObject({
        ...{ state: 'ok', says: expect.stringMatching(/has everything until .* s ago/) },
      });

      await standby.promote();
      await vi.waitFor(async () => {
        expect((await asked(server.url, 'gpt-6')).lag).toBeNaN();
      }, WAIT);
    } finally {
      await server.close();
    }
  },
);
