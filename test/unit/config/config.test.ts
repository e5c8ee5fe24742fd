import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import * as z from 'zod';
import { loadConfig } from '../../../src/config/config.ts';
import { ConfigError, type Fault } from '../../../src/domain/errors.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function fileWith(text: string | Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'firsthand-config-'));
  folders.push(folder);
  const file = join(folder, 'config.yaml');
  await writeFile(file, text);
  return file;
}

async function faultsIn(
  text: string | Uint8Array,
  environment: Record<string, string> = {},
): Promise<readonly Fault[]> {
  const file = await fileWith(text);
  try {
    await loadConfig(file, environment);
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown.faults;
    throw thrown;
  }
  return [];
}

const secret = z.strictObject({
  kind: z.literal('chat'),
  url: z.url().meta({ secret: true }),
});

it('a model that helps to read is off until it is named, and then has limits', async () => {
  expect((await loadConfig(await fileWith('{}'), {})).openai.reading).toBeUndefined();
  const config = await loadConfig(await fileWith('openai: { reading: { model: a-model } }'), {});
  expect(config.openai.reading).toEqual({
    ...{ model: 'a-model', tokensPerPage: 12_000, tokensPerDay: 300_000, timeout: '20s' },
  });
});

it('a model that helps to read is refused with unknown keys, budgets that are none, and a key that stands in the file', async () => {
  const faults = await faultsIn(
    'openai:\n  reading:\n    modle: a\n    tokensPerPage: 10\n    tokensPerDay: -1\n    apiKey: sk-123\n',
  );
  expect(faults.map(({ line, path }) => [line, path])).toEqual([
    [2, 'openai.reading.model'],
    [3, 'openai.reading.modle'],
    [4, 'openai.reading.tokensPerPage'],
    [5, 'openai.reading.tokensPerDay'],
    [6, 'openai.reading.apiKey'],
  ]);
  expect(faults.find(({ path }) => path.endsWith('modle'))?.suggestion).toBe('did you mean model?');
  expect(JSON.stringify(faults)).not.toContain('sk-123');
});

it('a model that helps to read takes its key from the environment, where it is a secret like every other', async () => {
  const text = 'openai: { reading: { model: a, apiKey: "${READING_KEY}" } }';
  const config = await loadConfig(await fileWith(text), { READING_KEY: 'sk-reading' });
  expect([config.openai.reading?.apiKey, config.secrets]).toEqual(['sk-reading', ['sk-reading']]);
});

it('the config works when it is empty: every key has a default', async () => {
  const config = await loadConfig(await fileWith('{}'), {});
  expect(config).toMatchObject({
    store: 'sqlite:data/state/firsthand.db',
    follow: { subjects: [], discover: true },
    channels: {},
    routes: [],
  });
});

it('the config is refused with every fault at once, each at its line and with what may have been meant', async () => {
  const faults = await faultsIn(
    'folow:\n  subjects: []\nlog:\n  level: loud\nfetch:\n  timout: 5s\n',
  );
  expect(faults.map(({ line, path, suggestion }) => [line, path, suggestion])).toEqual([
    [1, 'folow', 'did you mean follow?'],
    [4, 'log.level', 'known: debug, info, warn, error, silent'],
    [6, 'fetch.timout', 'did you mean timeout?'],
  ]);
});

it('the config is refused when it is no YAML, with the line', async () => {
  const [fault] = await faultsIn('follow: [gpt-5\nlog: {}\n');
  expect(fault?.line).toBe(2);
});

it('the config takes secrets from the environment, or from the file that NAME_FILE names', async () => {
  const key = await fileWith('from-a-file\n');
  const text = 'openai:\n  apiKey: ${OPENAI_API_KEY}\n';
  const direct = await loadConfig(await fileWith(text), { OPENAI_API_KEY: 'direct' });
  const byFile = await loadConfig(await fileWith(text), { OPENAI_API_KEY_FILE: key });
  expect([direct.openai.apiKey, byFile.openai.apiKey]).toEqual(['direct', 'from-a-file']);
  expect(byFile.secrets).toEqual(['from-a-file']);
});

it('the config puts a secret into a longer text, and leaves the text out when the secret is not set', async () => {
  const text = 'fetch:\n  headers:\n    api.example:\n      authorization: "Bearer ${TOKEN}"\n';
  const set = await loadConfig(await fileWith(text), { TOKEN: 'a$&b' });
  expect(set.fetch.headers['api.example']).toEqual({ authorization: 'Bearer a$&b' });
  expect(set.secrets).toEqual(['a$&b']);
  const unset = await loadConfig(await fileWith(text), {});
  expect(unset.fetch.headers['api.example']).toEqual({});
});

