import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Sqlite } from '../../src/store/sqlite-file.ts';
import { LAUNCH, writeLaunchDatabase } from '../support/launch-database.ts';
import { firsthand } from '../support/program.ts';
import { lastingFolder, temporaryFolder } from '../support/store.ts';

const MAIN = 'dist/bin/main.js';

let folder: string;
let db: string;
beforeAll(async () => {
  folder = lastingFolder();
  db = join(folder, 'launch.db');
  await writeLaunchDatabase(db);
});

describe('a recording with faults', () => {
  const lines = [
    'version: 1',
    'name: faulty',
    'captures:',
    '  - { at: "2026-04-21T10:00:00Z", url: "https://a.example/", status: 200, contentType: text/html, text: "<p>GPT Image 2 is out.</p>" }',
    '  - { at: "2026-04-21T10:00:00", url: "https://b.example/", status: 200, contentType: text/html, text: "x" }',
    '  - { at: "2026-04-21T11:00:00Z", url: "https://c.example/", stauts: 200, status: 200, contentType: text/html, text: "x" }',
    '  - { at: "2026-04-21T12:00:00Z", url: "https://d.example/", status: 200, contentType: text/html, body: missing.html }',
  ];

  it('a recording with faults is refused with every fault and its place, and nothing of it is replayed', async () => {
    const recording = join(folder, 'recording.yaml');
    writeFileSync(recording, lines.join('\n'));
    const own = join(folder, 'faulty.db');
    const ended = await firsthand(['replay', recording, '--db', own]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(
      /recording\.yaml:5: captures\[1\]\.at: .*not a time with an offset/,
    );
    expect(ended.stderr).toMatch(
      /recording\.yaml:6: captures\[2\]\.stauts: .*did you mean status\?/,
    );
    expect(ended.stderr).toMatch(
      /recording\.yaml:7: captures\[3\]\.body: "missing\.html" is not there/,
    );
    const told = JSON.parse((await firsthand(['replay', recording, '--db', own, '--json'])).stdout);
    expect(told.error).toMatchObject({ family: 'config' });
    expect(checksIn(own)).toBe(0);
  });
});

/** How many checks a record holds; none when there is no record. */
function checksIn(path: string): number {
  if (!existsSync(path)) return 0;
  const database = new Sqlite(path, { readonly: true });
  const { count } = database
    .prepare<[], { count: number }>('select count(*) count from checks')
    .get() ?? { count: 0 };
  database.close();
  return count;
}

it.each(['status', 'explain', 'timeline', 'evidence'])(
  'a subject nobody knows ends %s with 3 and the names that are near',
  async (command) => {
    const ended = await firsthand([command, 'gpt-imag-2', '--db', db]);
    expect(ended.code).toBe(3);
    expect(ended.stdout).toBe('');
    expect(ended.stderr).toMatch(/Nothing is known of "gpt-imag-2".*Did you mean gpt-image-2/);
    const { code, stdout } = await firsthand([command, 'gpt-imag-2', '--db', db, '--json']);
    expect(code).toBe(3);
    expect(JSON.parse(stdout).error.near).toContain('gpt-image-2');
  },
);

it('a subject nobody knows is not taken for one whose name is almost the same', async () => {
  for (const name of ['gpt-image-2-all', 'openai/gpt-5.4-image-2']) {
    expect((await firsthand(['status', name, '--db', db])).code).toBe(3);
  }
  const same = await firsthand(['status', 'gpt\u2011image\u20112', '--db', db, '--json']);
  expect(JSON.parse(same.stdout).subject).toBe('gpt-image-2');
  const other = await firsthand(['status', 'gpt-image-2.5-flare', '--db', db, '--json']);
  expect(JSON.parse(other.stdout)).toMatchObject({
    subject: 'gpt-image-2.5-flare',
    level: 'unknown',
  });
});

it('a database is used by two processes at once', async () => {
  const shared = join(folder, 'shared.db');
  const other = join(folder, 'other.yaml');
  const pages = Array.from({ length: 20 }, (_, day) => {
    const at = `2026-04-${String(day + 1).padStart(2, '0')}T09:00:00Z`;
    return `  - { at: "${at}", url: "https://second.example/${day}", status: 200, contentType: text/html, text: "<html><body><p>OpenAI has released GPT Image 2.</p></body></html>" }`;
  });
  writeFileSync(other, ['version: 1', 'name: other', 'captures:', ...pages].join('\n'));
  const ended = await Promise.all([
    firsthand(['replay', LAUNCH, '--db', shared, '--quiet', '--until', '2026-04-21T13:59:00Z']),
    firsthand(['replay', other, '--db', shared, '--quiet']),
  ]);
  expect(ended.map(({ code, stderr }) => [code, stderr])).toEqual([
    [0, ''],
    [0, ''],
  ]);
  expect(checksIn(shared)).toBeGreaterThan(40);
  const { stdout } = await firsthand(['evidence', 'gpt-image-2', '--db', shared, '--json']);
  expect(stdout).toContain('second.example');
  expect(stdout).toContain('termradar.example');
  expect((await firsthand(['verify', '--db', shared])).code).toBe(0);
});

it('a database that a newer version has written is refused, with what to do', async () => {
  const newer = join(folder, 'newer.db');
  copyFileSync(db, newer);
  const database = new Sqlite(newer);
  database
    .prepare(
      "insert into schema_migrations (name, timestamp) values ('0999-tomorrow', '2030-01-01')",
    )
    .run();
  database.close();
  const ended = await firsthand(['status', '--db', newer]);
  expect(ended.code).toBe(2);
  expect(ended.stderr).toMatch(
    /written by a newer version of firsthand \(0999-tomorrow\): update firsthand/,
  );
});

it('a library of SQLite that this Node cannot load is told with what to do about it, and not as a bug', () => {
  const command = [
    '--no-addons',
    MAIN,
    'status',
    'gpt-5.4',
    '--db',
    join(temporaryFolder(), 'new.db'),
  ];
  const { status, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toContain('Run `npm rebuild better-sqlite3`');
  expect(stderr).not.toContain('bug');
});
