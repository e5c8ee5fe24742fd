import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, expect, inject, it, vi } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: a plain JavaScript file, with its types beside it
import { type PostgresServer, startPostgres } from '../../scripts/postgres.mjs';
import { systemClock } from '../../src/domain/clock.ts';
import { millisecondsOf } from '../../src/domain/time.ts';
import { openStore } from '../../src/store/open.ts';
import { leastGap, openManyHosts, type Visit } from '../support/many-hosts.ts';
import { firsthand } from '../support/program.ts';
import { amount, figure, TIMEOUT } from '../support/soak.ts';
import { only, openStage, type Stage } from '../support/vendor-stage.ts';
import { type Life, type Machine, startFleet } from '../support/worker-fleet.ts';

const TARGETS = amount(240, 10_000);
const HOSTS = amount(24, 200);
const EVERY = amount(30, 600);
const GAP = 1_000;
/** How long things go wrong, and how often a worker is killed meanwhile, in seconds. */
const LASTS = amount(36, 600);
const BETWEEN_KILLS = amount(12, 20);
const CUT = amount(12, 30);
/** What each machine's clock is ahead, in milliseconds. */
const CLOCKS = [0, 90_000, -90_000];
/** How much of a check or a mail may be lost with its process: what was under way this long before it ended. */
const UNDER_WAY = 15_000;

/** How long the mail server may think about a mail it has, in milliseconds: a kill may fall between send and settle. */
const LONGEST_THOUGHT = 120;

const endings: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

function wallClock(): number {
  return millisecondsOf(systemClock.now());
}

function groupedBy<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

/** A time when the database was away from a worker, or from all of them (null). */
interface Outage {
  worker: string | null;
  from: number;
  to: number;
}

interface Trial {
  stage: Stage;
  machines: readonly Machine[];
  outages: Outage[];
  released: number;
  /** When each mail came, in the order of the mails. */
  mailedAt: readonly number[];
}

it.skipIf(inject('postgres') === null)(
  'three workers lose nothing and do nothing twice while they are killed, cut off, and their database restarts and fails over',
  { timeout: 2 * TIMEOUT },
  async () => {
    const site = await openManyHosts();
    endings.push(() => site.close());
    const servers = await openPair();
    const stage = await openStage();
    const machines = await startFleet({
      stage,
      store: servers.primary.url,
      clocks: CLOCKS,
      settings: settingsFor(stage, site.pages(TARGETS, HOSTS)),
    });
    const mailedAt: number[] = [];
    stage.mail.script = {
      thinks() {
        mailedAt.push(wallClock());
        return (LONGEST_THOUGHT * (mailedAt.length % 4)) / 4;
      },
    };
    const trial: Trial = { stage, machines, outages: [], released: 0, mailedAt };
    // What is there at the first look is told to nobody, and all pages are due before the next.
    await vi.waitFor(() => expect(stage.site.requests.length).toBeGreaterThan(2), WAIT);
    await goWrong(trial, servers);
    const calm = wallClock();
    await allCaughtUp(servers.standby, calm);
    await allTold(servers.standby, trial);
    const ends = await Promise.all(machines.map((machine) => machine.end()));
    expect(ends, said(machines)).toEqual(machines.map(() => 0));

    const rows = await checksIn(servers.standby);
    eachCheckOnce(trial, site.visits, rows);
    nothingIsLost(trial, await toldIn(servers.standby));
    const least = leastGap(site.visits);
    // Timers of Node may be a millisecond early.
    expect(least.gap, JSON.stringify(least.between)).toBeGreaterThanOrEqual(GAP - 3);
    figure('  the least pause at a host, of 1000 ms', Math.round(least.gap));
    const proof = await firsthand(['verify', '--db', servers.standby.url]);
    expect(proof.code, proof.stdout + proof.stderr).toBe(0);
  },
);

const WAIT = { timeout: TIMEOUT, interval: 500 };

interface Pair {
  primary: PostgresServer;
  standby: PostgresServer;
}

/** A server, and another that has every commit before it is acknowledged: one may take the other's place and miss nothing. */
async function openPair(): Promise<Pair> {
  const primary = await startPostgres();
  endings.push(() => primary.remove());
  await (await openStore({ url: primary.url, migrates: true })).close();
  const standby = await startPostgres(['wal_retrieve_retry_interval=200ms'], primary.url);
  endings.push(() => standby.remove());
  await ask(primary, "alter system set synchronous_standby_names = '*'");
  await ask(primary, 'select pg_reload_conf()');
  return { primary, standby };
}

