import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenPipeline } from '../../src/app/build-pipeline.ts';
import { statusOf } from '../../src/read/status.ts';
import { Sqlite } from '../../src/store/sqlite-file.ts';
import { writeLaunchDatabase } from '../support/launch-database.ts';
import { type Exchange, openTestLine, play, replayed, reportsOf } from '../support/open-line.ts';
import { article, CHANGELOG, changelog, LAUNCH, OLD_ENTRY } from '../support/pages.ts';
import { temporaryFolder } from '../support/store.ts';

const RECORDING = 'data/recordings/gpt-image-2-launch';
const BEFORE = '2026-04-21T13:59:00.000Z';
const AFTER = '2026-05-14T00:00:00.000Z';

let path: string;
let open: OpenPipeline;
beforeEach(async () => {
  path = join(temporaryFolder(), 'firsthand.db');
  open = await openTestLine({ db: path });
});
afterEach(() => open.close());

/** A fingerprint of every table of the database, row for row; of the targets, those that were ever looked at. */
function everything(): Record<string, string> {
  const database = new Sqlite(path, { readonly: true });
  const tables = database
    .prepare<[], { name: string }>("select name from sqlite_schema where type = 'table' order by 1")
    .all();
  const prints = tables.map(({ name }) => {
    const only = name === 'targets' ? ' where last_check_at is not null' : '';
    const rows = database.prepare(`select * from "${name}"${only}`).all();
    return [name, createHash('sha256').update(JSON.stringify(rows)).digest('hex')];
  });
  database.close();
  return Object.fromEntries(prints);
}

it('a recording that is replayed again changes nothing in the database and tells nobody', async () => {
  await replayed(open, RECORDING);
  const once = everything();
  const events = await replayed(open, RECORDING);
  expect(new Set(events.map(({ kind }) => kind))).toEqual(new Set(['passed-over']));
  expect(everything()).toEqual(once);
});

it('a recording that another process is replaying says so, and what to do', async () => {
  const database = new Sqlite(path);
  await replayed(open, RECORDING, BEFORE);
  database.exec(
    "update targets set lease_owner = 'other', lease_until = '2099-01-01T00:00:00.000Z'",
  );
  database.close();
  await expect(replayed(open, RECORDING)).rejects.toThrow(/another process.*--db/);
});

it('a recording that is replayed again goes on where it was stopped, and comes to the same', async () => {
  await replayed(open, RECORDING, BEFORE);
  await replayed(open, RECORDING);
  const db = join(temporaryFolder(), 'whole.db');
  await writeLaunchDatabase(db);
  const whole = await openTestLine({ db });
  for (const moment of [BEFORE, AFTER]) {
    const inTwo = await statusOf(open.known, 'gpt-image-2', moment);
    expect(inTwo).toEqual(await statusOf(whole.known, 'gpt-image-2', moment));
  }
  await whole.close();
});

describe('a capture from the past of the database', () => {
  const talk = (at: string, host: string): Exchange => ({
    ...{ at, url: `https://${host}/post` },
    body: article('A picture model', ['GPT Image 2 was announced by OpenAI.']),
  });
  const changes: readonly Exchange[] = [
    { at: '2026-04-20T09:00:00.000Z', url: CHANGELOG, body: changelog('April, 2026', [OLD_ENTRY]) },
    {
      at: '2026-04-21T19:00:00.000Z',
      url: CHANGELOG,
      body: changelog('April, 2026', [LAUNCH, OLD_ENTRY]),
    },
  ];

  it('a capture from the past of the database is heard from its own moment on, and moves no level back', async () => {
    await play(open, changes);
    const [report] = reportsOf(await play(open, [talk('2026-04-18T09:00:00.000Z', 'a.example')]));
    expect(report?.transitions.filter(({ from }) => from.level === 'confirmed')).toEqual([]);
    const levels = await Promise.all(
      ['2026-04-17T00:00:00.000Z', '2026-04-19T00:00:00.000Z', AFTER].map(async (moment) => {
        const { claims } = await statusOf(open.known, 'gpt-image-2', moment);
        return claims.find(({ facet, value }) => facet === 'announced' && value === null)?.level;
      }),
    );
    expect(levels).toEqual(['unknown', 'rumor', 'confirmed']);
    const stored = await open.store.claims.verdicts('gpt-image-2');
    expect(stored.find(({ level }) => level === 'confirmed')).toBeDefined();
  });
});
