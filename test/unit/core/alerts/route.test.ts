import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { explainRoutes, fits } from '../../../../src/core/alerts/route.ts';
import type { Message, Move, Plan, Silence } from '../../../../src/domain/alert.ts';
import type { TransitionId } from '../../../../src/domain/ids.ts';
import { type Route, routeSchema } from '../../../../src/domain/route.ts';
import { makeMessage } from '../../../support/messages.ts';
import { processorTime } from '../../../support/processor-time.ts';

const AT = '2026-04-21T19:10:42.000Z';

function route(over: Partial<z.input<typeof routeSchema>> = {}): Route {
  return routeSchema.parse({ name: 'all', to: ['mail'], ...over });
}

function planDeliveries(...asked: Parameters<typeof explainRoutes>): readonly Plan[] {
  return explainRoutes(...asked).decisions.flatMap(({ plans }) => plans);
}

function matches(match: Route['match'], message: Message = makeMessage()): boolean {
  return planDeliveries(message, [route({ match })], [], AT).length > 0;
}

function moving(facet: string, from: Move['from'], to: Move['to']): Message {
  const transition = 'tr_0' as TransitionId;
  return makeMessage({ moves: [{ transition, facet, from, to, status: 'current' }], changes: [] });
}

it('a route without conditions matches everything', () => {
  expect(planDeliveries(makeMessage(), [route()], [], AT)).toEqual([
    { channel: 'mail', dueAt: AT, digest: null, because: 'at once' },
  ]);
});

it.each<[Route['match'], boolean]>([
  [{ vendor: 'openai' }, true],
  [{ vendor: 'anthropic' }, false],
  [{ subject: 'gpt-*' }, true],
  [{ subject: ['o3', '*-IMAGE-*'] }, true],
  [{ subject: 'gpt-image' }, false],
  [{ facet: 'released' }, true],
  [{ facet: 'announced' }, true],
  [{ facet: 'announced@2026-04-16' }, true],
  [{ facet: 'priced' }, false],
  [{ level: 'confirmed' }, true],
  [{ level: ['rumor', 'secondary'] }, false],
  [{ sourceClass: ['P0', 'P1'] }, true],
  [{ sourceClass: 'S1' }, false],
  [{ kind: 'level' }, true],
  [{ kind: ['source', 'health'] }, true],
  [{ kind: 'health' }, false],
])('a route that asks for %j matches the launch: %s', (match, expected) => {
  expect(matches(match)).toBe(expected);
});

it.each<[Move['from'], Move['to'], 'up' | 'down' | null]>([
  ['unknown', 'rumor', 'up'],
  ['secondary', 'confirmed', 'up'],
  ['confirmed', 'withdrawn', 'down'],
  ['withdrawn', 'confirmed', 'up'],
  ['unknown', 'contradicted', 'down'],
  ['secondary', 'rumor', 'down'],
  ['confirmed', 'confirmed', null],
])('a route takes a move from %s to %s for %s', (from, to, direction) => {
  const message = moving('released', from, to);
  expect(matches({ direction: 'up' }, message)).toBe(direction === 'up');
  expect(matches({ direction: 'down' }, message)).toBe(direction === 'down');
});

it('a route wants facet, level and direction of one and the same move', () => {
  expect(matches({ facet: 'announced', level: 'confirmed' })).toBe(false);
  expect(matches({ facet: 'released', level: 'confirmed', direction: 'up' })).toBe(true);
});

it.each<[Move['from'], Move['to'], boolean]>([
  ['unknown', 'rumor', false],
  ['rumor', 'secondary', false],
  ['secondary', 'confirmed', true],
  ['confirmed', 'withdrawn', true],
  ['rumor', 'contradicted', true],
  ['confirmed', 'confirmed', true],
])(
  'a route with a minimum level of confirmed lets a move from %s to %s pass: %s',
  (from, to, passes) => {
    const strict = route({ minLevel: 'confirmed' });
    expect(planDeliveries(moving('released', from, to), [strict], [], AT).length > 0).toBe(passes);
  },
);

it('a route with a minimum level lets a change of a source pass, which has none', () => {
  const change = makeMessage({ kind: 'source', moves: [] });
  expect(planDeliveries(change, [route({ minLevel: 'confirmed' })], [], AT)).toHaveLength(1);
});

it('a route that asks for a level does not match where none moved', () => {
  expect(matches({ level: 'confirmed' }, makeMessage({ kind: 'source', moves: [] }))).toBe(false);
});

it('a route sends in a digest at its slot, named after route and slot', () => {
  const daily = route({ name: 'calm', when: 'daily 08:00', zone: 'Europe/Berlin' });
  expect(planDeliveries(makeMessage(), [daily], [], AT)).toEqual([
    {
      channel: 'mail',
      dueAt: '2026-04-22T06:00:00.000Z',
      digest: 'calm 2026-04-22T06:00:00.000Z',
      because: 'in the digest of 2026-04-22 06:00 UTC (daily 08:00, Europe/Berlin)',
    },
  ]);
});

