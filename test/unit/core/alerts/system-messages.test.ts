import { expect, it } from 'vitest';
import {
  composeHealth,
  composeHeartbeat,
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

it('a source that is unwell is told once an episode, at the third failure in a row', () => {
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

it('a source that is unwell is told with the reason and the age of the last good check', () => {
  const message = composeHealth(
    target(2),
    checked(3, 'blocked', 'A challenge page.'),
    'openai',
    AT,
  );
  expect(message?.title).toBe('openai-help is blocked (help.openai.com)');
  expect(message?.because).toEqual([
    'Its host turns us away.',
    'A challenge page.',
    'Last good check: 2026-04-20 17:00 UTC, 26 hours ago.',
    'Until it can be read again, that it does not name a model says nothing.',
  ]);
});

it('a source that is unwell says so when there never was a good check', () => {
  const message = composeHealth(target(2, null), checked(3, 'failing'), null, AT);
  expect(message?.because).toContain('Last good check: never.');
});

it('a source that is unwell is told in the same thread when it recovers, if it was told before', () => {
  const down = composeHealth(target(2), checked(3, 'failing'), 'openai', AT);
  const up = composeHealth(target(7), checked(0, 'ok'), 'openai', plus(AT, DAY));
  expect(up?.title).toBe('openai-help can be read again (help.openai.com)');
  expect(up?.thread).toBe(down?.thread);
  expect(up?.alert).not.toBe(down?.alert);
  expect(composeHealth(target(2), checked(0, 'ok'), 'openai', AT)).toBeNull();
});

it('a source that is unwell has a new alert in its next episode', () => {
  const one = composeHealth(target(2, AT), checked(3, 'failing'), null, AT);
  const two = composeHealth(
    target(2, plus(AT, DAY)),
    checked(3, 'failing'),
    null,
    plus(AT, 2 * DAY),
  );
  expect(two?.alert).not.toBe(one?.alert);
});

it('the heartbeat says how the sources are, once a day', () => {
  const heartbeat = {
    targets: { ok: 31, blocked: 1, failing: 2 },
    lastGoodCheckAt: AT,
    queued: 4,
    dead: 1,
  };
  const message = composeHeartbeat(heartbeat, AT);
  expect(message.title).toBe('firsthand is running: 31 of 34 targets well');
  expect(message.because).toEqual([
    '2 targets failing.',
    '1 target blocked.',
    'Last good check: 2026-04-21 19:00 UTC.',
    'Deliveries: 4 waiting, 1 dead.',
  ]);
  expect(composeHeartbeat(heartbeat, plus(AT, HOUR)).alert).toBe(message.alert);
  expect(composeHeartbeat(heartbeat, plus(AT, DAY)).alert).not.toBe(message.alert);
});

it('the heartbeat says so when nothing was ever checked', () => {
  const message = composeHeartbeat({ targets: {}, lastGoodCheckAt: null, queued: 0, dead: 0 }, AT);
  expect(message.because[0]).toBe('No good check so far.');
});

it('a test message names the channel it tries', () => {
  expect(textBody(composeTest('ops', AT))).toContain('Test message from firsthand to ops');
});
