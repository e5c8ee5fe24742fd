import { expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/core/verdict/policy.ts';
import type { Evidence } from '../../src/domain/evidence.ts';
import type { Known } from '../../src/read/known.ts';
import { outletsOf, outletsView } from '../../src/read/outlets.ts';
import { makeSubject } from '../support/make.ts';
import { memoryStore } from '../support/store.ts';
import { evidenceOn, layGround, minute } from '../support/store-makers.ts';

const DAYS = 24 * 60;

it('shows what outlets said beside how it came out, without what was retracted', async () => {
  const store = await memoryStore();
  const known: Known = {
    store,
    policy: DEFAULT_POLICY,
    follow: [],
    except: [],
    subjects: () => [],
    subject: (id) => makeSubject({ id }),
    unlisted: (id) => makeSubject({ id }),
    resolve: (typed) => typed,
    near: () => [],
    lackOf: async () => () => null,
    publisherName: (domain) => `The ${domain}`,
    vendorName: (id) => id,
  };
  const ground = await layGround(store, 'page', 'gpt-image-2');
  const own = await layGround(store, 'own', 'gpt-image-2');
  const said = (publisher: string, day: number, over: Partial<Evidence> = {}) => {
    const at = minute(day * DAYS);
    const from = { publisher, group: publisher, observedAt: at, knownAt: at };
    return evidenceOn(ground, `${publisher} ${day}`, { ...from, ...over });
  };
  const mistaken = said('misread.example', 2);
  await store.claims.addEvidence([
    evidenceOn(own, 'launch', {
      publisher: 'vendor.example',
      publisherClass: 'P1',
      group: 'vendor',
      sourceKind: 'newsroom',
      artefact: 'permanent',
      evidentiality: 'primary_artefact',
      observedAt: minute(10 * DAYS),
      knownAt: minute(10 * DAYS),
    }),
    said('early.example', 3),
    said('copy.example', 12, { item: own.item }),
    mistaken,
  ]);
  await store.claims.retract({
    evidence: mistaken.id,
    at: minute(5 * DAYS),
    kind: 'retract',
    by: 'ada',
    because: 'misread',
  });
  await store.voices.addEdges([
    {
      a: 'early.example',
      b: 'copy.example',
      item: own.item,
      observedAt: minute(12 * DAYS),
      signals: [],
    },
  ]);
  const view = outletsView.parse(await outletsOf(known, minute(20 * DAYS)));
  expect(view.settled).toBe(1);
  expect(view.outlets.map(({ brier, ...rest }) => rest)).toEqual([
    {
      outlet: 'copy.example',
      lastAt: '2026-04-13T00:00:00.000Z',
      name: 'The copy.example',
      claims: 1,
      grade: null,
      leadHours: -48,
      premature: 0,
      stale: 0,
      pages: 1,
      copiedShare: 1,
    },
    {
      outlet: 'early.example',
      lastAt: '2026-04-04T00:00:00.000Z',
      name: 'The early.example',
      claims: 1,
      grade: null,
      leadHours: 168,
      premature: 1,
      stale: 0,
      pages: 1,
      copiedShare: 0,
    },
  ]);
  expect((await outletsOf(known, minute(9 * DAYS))).outlets).toEqual([]);
});
