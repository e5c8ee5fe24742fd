import { describe, expect, it } from 'vitest';
import type { Happening } from '../../../../src/core/alerts/compose.ts';
import type { PastAlert } from '../../../../src/core/alerts/cool-down.ts';
import {
  COOL_DOWN,
  type Told,
  tell,
  tellMessage,
} from '../../../../src/core/alerts/decide-alert.ts';
import { threadOf } from '../../../../src/core/alerts/thread.ts';
import { routeSchema } from '../../../../src/domain/route.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../../src/domain/time.ts';
import { AT, happening, itemChange, moving, past } from '../../../support/happenings.ts';
import { claimOf, makeEvidence, makePrimary, makeSubject } from '../../../support/make.ts';
import { makeMessage } from '../../../support/messages.ts';

const telling = {
  routes: [routeSchema.parse({ name: 'all', to: ['mail', 'chat'] })],
  silences: [],
  coolDown: COOL_DOWN,
  nameOf: (domain: string) => (domain === 'openai.com' ? 'OpenAI' : domain),
};

function told(given: Happening, recent: readonly PastAlert[] = [], over = telling): Told {
  const result = tell(given, recent, over);
  if (result === null || result.alert === null) throw new Error('Nobody was told.');
  return result;
}

const announced = claimOf('announced');
const listed = claimOf('api_listed');
const launch = () =>
  happening(
    [announced, listed],
    [
      makeEvidence(announced, {
        publisher: 'blog.example',
        observedAt: '2026-04-17T09:00:00.000Z',
      }),
      makePrimary(announced, { quote: 'Images 2 is here', observedAt: AT }),
      makePrimary(listed, { quote: 'gpt-image-2 in the API', observedAt: AT }),
    ],
  );

describe('a launch', () => {
  it('is told with the headline first, the proof and the reason', () => {
    const { message } = told(launch()).alert;
    expect(message.title).toBe('Confirmed: GPT Image 2 released (was unknown), and 2 more moves');
    expect(message.moves.map(({ facet, to }) => `${facet} ${to}`)).toEqual([
      'released confirmed',
      'announced confirmed',
      'api_listed confirmed',
    ]);
    expect(message.proofs[0]).toMatchObject({
      quote: 'Images 2 is here',
      publisher: 'OpenAI',
      publisherClass: 'P1',
      observedAt: AT,
    });
    expect(message.because).toContain('A primary source that may say so states it.');
  });

  it('says what could not be checked', () => {
    const rumor = happening([announced], [makeEvidence(announced, { force: 'hedge' })]);
    const { message } = told(rumor).alert;
    expect(message.title).toBe('Rumor: GPT Image 2 announced (was unknown)');
    expect(message.unchecked).toEqual([
      expect.stringMatching(/^newsroom: never/),
      expect.stringMatching(/^changelog: never/),
    ]);
  });

  it('goes to every channel of its route once, known by its own id', () => {
    const { alert, deliveries } = told(launch());
    expect(deliveries.map(({ channel, dueAt, state }) => [channel, dueAt, state])).toEqual([
      ['mail', AT, 'queued'],
      ['chat', AT, 'queued'],
    ]);
    const again = told(launch());
    expect(again.alert.transitions).toEqual(alert.transitions);
    expect(new Set([...deliveries, ...again.deliveries].map(({ id }) => id)).size).toBe(2);
  });

  it('is kept as an alert even where no route takes it', () => {
    const { alert, deliveries } = told(launch(), [], { ...telling, routes: [] });
    expect(alert.kind).toBe('level');
    expect(deliveries).toEqual([]);
  });

  it('seen on five channels is one conversation that grows', () => {
    const recent: PastAlert[] = [];
    const threads = new Set<string>();
    const facets = ['announced', 'documented', 'api_listed', 'priced', 'sdk_typed'] as const;
    for (const [hours, facet] of facets.entries()) {
      const claim = claimOf(facet);
      const at = plus(AT, hours * 10 * HOUR);
      const found = happening([claim], [makePrimary(claim, { observedAt: at })], { at });
      const result = told(
        { ...found, changes: [itemChange('added', { after: facet }, { at })] },
        recent,
      );
      recent.unshift(past(result));
      threads.add(result.alert.message.thread);
    }
    expect([...threads]).toEqual([`gpt-image-2@${AT}`]);
  });
});

