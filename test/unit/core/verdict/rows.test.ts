import { describe, expect, it } from 'vitest';
import { judgeSubject } from '../../../../src/core/verdict/judge.ts';
import { DEFAULT_POLICY } from '../../../../src/core/verdict/policy.ts';
import type { Claim } from '../../../../src/domain/claim.ts';
import type { Evidence, Retraction } from '../../../../src/domain/evidence.ts';
import { targetId } from '../../../../src/domain/ids.ts';
import type { Verdict } from '../../../../src/domain/verdict.ts';
import {
  claimOf,
  makeCase,
  makeChecks,
  makeEvidence,
  makePrimary,
  makeSighting,
  makeSubject,
} from '../../../support/make.ts';

const T = '2026-04-21T13:59:00.000Z';
const announced = claimOf('announced');
const listed = claimOf('api_listed');
const inChat = claimOf('product_available', { qualifiers: { surface: 'chatgpt' } });

function judge(
  claim: Claim,
  pieces: readonly Evidence[],
  rest: Parameters<typeof makeCase>[2] & { at?: string; claims?: readonly Claim[] } = {},
): Verdict {
  const claims = [claim, ...(rest.claims ?? [])];
  const verdicts = judgeSubject(makeCase(claims, pieces, rest), rest.at ?? T, DEFAULT_POLICY);
  const found = verdicts.find((verdict) => verdict.claim.key === claim.key);
  if (found === undefined) throw new Error(`no verdict for ${claim.facet}`);
  return found;
}

function retraction(piece: Evidence, at: string, kind: Retraction['kind'] = 'retract'): Retraction {
  return { evidence: piece.id, at, kind, by: 'ada', because: 'misread' };
}

it.each([
  ['the vendor’s machine artefacts', 'sdk_typed', { sourceKind: 'package' as const }],
  ['the vendor’s prose', 'priced', { sourceKind: 'pricing' as const }],
  ['the vendor’s own accounts', 'announced', { publisherClass: 'P2' as const }],
] as const)('row 1 takes the word of %s for %s', (_who, facet, over) => {
  const claim = claimOf(facet);
  expect(judge(claim, [makePrimary(claim, over)])).toMatchObject({
    level: 'confirmed',
    rule: '1',
  });
});

it.each([
  ['an account', 'documented', { publisherClass: 'P2' as const }],
  ['a package', 'announced', { publisherClass: 'P0' as const, sourceKind: 'package' as const }],
  ['a newsroom', 'api_listed', { sourceKind: 'newsroom' as const }],
  ['a hedge', 'announced', { force: 'hedge' as const }],
  ['a forecast', 'announced', { force: 'forecast' as const }],
  ['an alias nobody verified', 'announced', { aliasClaimed: true }],
] as const)('row 1 does not take the word of %s for %s', (_who, facet, over) => {
  const claim = claimOf(facet);
  expect(judge(claim, [makePrimary(claim, over)]).level).not.toBe('confirmed');
});

it('row 1 takes the word of a partner for its own surface and for nothing else', () => {
  const partner = { publisherClass: 'Q' as const, publisher: 'cloud.example', group: 'cloud' };
  const own = claimOf('product_available', { qualifiers: { surface: 'cloud' } });
  expect(judge(own, [makePrimary(own, partner)]).level).toBe('confirmed');
  expect(judge(inChat, [makePrimary(inChat, partner)]).level).toBe('secondary');
  expect(judge(listed, [makePrimary(listed, partner)]).level).toBe('secondary');
});

it('row 1 takes what is open to some only as a fact about those', () => {
  const few = claimOf('product_available', { qualifiers: { rollout: 'trusted_access' } });
  const bare = claimOf('product_available');
  const said = makePrimary(few, { force: 'assert_partial' });
  expect(judge(few, [said]).level).toBe('confirmed');
  expect(judge(bare, [said], { claims: [few] }).level).toBe('unknown');
});

