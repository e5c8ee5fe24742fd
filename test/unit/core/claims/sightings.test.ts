import { expect, it } from 'vitest';
import { followUp, replaced } from '../../../../src/core/claims/sightings.ts';
import { DEFAULT_POLICY } from '../../../../src/core/verdict/policy.ts';
import type { Sighting } from '../../../../src/domain/evidence.ts';
import { claimOf, makeEvidence, makePrimary, makeSighting } from '../../../support/make.ts';

const listed = claimOf('api_listed');
const row = makePrimary(listed, {
  sourceKind: 'model-list',
  artefact: 'list',
  observedAt: '2026-04-21T19:00:00.000Z',
});
const page = makePrimary(listed, {
  sourceKind: 'model-page',
  artefact: 'page',
  observedAt: '2026-04-21T19:00:00.000Z',
});

interface Asked {
  evidence?: readonly (typeof row)[];
  sightings?: readonly Sighting[];
  stated?: boolean;
  outOfSight?: boolean;
  gone?: boolean;
}

function ask(at: string, asked: Asked) {
  const {
    evidence = [row],
    sightings = [],
    stated = true,
    outOfSight = false,
    gone = false,
  } = asked;
  const result = followUp({
    target: evidence[0]?.target ?? row.target,
    at,
    snapshot: null,
    evidence,
    sightings,
    stated: new Set(stated ? [listed.key] : []),
    outOfSight: new Set(outOfSight ? [listed.key] : []),
    gone,
    policy: DEFAULT_POLICY,
  });
  return { kinds: result.sightings.map(({ kind }) => kind), awaits: result.awaitsRepeat };
}

it('what a good check adds about artefacts seen before is the repeat a listing waits for, ten minutes on and not earlier', () => {
  expect(ask('2026-04-21T19:09:00.000Z', {})).toEqual({ kinds: [], awaits: true });
  expect(ask('2026-04-21T19:10:00.000Z', {})).toEqual({ kinds: ['seen'], awaits: false });
});

it('what a good check adds about artefacts seen before is a miss that starts the wait again when a waiting listing is not there', () => {
  const found = ask('2026-04-21T19:30:00.000Z', { stated: false });
  expect(found).toEqual({ kinds: ['missed'], awaits: false });
});

it('what a good check adds about artefacts seen before is nothing for a page that is still there', () => {
  expect(ask('2026-04-22T00:00:00.000Z', { evidence: [page] })).toEqual({
    kinds: [],
    awaits: false,
  });
});

it('what a good check adds about artefacts seen before is a first miss, then a second one half an hour later, then silence', () => {
  const missing = { evidence: [page], stated: false };
  expect(ask('2026-04-22T00:00:00.000Z', missing)).toEqual({ kinds: ['missed'], awaits: true });
  const first = makeSighting(page, '2026-04-22T00:00:00.000Z', 'missed');
  const early = { ...missing, sightings: [first] };
  expect(ask('2026-04-22T00:20:00.000Z', early)).toEqual({ kinds: [], awaits: true });
  expect(ask('2026-04-22T00:30:00.000Z', early)).toEqual({ kinds: ['missed'], awaits: false });
  const second = makeSighting(page, '2026-04-22T00:30:00.000Z', 'missed');
  const over = { ...missing, sightings: [first, second] };
  expect(ask('2026-04-22T01:30:00.000Z', over)).toEqual({ kinds: [], awaits: false });
});

it('what a good check adds about artefacts seen before is the return of what was missed once', () => {
  const first = makeSighting(page, '2026-04-22T00:00:00.000Z', 'missed');
  const found = ask('2026-04-22T00:10:00.000Z', { evidence: [page], sightings: [first] });
  expect(found).toEqual({ kinds: ['seen'], awaits: false });
});

it('what a good check adds about artefacts seen before is that an exact-id page is gone, which waits for a repeat like any miss', () => {
  const found = ask('2026-04-22T00:00:00.000Z', { evidence: [page], stated: false, gone: true });
  expect(found).toEqual({ kinds: ['gone'], awaits: true });
});

it('what a good check adds about artefacts seen before is nothing for an entry that rolled off a list', () => {
  const found = ask('2026-04-22T00:00:00.000Z', {
    evidence: [page],
    stated: false,
    outOfSight: true,
  });
  expect(found).toEqual({ kinds: [], awaits: false });
});

it('what a newer version replaces is all it said, but for a primary statement that is not repeated', () => {
  const talk = makeEvidence(claimOf('announced'));
  const kept = { ...page, claim: claimOf('documented').key };
  const ended = new Set<string>([talk.item, page.item, kept.item]);
  const ids = replaced([talk, page, kept], ended, new Set([listed.key]));
  expect(ids).toEqual([talk.id, page.id]);
});

it('what a newer version replaces is nothing of versions that still stand', () => {
  expect(replaced([page], new Set(), new Set())).toEqual([]);
});
