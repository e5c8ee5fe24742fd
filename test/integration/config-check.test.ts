import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/domain/errors.ts';
import { checkConfig } from '../../src/operations/config-check.ts';
import { Sqlite } from '../../src/store/sqlite-file.ts';
import { temporaryFolder } from '../support/store.ts';

const folder = temporaryFolder();

async function faultsOf(text: string, environment: Record<string, string> = {}) {
  const config = join(folder, 'config.yaml');
  mkdirSync(folder, { recursive: true });
  writeFileSync(config, text);
  try {
    await checkConfig({ config, db: null, folder, environment });
    return [];
  } catch (thrown) {
    if (!(thrown instanceof ConfigError)) throw thrown;
    return thrown.faults.map(({ line, path, message }) => `${line} ${path}: ${message}`);
  }
}

const CHANNEL = 'channels: { hook: { kind: slack, url: "${HOOK}" } }';
const HOOK = { HOOK: 'https://chat.example/T0/one' };

function mail(over: string): string {
  return `channels:\n  mail: { kind: email, host: smtp.example, from: a@b.example, to: [c@d.example], ${over} }`;
}

describe('config check', () => {
  it('config check refuses a secret that stands in the file, or whose variable is not set, where a channel need not have one', async () => {
    expect(await faultsOf(mail('user: u, password: hunter22'))).toEqual([
      '2 channels.mail.password: is a secret and must not stand in the file',
    ]);
    expect(await faultsOf(mail('user: u, password: "${WORD}"'))).toEqual([
      '2 channels.mail.password: names WORD, which is not set',
    ]);
    expect(await faultsOf(mail('user: u, password: "${WORD}"'), { WORD: 'hunter22' })).toEqual([]);
    expect(await faultsOf(mail('port: 25'))).toEqual([]);
  });

  it.each([
    ['channels: { a: { kind: pager } }', '1 channels.a.kind: is none of the values it may have'],
    [mail('port: x'), '2 channels.mail.port: must be a number'],
    [mail('port: 0'), '2 channels.mail.port: is less than 1'],
    [mail('port: 70000'), '2 channels.mail.port: is more than 65535'],
    [mail('user: ""'), '2 channels.mail.user: is empty'],
    ['log: { level: loud }', '1 log.level: is none of the values it may have'],
    [
      `${CHANNEL}\nroutes: [{ name: a, to: [hook], match: { level: sure } }]`,
      '2 routes[0].match.level: is none of the values it may have',
    ],
    [`${CHANNEL}\nroutes: [{ name: a, to: [] }]`, '2 routes[0].to: has no entry'],
    [
      mail('host: "smtp://b.example"').replace('host: smtp.example, ', ''),
      '2 channels.mail.host: is no host alone, such as smtp.example.org',
    ],
    [
      mail('host: "b.example:25"').replace('host: smtp.example, ', ''),
      '2 channels.mail.host: is no host alone, such as smtp.example.org',
    ],
    [
      'channels: { a: { kind: webhook, url: "ftp://a.example", secret: "${KEY}" } }',
      '1 channels.a.url: is no web address: it starts with https://',
    ],
    [
      'fetch: { allow: [10.0.0.0/8, "::1", "https://wiki.corp"] }',
      '1 fetch.allow[2]: is no host or range of addresses: leave out http://, path and *, as in wiki.corp or 10.0.0.0/8',
    ],
    [`${CHANNEL}\nroutes: [{ to: [hook] }]`, '2 routes[0].name: is missing'],
  ])('config check says in plain words what is wrong with %j', async (text, fault) => {
    const environment = { ...HOOK, KEY: `whsec_${Buffer.alloc(32).toString('base64')}` };
    expect(await faultsOf(text, environment)).toEqual([fault]);
  });

  it('config check says which channels are off, and what turns them on', async () => {
    const config = join(folder, 'config.yaml');
    const notesOf = async (headers: string, environment: Record<string, string>) => {
      writeFileSync(config, `follow: { subjects: [gpt-image-2] }\n${headers}`);
      return (await checkConfig({ config, db: null, folder, environment })).notes;
    };
    const off = 'x is off: api.x.com answers only those who send authorization';
    expect((await notesOf('', {})).join()).toContain(off);
    const token = 'fetch: { headers: { api.x.com: { authorization: "${X_TOKEN}" } } }';
    expect((await notesOf(token, { X_TOKEN: 'Bearer abcdefgh' })).join()).not.toContain(off);
  });

  it('config check refuses calendar times that never come', async () => {
    const never = [
      '*/90 * * * *',
      '0 0/36 * * *',
      '0 0 31 4 *',
      '60 0 * * *',
      '0 0 30 2 *',
      '0 9 * * 8',
      '0 25 * * *',
    ];
    for (const cadence of never) {
      expect(await faultsOf(`alerts: { heartbeat: "${cadence}" }`)).toEqual([
        `1 alerts.heartbeat: "${cadence}" never comes`,
      ]);
    }
    for (const cadence of [
      '*/60 * * * *',
      '0 */12 * * *',
      '0 9 * * 7',
      '0 9 * * mon-fri',
      '0 0 29 2 *',
      '6h',
    ]) {
      expect(await faultsOf(`alerts: { heartbeat: "${cadence}" }`)).toEqual([]);
    }
    const backup = 'retention:\n  backup: { folder: b, every: "0 0 31 11 *" }\n';
    expect(await faultsOf(backup)).toEqual(['2 retention.backup.every: "0 0 31 11 *" never comes']);
  });

  it('config check refuses routes that no alert can ever match, with what is known', async () => {
    const route = (match: string) =>
      faultsOf(`${CHANNEL}\nroutes: [{ name: a, to: [hook], match: { ${match} } }]`, HOOK);
    expect(await route('vendor: opnai')).toEqual([
      '2 routes[0].match.vendor: "opnai" is no vendor',
    ]);
    expect(await route('facet: [released, relased]')).toEqual([
      '2 routes[0].match.facet[1]: "relased" is no facet',
    ]);
    expect(await route('subject: "GPT 5.5"')).toEqual([
      '2 routes[0].match.subject: "GPT 5.5" is a name of gpt-5.5',
    ]);
    expect(await route('subject: gtp-5.5')).toHaveLength(1);
    for (const fine of [
      'vendor: open*',
      'facet: "price*"',
      'subject: gpt-5.5',
      'subject: gpt-6*',
    ]) {
      expect(await route(fine)).toEqual([]);
    }
    expect(await route('facet: "released:api"')).toEqual([]);
  });

  it('config check refuses a database that cannot be where it is said to be', async () => {
    mkdirSync(join(folder, 'there'), { recursive: true });
    writeFileSync(join(folder, 'notes.txt'), 'these are notes, and no database\n');
    const store = async (url: string) => (await faultsOf(`store: "${url}"`)).length;
    expect(await store('postgres://localhost/db')).toBe(0);
    expect(await store('postgres://me:secret@localhost/db')).toBe(1);
    expect(await store('${NOT_SET_ANYWHERE}')).toBe(1);
    expect(await store(`sqlite:${join(folder, 'there')}`)).toBe(1);
    expect(await store(`sqlite:${join(folder, 'notes.txt')}`)).toBe(1);
    expect(await store(`sqlite:${join(folder, 'notes.txt', 'x.db')}`)).toBe(1);
    expect(await store(`sqlite:${join(folder, 'new', 'x.db')}`)).toBe(0);
  });

  it('config check says everything that is wrong at once, in the order of the file', async () => {
    const text = [
      'store: mysql://x',
      'alerts: { heartbeat: "60 * * * *" }',
      'watchers: { nobody: { off: true } }',
      CHANNEL,
      'routes:',
      '  - { name: a, to: [nope] }',
      '  - { name: b, to: [hook], match: { vendor: nobody } }',
    ].join('\n');
    const lines = (await faultsOf(text, HOOK)).map((fault) => fault.split(' ')[0]);
    expect(lines.slice(0, 2)).toEqual(['1', '2']);
    expect(lines).toContain('6');
  });

  it('config check tells faults that are seen only across the file beside faults of form', async () => {
    const text = [
      'store: sqlite:/dev/null/x.db',
      'alerts: { heartbeat: "60 * * * *", coolDown: soon }',
      'retention: { keep: none, every: "0 0 30 2 *", backup: {} }',
      'watchers: { reddit: { every: "0 0 30 2 *", off: maybe }, redit: { off: true } }',
      CHANNEL,
      'routes:',
      '  - { name: a, to: [hok] }',
      '  - { name: b }',
      '  - { name: c, to: [hook], match: { vendor: opnai } }',
    ].join('\n');
    const faults = await faultsOf(text, HOOK);
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      '1 store',
      '2 alerts.coolDown',
      '2 alerts.heartbeat',
      '3 retention.keep',
      '3 retention.backup.folder',
      '3 retention.every',
      '4 watchers.reddit.off',
      '4 watchers.reddit.every',
      '4 watchers.redit',
      '7 routes[0].to[0]',
      '8 routes[1].to',
      '9 routes[2].match.vendor',
    ]);
  });

  it('config check says what may have been meant, and what there is', async () => {
    const config = join(folder, 'config.yaml');
    const text = [
      'log: { level: warning }',
      'watchers: { openai-new: { off: true } }',
      'channels: { hook: { kind: slak, url: "${HOOK}" } }',
      'routes: [{ name: a, to: [hok], match: { facet: anounced } }]',
    ].join('\n');
    writeFileSync(config, text);
    const check = checkConfig({ config, db: null, folder, environment: HOOK });
    const { faults } = (await check.catch((thrown: unknown) => thrown)) as ConfigError;
    expect(faults.map(({ suggestion }) => suggestion?.split(',')[0])).toEqual([
      'did you mean warn? known: debug',
      'did you mean openai-news? known: arena',
      'did you mean slack? known: email',
      'did you mean announced? known: released',
      'did you mean hook? known: hook',
    ]);
  });

  it('config check refuses routes that no alert ever takes for what they ask together, or for what stands above', async () => {
    const routes = (lines: string[]) => faultsOf([CHANNEL, 'routes:', ...lines].join('\n'), HOOK);
    const one = async (rest: string) =>
      (await routes([`  - { name: a, to: [hook], ${rest} }`])).length;
    expect(await one('match: { level: withdrawn, direction: up }')).toBe(1);
    expect(await one('match: { level: rumor, direction: up }, minLevel: confirmed')).toBe(1);
    expect(await one('match: { level: rumor }, minLevel: confirmed')).toBe(0);
    expect(await one('match: { kind: [heartbeat, health], facet: released }')).toBe(1);
    expect(await one('match: { kind: [health, level], facet: released }')).toBe(0);
    expect(await one('match: { kind: health, subject: openai-news }')).toBe(0);
    expect(await one('quiet: [{ from: "00:00", to: "24:00" }]')).toBe(1);
    expect(
      await one('quiet: [{ from: "08:00", to: "20:00" }, { from: "20:00", to: "08:00" }]'),
    ).toBe(1);
    expect(await one('quiet: [{ from: "00:00", to: "24:00", days: [sat, sun] }]')).toBe(0);
    const last = '  - { name: all, to: [hook], last: true }';
    const levels = '  - { name: levels, to: [hook], match: { kind: level } }';
    expect(await routes([last, levels])).toEqual([
      '4 routes[1]: is never asked: "all" above matches all of it and is the last',
    ]);
    expect(await routes([levels, last])).toEqual([]);
  });

  it('config check refuses a place where no database or copy can be made', async () => {
    mkdirSync(folder, { recursive: true });
    const other = join(folder, 'other.db');
    const database = new Sqlite(other);
    database.exec('create table theirs (id)');
    database.close();
    writeFileSync(join(folder, 'notes.txt'), 'notes\n');
    expect(await faultsOf(`store: "sqlite:${other}"`)).toEqual([
      `1 store: is the database of another program (${other})`,
    ]);
    expect(await faultsOf('store: sqlite:/proc/x.db')).toHaveLength(1);
    const copies = (to: string) => faultsOf(`retention: { backup: { folder: "${to}" } }`);
    expect(await copies(join(folder, 'copies'))).toEqual([]);
    expect(await copies(join(folder, 'notes.txt'))).toHaveLength(1);
    expect(await copies('/proc/copies')).toHaveLength(1);
    expect(await faultsOf('storeRead: sqlite:x.db')).toEqual([
      '1 storeRead: is no address of a server',
    ]);
  });

  it('config check refuses secrets wherever they are written out, and variables that are none', async () => {
    const text = [
      'store: postgres://me@host/db?password=hunter22',
      'watchers: { reports: { pages: ["https://me:hunter22@a.example/feed", "https://b.example/feed?token=hunter22"] } }',
      'fetch: { headers: { c.example: { x-auth-token: "hunter22" } } }',
      's3: { endpoint: "https://me:hunter22@minio.example" }',
      'openai: { baseUrl: "https://me:hunter22@d.example/v1" }',
      'telemetry: { endpoint: "http://me:hunter22@e.example" }',
      'bodies: ${bucket}',
    ].join('\n');
    const faults = await faultsOf(text);
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual(
      [1, 2, 2, 3, 4, 5, 6, 7, 7].map(String),
    );
    expect(faults.join()).not.toContain('hunter22');
    const named = text.replaceAll('hunter22', '${WORD}').replace('bodies: ${bucket}', '');
    expect(await faultsOf(named, { WORD: 'hunter22' })).toEqual([]);
  });

  it('config check notes channels that nothing reaches, variables that are left out, and that nothing is followed', async () => {
    const config = join(folder, 'config.yaml');
    writeFileSync(
      config,
      `${CHANNEL}\nfollow: { discover: false }\nfetch: { contact: "\${CONTACT}" }\n`,
    );
    const { notes } = await checkConfig({ config, db: null, folder, environment: HOOK });
    expect(notes).toEqual(
      expect.arrayContaining([
        'channel hook is told nothing: no route names it',
        'fetch.contact is left out: CONTACT is not set',
        'nothing is followed: name models under follow.subjects',
      ]),
    );
  });

  it('config check refuses the address of a webhook written out, and every other fault with it', async () => {
    const text = [
      'channels:',
      '  hook: { kind: slack, url: "https://chat.example/T0/one" }',
      '  bot: { kind: telegram, token: "123456:AAAASECRETSECRET", chat: "-1" }',
      'nonsense: 1',
    ].join('\n');
    const faults = await faultsOf(text);
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      '2 channels.hook.url',
      '3 channels.bot.token',
      '4 nonsense',
    ]);
  });
});
