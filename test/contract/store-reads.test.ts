import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Check } from '../../src/domain/check.ts';
import { isGood } from '../../src/domain/check.ts';
import { idOf } from '../../src/domain/ids.ts';
import type { Change } from '../../src/domain/item.ts';
import type { Instant } from '../../src/domain/time.ts';
import type { Store } from '../../src/store/store.ts';
import {
  layGround,
  makeCapture,
  makeCheck,
  makeClaim,
  makeEvidence,
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

  test('gives a check back as it went in, and adds it once', async () => {
    const failed = makeCheck(news, minute(1), {
      outcome: 'blocked',
      failure: { kind: 'blocked', message: 'a challenge page' },
      snapshot: idOf('sn', 'x'),
    });
    const few = makeCheck(news, minute(2), { shows: ['gpt-5.4'] });
    const many = Array.from({ length: 80 }, (_, n) => `model-${n}`);
    const long = makeCheck(news, minute(3), { shows: many });
    const again = makeCheck(news, minute(4), { shows: many });
    for (const check of [failed, few, long, again, failed]) await store.checks.add(check);
    expect(await store.checks.list(news.id, 9)).toEqual([again, long, few, failed]);
    expect(await store.checks.list(news.id, 1)).toEqual([again]);
    expect(await store.checks.list(help.id, 9)).toEqual([]);
  });

  test('knows the last check and the last good one as of any moment', async () => {
    const streams = fc.array(
      fc.record({ target: fc.constantFrom(news, help), outcome: fc.constantFrom(...OUTCOMES) }),
    );
    let start = 0;
    await fc.assert(
      fc.asyncProperty(streams, fc.nat(12), async (stream, later) => {
        start += 1_000;
        const checks = stream.map(({ target, outcome }, n) =>
          makeCheck(target, minute(start + n), { outcome, shows: [`at ${n}`] }),
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

  test('answers for no targets, and for targets never checked', async () => {
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

  test('says what there is on each subject and when it last moved', async () => {
    const ground = await layGround(store, 'page', 'gpt-image-2');
    await store.claims.addEvidence([makeEvidence(ground, 'a'), makeEvidence(ground, 'b')]);
    await store.claims.addTransitions([
      makeTransition(ground.claim, minute(3)),
      makeTransition(ground.claim, minute(2)),
    ]);
    await store.claims.add(
      [makeClaim('gpt-9'), makeClaim('gpt-9', { facet: 'priced' })],
      minute(0),
    );
    expect(await store.reads.activity()).toEqual([
      { subject: 'gpt-9', evidence: 0, lastTransitionAt: null },
      { subject: 'gpt-image-2', evidence: 2, lastTransitionAt: minute(3) },
    ]);
  });

  test('lists transitions of a subject and a stretch of time, the oldest first', async () => {
    const [mine, other] = [makeClaim('gpt-image-2'), makeClaim('gpt-9')];
    await store.claims.add([mine, other], minute(0));
    const [t1, t2, t3] = [1, 2, 3].map((n) => makeTransition(mine, minute(n)));
    const theirs = makeTransition(other, minute(2));
    const all = [t3, theirs, t1, t2].filter((transition) => transition !== undefined);
    await store.claims.addTransitions(all);
    expect(await store.reads.transitions({ subject: 'gpt-image-2' })).toEqual([t1, t2, t3]);
    const between = { since: minute(2), until: minute(2) };
    expect(new Set(await store.reads.transitions(between))).toEqual(new Set([t2, theirs]));
  });

  test('pages through the changes, the newest first, each once', async () => {
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
        expect(await allPages(store, question)).toEqual(expected.sort(byAge));
      }),
      { numRuns: 20 },
    );
  });

  test('says where a subject was seen first, by what was known then', async () => {
    const [page, blog] = [
      await layGround(store, 'page', 'gpt-image-2'),
      await layGround(store, 'blog', 'gpt-image-2'),
    ];
    const late = makeEvidence(page, 'late', { observedAt: minute(5), knownAt: minute(5) });
    const early = makeEvidence(page, 'early', { observedAt: minute(3), knownAt: minute(3) });
    const first = makeEvidence(blog, 'first', { observedAt: minute(1), knownAt: minute(4) });
    await store.claims.addEvidence([late, early, first]);
    const seen = (at: Instant, evidence: typeof late) => ({
      target: evidence.target,
      publisher: 'example.org',
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

  test('counts claims by level and status', async () => {
    const [a, b, c] = [makeClaim('a'), makeClaim('b'), makeClaim('c')];
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

async function allPages(
  store: Store,
  question: Parameters<Store['reads']['changes']>[0],
): Promise<readonly Change[]> {
  const rows: Change[] = [];
  let page = await store.reads.changes(question);
  for (;;) {
    rows.push(...page.rows);
    expect(page.rows.length).toBeLessThanOrEqual(question.limit);
    if (page.next === null) return rows;
    page = await store.reads.changes({ ...question, cursor: page.next });
  }
}
