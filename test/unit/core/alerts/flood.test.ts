import { expect, it } from 'vitest';
import { decideAlert } from '../../../../src/core/alerts/decide-alert.ts';
import type { Message } from '../../../../src/domain/alert.ts';
import { routeSchema } from '../../../../src/domain/route.ts';
import { makeMessage } from '../../../support/messages.ts';

const AT = '2026-04-21T19:10:42.000Z';
const MORNING = '2026-04-22T08:00:00.000Z';

/** What a mail and a chat are given of a message, when they had so many within a day. */
function given(
  had: Record<string, number>,
  over: Partial<Message> = {},
  { followed = '', when = 'at once' } = {},
) {
  const { alert, deliveries } = decideAlert(makeMessage({ at: AT, ...over }), {
    routes: [routeSchema.parse({ name: 'all', to: ['mail', 'chat'], when })],
    silences: [],
    flood: { atMost: 20, slot: 'daily 08:00', zone: 'UTC' },
    had: new Map(Object.entries(had)),
    isFollowed: (subject) => subject === followed,
    isRehearsal: false,
  });
  return { alert, deliveries };
}

it('a flood of messages is what goes beyond the share of a day, at each channel by itself', () => {
  const { alert, deliveries } = given({ mail: 20, chat: 19 });
  expect(deliveries.map(({ channel, dueAt, digest }) => [channel, dueAt, digest])).toEqual([
    ['mail', MORNING, `flood ${MORNING}`],
    ['chat', AT, null],
  ]);
  expect(alert.routing?.decisions[0]?.plans[0]?.because).toBe(
    'in one message at 2026-04-22 08:00 UTC: mail was given 20 within a day (alerts.atMost)',
  );
});

it('a flood of messages never holds what somebody follows by name', () => {
  const { subject } = makeMessage();
  expect(
    given({ mail: 99, chat: 99 }, {}, { followed: subject }).deliveries.map(({ dueAt }) => dueAt),
  ).toEqual([AT, AT]);
});

it.each(['heartbeat', 'test'] as const)('a flood of messages never holds a %s', (kind) => {
  const { deliveries } = given({ mail: 99, chat: 99 }, { kind });
  expect(deliveries.map(({ digest }) => digest)).toEqual([null, null]);
});

it('a flood of messages leaves in its digest what a route gathers by itself', () => {
  const { deliveries } = given({ mail: 99, chat: 99 }, {}, { when: 'daily 21:00' });
  const slot = '2026-04-21T21:00:00.000Z';
  expect(deliveries.map(({ digest }) => digest)).toEqual([`all ${slot}`, `all ${slot}`]);
});
