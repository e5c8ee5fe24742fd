import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { OpenPipeline } from '../../app/build-pipeline.ts';
import { plannedWork } from '../../daemon/scheduled-work.ts';
import { systemClock } from '../../domain/clock.ts';
import { closing } from '../../domain/closing.ts';
import { asError, StoreError } from '../../domain/errors.ts';
import type { TargetState } from '../../domain/target.ts';
import { elapsed, HOUR, type Instant, latest, MINUTE, plus } from '../../domain/time.ts';
import type { PipelineContext } from '../../pipeline/context.ts';
import { isWanted } from '../../pipeline/targets.ts';
import type { BodyPlaceSettings } from '../../store/bodies.ts';
import { type OpenOptions, openBodyPlace, openStore } from '../../store/open.ts';
import type { Ahead } from '../../store/ports/pages.ts';
import type { Store } from '../../store/store.ts';
import { type Finding, note, ok, wrong } from './finding.ts';

const RESTORE = 'stop the daemon, keep a copy of the file, then `firsthand restore COPY`';

/**
 * Opens the database to look at it, every page of it. One that is not there yet is not made: null, with what to know, as
 * for one that cannot be opened.
 */
export async function openForDoctor(
  path: string,
  { bodies }: Pick<OpenOptions, 'bodies'>,
): Promise<{ store: Store | null; finding: Finding }> {
  if (path !== ':memory:' && !existsSync(path)) {
    const says = `there is none yet at ${resolve(path)}`;
    return { store: null, finding: note('database', says, 'the first `firsthand check` makes it') };
  }
  try {
    const store = await openStore({ url: path, bodies, integrity: 'light' });
    // Takes the lock of a writer and changes nothing.
    await store.write((tx) => tx.follows.list());
    const [damage, ...others] = await store.maintenance.integrity();
    if (damage !== undefined) {
      const more = others.length === 0 ? '' : `, and ${others.length} more`;
      const says = `${resolve(path)} is not what firsthand wrote: ${damage}${more}`;
      return { store, finding: wrong('database', says, RESTORE) };
    }
    const { total, free } = await store.maintenance.diskUsage();
    const share = total === 0 ? 0 : Math.round((100 * free) / total);
    const says = `${resolve(path)} is sound: ${(total / 1024 / 1024).toFixed(1)} MB, ${share} % of it unused`;
    return { store, finding: ok('database', says) };
  } catch (thrown) {
    const error = asError(thrown);
    const todo =
      error instanceof StoreError && error.kind === 'corrupt'
        ? RESTORE
        : 'see to that first: nothing is checked or told meanwhile';
    return { store: null, finding: wrong('database', error.message, todo) };
  }
}

/** Opens a database that a server keeps, and looks whether its tables are ours and whether it takes writes. */
export async function openServerForDoctor(
  places: Pick<OpenOptions, 'url' | 'bodies'>,
): Promise<{ store: Store | null; finding: Finding }> {
  try {
    const store = await openStore(places);
    await store.write((tx) => tx.follows.list());
    const [foreign, ...others] = await store.maintenance.integrity();
    if (foreign !== undefined) {
      const says = `${foreign}${others.length === 0 ? '' : `, and ${others.length} more`}`;
      return {
        store,
        finding: wrong('database', says, 'see who changes the database beside firsthand'),
      };
    }
    const { total } = await store.maintenance.diskUsage();
    const theirs = await store.maintenance.now();
    const ahead = theirs === null ? 0 : elapsed(theirs, systemClock.now());
    const says = `the server answers: ${(total / 1024 / 1024).toFixed(1)} MB, its clock ${inSeconds(ahead)} from ours`;
    return { store, finding: ok('database', says) };
  } catch (thrown) {
    const todo = 'see to that first: nothing is checked or told meanwhile';
    return { store: null, finding: wrong('database', asError(thrown).message, todo) };
  }
}

/** Puts something at the place for bodies, reads it back and takes it away. */
export async function bodiesFinding(settings: BodyPlaceSettings): Promise<Finding> {
  try {
    return await closing(await openBodyPlace(settings), async (place) => {
      const name = `probe-${randomUUID()}`;
      await place.put(name, new TextEncoder().encode(name));
      const kept = await place.get(name);
      await place.remove(name);
      if (kept !== null && new TextDecoder().decode(kept) === name) {
        return ok('bodies', `${place.address} takes what it is given, and gives it back`);
      }
      const says = `${place.address} gave back something else than it was given`;
      return wrong('bodies', says, 'name a place that keeps what it is given');
    });
  } catch (thrown) {
    const todo = 'see to that first: no page can be kept meanwhile';
    return wrong('bodies', asError(thrown).message, todo);
  }
}

/** Whether the server that surfaces read from follows, and how far behind it is. */
export async function replicaFinding(places: Pick<OpenOptions, 'url'>): Promise<Finding> {
  const todo = 'see to that: pages, API and MCP are answered from there';
  try {
    return await closing(await openStore(places), async (store) => {
      const state = await store.maintenance.replica();
      if (state === null) {
        return note(
          'replica',
          'the server of storeRead follows no other: it is read as it is',
          todo,
        );
      }
      const says = `the server of storeRead has everything until ${inSeconds(state.lag)} ago`;
      return state.lag > LATE ? wrong('replica', says, todo) : ok('replica', says);
    });
  } catch (thrown) {
    return wrong('replica', asError(thrown).message, todo);
  }
}

/** Workers write every few seconds: what is later does not follow. */
const LATE = 10 * MINUTE;

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
    aheadFinding(await open.store.maintenance.ahead(plus(now, 2 * MINUTE)), now),
    scheduleFinding(targets, now),
    troubleFinding(targets),
    ...(await outboxFindings(open.store, now)),
    ...(await choreFindings(open, now)),
  ].flatMap((finding) => finding ?? []);
}

/** A clock that was set back, or ahead for a while, leaves what has yet to come. */
function aheadFinding(found: readonly Ahead[], now: Instant): Finding | null {
  const last = latest(found.map((one) => one.last));
  if (last === null) return null;
  const rows = found.map((one) => `${one.rows} of ${one.table}`).join(', ');
  return wrong(
    'clock',
    `the database holds what lies up to ${inWords(elapsed(now, last))} ahead and is not found until then (${rows})`,
    'set the clock of this machine, and let NTP keep it; if it is right, restore a copy from before it was wrong',
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
