import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { NotFoundError } from '../../src/domain/errors.ts';
import type { Evidence, Sighting } from '../../src/domain/evidence.ts';
import { idOf } from '../../src/domain/ids.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { Subject } from '../../src/domain/subject.ts';
import type { Store } from '../../src/store/store.ts';
import { claimOf } from '../support/make.ts';
import {
  claimOn,
  evidenceOn,
  type Ground,
  layGround,
  makeTransition,
  makeVerdict,
  minute,
} from '../support/store-makers.ts';
import { STORES } from '../support/stores.ts';

const SUBJECT = 'gpt-image-2';

describe.each(STORES)('the claims in $database', ({ open }) => {
  let store: Store;
  let ground: Ground;
  beforeEach(async () => {
    store = await open();
    ground = await layGround(store, 'page', SUBJECT);
  });

  test('the store of claims knows a claim from the first moment it was heard of', async () => {
    const claim = claimOf('priced', { value: '0.04 $', qualifiers: { plan: 'x' } });
    await store.claims.add([claim, claim], minute(10));
    expect(await store.claims.get(claim.key)).toEqual(claim);
    expect((await store.claims.record(SUBJECT, minute(9))).claims).not.toContainEqual(claim);

    await store.claims.add([{ ...claim, criterion: 'another word' }], minute(5));
    await store.claims.add([claim], minute(20));

    expect((await store.claims.record(SUBJECT, minute(5))).claims).toContainEqual(claim);
    expect(await store.claims.get(claimOn('nobody').key)).toBeNull();
  });

  test('the store of claims adds evidence once and says what was new', async () => {
    const [one, two] = [evidenceOn(ground, 'one'), evidenceOn(ground, 'two')];
    expect(await store.claims.addEvidence([one, one])).toEqual([one]);
    expect(await store.claims.addEvidence([two, { ...one, quote: 'changed' }])).toEqual([two]);
    expect(await store.claims.evidence(one.id)).toEqual(one);
    expect(await store.claims.evidence(idOf('ev', 'none'))).toBeNull();
  });

  test('the store of claims gives evidence back as it went in', async () => {
    const text = fc.string({ unit: 'binary' });
    const interval = fc.option(
      fc.record({
        from: fc.constantFrom('2026-04-21', minute(3)),
        to: fc.constantFrom(null, '2026-04-22'),
        precision: fc.constantFrom('second' as const, 'day' as const),
      }),
    );
    const written = fc.record({
      url: text,
      quote: text,
      relays: fc.option(text),
      silenceOf: fc.option(text),
      span: fc.tuple(fc.nat(), fc.nat()),
      effective: interval,
      validTime: interval,
      artefact: fc.constantFrom(null, 'page' as const, 'list' as const, 'permanent' as const),
      polarity: fc.constantFrom('support' as const, 'deny' as const),
      force: fc.constantFrom('assert' as const, 'hedge' as const),
      baseline: fc.boolean(),
      aliasClaimed: fc.boolean(),
      supersededAt: fc.constantFrom(null, minute(7)),
      rule: fc.option(text),
      marks: fc.array(
        fc.record({
          part: fc.constantFrom('predicate' as const, 'model' as const, 'agent' as const),
          span: fc.tuple(fc.nat(), fc.nat()),
        }),
        { maxLength: 3 },
      ),
    });
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(written, { maxLength: 90 }), async (pieces) => {
        const evidence = pieces.map((given) => evidenceOn(ground, `${count++}`, given));
        expect(await store.claims.addEvidence(evidence)).toEqual(evidence);
        for (const piece of evidence) {
          expect(await store.claims.evidence(piece.id)).toEqual(piece);
        }
      }),
      { numRuns: 10 },
    );
  });

  test('the store of claims ends the standing of evidence once, and shows what stands at a target', async () => {
    const [one, two] = [evidenceOn(ground, 'one'), evidenceOn(ground, 'two')];
    await store.claims.addEvidence([one, two]);
    await store.claims.supersede([one.id], minute(5));
    await store.claims.supersede([one.id], minute(9));
    expect(await store.claims.standing(ground.target.id)).toEqual([two]);
    expect(await store.claims.evidence(one.id)).toEqual({ ...one, supersededAt: minute(5) });
  });

  test('the store of claims takes evidence out of judgement only when there is such evidence', async () => {
    const one = evidenceOn(ground, 'one');
    const out = {
      evidence: one.id,
      at: minute(5),
      kind: 'retract',
      by: 'ada',
      because: 'a\0hoax',
    } as const;
    await expect(store.claims.retract(out)).rejects.toThrow(NotFoundError);
    await store.claims.addEvidence([one]);
    await store.claims.retract(out);
    await store.claims.retract(out);
    const back = { ...out, at: minute(8), kind: 'restore' } as const;
    await store.claims.retract(back);
    expect((await store.claims.record(SUBJECT, minute(7))).retractions).toEqual([out]);
    expect((await store.claims.record(SUBJECT, minute(8))).retractions).toEqual([out, back]);
  });

  test('the store of claims answers for a moment with what was known then, whatever came later', async () => {
    const moments = fc.integer({ min: 0, max: 20 }).map(minute);
    const piece = fc.record({ knownAt: moments, supersededAt: fc.option(moments) });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(piece), fc.array(moments), moments, async (given, seen, at) => {
        const subject = `subject-${round++}`;
        const here = await layGround(store, 'page', subject);
        const evidence = given.map((times, n) => evidenceOn(here, `${n}`, times));
        const sightings = seen.map(
          (moment, n): Sighting => ({
            id: idOf('si', subject, n),
            claim: here.claim.key,
            target: here.target.id,
            at: moment,
            kind: 'seen',
            snapshot: here.snapshot,
          }),
        );
        await store.claims.addEvidence(evidence);
        await store.claims.addSightings([...sightings, ...sightings]);

        const record = await store.claims.record(subject, at);

        const known = evidence
          .filter(({ knownAt }) => knownAt <= at)
          .map((one) => ((one.supersededAt ?? '') > at ? { ...one, supersededAt: null } : one));
        expect(record.subject).toBe(subject);
        expect(record.claims).toEqual([here.claim]);
        expect(record.evidence).toEqual(sorted(known, ({ knownAt, id }) => knownAt + id));
        const then = sightings.filter((one) => one.at <= at);
        expect(record.sightings).toEqual(sorted(then, (one) => one.at + one.id));
      }),
      { numRuns: 15 },
    );
  });

  test('the store of claims answers for several subjects together as for each alone', async () => {
    const names = Array.from({ length: 70 }, (_, n) => `model-${n}`);
    for (const [n, name] of names.entries()) {
      const here = await layGround(store, name, name);
      const said = evidenceOn(here, 'said', { group: `group-${n % 5}`, knownAt: minute(n % 9) });
      const edge = { a: 'wire', b: `group-${n % 5}`, item: here.item, signals: ['source 1.0'] };
      await store.claims.addEvidence([said]);
      await store.voices.addEdges([{ ...edge, observedAt: minute(n % 7) }]);
      const seen = { claim: here.claim.key, target: here.target.id, at: minute(n % 8) };
      await store.claims.addSightings([
        { ...seen, id: idOf('si', name), kind: 'seen', snapshot: null },
      ]);
      const out = { evidence: said.id, at: minute(n % 6), kind: 'retract' as const };
      await store.claims.retract({ ...out, by: 'ada', because: 'misread' });
    }
    await store.voices.addEdges([
      { a: 'house', b: 'wire', item: null, observedAt: minute(2), signals: ['analytics 1.0'] },
    ]);
    const asked = [...names, 'nobody', 'model-3'];
    const together = await store.claims.records(asked, minute(4));
    expect([...together.keys()]).toEqual([...names, 'nobody']);
    for (const name of ['model-0', 'model-3', 'model-4', 'model-69', 'nobody']) {
      expect(together.get(name)).toEqual(await store.claims.record(name, minute(4)));
    }
    expect(together.get('model-3')?.edges).toHaveLength(2);
    expect(await store.claims.records([], minute(4))).toEqual(new Map());
  });

  test('the store of claims shows the sightings of a target, the oldest first', async () => {
    const sighting = (at: number, kind: Sighting['kind']): Sighting => ({
      id: idOf('si', at),
      claim: ground.claim.key,
      target: ground.target.id,
      at: minute(at),
      kind,
      snapshot: null,
    });
    const [first, second] = [sighting(1, 'seen'), sighting(2, 'missed')];
    await store.claims.addSightings([second, first]);
    expect(await store.claims.sightings(ground.target.id)).toEqual([first, second]);
  });

  test('the store of claims adds subjects once and says which were new', async () => {
    const subject: Subject = {
      id: 'gpt-9',
      vendor: 'openai',
      kind: 'model',
      name: 'GPT-9',
      aliases: [{ text: 'GPT 9', kind: 'display', status: 'claimed', validFrom: '2026-04-01' }],
      controls: ['gpt-8'],
      moving: true,
      status: 'claimed',
      discovered: { at: minute(1), target: 't', snapshot: 's', firstHand: true },
    };
    const plain: Subject = { ...subject, id: 'gpt-10', moving: false, discovered: null };
    expect(await store.claims.discover([subject, subject])).toEqual([subject]);
    expect(await store.claims.discover([{ ...subject, name: 'x' }, plain])).toEqual([plain]);
    expect(await store.claims.subjects()).toEqual([plain, subject]);
  });

  test('the store of claims keeps the last verdict of a claim', async () => {
    const verdict = makeVerdict(ground.claim);
    const raised = { ...verdict, level: 'confirmed', rule: '1', flags: [] } as const;
    await store.claims.putVerdicts([verdict]);
    await store.claims.putVerdicts([verdict, raised]);
    expect(await store.claims.verdicts(SUBJECT)).toEqual([raised]);
    expect(await store.claims.verdicts()).toEqual([raised]);
    expect(await store.claims.verdicts('nobody')).toEqual([]);
    expect(await store.claims.verdictsOf([SUBJECT, 'nobody'])).toEqual([raised]);
    expect(await store.claims.verdictsOf([])).toEqual([]);
  });

  test('the store of claims names the subjects that time alone may have changed', async () => {
    const other = claimOn('gpt-9');
    await store.claims.add([other], minute(0));
    const due = makeVerdict(ground.claim, { reconsiderAt: minute(5) });
    await store.claims.putVerdicts([due, makeVerdict(other, { reconsiderAt: null })]);
    expect(await store.claims.toReconsider(minute(4))).toEqual([]);
    expect(await store.claims.toReconsider(minute(5))).toEqual([SUBJECT]);
  });

  test('the store of claims records a transition once', async () => {
    const transition = makeTransition(ground.claim, minute(3));
    await store.claims.addTransitions([transition, transition]);
    await store.claims.addTransitions([transition]);
    expect(await store.reads.transitions({})).toEqual([transition]);
  });

  test('the store of claims keeps every policy it was given, by digest', async () => {
    const policy = { version: 1, minVoices: 2, confirms: { P0: ['api_listed'] } } as const;
    const digest = idOf('po', 'one');
    await store.claims.keepPolicy(digest, policy as unknown as Policy);
    await store.claims.keepPolicy(digest, policy as unknown as Policy);
    expect(await store.claims.policy(digest)).toEqual(policy);
    expect(await store.claims.policy(idOf('po', 'two'))).toBeNull();
  });
});

function sorted<T extends Evidence | Sighting>(rows: readonly T[], key: (row: T) => string): T[] {
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
