import { existsSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { systemClock } from '../../src/domain/clock.ts';
import { HOUR, MINUTE, millisecondsOf, plus } from '../../src/domain/time.ts';
import { runCheck } from '../../src/operations/check.ts';
import { type Finding, runDoctor } from '../../src/operations/doctor/doctor.ts';
import { clockFinding, withTimeout } from '../../src/operations/doctor/network.ts';
import { openStore } from '../../src/store/open.ts';
import { Sqlite } from '../../src/store/sqlite-file.ts';

import { makeDelivery, nthAlert } from '../support/messages.ts';
import { startMuteServer } from '../support/smtp-server.ts';
import { openPassStage, type Stage } from '../support/vendor-stage.ts';

const PAGE = 'developers.openai.com/api/docs/changelog.md';
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const resource of open.splice(0)) await resource.close();
});

async function examine(stage: Stage): Promise<readonly Finding[]> {
  const told: Finding[] = [];
  const findings = await runDoctor(stage.options, { onFinding: (one) => void told.push(one) });
  expect(told).toEqual(findings);
  return findings;
}

/** Everything said about one thing, with the state it is in. */
function about(findings: readonly Finding[], name: string): readonly string[] {
  return findings
    .filter((finding) => finding.about === name)
    .map(({ state, says }) => `${state}: ${says}`);
}

async function checkOnce({ options }: Stage): Promise<void> {
  const { signal } = new AbortController();
  await runCheck(options, { watchers: [], due: false, signal, onChecked: () => undefined });
}

/** Puts something into the database of a stage. */
async function recorded(
  { db }: Stage,
  write: (store: Awaited<ReturnType<typeof openStore>>) => Promise<unknown>,
): Promise<void> {
  const store = await openStore({ url: db });
  await write(store);
  await store.close();
}

it('the doctor finds nothing wrong where nothing is, and leaves no trace', async () => {
  const stage = await openPassStage();
  const before = await examine(stage);
  expect(existsSync(stage.db)).toBe(false);
  expect(about(before, 'database')).toEqual([expect.stringMatching(/^note: there is none yet/)]);
  await checkOnce(stage);
  const findings = await examine(stage);
  expect(findings.filter(({ state }) => state === 'wrong')).toEqual([]);
  expect(about(findings, 'database')).toEqual([expect.stringMatching(/^ok: .* is sound/)]);
  expect(about(findings, 'source openai-changelog')).toEqual([
    expect.stringMatching(/^ok: 2 items/),
  ]);
  expect(about(findings, 'channel mail')).toEqual([`ok: 127.0.0.1:${stage.mail.port} answers`]);
  expect(about(findings, 'clock')).toEqual([expect.stringMatching(/^ok: \d s off/)]);
  expect(about(findings, 'schedule')).toEqual([expect.stringMatching(/^ok: 1 addresses/)]);
  expect(stage.mail.mails).toEqual([]);
});

it('the doctor says of a config that cannot be used all that is wrong with it, and looks no further', async () => {
  const stage = await openPassStage();
  stage.configure({ folow: {}, routes: [{ name: 'x', to: ['nowhere'] }] });
  const findings = await examine(stage);
  expect(findings.map(({ state, says }) => `${state} ${says}`)).toEqual([
    expect.stringMatching(/^wrong .*there is no channel nowhere/),
    expect.stringMatching(/^wrong .*config\.yaml:\d+: folow/),
  ]);
});

it('the doctor is not held up by what never answers', async () => {
  const mute = await startMuteServer('silent');
  open.push(mute);
  const stage = await openPassStage();
  const mail = { kind: 'email', host: '127.0.0.1', port: mute.port, timeoutSeconds: 1 };
  const hosts = { 'developers.openai.com': `http://127.0.0.1:${mute.port}` };
  stage.configure({
    fetch: { contact: 'https://test.example', hosts, timeout: '1s' },
    channels: { mail: { ...mail, tls: 'none', from: 'a@b.example', to: ['c@d.example'] } },
  });
  const begun = performance.now();
  const findings = await examine(stage);
  expect(performance.now() - begun).toBeLessThan(60_000);
  expect(about(findings, 'source openai-changelog')).toEqual([
    expect.stringMatching(/^wrong: .*(no answer|within|called off)/),
  ]);
  expect(about(findings, 'channel mail')).toEqual([
    expect.stringMatching(/^wrong: The mail server cannot be reached/),
  ]);
});

it('the doctor says how far the clock is off from what the far sides say', async () => {
  const stage = await openPassStage();
  stage.site.answer(PAGE, (_request, response) => {
    const late = new Date(millisecondsOf(plus(systemClock.now(), 10 * MINUTE))).toUTCString();
    response.writeHead(200, { date: late, 'content-type': 'text/markdown' }).end('# Changelog');
  });
  const findings = await examine(stage);
  expect(about(findings, 'clock')).toEqual([expect.stringMatching(/^wrong: (59\d|600) s behind/)]);
  // Its page holds nothing that the watcher knows.
  expect(about(findings, 'source openai-changelog')[0]).toMatch(/^wrong/);
});