it('the config refuses a header that identifies a person when it is written out, and a name in capitals', async () => {
  const faults = await faultsIn(
    'fetch:\n  headers:\n    api.example:\n      authorization: Bearer abc\n      X-Team: red\n',
  );
  expect(faults.map(({ line, path }) => [line, path])).toEqual([
    [4, 'fetch.headers.api.example.authorization'],
    [5, 'fetch.headers.api.example.X-Team'],
  ]);
});

it('the config leaves a key out whose variable is not set', async () => {
  const config = await loadConfig(await fileWith('openai:\n  apiKey: ${OPENAI_API_KEY}\n'), {});
  expect(config.openai.apiKey).toBeUndefined();
});

it('the config refuses a secret that is written out, and one in a channel too', async () => {
  const [fault] = await faultsIn('openai:\n  apiKey: sk-123\n');
  expect(fault).toMatchObject({ line: 2, path: 'openai.apiKey' });
  const config = await loadConfig(
    await fileWith('channels:\n  team:\n    kind: chat\n    url: https://chat.example/hook\n'),
    {},
  );
  expect(() => config.part(['channels', 'team'], secret)).toThrow(
    /channels.team.url.*must not stand in the file/,
  );
});

it('the config says which variable is missing where one is needed', async () => {
  const config = await loadConfig(
    await fileWith('channels:\n  team:\n    kind: chat\n    url: ${HOOK}\n'),
    {},
  );
  expect(() => config.part(['channels', 'team'], secret)).toThrow(/names HOOK, which is not set/);
});

it('the config says when the file that holds a secret cannot be read', async () => {
  const faults = await faultsIn('openai:\n  apiKey: ${KEY}\n', { KEY_FILE: '/nowhere/key' });
  expect(faults[0]?.message).toContain('KEY_FILE');
});

it('the config refuses a cadence, an address and a store it cannot read', async () => {
  const faults = await faultsIn(
    'watchers:\n  openai-news:\n    every: often\n  reports:\n    pages: [nowhere]\nstore: ""\n',
  );
  expect(faults.map(({ path }) => path).sort()).toEqual([
    'store',
    'watchers.openai-news.every',
    'watchers.reports.pages[0]',
  ]);
});

it.each([
  ['is no text in UTF-8', Buffer.from('store: sqlite:\xe9.db\n', 'latin1'), null],
  ['is saved as UTF-16', Buffer.from('\ufeffstore: sqlite:x.db\n', 'utf16le'), null],
  ['holds a zero', 'log: {}\nstore: sqlite:x\0y\n', 2],
  ['has a zero written out', 'store: "sqlite:x\\0y"\n', 1],
  ['repeats what is nowhere', 'log: {}\nfollow: *mine\n', 2],
  [
    'repeats one thing without end',
    `retention: &r {}\nwatchers: [\n${'  *r,\n'.repeat(101)}  ]\n`,
    103,
  ],
  ['names a key twice', 'store: a.db\nlog: {}\nstore: b.db\n', 3],
  ['is indented by tabs', 'follow:\n\tdiscover: true\n', 2],
  ['holds a second document', 'store: a.db\n---\nstore: b.db\n', 2],
  ['has a tag of another program', 'log: {}\nstore: !!js/function x\n', 2],
  ['has a list for a name', 'log: {}\n? [a, b]\n: x\n', 2],
  ['has nothing for a name', 'log: {}\n: x\n', 2],
])(
  'a file that %s is refused at its line, in words that are not those of a parser',
  async (_, text, line) => {
    const faults = await faultsIn(text);
    expect(faults).toHaveLength(1);
    expect(faults[0]?.line).toBe(line);
    expect(faults[0]?.message).not.toMatch(/parse|YAML\.|column/);
  },
);

it('a file that does not parse is told by its first fault, and what is in want of quotes as that', async () => {
  const faults = await faultsIn(
    'store: a.db\nchannels: { hook: { kind: slack, url: ${HOOK} } }\nlog: { level: info }\n',
  );
  expect(faults).toMatchObject([
    { line: 2, suggestion: 'within { } or [ ], put "${NAME}" in quotes' },
  ]);
});

it('a file that cannot be read says why, and what to do', async () => {
  const file = await fileWith('');
  const faultOf = async (path: string) =>
    await loadConfig(path, {}).then(
      () => null,
      (thrown: ConfigError) => thrown.faults[0]?.message,
    );
  expect(await faultOf(`${file}.not`)).toBe('is not there');
  expect(await faultOf(`${file}/x`)).toBe('is not there');
  expect(await faultOf(join(file, '..'))).toBe('is a folder');
  await truncate(file, 17 * 1024 * 1024);
  expect(await faultOf(file)).toBe('is larger than 16 MiB');
});

it('a key with a number for a name is told with its line', async () => {
  expect((await faultsIn('log: {}\n7: x\n'))[0]).toMatchObject({ line: 2, path: '7' });
});

