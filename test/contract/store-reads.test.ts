import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Check } from '../../src/domain/check.ts';
import { isGood } from '../../src/domain/check.ts';
import { UsageError } from '../../src/domain/errors.ts';
import { idOf } from '../../src/domain/ids.ts';
import type { Change } from '../../src/domain/item.ts';
import type { Instant } from '../../src/domain/time.ts';
import type { PageOf } from '../../src/store/ports/reads.ts';
import type { Store } from '../../src/store/store.ts';
import { makeAlert, makeDelivery } from '../support/messages.ts';
import {
  checkAt,
  claimOn,
  evidenceOn,
  layGround,
  makeCapture,
  makeTarget,
  makeTransition,
  makeVerdict,
  minute,
} from '../support/store-makers.ts';
import { STORES } from '../support/stores.ts';

const [news, help] = [makeTarget('news'), makeTarget('help')];
const OUTCOMES = ['present', 'silent', 'unreachable', 'blocked'] as const;

describe.each(STORES)('the checks in $database', ({ open }) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
    await store.targets.register([news, help], minute(0));
  });

  test('the store of checks gives a check back as it went in, and adds it once', async () => {
    const failed = checkAt(news, minute(1), {
      outcome: 'blocked',
      failure: { kind: 'blocked', message: 'a challenge page' },
      snapshot: idOf('sn', 'x'),
    });
    const few = checkAt(news, minute(2), { shows: ['gpt-5.4'] });
    const many = Array.from({ length: 80 }, (_, n) => `model-${n}`);
    const long = checkAt(news, minute(3), { shows: many });
    const again = checkAt(news, minute(4), { shows: many });
    for (const check of [failed, few, long, again, failed]) await store.checks.add(check);
    expect(await store.checks.list(news.id, 9)).toEqual([again, long, few, failed]);
    expect(await store.checks.list(news.id, 1)).toEqual([again]);
    expect(await store.checks.list(help.id, 9)).toEqual([]);
  });

  test('the store of checks shows for a repeated answer what the last good one showed', async () => {
    const many = Array.from({ length: 80 }, (_, n) => `model-${n}`);
    const failed = checkAt(news, minute(2), { outcome: 'blocked', shows: [] });
    const [good, other] = [
      checkAt(news, minute(1), { shows: many }),
      checkAt(help, minute(2), { shows: ['gpt-5.4'] }),
    ];
    for (const check of [good, failed, other]) await store.checks.add(check);
    const { shows, failure, ...again } = checkAt(news, minute(3));
    await store.checks.repeat(again);
    await store.checks.repeat(again);
    expect(await store.checks.list(news.id, 9)).toEqual([
      { ...again, failure: null, shows: many },
      failed,
      good,
    ]);
    const { shows: none, failure: alone, ...first } = checkAt(help, minute(1));
    await store.checks.repeat(first);
    expect((await store.checks.list(help.id, 9)).at(-1)).toEqual(checkAt(help, minute(1)));
    expect([shows, failure, none, alone]).toEqual([[], null, [], null]);
  });

  test('the store of checks knows the last check and the last good one as of any moment', async () => {
    const streams = fc.array(
      fc.record({ target: fc.constantFrom(news, help), outcome: fc.constantFrom(...OUTCOMES) }),
    );
    let start = 0;
    await fc.assert(
      fc.asyncProperty(streams, fc.nat(12), async (stream, later) => {
        start += 1_000;
        const checks = stream.map(({ target, outcome }, n) =>
          checkAt(target, minute(start + n), { outcome, shows: [`at ${n}`] }),
        );
        for (const check of checks) await store.checks.add(check);
        const at = minute(start + later);
        const known = checks.filter((check) => check.at <= at);

        const latest = await store.checks.latest([news.id, help.id], at);

        const ofThisRun = latest.filter((check) => check.at >= minute(start));
        expect(new Set(ofThisRun)).toEqual(
          new Set([news, help].flatMap(({ id }) => lastOf(known.filter((c) => c.target === id)))),
        );
        expect(new Set(latest.map(({ id }) => id)).size).toBe(latest.length);
      }),
      { numRuns: 20 },
    );
  });

  test('the store of checks answers for no targets, and for targets never checked', async () => {
    expect(await store.checks.latest([], minute(1))).toEqual([]);
    expect(await store.checks.latest([news.id], minute(1))).toEqual([]);
  });
});

function lastOf(checks: readonly Check[]): readonly Check[] {
  const good = checks.filter(({ outcome }) => isGood(outcome));
  return [...new Set([checks.at(-1), good.at(-1)])].filter((check) => check !== undefined);
}

