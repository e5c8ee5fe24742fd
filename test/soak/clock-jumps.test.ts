import { expect, it, vi } from 'vitest';
import { openDaemon } from '../../src/app/build-daemon.ts';
import { type Clock, systemClock } from '../../src/domain/clock.ts';
import { DAY, plus } from '../../src/domain/time.ts';
import { runVerify } from '../../src/operations/upkeep.ts';
import { lookInto } from '../support/record-look.ts';
import { amount, figure, seededNumbers, TIMEOUT } from '../support/soak.ts';
import { WAIT } from '../support/timeouts.ts';
import { openStage } from '../support/vendor-stage.ts';

const JUMPS = amount(3, 200);
/** By how many days a clock is set wrong: from a night to what a battery that ran out makes of it. */
const DAYS = [0.4, 3, 40, 366, 12 * 365];

it('a daemon whose clock is set to and fro tells of every model once, and stores nothing under times to come', {
  timeout: TIMEOUT,
}, async () => {
  const stage = await openStage();
  const random = seededNumbers(Number(process.env['FIRSTHAND_SEED']));
  let ahead = 0;
  const clock: Clock = { now: () => plus(systemClock.now(), ahead) };
  const daemon = await openDaemon(stage.options, clock);
  const told = () =>
    stage.mail.mails.map(({ raw }) => /^Subject: .*?(\d+\.\d+)/m.exec(raw)?.[1] ?? '');
  const models: string[] = [];
  try {
    await vi.waitFor(() => expect(stage.site.requests.length).toBeGreaterThan(2), WAIT);
    for (let jump = 0; jump < JUMPS; jump += 1) {
      const days = DAYS[Math.floor(random() * DAYS.length)] ?? 1;
      ahead = Math.round(random() < 0.3 ? 0 : days * DAY * (random() < 0.5 ? -1 : 1));
      const model = `${7 + Math.floor(jump / 9)}.${(jump % 9) + 1}`;
      models.push(model);
      stage.release(`gpt-${model}`);
      await vi.waitFor(() => expect(told()).toContain(model), WAIT);
    }
  } finally {
    await daemon.stop();
  }
  expect(told()).toEqual(models);
  const soon = plus(systemClock.now(), DAY / 24);
  const later = lookInto(stage.db, (database) =>
    database.prepare('select count(*) from checks where at > ?').pluck().get(soon),
  );
  expect(later).toBe(0);
  expect((await runVerify(stage.options)).findings).toEqual([]);
  figure('clock jumps: models told, each once', JUMPS);
});