it('durations are refused that no timer can wait, and those that lead to no moment', async () => {
  const faults = await faultsIn(
    [
      'fetch: { timeout: 30d, gap: 0s }',
      'daemon: { deadline: 25d, drain: 99999999s }',
      'retention: { snapshots: 999999999d, every: 999999999d }',
      'alerts: { coolDown: 1h30m, gather: -5s, heartbeat: 5 }',
    ].join('\n'),
  );
  expect(faults.map(({ line }) => line)).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 4]);
  for (const { message } of faults) expect(message).toMatch(/^is no duration up to \d+d/);
  const fine = 'fetch: { timeout: 9d, gap: 99h }\nretention: { snapshots: 99999d, every: 1d }\n';
  expect(await faultsIn(fine)).toEqual([]);
});

it('addresses are refused that are not of the web, wherever they stand', async () => {
  const faults = await faultsIn(
    [
      'watchers: { reports: { pages: ["ftp://a.example/", "javascript:alert(1)"] } }',
      'fetch: { hosts: { a.example: "127.0.0.1:8080" } }',
      's3: { endpoint: "minio:9000" }',
      'openai: { baseUrl: "file:///etc/passwd", reading: { model: m, baseUrl: "b.example:1" } }',
      'telemetry: { endpoint: "localhost:4318" }',
    ].join('\n'),
  );
  expect(faults.map(({ line }) => line)).toEqual([1, 1, 2, 3, 4, 4, 5]);
});

it('what goes into a header is refused where no header can carry it, and a host where it is more than one', async () => {
  const faults = await faultsIn(
    [
      'fetch:',
      '  contact: "mine\\nyours"',
      '  headers:',
      '    a.example: { x-team: "r\u00f6t" }',
      '    https://b.example/: { x-team: red }',
      '    c.example: { authorization: "Bearer ${TOKEN}" }',
      '  hosts: { d.example/path: "http://127.0.0.1:1" }',
    ].join('\n'),
    { TOKEN: 'two\nlines' },
  );
  expect(faults.map(({ line }) => line)).toEqual([2, 4, 5, 6, 7]);
});

it('a key with nothing behind it is told as empty', async () => {
  const faults = await faultsIn('follow:\nroutes:\nfetch: { gap: }\n');
  expect(faults.map(({ message }) => message)).toEqual(['is empty', 'is empty', 'is empty']);
});

it('a file that means harm is refused for names that every object has, each with its line', async () => {
  const faults = await faultsIn('fetch:\n  hosts: { __proto__: x }\nconstructor: {}\n');
  expect(faults.map(({ line, message }) => [line, message])).toEqual([
    [2, '"__proto__" cannot be a name here'],
    [3, '"constructor" cannot be a name here'],
  ]);
});

it('a key that stands a second time is refused at its line, wherever it stands', async () => {
  const faults = await faultsIn(
    'log: { level: info }\nfetch:\n  hosts: {}\n  hosts: {}\nlog: {}\n',
  );
  expect(faults.map(({ line, message }) => [line, message])).toEqual([
    [5, 'the key of this line stands above already'],
    [4, 'the key of this line stands above already'],
  ]);
});

it('a file that means harm is refused for repeats within repeats, and may repeat itself once', async () => {
  const bomb = 'a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n';
  expect((await faultsIn(bomb)).map(({ line }) => line)).toEqual([2]);
  const plain = 'follow: { subjects: &list [gpt-5.5] }\nwatchers: { reports: { pages: *list } }\n';
  expect((await faultsIn(plain)).map(({ path }) => path)).toEqual(['watchers.reports.pages[0]']);
});

it('a file that means harm has no other machine speak for a host unless it says so', async () => {
  const hosts = 'hosts: { openai.com: "http://10.0.0.7:80", a.example: "http://[::1]:8080" }';
  expect((await faultsIn(`fetch:\n  ${hosts}\n`)).map(({ path }) => path)).toEqual([
    'fetch.hosts.openai.com',
  ]);
  expect(await faultsIn(`fetch:\n  allowRemote: true\n  ${hosts}\n`)).toEqual([]);
});

it('the parts of a file that other rooms read are told with the faults of the whole, secrets written out among them', async () => {
  const kinds = z.record(
    z.string(),
    z.discriminatedUnion('kind', [
      secret,
      z.strictObject({ kind: z.literal('mail'), url: z.string() }),
    ]),
  );
  const text =
    'nonsense: 1\nchannels:\n  a: { kind: chat, url: "https://chat.example/T0/secret" }\n  b: { kind: mail, url: mail }\n';
  const file = await fileWith(text);
  const parts = [{ path: ['channels'], schema: kinds }];
  await expect(loadConfig(file, {}, parts)).rejects.toMatchObject({
    faults: [
      { path: 'nonsense', line: 1 },
      { path: 'channels.a.url', line: 3, message: 'is a secret and must not stand in the file' },
    ],
  });
});