function settingsFor(stage: Stage, pages: readonly string[]): Record<string, unknown> {
  return {
    watchers: only({
      'openai-changelog': { every: '2s' },
      reports: { every: `${EVERY}s`, pages },
    }),
    fetch: {
      hosts: stage.site.standingFor('developers.openai.com'),
      allow: ['127.0.0.0/8'],
      gap: `${GAP / 1_000}s`,
    },
    // Models of one day share a story; what adds to it is told after this wait.
    alerts: { atMost: 100_000, gather: '1s' },
    daemon: { deadline: '10s' },
    log: { level: 'warn' },
  };
}

/** A worker is killed every while, and in between everything else happens that may. */
async function goWrong(trial: Trial, servers: Pair): Promise<void> {
  const { machines, stage } = trial;
  const begun = performance.now();
  const isOver = () => performance.now() - begun > LASTS * 1_000;
  const kills = (async () => {
    for (let kill = 0; !isOver(); kill += 1) {
      await pause(BETWEEN_KILLS * 1_000);
      machines[kill % machines.length]?.kill();
    }
  })();
  const releases = (async () => {
    while (!isOver()) {
      stage.release(`gpt-${7 + Math.floor(trial.released / 100)}.${trial.released % 100}`);
      trial.released += 1;
      await pause(3_000);
    }
  })();
  const at = (share: number) =>
    pause(Math.max(0, share * LASTS * 1_000 - (performance.now() - begun)));
  await at(0.15);
  await outage(trial, null, () => servers.primary.restart());
  await at(0.35);
  await outage(trial, 1, async ({ line }) => {
    line.cut();
    await pause(CUT * 1_000);
    line.mend();
  });
  await at(0.65);
  await outage(trial, null, () => failOver(trial, servers));
  await at(0.85);
  await outage(trial, null, () => servers.standby.restart());
  await Promise.all([kills, releases]);
}

async function outage(
  { machines, outages }: Trial,
  at: number | null,
  happen: (machine: Machine) => Promise<unknown>,
): Promise<void> {
  const from = wallClock();
  await happen(machines[at ?? 0] as Machine);
  outages.push({ worker: at === null ? null : `worker-${at + 1}`, from, to: wallClock() });
}

/** The primary dies as in a crash; the other takes its place, and the address moves to it. */
async function failOver({ machines }: Trial, { primary, standby }: Pair): Promise<void> {
  await primary.stop('SIGQUIT');
  await standby.promote();
  for (const { line } of machines) line.pointTo(standby.port);
}

async function ask<Row extends pg.QueryResultRow>(
  { url }: PostgresServer,
  sql: string,
): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Everything that was due when the last fault was over is checked: nothing stays with the lease of one who is gone. */
async function allCaughtUp(server: PostgresServer, moment: number): Promise<void> {
  const since = new Date(moment).toISOString();
  await vi.waitFor(async () => {
    const late = await ask<{ url: string }>(
      server,
      `select url from targets where last_check_at is null or due_at <= '${since}'`,
    );
    expect(late.length).toBe(0);
  }, WAIT);
}

interface Told {
  deliveries: readonly { id: string; alert: string; state: string }[];
  alerts: readonly { id: string }[];
  /** Models in stories: told by an alert, or due in the next of their story. */
  known: readonly { subject: string }[];
}

async function toldIn(server: PostgresServer): Promise<Told> {
  return {
    deliveries: await ask(server, 'select id, alert, state from deliveries'),
    alerts: await ask(server, 'select id from alerts'),
    known: await ask(
      server,
      `select distinct subject from story_events join stories on stories.id = story
       where alert is not null or due_at is not null`,
    ),
  };
}

async function allTold(server: PostgresServer, { released }: Trial): Promise<void> {
  await vi.waitFor(async () => {
    const { deliveries, known } = await toldIn(server);
    expect(deliveries.filter(({ state }) => state !== 'sent')).toEqual([]);
    expect(known.length).toBeGreaterThanOrEqual(released);
  }, WAIT);
}

interface CheckedAt {
  url: string;
  at: string;
  outcome: string;
  failure: string | null;
}

function checksIn(server: PostgresServer): Promise<readonly CheckedAt[]> {
  return ask(
    server,
    `select url, at, outcome, failure from checks join targets on targets.id = target
     where targets.watcher = 'reports' order by url, at`,
  );
}

/**
 * By the rows, no target was checked before it was due again. By the site, each check asked once; what was asked beside
 * was under way in a process that was killed, or while the database was away.
 */
