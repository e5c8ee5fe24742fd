import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type OutletRecord,
  resolutionsOf,
  type ScoreQuestion,
  sourceScores,
} from '../../../../src/core/outlet-score/score.ts';
import type { Claim } from '../../../../src/domain/claim.ts';
import type { Evidence } from '../../../../src/domain/evidence.ts';
import { type ItemVersionId, idOf } from '../../../../src/domain/ids.ts';
import { DAY } from '../../../../src/domain/time.ts';
import type { Transition, Verdict } from '../../../../src/domain/verdict.ts';
import { judgeAll, levels, RUNS } from '../../../support/judging.ts';
import { claimOf, makeEvidence, makePrimary } from '../../../support/make.ts';
import { stream } from '../../../support/streams.ts';

const SOURCES = fileURLToPath(new URL('../../../../src', import.meta.url));
const LAUNCH = '2026-04-21T19:00:00.000Z';
const BEFORE = '2026-04-17T19:00:00.000Z';
const AFTER = '2026-04-25T19:00:00.000Z';

const came = (n: number): Claim => claimOf('announced', { subject: `model-${n}` });
const many = Array.from({ length: 10 }, (_, n) => came(n));
const held = many.map(({ key }) => ({ claim: key, heldFrom: LAUNCH, heldUntil: null }));

function said(outlet: string, claims: readonly Claim[], over: Partial<Evidence> = {}) {
  return claims.map((claim) =>
    makeEvidence(claim, { publisher: outlet, url: `https://${outlet}/${claim.subject}`, ...over }),
  );
}

function scores(evidence: readonly Evidence[], over: Partial<ScoreQuestion> = {}) {
  const found = sourceScores({
    evidence,
    resolutions: held,
    passedOn: new Set(),
    tolerance: DAY,
    ...over,
  });
  return new Map(found.map((record) => [record.outlet, record]));
}

function only(evidence: readonly Evidence[], over: Partial<ScoreQuestion> = {}): OutletRecord {
  const [record] = scores(evidence, over).values();
  if (record === undefined) throw new Error('nobody was scored');
  return record;
}

it('the record of an outlet is better for who was right and sure than for who was careful, and worst for who was wrong', () => {
  const found = scores([
    ...said('right.example', many, { observedAt: AFTER }),
    ...said('careful.example', many, { observedAt: BEFORE, force: 'hedge' }),
    ...said('early.example', many, { observedAt: BEFORE }),
  ]);
  const mean = (outlet: string) => found.get(outlet)?.brier.mean ?? -1;
  expect(mean('right.example')).toBeLessThan(mean('careful.example'));
  expect(mean('careful.example')).toBeLessThan(mean('early.example'));
});

it('the record of an outlet has no letter before ten settled claims', () => {
  const nine = only(said('a.example', many.slice(0, 9), { observedAt: AFTER }));
  const ten = only(said('a.example', many, { observedAt: AFTER }));
  expect([nine.claims, nine.grade]).toEqual([9, null]);
  expect([ten.claims, ten.grade]).toEqual([10, 'C']);
});

it('the record of an outlet counts a claim once, however often it was spoken of', () => {
  const once = only(said('a.example', many, { observedAt: AFTER }));
  const often = only([
    ...said('a.example', many, { observedAt: AFTER }),
    ...said('a.example', many.slice(0, 1), { observedAt: AFTER, url: 'https://a.example/again' }),
  ]);
  expect([often.claims, often.brier]).toEqual([once.claims, once.brier]);
});

it('the record of an outlet tells the hours by which it was ahead of the proof', () => {
  expect(only(said('a.example', many, { observedAt: BEFORE, force: 'hedge' })).leadHours).toBe(96);
  expect(only(said('a.example', many, { observedAt: AFTER })).leadHours).toBe(-96);
  expect(
    only(said('a.example', many, { observedAt: BEFORE, baseline: true })).leadHours,
  ).toBeNull();
});

it('the record of an outlet counts what was asserted too early or denied too late, a day either way allowed', () => {
  const tenHours = '2026-04-22T05:00:00.000Z';
  const early = only(said('a.example', many, { observedAt: BEFORE }));
  const late = only(said('a.example', many, { observedAt: AFTER, polarity: 'deny' }));
  const close = only([
    ...said('a.example', many, { observedAt: '2026-04-21T09:00:00.000Z' }),
    ...said('a.example', many, { observedAt: tenHours, polarity: 'deny' }),
  ]);
  const hedged = only(said('a.example', many, { observedAt: BEFORE, force: 'hedge' }));
  expect([early.premature, early.stale]).toEqual([10, 0]);
  expect([late.premature, late.stale]).toEqual([0, 10]);
  expect([close.premature, close.stale]).toEqual([0, 0]);
  expect([hedged.premature, hedged.stale]).toEqual([0, 0]);
});

it('the record of an outlet holds a denial that speaks of an earlier time to be right for that time', () => {
  const asOf = { from: '2026-04-15', to: null, precision: 'day' as const };
  const denied = { observedAt: AFTER, polarity: 'deny' as const };
  const now = only(said('a.example', many, denied));
  const then = only(said('a.example', many, { ...denied, effective: asOf }));
  expect(then.brier.mean).toBeLessThan(now.brier.mean);
});

it('the record of an outlet counts support for what is over as stale and wrong', () => {
  const gone = many.map(({ key }) => ({ claim: key, heldFrom: BEFORE, heldUntil: LAUNCH }));
  const found = only(said('a.example', many, { observedAt: AFTER }), { resolutions: gone });
  expect([found.stale, found.premature, found.grade]).toEqual([10, 0, 'E']);
});