describe('row 2', () => {
  const entry = makePrimary(listed, { observedAt: '2026-04-10T00:00:00.000Z' });
  const page = makePrimary(listed, {
    ...{ sourceKind: 'model-page', artefact: 'page', observedAt: '2026-04-12T00:00:00.000Z' },
  });

  it('row 2 does not hold for a page whose reading was taken back while an entry still tells of it', () => {
    const retractions = [retraction(page, '2026-04-15T00:00:00.000Z')];
    expect(judge(listed, [entry, page], { retractions }).level).toBe('confirmed');
    expect(judge(listed, [page], { retractions })).toMatchObject({
      level: 'withdrawn',
      since: '2026-04-15T00:00:00.000Z',
    });
  });

  it('row 2 ends when what was taken out is put back, from then on', () => {
    const retractions = [
      retraction(page, '2026-04-15T00:00:00.000Z'),
      retraction(page, '2026-04-18T00:00:00.000Z', 'restore'),
    ];
    expect(judge(listed, [page], { retractions, at: '2026-04-17T00:00:00.000Z' }).level).toBe(
      'withdrawn',
    );
    expect(judge(listed, [page], { retractions })).toMatchObject({
      level: 'confirmed',
      since: '2026-04-18T00:00:00.000Z',
    });
  });

  it('row 2 stands although a reading of the page that is gone is taken out and put back', () => {
    const older = { ...page, id: makePrimary(listed).id };
    const sightings = [
      makeSighting(page, '2026-04-13T23:00:00.000Z', 'gone'),
      makeSighting(page, '2026-04-14T00:00:00.000Z', 'gone'),
    ];
    const retractions = [
      retraction(older, '2026-04-15T00:00:00.000Z'),
      retraction(older, '2026-04-16T00:00:00.000Z', 'restore'),
    ];
    expect(judge(listed, [page, older], { sightings, retractions })).toMatchObject({
      level: 'withdrawn',
      since: '2026-04-14T00:00:00.000Z',
    });
  });

  it('row 2 wants every page and list that showed it to be gone', () => {
    const row = makePrimary(listed, {
      ...{ sourceKind: 'model-list', artefact: 'list', observedAt: '2026-04-12T00:00:00.000Z' },
    });
    const sightings = [
      makeSighting(row, '2026-04-12T01:00:00.000Z', 'seen'),
      makeSighting(row, '2026-04-14T00:00:00.000Z', 'missed'),
      makeSighting(row, '2026-04-14T01:00:00.000Z', 'missed'),
    ];
    expect(judge(listed, [page, row], { sightings }).level).toBe('confirmed');
    const first = makeSighting(page, '2026-04-14T23:00:00.000Z', 'gone');
    const gone = makeSighting(page, '2026-04-15T00:00:00.000Z', 'gone');
    expect(judge(listed, [page, row], { sightings: [...sightings, first, gone] })).toMatchObject({
      level: 'withdrawn',
      since: gone.at,
    });
  });

  it('row 2 does not undo an event that an entry still tells of', () => {
    const post = makePrimary(announced, { observedAt: '2026-04-10T00:00:00.000Z' });
    const article = makePrimary(announced, { sourceKind: 'article', artefact: 'page' });
    const sightings = [
      makeSighting(article, '2026-04-20T00:00:00.000Z', 'gone'),
      makeSighting(article, '2026-04-20T01:00:00.000Z', 'gone'),
    ];
    expect(judge(announced, [post, article], { sightings }).level).toBe('confirmed');
    expect(judge(announced, [article], { sightings }).level).toBe('withdrawn');
  });

  it.each(['guide', 'model-index', 'pricing'] as const)(
    'row 2 does not hold for what a %s no longer names',
    (sourceKind) => {
      const documented = claimOf('documented');
      const shown = makePrimary(documented, {
        ...{ sourceKind, artefact: 'page', observedAt: '2026-04-10T00:00:00.000Z' },
        target: targetId('another', 'https://vendor.example/other'),
      });
      const missed = (piece: typeof shown) => [
        makeSighting(piece, '2026-04-12T00:00:00.000Z', 'missed'),
        makeSighting(piece, '2026-04-12T01:00:00.000Z', 'missed'),
      ];
      expect(judge(documented, [shown], { sightings: missed(shown) }).level).toBe('confirmed');
      const own = makePrimary(documented, {
        ...{ sourceKind: 'model-page', artefact: 'page' },
        observedAt: '2026-04-10T00:00:00.000Z',
      });
      const both = { sightings: [...missed(shown), ...missed(own)] };
      expect(judge(documented, [shown, own], both).level).toBe('withdrawn');
    },
  );

  it('row 2 does not hold for a price that is no longer given, and holds for a figure that is another now', () => {
    const priced = claimOf('priced');
    const figure = claimOf('priced', { value: 'input 5' });
    const other = claimOf('priced', { value: 'input 4' });
    const over = {
      ...({ sourceKind: 'model-page', artefact: 'page' } as const),
      observedAt: '2026-04-10T00:00:00.000Z',
    };
    const pieces = [makePrimary(priced, over), makePrimary(figure, over)];
    const sightings = pieces.flatMap((piece) => [
      makeSighting(piece, '2026-04-12T00:00:00.000Z', 'missed'),
      makeSighting(piece, '2026-04-12T01:00:00.000Z', 'missed'),
    ]);
    expect(judge(priced, pieces, { sightings, claims: [figure] }).level).toBe('confirmed');
    expect(judge(figure, pieces, { sightings, claims: [priced] }).level).toBe('confirmed');
    const now = makePrimary(other, { ...over, observedAt: '2026-04-12T00:00:00.000Z' });
    const rest = { sightings, claims: [priced, other] };
    expect(judge(figure, [...pieces, now], rest).level).toBe('withdrawn');
  });
});

