import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import type { OpenPipeline } from '../../src/app/build-pipeline.ts';
import type { AppOptions } from '../../src/app/options.ts';
import { verdictDigest } from '../../src/core/verdict/policy.ts';
import { manualClock } from '../../src/domain/clock.ts';
import { StoreError } from '../../src/domain/errors.ts';
import { DAY, plus } from '../../src/domain/time.ts';
import { copyAndRotate, copyDatabase } from '../../src/maintenance/backup.ts';
import { prune } from '../../src/maintenance/prune.ts';
import { verify } from '../../src/maintenance/verify.ts';
import type { Tally } from '../../src/maintenance/verify-evidence.ts';
import { runRestore, runVerify } from '../../src/operations/upkeep.ts';
import { statusOf } from '../../src/read/status.ts';
import { openStore } from '../../src/store/open.ts';
import { Sqlite } from '../../src/store/sqlite-file.ts';
import { writeLaunchDatabase } from '../support/launch-database.ts';
import { openTestLine } from '../support/open-line.ts';
import { temporaryFolder } from '../support/store.ts';

const AFTER = '2026-05-14T00:00:00.000Z';

let folder: string;
let path: string;
let open: OpenPipeline;

/** The recorded launch as a record in a file of its own. */
beforeEach(async () => {
  folder = temporaryFolder();
  path = join(folder, 'firsthand.db');
  await writeLaunchDatabase(path);
  open = await openTestLine({ db: path });
});

function options(): AppOptions {
  return { config: 'config.yaml', db: path, environment: {}, folder };
}

/** Runs a statement on the file, past the program. */
function tamper(statement: string): void {
  const database = new Sqlite(path);
  database.exec(statement);
  database.close();
}

it('a database is proved from its bytes up', async () => {
  const verification = await verify(open.context);
  await open.close();
  expect(verification.findings).toEqual([]);
  expect(verification.bodies).toBeGreaterThan(20);
  expect(verification.reread).toBe(verification.evidence);
  expect(verification.verdicts).toBeGreaterThan(50);
});