describe('what a launch says', () => {
  it('leaves out a claim that only repeats its bare facet', () => {
    const dated = claimOf('announced', { value: '2026-04-21' });
    const found = happening([announced, dated], [makePrimary(dated), makePrimary(announced)]);
    expect(told(found).alert.message.moves.map(({ facet }) => facet)).toEqual(['announced']);
  });

  it('keeps a claim that went another way than its bare facet', () => {
    const wrong = claimOf('announced', { value: '2026-04-16' });
    const base = launch();
    const [first] = base.transitions.filter(({ claim }) => claim === announced.key);
    if (first === undefined) throw new Error('Nothing was announced.');
    const fallen = {
      ...first,
      claim: wrong.key,
      from: { level: 'rumor' as const, status: 'current' as const },
      to: { level: 'contradicted' as const, status: 'contradicted' as const },
    };
    const verdicts = base.verdicts.map((verdict) => ({ ...verdict }));
    const [model] = verdicts;
    if (model === undefined) throw new Error('There is no verdict.');
    verdicts.push({ ...model, claim: wrong });
    const { message } = told({ ...base, verdicts, transitions: [fallen, first] }).alert;
    expect(message.moves.map(({ facet, to }) => `${facet} ${to}`)).toEqual([
      'announced confirmed',
      'announced@2026-04-16 contradicted',
    ]);
  });

  it('names a status that moved while the level stayed', () => {
    const base = moving(launch(), listed, 'confirmed', 'confirmed', AT);
    const transitions = base.transitions.map((transition) => ({
      ...transition,
      to: { level: 'confirmed' as const, status: 'due' as const },
    }));
    const { message } = told({ ...base, transitions }).alert;
    expect(message.title).toBe('Due: GPT Image 2 in the API (confirmed)');
  });

  it('names the first of several changes and counts the rest', () => {
    const changes = [
      itemChange('added', { after: 'one' }, { title: '' }),
      itemChange('withdrawn', { before: 'two' }, { url: 'https://openai.com/two' }),
    ];
    const { message } = told({ ...launch(), transitions: [], changes }).alert;
    expect(message.title).toBe('GPT Image 2: openai-changelog added “an entry” and 1 more');
    expect(message.changes[1]?.parts).toEqual([{ kind: 'removed', text: 'two' }]);
  });

  it('quotes each page once, the vendor first', () => {
    const pieces = [
      makeEvidence(announced, { publisher: 'press.example', publisherClass: 'S1' }),
      makePrimary(announced, { quote: 'first' }),
      makePrimary(announced, { quote: 'again' }),
    ];
    const base = happening([announced], pieces);
    const evidence = pieces.map(({ id }) => id);
    const transitions = base.transitions.map((transition) => ({ ...transition, evidence }));
    const { proofs } = told({ ...base, transitions }).alert.message;
    expect(proofs.map(({ publisher }) => publisher)).toEqual(['OpenAI', 'press.example']);
  });
});