describe('row 3', () => {
  const denial = makePrimary(inChat, {
    ...{ polarity: 'deny', observedAt: '2026-04-10T00:00:00.000Z' },
    effective: { from: '2026-04-10', to: null, precision: 'day' },
  });

  it('row 3 holds for a denial by an authority, and not for what happened after the day it speaks of', () => {
    expect(judge(inChat, [denial])).toMatchObject({ level: 'contradicted', rule: '3' });
    const before = makeEvidence(inChat, { observedAt: '2026-04-09T00:00:00.000Z' });
    expect(judge(inChat, [denial, before]).level).toBe('contradicted');
    const later = makeEvidence(inChat, { observedAt: '2026-04-20T00:00:00.000Z' });
    expect(judge(inChat, [denial, later])).toMatchObject({ level: 'rumor', flags: [] });
  });

  it('row 3 gives way to row 1', () => {
    const shown = makePrimary(inChat, { sourceKind: 'help', artefact: 'page' });
    expect(judge(inChat, [denial, shown]).level).toBe('confirmed');
  });
});

describe('rows 4 and 4b', () => {
  const relayed = (group: string, relays: string) =>
    makeEvidence(announced, { group, publisherClass: 'S2', force: 'relayed', relays });

  it('rows 4 and 4b want one page captured by us: outlets that two trackers name are none', () => {
    const both = [relayed('a.example', 'Some Daily'), relayed('b.example', 'Other Daily')];
    expect(judge(announced, both).level).toBe('rumor');
    const page = makeEvidence(announced, { group: 'c.example' });
    expect(judge(announced, [...both, page])).toMatchObject({ level: 'secondary', rule: '4' });
  });

  it('rows 4 and 4b do not count hedges, reports, forecasts or popularity', () => {
    const pieces = [
      makeEvidence(announced, { group: 'a.example' }),
      makeEvidence(announced, { group: 'b.example', force: 'hedge' }),
      makeEvidence(announced, { group: 'c.example', force: 'report' }),
      makeEvidence(announced, { group: 'd.example', force: 'inference' }),
      makeEvidence(announced, { group: 'e.example', force: 'forecast' }),
      makeEvidence(announced, { group: 'f.example', publisherClass: 'X' }),
    ];
    expect(judge(announced, pieces)).toMatchObject({
      level: 'rumor',
      voices: { pages: 1, groups: 1 },
    });
  });

  it('rows 4 and 4b take edited press that quotes a spokesperson, hedge or no hedge', () => {
    const quote = makeEvidence(announced, {
      ...{ publisherClass: 'S1', force: 'report', evidentiality: 'named_quote' },
    });
    expect(judge(announced, [quote])).toMatchObject({ level: 'secondary', rule: '4b' });
    const report = { ...quote, evidentiality: 'unnamed' as const };
    expect(judge(announced, [report]).level).toBe('rumor');
  });

  it('rows 4 and 4b flag a single source although somebody else hedges beside it', () => {
    const press = makeEvidence(announced, { group: 'press.example', publisherClass: 'S1' });
    const hedge = makeEvidence(announced, { group: 'b.example', force: 'hedge' });
    expect(judge(announced, [press, hedge]).flags).toContain('single_source');
  });
});

describe('row T', () => {
  const dated = claimOf('announced', { value: '2026-04-03' });
  const silent = [makeChecks('newsroom'), makeChecks('changelog')];
  const day = { from: '2026-04-03', to: null, precision: 'day' as const };
  const talk = makeEvidence(dated, { observedAt: '2026-04-03T09:00:00.000Z', validTime: day });

  it('row T expires a claim whose date is two weeks past while the channels are silent', () => {
    const checks = silent;
    expect(judge(dated, [talk], { checks }).status).toBe('expired');
    expect(judge(dated, [talk], {}).status).toBe('current');
    expect(judge(announced, [talk], { checks, claims: [dated] }).status).toBe('expired');
  });

  it('row T leaves a claim current when somebody supports it without the date', () => {
    const other = makeEvidence(announced, { group: 'b.example' });
    const verdict = judge(announced, [talk, other], { checks: silent, claims: [dated] });
    expect(verdict.status).toBe('current');
  });

  it('row T takes a month as its last day, and says when to look again', () => {
    const month = claimOf('announced', { value: '2026-04' });
    const said = makeEvidence(month, { observedAt: '2026-04-17T09:00:00.000Z' });
    expect(judge(month, [said], { checks: silent })).toMatchObject({
      status: 'current',
      reconsiderAt: '2026-05-14T00:00:00.000Z',
    });
  });

  it('row T counts from the newest support', () => {
    const fresh = makeEvidence(announced, { observedAt: '2026-05-10T09:00:00.000Z' });
    const pieces = [makeEvidence(announced), fresh];
    expect(judge(announced, pieces, { at: '2026-05-30T00:00:00.000Z' }).status).toBe('current');
  });
});