it('the doctor finds what others put into the database', async () => {
  const stage = await openPassStage();
  await checkOnce(stage);
  const other = new Sqlite(stage.db);
  other.exec('create trigger hush after insert on deliveries begin delete from deliveries; end');
  other.close();
  expect(about(await examine(stage), 'database')).toEqual([
    expect.stringMatching(/^wrong: .*trigger hush is none of ours/),
  ]);
});

it('the doctor finds dead letters, what waits, what is late and a clock that was set back', async () => {
  const stage = await openPassStage();
  await checkOnce(stage);
  const now = systemClock.now();
  await recorded(stage, async (store) => {
    const dead = nthAlert(1);
    await store.outbox.enqueue(dead, [makeDelivery(dead, { channel: 'mail', state: 'dead' })]);
    const queued = { ...nthAlert(2), at: plus(now, -3 * HOUR) };
    await store.outbox.enqueue(queued, [
      makeDelivery(queued, { channel: 'mail', dueAt: plus(now, -2 * HOUR) }),
    ]);
    const [target] = await store.targets.list();
    if (target === undefined) throw new Error('nothing was registered');
    const lease = await store.targets.lease(target.id, now, plus(now, MINUTE), 'me');
    const ahead = plus(now, 3 * HOUR);
    expect(lease).not.toBeNull();
    await store.targets.settle(target.id, 'me', {
      dueAt: plus(now, -26 * HOUR),
      lastCheckAt: ahead,
      health: { state: 'blocked', since: now, reason: 'A wall.' },
    });
  });
  const findings = await examine(stage);
  expect(about(findings, 'dead letters')).toEqual(['wrong: 1 delivery is given up']);
  expect(about(findings, 'outbox')[0]).toMatch(/^wrong: 1 delivery is queued, the oldest for 2 h$/);
  expect(about(findings, 'schedule')).toEqual(['wrong: a check has been due for 26 h']);
  expect(about(findings, 'clock')[0]).toMatch(
    /^wrong: the database holds what lies up to 3 h ahead .*1 of targets/,
  );
  expect(about(findings, 'sources')[0]).toMatch(/^note: 1 of 1 addresses are not well/);
  const advised = findings.filter(({ state }) => state === 'wrong').map(({ todo }) => todo);
  expect(advised).not.toContain(null);
});

it('the doctor finds a database that is damaged, and looks at the rest', async () => {
  const stage = await openPassStage();
  await checkOnce(stage);
  truncateSync(stage.db, 20_000);
  const findings = await examine(stage);
  const [database] = findings.filter((finding) => finding.about === 'database');
  expect(database).toMatchObject({ state: 'wrong', todo: expect.stringContaining('restore') });
  expect(about(findings, 'source openai-changelog')[0]).toMatch(/^ok/);
});

it('the doctor finds a database that the config puts where none can be', async () => {
  const stage = await openPassStage();
  writeFileSync(join(stage.folder, 'file'), '');
  stage.configure({ store: `sqlite:${join(stage.folder, 'file', 'firsthand.db')}` });
  expect(about(await examine(stage), 'config')).toEqual([
    expect.stringMatching(/^wrong: .*store: cannot lie in .*file, which is no folder/),
  ]);
});

it('the doctor finds folders that cannot be written to', async () => {
  const stage = await openPassStage();
  const file = join(stage.folder, 'file');
  writeFileSync(file, '');
  stage.configure({ retention: { backup: { folder: join(stage.folder, 'not-there-yet') } } });
  const db = `sqlite:${join(file, 'firsthand.db')}`;
  const findings = await examine({ ...stage, options: { ...stage.options, db } });
  expect(about(findings, 'backups')).toEqual([expect.stringMatching(/^ok: .* free in/)]);
  expect(about(findings, 'disk')).toEqual([expect.stringMatching(/^wrong: .*no folder/)]);
});

it('the clock is held against the middle of what many say', () => {
  expect(clockFinding([])).toBeNull();
  expect(clockFinding([-900_000, 200, 400])).toMatchObject({ state: 'ok' });
  expect(clockFinding([-900_000, -880_000, 400])).toMatchObject({
    state: 'wrong',
    says: expect.stringMatching(/^880 s behind; others say \d{4}-/),
  });
});

it('work within its time is called off when that is over, and not waited for', async () => {
  const reasons: unknown[] = [];
  const never = withTimeout<string>(
    20,
    (signal) =>
      new Promise(() => signal.addEventListener('abort', () => reasons.push(signal.reason))),
    () => 'late',
  );
  await expect(never).resolves.toBe('late');
  expect(reasons).toEqual([expect.objectContaining({ name: 'TimeoutError' })]);
  await expect(
    withTimeout(
      1_000,
      () => Promise.resolve('done'),
      () => 'late',
    ),
  ).resolves.toBe('done');
  const failed = withTimeout(
    1_000,
    () => Promise.reject(new Error('no')),
    () => 'late',
  );
  await expect(failed).rejects.toThrow('no');
});