describe('nobody is told', () => {
  it('of what is quiet', () => {
    const quiet = launch();
    const transitions = quiet.transitions.map((transition) => ({ ...transition, quiet: true }));
    expect(tell({ ...quiet, transitions }, [], telling)).toBeNull();
  });

  it('of the first sight of a page or of a second reading of old bytes', () => {
    for (const over of [{ baseline: true }, { technical: true }]) {
      const changes = [itemChange('added', { after: 'text' }, over)];
      expect(tell({ ...launch(), transitions: [], changes }, [], telling)).toBeNull();
    }
  });

  it('of a row in a model list until its level moves', () => {
    const changes = [itemChange('added', { after: 'gpt-9' }, { kind: 'listing' })];
    expect(tell({ ...launch(), transitions: [], changes }, [], telling)).toBeNull();
  });

  it('of a status that says no more than the level', () => {
    const base = launch();
    const transitions = base.transitions.map((transition) => ({
      ...transition,
      from: { level: 'rumor' as const, status: 'current' as const },
      to: { level: 'rumor' as const, status: 'stale' as const },
    }));
    expect(tell({ ...base, transitions }, [], telling)).toBeNull();
  });
});

describe('a change at a primary source', () => {
  it('is told with its word diff', () => {
    const changes = [
      itemChange('revised', { before: 'It is here soon.', after: 'It is here now.' }),
    ];
    const { message } = told({ ...launch(), transitions: [], changes }).alert;
    expect(message.kind).toBe('source');
    expect(message.title).toBe('GPT Image 2: openai-changelog revised “Apr 21”');
    expect(message.changes[0]?.parts).toEqual(
      expect.arrayContaining([
        { kind: 'removed', text: 'soon' },
        { kind: 'added', text: 'now' },
      ]),
    );
  });

  it('is told whole where the entry is new, and kept short where it is long', () => {
    const changes = [itemChange('added', { after: 'new '.repeat(5_000) })];
    const { message } = told({ ...launch(), transitions: [], changes }).alert;
    expect(message.changes[0]?.parts).toHaveLength(1);
    expect(message.changes[0]?.parts[0]?.text.length).toBe(12_000);
  });

  it('in very many places is told with the names of all and the words of some', () => {
    const changes = Array.from({ length: 90 }, (_, n) =>
      itemChange('added', { after: `entry ${n}` }, { url: `https://openai.com/${n}` }),
    );
    const { message } = told({ ...launch(), transitions: [], changes }).alert;
    expect(message.changes).toHaveLength(90);
    expect(message.changes.filter(({ parts }) => parts.length > 0)).toHaveLength(20);
  });

  it('beside another of the same page and title is news of its own', () => {
    const add = (at: string, after: string) => ({
      ...launch(),
      at,
      transitions: [],
      changes: [itemChange('added', { after }, { at })],
    });
    const first = told(add(AT, 'one'));
    const at = plus(AT, MINUTE);
    expect(told(add(at, 'two'), [past(first)]).deliveries[0]?.dueAt).toBe(at);
  });

  it('to and fro is told once: its way back waits, and is taken back when it comes again', () => {
    const edit = (at: string, before: string, after: string) => ({
      ...launch(),
      at,
      transitions: [],
      changes: [itemChange('revised', { before, after }, { at })],
    });
    const first = told(edit(AT, 'It is out.', 'It is gone.'));
    const second = told(edit(plus(AT, MINUTE), 'It is gone.', 'It is out.'), [past(first)]);
    expect(second.deliveries[0]?.dueAt).toBe(plus(AT, COOL_DOWN));
    const recent = [past(second, 'queued'), past(first)];
    expect(tell(edit(plus(AT, 2 * MINUTE), 'It is out.', 'It is gone.'), recent, telling)).toEqual({
      alert: null,
      cancels: [second.alert.id],
    });
  });
});

describe('a new model', () => {
  const discovered = { at: AT, target: 't', snapshot: 's', firstHand: true };

  it('found first-hand is told as a discovery, once', () => {
    const subject = makeSubject({ id: 'gpt-9', name: 'gpt-9', discovered });
    const first = told({ ...launch(), subject });
    expect(first.alert.kind).toBe('discovery');
    expect(first.alert.message.title).toMatch(/^New model found first-hand: gpt-9\. Confirmed/);
    const later = { ...launch(), subject, at: plus(AT, DAY) };
    expect(told(later, [past(first)]).alert.kind).toBe('level');
  });

  it('that only the talk knows is no discovery', () => {
    const subject = makeSubject({ discovered: { ...discovered, firstHand: false } });
    expect(told({ ...launch(), subject }).alert.kind).toBe('level');
  });
});