it('a route moves a digest out of its quiet hours', () => {
  const quiet = [{ from: '19:00', to: '07:00' }];
  const [plan] = planDeliveries(makeMessage(), [route({ when: 'hourly', quiet })], [], AT);
  expect(plan?.dueAt).toBe('2026-04-22T07:00:00.000Z');
});

it('a route holds an alert until its quiet hours end', () => {
  const quiet = [{ from: '19:00', to: '07:00' }];
  const [plan] = planDeliveries(makeMessage(), [route({ quiet })], [], AT);
  expect(plan).toMatchObject({
    dueAt: '2026-04-22T07:00:00.000Z',
    digest: null,
    because: 'quiet hours end at 2026-04-22 07:00 UTC',
  });
});

describe('several routes', () => {
  const daily = route({ name: 'calm', to: ['mail', 'chat'], when: 'daily 08:00' });
  const urgent = route({ name: 'urgent', to: ['mail'], match: { level: 'confirmed' } });

  it('several routes give a channel an alert once, as the first that matches says', () => {
    const plans = planDeliveries(makeMessage(), [urgent, daily], [], AT);
    expect(plans.map(({ channel, digest }) => [channel, digest !== null])).toEqual([
      ['mail', false],
      ['chat', true],
    ]);
  });

  it('several routes end at one marked last that matches', () => {
    const { decisions } = explainRoutes(makeMessage(), [{ ...urgent, last: true }, daily], [], AT);
    expect(decisions.map(({ matched, because }) => [matched, because])).toEqual([
      [true, 'matches'],
      [false, 'not asked: urgent is the last route for this alert'],
    ]);
  });

  it('several routes say each why it matched or did not', () => {
    const routes = [
      route({ name: 'a', match: { vendor: ['anthropic', 'google'] } }),
      route({ name: 'b', match: { facet: 'priced', direction: 'up' }, minLevel: 'secondary' }),
      route({ name: 'c', match: { sourceClass: 'S1' } }),
      route({ name: 'd', match: { kind: 'health' } }),
      route({ name: 'e', match: { subject: 'o3' } }),
      route({ name: 'f' }),
      route({ name: 'g' }),
    ];
    const { decisions } = explainRoutes(makeMessage(), routes, [], AT);
    expect(decisions.map(({ route: name, because }) => `${name}: ${because}`)).toEqual([
      'a: asks for vendor anthropic or google; this is openai',
      'b: asks for facet priced, direction up, at least secondary; this moves released secondary to confirmed, announced (2026-04-16) rumor to contradicted',
      'c: asks for a source of class S1; this rests on P1',
      'd: asks for kind health; this is level and source',
      'e: asks for subject o3; this is gpt-image-2',
      'f: matches',
      'g: matches; its channels have it by an earlier route',
    ]);
  });
});

describe('a silence', () => {
  const silence: Silence = {
    subject: 'gpt-image-*',
    from: '2026-04-21T00:00:00.000Z',
    until: '2026-04-22T00:00:00.000Z',
    because: 'we know',
  };

  it('a silence keeps an alert on its subject from going anywhere, and says so', () => {
    const routing = explainRoutes(makeMessage(), [route()], [silence], AT);
    expect(routing.silence).toBe(silence);
    expect(routing.decisions).toEqual([
      {
        route: 'all',
        matched: true,
        because: 'matches, but gpt-image-* is silenced until 2026-04-22 00:00 UTC: we know',
        plans: [],
      },
    ]);
  });

  it('a silence ends at its end, and has not begun before its beginning', () => {
    for (const at of [silence.until, '2026-04-20T23:59:59.999Z']) {
      expect(planDeliveries(makeMessage(), [route()], [silence], at)).toHaveLength(1);
    }
  });

  it('a silence leaves other subjects alone', () => {
    const other = makeMessage({ subject: 'gpt-5.5' });
    expect(planDeliveries(other, [route()], [silence], AT)).toHaveLength(1);
  });
});

it.each([
  { zone: 'Europe/Atlantis' },
  { when: 'daily 25:00' },
  { when: 'weekly someday 08:00' },
  { quiet: [{ from: '22:00', to: '22:00' }] },
  { quiet: [{ from: '7', to: '8' }] },
  { to: [] },
  { match: { levle: 'confirmed' } },
  { match: { level: 'sure' } },
])('the route schema refuses %j', (over) => {
  expect(routeSchema.safeParse({ name: 'x', to: ['mail'], ...over }).success).toBe(false);
});

it.each([
  ['gpt-image-2', 'gpt-*', true],
  ['gpt-image-2', '*', true],
  ['', '*', true],
  ['', '', true],
  ['a', '', false],
  ['gpt-image-2', 'GPT-IMAGE-2', true],
  ['gpt-image-2.5', 'gpt-image-2', false],
  ['abcabd', '*abd', true],
  ['aaa', 'a*a*a*a', false],
  ['a.c', 'abc', false],
])('a pattern: %j fits %j: %s', (text, pattern, expected) => {
  expect(fits(text, pattern)).toBe(expected);
});

it('a pattern costs little however many stars it has', async () => {
  const took = await processorTime(() =>
    expect(fits('a'.repeat(5_000), `${'*a'.repeat(100)}*b`)).toBe(false),
  );
  expect(took).toBeLessThan(1_000);
});