it('what a claim takes from others goes from a plan to its surface and from there to the facet, never the other way', () => {
  const plan = claimOf('product_available', { qualifiers: { surface: 'chatgpt', plan: 'pro' } });
  const page = makePrimary(plan, { sourceKind: 'help', artefact: 'page' });
  const levels = judgeSubject(makeCase([plan], [page]), T, DEFAULT_POLICY)
    .filter(({ claim }) => claim.facet === 'product_available')
    .map(({ claim, level }) => [claim.qualifiers, level]);
  expect(levels).toContainEqual([{ surface: 'chatgpt', plan: 'pro' }, 'confirmed']);
  expect(levels).toContainEqual([{ surface: 'chatgpt' }, 'confirmed']);
  expect(levels).toContainEqual([{}, 'confirmed']);
  const wide = makePrimary(inChat, { sourceKind: 'help', artefact: 'page' });
  expect(judge(plan, [wide], { claims: [inChat] }).level).toBe('unknown');
});

it('what a claim takes from others does not come to a moving alias as a release, whoever says it is out', () => {
  const released = claimOf('released', { subject: 'chat-latest' });
  const api = claimOf('api_listed', { subject: 'chat-latest' });
  const subject = makeSubject({ id: 'chat-latest', moving: true });
  const pieces = [makePrimary(api), makeEvidence(released), makeEvidence(released)];
  const verdict = judge(released, pieces, { subject, claims: [api] });
  expect(verdict).toMatchObject({ level: 'unknown', status: 'never_reported' });
  expect(verdict.setAside[0]?.reason).toContain('moving alias');
});

it('what a claim takes from others keeps a denial of the headline away from its parts', () => {
  const released = claimOf('released');
  const denial = makeEvidence(released, { polarity: 'deny' });
  const page = makeEvidence(listed, { group: 'b.example' });
  expect(judge(listed, [denial, page], { claims: [released] }).against).toEqual([]);
  expect(judge(released, [denial, page], { claims: [listed] })).toMatchObject({
    level: 'rumor',
    rule: 'derived',
    flags: ['disputed'],
  });
});

describe('what only a model read', () => {
  const alone = { extractor: 'reports@2+a-model@2' };
  const joint = { extractor: 'reports@2+rules+a-model@2' };
  const by = (group: string, over: Partial<Evidence> = {}) =>
    makeEvidence(announced, { group, url: `https://${group}/page`, publisherClass: 'S3', ...over });

  it('what only a model read never confirms, contradicts or withdraws, whatever it is said to be', () => {
    expect(judge(announced, [makePrimary(announced, alone)]).level).not.toBe('confirmed');
    expect(judge(announced, [makePrimary(announced, joint)]).level).toBe('confirmed');
    const denial = makePrimary(announced, {
      ...alone,
      polarity: 'deny',
      url: 'https://x.example/',
    });
    expect(judge(announced, [by('a.example'), denial]).level).toBe('rumor');
  });

  it('what only a model read makes a rumor of however many voices, and secondary of one that the rules read without an interest', () => {
    const many = ['a.example', 'b.example', 'c.example'].map((group) => by(group, alone));
    expect(judge(announced, many)).toMatchObject({ level: 'rumor', rule: '5' });
    const interested = by('shop.example', { publisherClass: 'S4' });
    expect(judge(announced, [...many, interested]).level).toBe('rumor');
    expect(judge(announced, [...many, by('d.example')])).toMatchObject({
      ...{ level: 'secondary', rule: '4' },
    });
    expect(judge(announced, [by('a.example', alone), by('b.example', joint)]).level).toBe(
      'secondary',
    );
  });

  it('what only a model read is no single authority of the press', () => {
    const press = { publisherClass: 'S1' } as const;
    expect(judge(announced, [by('press.example', { ...press, ...alone })]).level).toBe('rumor');
    expect(judge(announced, [by('press.example', press)]).rule).toBe('4b');
  });

  it('what only a model read denies nothing by itself, and disputes what others say', () => {
    const denial = by('a.example', { ...alone, polarity: 'deny' });
    expect(judge(announced, [denial])).toMatchObject({ level: 'unknown', rule: '7' });
    expect(judge(announced, [by('b.example'), denial])).toMatchObject({
      ...{ level: 'rumor', flags: expect.arrayContaining(['disputed']) },
    });
  });
});