it('the record of an outlet tells which share of its pages passes on others', () => {
  const evidence = said('a.example', many, { observedAt: AFTER });
  const passedOn = new Set<ItemVersionId>(evidence.slice(0, 5).map(({ item }) => item));
  const found = only(evidence, { passedOn });
  expect([found.pages, found.copiedShare]).toEqual([10, 0.5]);
});

it('the record of an outlet leaves out vendors, popularity and what is not settled', () => {
  const open = claimOf('announced', { subject: 'open' });
  expect(
    scores([
      makePrimary(many[0] as Claim),
      ...said('x.example', many, { publisherClass: 'X' }),
      ...said('a.example', many, { force: 'forecast', polarity: 'deny' }),
      ...said('b.example', [open]),
    ]).size,
  ).toBe(0);
});

it('the record of an outlet lies in its interval, which more claims make narrower, in whatever order they come', () => {
  const statement = fc.record({
    n: fc.integer({ min: 0, max: 9 }),
    force: fc.constantFrom('assert' as const, 'hedge' as const, 'report' as const),
    polarity: fc.constantFrom('support' as const, 'deny' as const),
    observedAt: fc.constantFrom(BEFORE, AFTER),
  });
  fc.assert(
    fc.property(fc.array(statement, { minLength: 1, maxLength: 30 }), (all) => {
      const evidence = all.flatMap(({ n, ...over }, at) =>
        said(`${at % 3}.example`, [came(n)], over),
      );
      const found = scores(evidence);
      for (const { brier } of found.values()) {
        expect(brier.low).toBeLessThanOrEqual(brier.mean);
        expect(brier.high).toBeGreaterThanOrEqual(brier.mean);
        expect(brier.mean).toBeLessThanOrEqual(1);
      }
      const mixed = scores([...evidence].reverse());
      for (const [outlet, { brier }] of found) {
        expect(mixed.get(outlet)?.brier.mean).toBeCloseTo(brier.mean, 10);
      }
    }),
  );
  const few = only(said('a.example', many.slice(0, 2), { observedAt: AFTER })).brier;
  const more = only(said('a.example', many, { observedAt: AFTER })).brier;
  expect(more.high - more.low).toBeLessThan(few.high - few.low);
});

describe('how a claim came out', () => {
  const verdict = (over: Partial<Verdict>): Verdict => {
    const [first] = judgeAll({
      claims: [claimOf('announced')],
      evidence: [makeEvidence(claimOf('announced'))],
      sightings: [],
      checks: [],
      retractions: [],
      edges: [],
    }).values();
    return { ...(first as Verdict), claim: claimOf('announced'), ...over };
  };
  const { key } = claimOf('announced');
  const confirmed: Transition = {
    id: idOf('tr', key, BEFORE),
    claim: key,
    subject: 'gpt-image-2',
    at: BEFORE,
    from: { level: 'rumor', status: 'current' },
    to: { level: 'confirmed', status: 'in_effect' },
    rule: '1',
    evidence: [],
    quiet: false,
    policy: idOf('po', 'usual'),
  };

  it('how a claim came out is read from its verdict, and open while nothing settles it', () => {
    const read = (over: Partial<Verdict>) => resolutionsOf([verdict(over)], [confirmed])[0] ?? null;
    const dated = claimOf('announced', { value: '2026-04-16' });
    const { primary } = verdict({});
    expect(read({ level: 'confirmed', since: LAUNCH })).toEqual({
      claim: key,
      heldFrom: LAUNCH,
      heldUntil: null,
    });
    expect(read({ level: 'withdrawn', since: AFTER })).toMatchObject({
      heldFrom: BEFORE,
      heldUntil: AFTER,
    });
    expect(read({ level: 'contradicted', since: AFTER })).toMatchObject({ heldFrom: null });
    expect(read({ level: 'rumor', status: 'current' })).toBeNull();
    expect(read({ level: 'rumor', status: 'expired' })).toBeNull();
    const overdue = {
      claim: dated,
      status: 'expired' as const,
      primary: { ...primary, state: 'silent' as const },
    };
    expect(read(overdue)).toMatchObject({ claim: dated.key, heldFrom: null, heldUntil: null });
  });
});

it('a level is judged by modules that do not know the record of an outlet', () => {
  const reached = new Set<string>();
  const open = ['core/verdict', 'pipeline', 'core/alerts'].flatMap((room) =>
    readdirSync(join(SOURCES, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(SOURCES, room, file)),
  );
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    for (const [, path] of readFileSync(file, 'utf8').matchAll(/from '(\.[^']+\.ts)'/g)) {
      open.push(resolve(dirname(file), path ?? ''));
    }
  }
  const names = [...reached].map((file) => file.slice(SOURCES.length + 1));
  expect(names).toContain('core/verdict/judge.ts');
  expect(names).toContain('core/provenance/edges.ts');
  expect(names.filter((name) => /outlet-score/.test(name))).toEqual([]);
});

it('a level is the same when outlets of one class trade their names, and so their records', () => {
  const swap = (name: string) =>
    ({ 'blog.example': 'diary.example', 'press.example': 'courier.example' })[name] ?? name;
  fc.assert(
    fc.property(stream(), (given) => {
      const traded = given.evidence.map((piece) => ({
        ...piece,
        publisher: swap(piece.publisher),
        group: swap(piece.group),
      }));
      expect(levels(judgeAll({ ...given, evidence: traded }))).toEqual(levels(judgeAll(given)));
    }),
    RUNS,
  );
});