it('a database has a changed body, quote, verdict and policy found', async () => {
  await open.close();
  tamper("update bodies set bytes = x'00' where rowid = (select min(rowid) from bodies)");
  tamper("update evidence set quote = 'it is out' where id = (select min(id) from evidence)");
  tamper("update verdicts set level = 'rumor' where level = 'confirmed'");
  const { findings } = await runVerify(options());
  const kinds = new Set(findings.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(['body', 'quote', 'reading', 'verdict']);
  tamper('delete from policies');
  const missing = (await runVerify(options())).findings.filter(({ kind }) => kind === 'verdict');
  const messages = missing.map(({ message }) => message);
  expect(messages).toContainEqual(expect.stringMatching(/its policy po_\w+ is missing/));
  expect(messages).toContainEqual(expect.stringContaining('changed after it was judged'));
});

it('a database that holds what has yet to come is told of by table, and again when it is proved on', async () => {
  tamper("update transitions set at = '2099-01-01T00:00:00.000Z'");
  const { signal, abort } = stopped();
  const first = await verify(open.context, { signal, onProgress: abort });
  expect(first.findings).toContainEqual({
    kind: 'time',
    about: 'table transitions',
    message: expect.stringMatching(/yet to come, until 2099-01-01T00:00:00.000Z/),
  });
  const rest = await verify(open.context, { resume: true });
  expect(rest.findings.filter(({ about }) => about === 'table transitions')).toHaveLength(1);
});

function stopped(): { signal: AbortSignal; abort(): void } {
  const stop = new AbortController();
  return { signal: stop.signal, abort: () => stop.abort() };
}

it('a database is proved on from where proving it was stopped, and comes to the same', async () => {
  const { context } = open;
  const whole = await verify(context);
  const stoppedAt = async (isThere: (tally: Tally) => boolean, resume: boolean) => {
    const stop = new AbortController();
    const { signal } = stop;
    const onProgress = (tally: Tally) => isThere(tally) && stop.abort();
    return verify(context, { resume, signal, onProgress });
  };
  const early = await stoppedAt(() => true, false);
  expect(early).toMatchObject({ isStopped: true, verdicts: 0 });
  const late = await stoppedAt(({ verdicts }) => verdicts > 10, true);
  expect(late).toMatchObject({ isStopped: true, evidence: whole.evidence });
  const rest = await verify(context, { resume: true });
  expect(rest).toEqual({ ...whole, resumedFrom: expect.any(String) });
  await open.close();
});

it('a database of verdicts by another engine is proved by their digests, and says that the engine changed', async () => {
  const { store, context } = open;
  const older = (await store.claims.verdicts()).map((verdict) => ({
    ...{ ...verdict, engine: 0, level: 'rumor' as const },
  }));
  const signed = older.map((verdict) => ({ ...verdict, digest: verdictDigest(verdict) }));
  await store.claims.putVerdicts(signed);
  const verification = await verify(context);
  expect(verification).toMatchObject({ verdicts: 0, engineChanged: older.length, findings: [] });
  await store.claims.putVerdicts(signed.map((one) => ({ ...one, level: 'confirmed' as const })));
  expect((await verify(context)).findings).toHaveLength(older.length);
  await open.close();
});

it('a database is copied while it is written to, and the copy proves', async () => {
  const { store, context } = open;
  const copying = copyDatabase(store, manualClock(AFTER), folder);
  for (let day = 0; day < 20; day += 1) {
    await store.outbox.silence({
      ...{ subject: `gpt-${day}`, because: 'quiet' },
      ...{ from: AFTER, until: plus(AFTER, DAY) },
    });
  }
  const copied = await copying;
  expect(copied.path).toBe(join(folder, 'firsthand-20260514T000000Z.db'));
  const before = await verify(context);
  await open.close();
  const after = await runVerify({ ...options(), db: copied.path });
  expect(after).toEqual(before);
});

it('a database keeps as many copies as it is told', async () => {
  const clock = manualClock(AFTER);
  const backups = join(folder, 'backups');
  for (let day = 0; day < 4; day += 1) {
    clock.set(plus(AFTER, day * DAY));
    await copyAndRotate(open.store, clock, { folder: backups, keep: 2 });
  }
  await open.close();
  writeFileSync(join(backups, 'notes.txt'), 'mine');
  expect(readdirSync(backups)).toEqual([
    'firsthand-20260516T000000Z.db',
    'firsthand-20260517T000000Z.db',
    'notes.txt',
  ]);
});

it('a database is restored from a copy, and what was there is kept', async () => {
  const { path: copy } = await copyDatabase(open.store, manualClock(AFTER), folder);
  await open.close();
  tamper('delete from transitions');
  const restored = await runRestore(options(), copy);
  expect(restored.verification.findings).toEqual([]);
  const store = await openStore({ url: path, integrity: 'full' });
  expect((await store.reads.transitions({})).length).toBeGreaterThan(10);
  await store.close();
  const kept = await openStore({ url: restored.kept ?? '' });
  expect(await kept.reads.transitions({})).toEqual([]);
  await kept.close();
});

it('a database is not restored from what is no copy of one: an empty file, another database, a folder', async () => {
  await open.close();
  const before = readFileSync(path);
  const empty = join(folder, 'empty.db');
  writeFileSync(empty, '');
  const other = join(folder, 'other.db');
  const theirs = new Sqlite(other);
  theirs.exec('create table theirs (id)');
  theirs.close();
  for (const from of [empty, other]) {
    await expect(runRestore(options(), from)).rejects.toThrow(
      `${from} is no copy of a database of firsthand`,
    );
  }
  await expect(runRestore(options(), folder)).rejects.toThrow(/is a folder/);
  expect(readFileSync(path).equals(before)).toBe(true);
});

it('a database is not restored from a copy that does not hold, nor while it is in use', async () => {
  const { path: copy } = await copyDatabase(open.store, manualClock(AFTER), folder);
  await expect(runRestore(options(), copy)).rejects.toThrow(/is in use: stop the daemon/);
  await open.close();
  const before = readFileSync(path);
  const torn = join(folder, 'torn.db');
  const bytes = readFileSync(copy);
  bytes.fill(7, 40_960, 61_440);
  writeFileSync(torn, bytes);
  await expect(runRestore(options(), torn)).rejects.toThrow(StoreError);
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(readdirSync(folder).filter((name) => name.includes('restoring'))).toEqual([]);
  expect(existsSync(torn)).toBe(true);
});

it('pruning removes what nothing rests on, and no answer changes', async () => {
  const { store, known, context } = open;
  const clock = manualClock(plus(AFTER, 400 * DAY));
  const moments = ['2026-04-17T23:59:59.999Z', '2026-04-21T18:59:59.999Z', AFTER];
  const ask = () => Promise.all(moments.map((at) => statusOf(known, 'gpt-image-2', at)));
  const before = { answers: await ask(), room: await store.snapshots.count() };
  const retention = { snapshots: DAY, keep: 1, checks: DAY };
  const pruned = await prune({ store, clock }, retention, new AbortController().signal);
  expect(pruned.snapshots).toBeGreaterThan(0);
  expect(pruned.checks).toBeGreaterThan(0);
  const levels = (answers: Awaited<ReturnType<typeof ask>>) =>
    answers.map(({ level, claims }) => [level, claims.map((claim) => [claim.facet, claim.level])]);
  expect(levels(await ask())).toEqual(levels(before.answers));
  expect((await verify(context)).findings).toEqual([]);
  const again = await prune({ store, clock }, retention, new AbortController().signal);
  expect(again).toMatchObject({ snapshots: 0, bodies: 0, checks: 0 });
  await open.close();
});