describe('a level that flaps', () => {
  const up = (at: string) => moving(launch(), listed, 'unknown', 'confirmed', at);
  const back = (at: string) => moving(launch(), listed, 'confirmed', 'unknown', at);
  const first = told(up(AT));

  it('is told once: its way back waits for the end of the cool-down', () => {
    const second = told(back(plus(AT, 10 * MINUTE)), [past(first)]);
    expect(second.deliveries.map(({ dueAt }) => dueAt)).toEqual([
      plus(AT, COOL_DOWN),
      plus(AT, COOL_DOWN),
    ]);
    expect(second.alert.message.thread).toBe(first.alert.message.thread);
  });

  it('and returns is told no more: what waited is taken back', () => {
    const second = told(back(plus(AT, 10 * MINUTE)), [past(first)]);
    const recent = [past(second, 'queued'), past(first)];
    expect(tell(up(plus(AT, 20 * MINUTE)), recent, telling)).toEqual({
      alert: null,
      cancels: [second.alert.id],
    });
  });

  it('again after that waits again, and is never lost', () => {
    const second = told(back(plus(AT, 10 * MINUTE)), [past(first)]);
    const recent = [past(second, 'cancelled'), past(first)];
    const fourth = told(back(plus(AT, 30 * MINUTE)), recent);
    expect(fourth.deliveries[0]?.dueAt).toBe(plus(AT, COOL_DOWN));
  });

  it('after the cool-down is told at once', () => {
    const at = plus(AT, 2 * HOUR);
    expect(told(back(at), [past(first)]).deliveries[0]?.dueAt).toBe(at);
  });

  it('goes on upwards at once', () => {
    const rumor = told(moving(launch(), listed, 'unknown', 'rumor', AT));
    const at = plus(AT, MINUTE);
    const next = moving(launch(), listed, 'rumor', 'confirmed', at);
    expect(told(next, [past(rumor)]).deliveries[0]?.dueAt).toBe(at);
  });

  it('while its first alert still waits for the morning is not told at all', () => {
    const night = {
      ...telling,
      routes: [
        routeSchema.parse({ name: 'day', to: ['mail'], quiet: [{ from: '18:00', to: '07:00' }] }),
      ],
    };
    const waiting = told(up(AT), [], night);
    expect(tell(back(plus(AT, 5 * HOUR)), [past(waiting, 'queued')], night)).toEqual({
      alert: null,
      cancels: [waiting.alert.id],
    });
  });
});

describe('the thread of an alert', () => {
  it('starts with the first alert of a launch', () => {
    expect(threadOf('o3', AT, null)).toBe(`o3@${AT}`);
  });

  it('ends when nothing was told for three days, or two weeks after it began', () => {
    const last = { thread: `o3@${AT}`, at: AT };
    expect(threadOf('o3', plus(AT, 3 * DAY), last)).toBe(last.thread);
    expect(threadOf('o3', plus(AT, 3 * DAY + 1), last)).not.toBe(last.thread);
    const late = { thread: last.thread, at: plus(AT, 13 * DAY) };
    expect(threadOf('o3', plus(AT, 14 * DAY), late)).toBe(last.thread);
    expect(threadOf('o3', plus(AT, 15 * DAY), late)).toBe(`o3@${plus(AT, 15 * DAY)}`);
  });

  it('is not joined from a thread of another kind', () => {
    expect(threadOf('o3', AT, { thread: 'o3-mini@x', at: AT })).toBe(`o3@${AT}`);
  });
});

describe('a message that is always told', () => {
  it('is routed like any other', () => {
    const { alert, deliveries } = tellMessage(makeMessage({ kind: 'heartbeat' }), telling);
    expect(alert.kind).toBe('heartbeat');
    expect(deliveries).toHaveLength(2);
  });
});