describe.each(STORES)('what people read from $database', ({ open }) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });

  test('what people read from the database says what there is on each subject and when it last moved', async () => {
    const ground = await layGround(store, 'page', 'gpt-image-2');
    await store.claims.addEvidence([evidenceOn(ground, 'a'), evidenceOn(ground, 'b')]);
    await store.claims.addTransitions([
      makeTransition(ground.claim, minute(3)),
      makeTransition(ground.claim, minute(2)),
    ]);
    await store.claims.add([claimOn('gpt-9'), claimOn('gpt-9', 'priced')], minute(0));
    expect(await store.reads.activity()).toEqual([
      { subject: 'gpt-9', evidence: 0, lastTransitionAt: null },
      { subject: 'gpt-image-2', evidence: 2, lastTransitionAt: minute(3) },
    ]);
  });

  test('what people read from the database lists transitions of a subject and a stretch of time, the oldest first', async () => {
    const [mine, other] = [claimOn('gpt-image-2'), claimOn('gpt-9')];
    await store.claims.add([mine, other], minute(0));
    const [t1, t2, t3] = [1, 2, 3].map((n) => makeTransition(mine, minute(n)));
    const theirs = makeTransition(other, minute(2));
    const all = [t3, theirs, t1, t2].filter((transition) => transition !== undefined);
    await store.claims.addTransitions(all);
    expect(await store.reads.transitions({ subject: 'gpt-image-2' })).toEqual([t1, t2, t3]);
    const between = { since: minute(2), until: minute(2) };
    expect(new Set(await store.reads.transitions(between))).toEqual(new Set([t2, theirs]));
  });

  test('what people read from the database pages through the changes, the newest first, each once', async () => {
    const changes = await manyChanges(store);
    const asked = fc.record({
      target: fc.option(fc.constantFrom(news.id, help.id)),
      since: fc.option(fc.nat(6).map(minute)),
      until: fc.option(fc.nat(6).map(minute)),
      includeBaseline: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(asked, fc.integer({ min: 1, max: 9 }), async (filter, limit) => {
        const expected = changes
          .filter((change) => filter.includeBaseline || !change.baseline)
          .filter((change) => filter.target === null || change.target === filter.target)
          .filter(({ at }) => at >= (filter.since ?? '') && at <= (filter.until ?? '9'));
        const byAge = (a: Change, b: Change) => (a.at + a.id < b.at + b.id ? 1 : -1);
        const { target, since, until, includeBaseline } = filter;
        const question = {
          ...(target === null ? {} : { target }),
          ...(since === null ? {} : { since }),
          ...(until === null ? {} : { until }),
          includeBaseline,
          limit,
        };
        const pages = (cursor: { cursor?: string }) =>
          store.reads.changes({ ...question, ...cursor });
        expect(await allPages(pages)).toEqual(expected.sort(byAge));
      }),
      { numRuns: 20 },
    );
  });

  test('what people read from the database says where a subject was seen first, by what was known then', async () => {
    const [page, blog] = [
      await layGround(store, 'page', 'gpt-image-2'),
      await layGround(store, 'blog', 'gpt-image-2'),
    ];
    const late = evidenceOn(page, 'late', { observedAt: minute(5), knownAt: minute(5) });
    const early = evidenceOn(page, 'early', { observedAt: minute(3), knownAt: minute(3) });
    const first = evidenceOn(blog, 'first', { observedAt: minute(1), knownAt: minute(4) });
    await store.claims.addEvidence([late, early, first]);
    const seen = (at: Instant, evidence: typeof late) => ({
      target: evidence.target,
      publisher: 'blog.example',
      at,
      evidence: evidence.id,
    });
    expect(await store.reads.firstSightings('gpt-image-2', minute(9))).toEqual([
      seen(minute(1), first),
      seen(minute(3), early),
    ]);
    expect(await store.reads.firstSightings('gpt-image-2', minute(3))).toEqual([
      seen(minute(3), early),
    ]);
  });

  test('what people read from the database pages through the alerts, the newest first, each with its deliveries', async () => {
    const alerts = Array.from({ length: 9 }, (_, n) =>
      makeAlert({ alert: idOf('al', n), at: minute(n % 4), subject: `gpt-${n % 2}` }),
    );
    for (const alert of alerts) await store.outbox.enqueue(alert, [makeDelivery(alert)]);
    for (const subject of [undefined, 'gpt-1']) {
      const filter = { limit: 2, ...(subject === undefined ? {} : { subject }) };
      const seen = await allPages((cursor) => store.reads.alerts({ ...filter, ...cursor }));
      const asked = alerts.filter((alert) => subject === undefined || alert.subject === subject);
      const newest = [...asked].sort((a, b) => (a.at + a.id < b.at + b.id ? 1 : -1));
      expect(seen).toEqual(newest.map((alert) => ({ alert, deliveries: [makeDelivery(alert)] })));
    }
  });

  test('what people read from the database says so when a cursor is not one of its own', async () => {
    await expect(store.reads.alerts({ limit: 2, cursor: 'page 2' })).rejects.toThrow(UsageError);
    await expect(store.reads.changes({ limit: 2, cursor: '' })).rejects.toThrow(UsageError);
  });

  test('what people read from the database says how much waits in the outbox, and since when', async () => {
    const [queued, dead] = [1, 2].map((n) => makeAlert({ alert: idOf('al', n), at: minute(n) }));
    if (queued === undefined || dead === undefined) throw new Error('two');
    await store.outbox.enqueue(queued, [makeDelivery(queued)]);
    await store.outbox.enqueue(dead, [makeDelivery(dead, { state: 'dead', channel: 'chat' })]);
    const depth = { queued: 1, dead: 1, waitingSince: minute(1) };
    expect(await store.reads.outboxDepth()).toEqual(depth);
    const [lease] = await store.outbox.leaseDue(minute(5), minute(9), 'me', 1, 'mail');
    if (lease === undefined) throw new Error('nothing was due');
    await store.outbox.failed(lease.delivery.id, 'me', 'no answer', minute(60), null);
    expect(await store.reads.outboxDepth()).toEqual(depth);
  });

  test('what people read from the database finds alerts by their kind, by a delivery and by how it went', async () => {
    const [one, two] = [1, 2].map((n) => makeAlert({ alert: idOf('al', n), at: minute(n) }));
    if (one === undefined || two === undefined) throw new Error('two');
    const dead = makeDelivery(two, { state: 'dead', channel: 'chat', error: 'gone' });
    await store.outbox.enqueue(one, [makeDelivery(one, { state: 'sent' })]);
    await store.outbox.enqueue(two, [makeDelivery(two), dead]);
    const found = async (filter: Partial<Parameters<typeof store.reads.alerts>[0]>) =>
      (await store.reads.alerts({ limit: 9, ...filter })).rows.map(({ alert }) => alert.id);
    expect(await found({ state: 'dead' })).toEqual([two.id]);
    expect(await found({ state: 'sent', channel: 'chat' })).toEqual([]);
    expect(await found({ channel: 'mail' })).toEqual([two.id, one.id]);
    expect(await found({ delivery: makeDelivery(one).id })).toEqual([one.id]);
    expect(await found({ alert: one.id })).toEqual([one.id]);
    expect(await found({ kind: 'health' })).toEqual([]);
    expect(await store.reads.outboxTallies()).toEqual([
      { channel: 'chat', queued: 0, dead: 1, nextAt: null, error: 'gone' },
      { channel: 'mail', queued: 1, dead: 0, nextAt: minute(2), error: null },
    ]);
  });

  test('what people read from the database counts claims by level and status', async () => {
    const [a, b, c] = [claimOn('a'), claimOn('b'), claimOn('c')];
    await store.claims.add([a, b, c], minute(0));
    const confirmed = { level: 'confirmed', status: 'in_effect' } as const;
    await store.claims.putVerdicts([makeVerdict(a), makeVerdict(b), makeVerdict(c, confirmed)]);
    expect(await store.reads.levels()).toEqual([
      { ...confirmed, count: 1 },
      { level: 'rumor', status: 'current', count: 2 },
    ]);
  });
});

async function manyChanges(store: Store): Promise<readonly Change[]> {
  await store.targets.register([news, help], minute(0));
  const snapshot = await store.snapshots.keep(news.id, makeCapture('page'));
  const changes = Array.from(
    { length: 30 },
    (_, n): Change => ({
      id: idOf('ch', n),
      target: n % 2 === 0 ? news.id : help.id,
      at: minute(n % 6),
      kind: 'added',
      key: `${n}`,
      title: `change ${n}`,
      before: null,
      after: null,
      snapshot: snapshot.id,
      technical: n % 5 === 0,
      baseline: n % 3 === 0,
    }),
  );
  await store.items.apply({ added: [], ended: [], changes });
  return changes;
}

/** Every row of a paged answer, read page by page. */
async function allPages<T>(
  ask: (cursor: { cursor?: string }) => Promise<PageOf<T>>,
): Promise<readonly T[]> {
  const rows: T[] = [];
  let page = await ask({});
  rows.push(...page.rows);
  while (page.next !== null) {
    page = await ask({ cursor: page.next });
    expect(page.rows.length).toBeGreaterThan(0);
    rows.push(...page.rows);
  }
  return rows;
}
