import { describe, expect, it } from 'vitest';
import {
  composeHealth,
  composeHeartbeat,
  composeRetirement,
  composeTest,
  FAILURES_TOLD,
} from '../../../../src/core/alerts/system-messages.ts';
import { textBody } from '../../../../src/core/render/text.ts';
import { type TargetId, targetId } from '../../../../src/domain/ids.ts';
import type { HealthState } from '../../../../src/domain/target.ts';
import { DAY, HOUR, plus } from '../../../../src/domain/time.ts';

const AT = '2026-04-21T19:00:00.000Z';
const URL_OF_HELP = 'https://help.openai.com/en/articles/1';
const id: TargetId = targetId('openai-help', URL_OF_HELP);

function target(failures: number, lastGoodAt: string | null = plus(AT, -26 * HOUR)) {
  const createdAt = plus(AT, -90 * DAY);
  return { id, watcher: 'openai-help', url: URL_OF_HELP, createdAt, lastGoodAt, failures };
}

function checked(failures: number, state: HealthState, reason: string | null = null) {
  return { failures, health: { state, since: AT, reason } };
}

describe('a source that is unwell', () => {
  it('is told once an episode, at the third failure in a row', () => {
    const told = Array.from({ length: 10 }, (_, failures) =>
      composeHealth(
        target(failures),
        checked(failures + 1, 'blocked', 'a challenge page'),
        'openai',
        AT,
      ),
    );
    expect(told.map((message) => message !== null)).toEqual(
      Array.from({ length: 10 }, (_, failures) => failures + 1 === FAILURES_TOLD),
    );
  });

  it('is told with the reason and the age of the last good check', () => {
    const message = composeHealth(
      target(2),
      checked(3, 'blocked', 'A challenge page.'),
      'openai',
      AT,
    );
    expect(message?.title).toBe('Source blocked: openai-help (help.openai.com)');
    expect(message?.because).toEqual([
      'It is blocked.',
      'A challenge page.',
      'Last good check: 2026-04-20 17:00 UTC, 26 hours ago.',
      'Until it is well again it proves nothing, and its silence is none.',
    ]);
  });

  it('says so when there never was a good check', () => {
    const message = composeHealth(target(2, null), checked(3, 'failing'), null, AT);
    expect(message?.because).toContain('Last good check: never.');
  });

  it('is told in the same thread when it recovers, if it was told before', () => {
    const down = composeHealth(target(2), checked(3, 'failing'), 'openai', AT);
    const up = composeHealth(target(7), checked(0, 'ok'), 'openai', plus(AT, DAY));
    expect(up?.title).toBe('Source recovered: openai-help (help.openai.com)');
    expect(up?.thread).toBe(down?.thread);
    expect(up?.alert).not.toBe(down?.alert);
    expect(composeHealth(target(2), checked(0, 'ok'), 'openai', AT)).toBeNull();
  });

  it('has a new alert in its next episode', () => {
    const one = composeHealth(target(2, AT), checked(3, 'failing'), null, AT);
    const two = composeHealth(
      target(2, plus(AT, DAY)),
      checked(3, 'failing'),
      null,
      plus(AT, 2 * DAY),
    );
    expect(two?.alert).not.toBe(one?.alert);
  });
});

describe('a retirement that a primary source has dated', () => {
  const retirement = {
    subject: { id: 'dall-e-2', name: 'DALL-E 2', vendor: 'openai' },
    day: '2026-05-12',
    thread: 'dall-e-2@x',
  };

  it('is recalled a month, a week and a day before, once each', () => {
    const reminded = (days: number) =>
      composeRetirement(retirement, plus('2026-05-12', -days * DAY))?.alert ?? null;
    const days = Array.from({ length: 65 }, (_, n) => 60 - n);
    const distinct = [...new Set(days.map((day) => reminded(day)))];
    expect(distinct).toEqual([null, reminded(30), reminded(7), reminded(1)]);
    expect(new Set(distinct).size).toBe(4);
  });

  it('says how many days are left', () => {
    const message = composeRetirement(retirement, '2026-05-10T12:00:00.000Z');
    expect(message?.title).toBe('Retires within 2 days: DALL-E 2, on 2026-05-12');
  });
});

describe('the heartbeat', () => {
  it('says how the sources are, once a day', () => {
    const pulse = {
      targets: { ok: 31, blocked: 1, failing: 2 },
      lastGoodCheckAt: AT,
      queued: 4,
      dead: 1,
    };
    const message = composeHeartbeat(pulse, AT);
    expect(message.title).toBe('firsthand is running: 31 of 34 targets well');
    expect(message.because).toEqual([
      '2 targets failing.',
      '1 target blocked.',
      'Last good check: 2026-04-21 19:00 UTC.',
      'Deliveries: 4 waiting, 1 dead.',
    ]);
    expect(composeHeartbeat(pulse, plus(AT, HOUR)).alert).toBe(message.alert);
    expect(composeHeartbeat(pulse, plus(AT, DAY)).alert).not.toBe(message.alert);
  });

  it('says so when nothing was ever checked', () => {
    const message = composeHeartbeat(
      { targets: {}, lastGoodCheckAt: null, queued: 0, dead: 0 },
      AT,
    );
    expect(message.because[0]).toBe('No good check so far.');
  });
});

describe('a test message', () => {
  it('names the channel it tries', () => {
    expect(textBody(composeTest('ops', AT))).toContain('Test message from firsthand to ops');
  });
});
