import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { OpenPipeline } from '../../app/build-pipeline.ts';
import { plannedWork } from '../../daemon/scheduled-work.ts';
import { systemClock } from '../../domain/clock.ts';
import { asError, StoreError } from '../../domain/errors.ts';
import type { TargetState } from '../../domain/target.ts';
import { elapsed, HOUR, type Instant, MINUTE } from '../../domain/time.ts';
import type { PipelineContext } from '../../pipeline/context.ts';
import { isWanted } from '../../pipeline/targets.ts';
import { openStore } from '../../store/open.ts';
import type { Store } from '../../store/store.ts';
import { type Finding, note, ok, wrong } from './finding.ts';

/**
 * Opens the database to look at it, every page of it. One that is not there yet is not made: null, with what to know, as
 * for one that cannot be opened.
 */
export async function openForDoctor(
  path: string,
): Promise<{ store: Store | null; finding: Finding }> {
  if (path !== ':memory:' && !existsSync(path)) {
    const says = `there is none yet at ${resolve(path)}`;
    return { store: null, finding: note('record', says, 'the first `firsthand check` makes it') };
  }
  try {
    const store = await openStore({ url: path, integrity: 'full' });
    // Takes the lock of a writer and changes nothing.
    await store.write((tx) => tx.follows.list());
    const { total, free } = await store.maintenance.diskUsage();
    const share = total === 0 ? 0 : Math.round((100 * free) / total);
    const says = `${resolve(path)} is sound: ${(total / 1024 / 1024).toFixed(1)} MB, ${share} % of it unused`;
    return { store, finding: ok('record', says) };
  } catch (thrown) {
    const error = asError(thrown);
    const todo =
      error instanceof StoreError && error.kind === 'corrupt'
        ? 'stop the daemon, keep a copy of the file, then `firsthand restore COPY`'
        : 'see to that first: nothing is checked or told meanwhile';
    return { store: null, finding: wrong('record', error.message, todo) };
  }
}

/** Opens a database that a server keeps, and looks whether its tables are ours and whether it takes writes. */
export async function openServer(url: string): Promise<{ store: Store | null; finding: Finding }> {
  try {
    const store = await openStore({ url });
    await store.write((tx) => tx.follows.list());
    const [foreign, ...others] = await store.maintenance.integrity();
    if (foreign !== undefined) {
      const says = `${foreign}${others.length === 0 ? '' : `, and ${others.length} more`}`;
      return {
        store,
        finding: wrong('record', says, 'see who changes the database beside firsthand'),
      };
    }
    const { total } = await store.maintenance.diskUsage();
    const ours = await store.maintenance.now();
    const ahead = ours === null ? 0 : elapsed(ours, systemClock.now());
    const says = `the server answers: ${(total / 1024 / 1024).toFixed(1)} MB, its clock ${inSeconds(ahead)} from ours`;
    return { store, finding: ok('record', says) };
  } catch (thrown) {
    const todo = 'see to that first: nothing is checked or told meanwhile';
    return { store: null, finding: wrong('record', asError(thrown).message, todo) };
  }
}

function inSeconds(milliseconds: number): string {
  return `${Math.abs(milliseconds / 1_000).toFixed(1)} s`;
}

/** Whether what should have happened by now has happened. */
export async function databaseFindings(
  open: Pick<OpenPipeline, 'store' | 'config'> & { context: Pick<PipelineContext, 'watchers'> },
  wanted: ReadonlySet<TargetState['id']>,
  now: Instant,
): Promise<readonly Finding[]> {
  const all = await open.store.targets.list();
  const targets = all.filter(
    (target) => isWanted(target, wanted, now) && target.health?.state !== 'off',
  );
  return [
    clockAgainst(all, now),
    scheduleFinding(targets, now),
    troubleFinding(targets),
    ...(await outboxFindings(open.store, now)),
    ...(await choreFindings(open, now)),
  ].flatMap((finding) => finding ?? []);
}

/** A clock that was set back leaves checks that lie ahead. */
function clockAgainst(targets: readonly TargetState[], now: Instant): Finding | null {
  const ahead = Math.max(0, ...targets.map(({ lastCheckAt }) => elapsed(now, lastCheckAt ?? now)));
  if (ahead < 2 * MINUTE) return null;
  return wrong(
    'clock',
    `the database holds a check that lies ${inWords(ahead)} ahead`,
    'set the clock of this machine, and let NTP keep it',
  );
}

function scheduleFinding(targets: readonly TargetState[], now: Instant): Finding {
  const checked = targets.filter(({ lastCheckAt }) => lastCheckAt !== null);
  if (checked.length === 0) {
    const todo = 'run `firsthand check`, then a daemon or a timer';
    return note('schedule', 'nothing has been checked yet', todo);
  }
  const late = Math.max(0, ...targets.map(({ dueAt }) => elapsed(dueAt, now)));
  if (late > HOUR) {
    return wrong(
      'schedule',
      `a check has been due for ${inWords(late)}`,
      'start the daemon, or the timer that runs `firsthand check --due`; look into its log',
    );
  }
  return ok('schedule', `${targets.length} addresses are read, none is late by more than an hour`);
}

function troubleFinding(targets: readonly TargetState[]): Finding | null {
  const unwell = targets.filter(({ health }) => health !== null && health.state !== 'ok');
  if (unwell.length === 0) return null;
  const named = [...new Set(unwell.map(({ watcher }) => watcher))].join(', ');
  const says = `${unwell.length} of ${targets.length} addresses are not well (${named})`;
  return note('sources', says, '`firsthand sources --trouble` says since when and why');
}

async function outboxFindings({ reads }: Store, now: Instant): Promise<readonly Finding[]> {
  const { queued, dead, waitingSince } = await reads.outboxDepth();
  const waits = waitingSince === null ? 0 : elapsed(waitingSince, now);
  const findings: Finding[] = [];
  if (dead > 0) {
    findings.push(
      wrong(
        'dead letters',
        `${deliveries(dead)} given up`,
        '`firsthand alerts --state dead` says why; mend the channel, then `firsthand alerts retry --all`',
      ),
    );
  }
  if (waits > HOUR) {
    findings.push(
      wrong(
        'outbox',
        `${deliveries(queued)} queued, the oldest for ${inWords(waits)}`,
        'start the daemon, or see to the channel that does not take them',
      ),
    );
  }
  return findings.length > 0 ? findings : [ok('outbox', `${deliveries(queued)} queued, none dead`)];
}

function deliveries(count: number): string {
  return count === 1 ? '1 delivery is' : `${count} deliveries are`;
}

async function choreFindings(
  { store, config }: Pick<OpenPipeline, 'store' | 'config'>,
  now: Instant,
): Promise<readonly Finding[]> {
  const planned = new Set(plannedWork(config, now).map(({ name }) => name));
  const scheduled = (await store.workPlan.list()).filter(({ name }) => planned.has(name));
  return scheduled.flatMap(({ name, error, lastAt }) =>
    error === null
      ? []
      : wrong(
          name,
          `failed ${inWords(elapsed(lastAt ?? now, now))} ago: ${error}`,
          'it is done again at its next time; see to the reason before',
        ),
  );
}

function inWords(milliseconds: number): string {
  const minutes = Math.round(Math.abs(milliseconds) / MINUTE);
  if (minutes < 120) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 60 / 24)} d`;
}