function eachCheckOnce(trial: Trial, visits: readonly Visit[], rows: readonly CheckedAt[]): void {
  const { machines } = trial;
  const lives = machines.flatMap((machine) => machine.lives);
  const kills = lives.filter(({ end }) => end === 'SIGKILL').length;
  // Whoever reads it was killed three times in a row: it is set aside, as what ends processes must be.
  const setAside = rows.filter(({ failure }) => /process ended 3 times/.test(failure ?? ''));
  const amiss = rows.filter((row) => row.outcome !== 'present' && !setAside.includes(row));
  expect(amiss).toEqual([]);
  expect(setAside.length).toBeLessThanOrEqual(kills / 10);
  const good = rows.filter(({ outcome }) => outcome === 'present');
  const checks = groupedBy(good, ({ url }) => url);
  const stories = visits.filter(({ path }) => path.startsWith('/story-'));
  const asked = groupedBy(stories, ({ host, path }) => `http://${host}${path}`);
  expect(checks.size).toBeGreaterThanOrEqual(TARGETS - setAside.length);
  let twice = 0;
  for (const [url, its] of checks) {
    for (const [index, { at }] of its.entries()) {
      const before = its[index - 1];
      if (before === undefined) continue;
      expect(Date.parse(at) - Date.parse(before.at), url).toBeGreaterThanOrEqual(EVERY * 1_000);
    }
    const seen = asked.get(url) ?? [];
    const lost = seen.filter((visit) => mayBeLost(trial, visit.by, visit.from, visit.to));
    expect(seen.length, url).toBeGreaterThanOrEqual(its.length);
    expect(seen.length - its.length, `${url} was asked twice`).toBeLessThanOrEqual(lost.length);
    twice += seen.length - its.length;
  }
  figure(`three workers, ${TARGETS} addresses at ${HOSTS} hosts: checks`, good.length);
  figure('  asked again for a check that was lost with its process', twice);
  figure('  kills of a worker', kills);
  figure('  pages set aside because their reader was killed three times', setAside.length);
  figure('  workers that ended by themselves', endedThemselves(machines).length);
}

function endedThemselves(machines: readonly Machine[]): readonly Life[] {
  const lives = machines.flatMap((machine) => machine.lives);
  return lives.filter(({ end }) => end !== 'SIGKILL' && end !== 0 && end !== null);
}

/** Whether something was under way in a process when it was killed, or when its database was away. */
function mayBeLost(
  { machines, outages }: Trial,
  by: string,
  from: number,
  to: number = from,
): boolean {
  const life = machines.flatMap(({ lives }) => lives).find(({ name }) => name === by);
  const end = life?.end === 0 ? null : (life?.to ?? null);
  if (end !== null && end - to <= UNDER_WAY) return true;
  return outages.some(
    ({ worker, ...outage }) =>
      (worker === null || by.startsWith(worker)) &&
      outage.from - UNDER_WAY <= to &&
      from <= outage.to + UNDER_WAY,
  );
}

/** Every model is told or due in its story, every alert has its delivery, every delivery its mail; twice only by a fault. */
function nothingIsLost(trial: Trial, told: Told): void {
  const { stage, released } = trial;
  const { deliveries, alerts, known } = told;
  expect(known.length).toBeGreaterThanOrEqual(released);
  expect(deliveries.map(({ alert }) => alert).sort()).toEqual(alerts.map(({ id }) => id).sort());
  const { mails } = stage.mail;
  const sent = mails.map(({ raw, from }, index) => {
    return { id: messageId(raw), by: from.split('@')[0] ?? '', at: trial.mailedAt[index] ?? 0 };
  });
  const mailed = groupedBy(sent, ({ id }) => id);
  expect([...mailed.keys()].sort()).toEqual(deliveries.map(({ id }) => id).sort());
  const again = [...mailed.values()].filter(({ length }) => length > 1);
  const earlier = again.flatMap((copies) => copies.slice(0, -1));
  expect(earlier.filter(({ by, at }) => !mayBeLost(trial, by, at))).toEqual([]);
  figure('  models released, all told or due in their story', released);
  figure(
    '  mails, of them second copies with the id of the first',
    `${mails.length}, ${earlier.length}`,
  );
}

function messageId(raw: string): string {
  return /^Message-ID: <([^@>]+)@/im.exec(raw)?.[1] ?? '';
}

function said(machines: readonly Machine[]): string {
  return machines
    .flatMap(({ lives }) => lives)
    .map(({ name, running, end }) => `${name} ${end}: ${running.stderr()}`)
    .join('\n');
}
