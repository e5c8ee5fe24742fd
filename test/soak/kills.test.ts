import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { endLeases, lookInto } from '../support/record-look.ts';
import { start, startDaemonProcess } from '../support/running.ts';
import { amount, figure, seededNumbers, TIMEOUT } from '../support/soak.ts';
import { WAIT } from '../support/timeouts.ts';
import { openStage, type Stage } from '../support/vendor-stage.ts';

const SEED = Number(process.env['FIRSTHAND_SEED']);
const KILLS = amount(20, 300);

/** From the start of the process to its kill, in milliseconds: from loading to long after its first deliveries. */
const LONGEST_LIFE = amount(1_100, 1_600);

/** How long the mail server may think about a mail it has, in milliseconds: the kill may fall between send and settle. */
const LONGEST_THOUGHT = 120;

interface Told {
  transitions: readonly { subject: string; at: string }[];
  alerts: readonly { id: string; subject: string; at: string }[];
  deliveries: readonly { id: string; alert: string; state: string }[];
}

function toldIn({ db }: Stage): Told {
  return lookInto(db, (database) => ({
    transitions: database
      .prepare(`select subject, at from transitions where quiet = 0 and from_level <> to_level`)
      .all() as Told['transitions'],
    alerts: database.prepare('select id, subject, at from alerts').all() as Told['alerts'],
    deliveries: database
      .prepare('select id, alert, state from deliveries')
      .all() as Told['deliveries'],
  }));
}

function messageId(raw: string): string {
  return /^Message-ID: <([^@>]+)@/im.exec(raw)?.[1] ?? '';
}

/** What a kill found and left: the mails that were out by then, and those the database knew to be sent. */
interface Kill {
  mailed: number;
  settled: ReadonlySet<string>;
}

async function killOnce(stage: Stage, life: number): Promise<Kill> {
  const daemon = start(['daemon', '--config', stage.config]);
  await pause(life);
  daemon.child.kill('SIGKILL');
  expect(await daemon.ended, daemon.stderr()).toBe('SIGKILL');
  // What was on its way counts as come.
  await stage.mail.untilNobodyIsConnected();
  const { deliveries } = toldIn(stage);
  const settled = deliveries.filter(({ state }) => state === 'sent').map(({ id }) => id);
  endLeases(stage.db);
  return { mailed: stage.mail.mails.length, settled: new Set(settled) };
}

it('a daemon that is killed again and again loses nothing, tears nothing, and tells twice only what a kill kept it from noting', {
  timeout: TIMEOUT,
}, async () => {
  const random = seededNumbers(SEED);
  const stage = await openStage();
  // Models of one day share a story; what adds to it is told after this wait. No digest: its mail would stand for several.
  stage.configure({ alerts: { gather: '1s', atMost: 100_000 } });
  stage.mail.script = { thinks: () => random() * LONGEST_THOUGHT };
  const first = await startDaemonProcess(stage.config);
  await vi.waitFor(() => expect(stage.site.requests.length).toBeGreaterThan(2), WAIT);
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);

  const kills: Kill[] = [];
  let released = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    for (let more = 1 + Math.floor(random() * 2); more > 0; more -= 1) {
      stage.release(modelNumber(released));
      released += 1;
    }
    kills.push(await killOnce(stage, random() * LONGEST_LIFE));
  }

  const last = await startDaemonProcess(stage.config);
  await vi.waitFor(
    () => expect(toldIn(stage).deliveries.filter(({ state }) => state !== 'sent')).toEqual([]),
    WAIT,
  );
  await vi.waitFor(() => expect(toldOrDue(stage).size).toBe(released), WAIT);
  last.child.kill('SIGTERM');
  expect(await last.ended).toBe(0);

  nothingIsLost(stage, released);
  const twice = toldTwice(stage, kills);
  const proof = start(['verify', '--config', stage.config]);
  expect(await proof.ended, proof.stdout()).toBe(0);
  figure('kill -9 of a running daemon', KILLS);
  figure('  models released, all told or due in their story', released);
  figure(
    '  mails, of them second copies with the id of the first',
    `${stage.mail.mails.length}, ${twice}`,
  );
});

/** No name has a third digit behind its dot. */
function modelNumber(n: number): string {
  return `gpt-${7 + Math.floor(n / 100)}.${n % 100}`;
}

/**
 * The models of stories: those that an alert has told, and those that the next alert of their story will tell. A source whose
 * answer was being read when three kills fell has a story of its own.
 */
function toldOrDue({ db }: Stage): ReadonlySet<string> {
  const subjects = lookInto(db, (database) =>
    database
      .prepare(
        `select distinct subject from story_events join stories on stories.id = story
         where (alert is not null or due_at is not null) and subject like 'gpt-%'`,
      )
      .pluck()
      .all(),
  );
  return new Set(subjects as readonly string[]);
}

/** Every model that moved was told or is due in its story, every alert has its delivery, and every delivery its mail. */
function nothingIsLost(stage: Stage, released: number): void {
  const { transitions, alerts, deliveries } = toldIn(stage);
  const known = toldOrDue(stage);
  expect(transitions.filter(({ subject }) => !known.has(subject))).toEqual([]);
  expect(transitions.length).toBeGreaterThanOrEqual(released);
  const routed = deliveries.map(({ alert }) => alert).sort();
  expect(routed).toEqual(alerts.map(({ id }) => id).sort());
  const mailed = new Set(stage.mail.mails.map(({ raw }) => messageId(raw)));
  expect([...mailed].sort()).toEqual(deliveries.map(({ id }) => id).sort());
}

/** How many mails came twice; each was on its way when a kill fell, and none was known to be sent by then. */
function toldTwice({ mail }: Stage, kills: readonly Kill[]): number {
  const firsts = new Map<string, number>();
  let twice = 0;
  for (const [at, { raw }] of mail.mails.entries()) {
    const id = messageId(raw);
    const before = firsts.get(id);
    firsts.set(id, at);
    if (before === undefined) continue;
    twice += 1;
    const between = kills.filter(({ mailed }) => before < mailed && mailed <= at);
    expect(between.length, `${id} came twice and no kill fell in between`).toBeGreaterThan(0);
    expect(between.filter(({ settled }) => settled.has(id))).toEqual([]);
  }
  return twice;
}
