import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fewestSources } from '../../../../src/core/provenance/minimum-source-cover.ts';
import { countGroups, originsOf, speakingOver } from '../../../../src/core/provenance/origins.ts';
import type { Evidence, VoiceEdge } from '../../../../src/domain/evidence.ts';
import { judgeAll, LAST, levels, RANK, RUNS } from '../../../support/judging.ts';
import { claimOf, makeEvidence } from '../../../support/make.ts';
import { evidence, moment, SOURCES, stream } from '../../../support/streams.ts';

const AT = '2026-04-22T00:00:00.000Z';
const announced = claimOf('announced');

function page(group: string, name = 'page'): Evidence {
  return makeEvidence(announced, { group, url: `https://${group}/${name}` });
}

function passesOn(from: string, { group, item }: Evidence): VoiceEdge {
  return { a: from, b: group, item, observedAt: '2026-04-01T00:00:00.000Z', signals: ['link 1.0'] };
}

const groups = (pieces: readonly Evidence[], edges: readonly VoiceEdge[]) =>
  countGroups(pieces, originsOf(edges, AT));

describe('groups that speak', () => {
  const [a, b, c] = [page('a.example'), page('b.example'), page('c.example')];

  it('are one when they are one house, whatever the order of the edges', () => {
    const edges = [
      { ...passesOn('c.example', b), item: null },
      { ...passesOn('b.example', a), item: null },
    ];
    expect(groups([a, b, c], edges)).toBe(1);
    expect(groups([a, b, c], edges.reverse())).toBe(1);
  });

  it('are not joined before the edge was seen', () => {
    const edge = { ...passesOn('a.example', b), observedAt: '2026-04-23T00:00:00.000Z' };
    expect(groups([a, b], [edge])).toBe(2);
    expect(groups([a, b], [{ ...edge, item: null }])).toBe(2);
  });

  it('do not count when every page of theirs passes on another', () => {
    expect(groups([a, b], [passesOn('a.example', b)])).toBe(1);
  });

  it('count when one page of theirs is their own', () => {
    const own = page('b.example', 'own');
    expect(groups([a, b, own], [passesOn('a.example', b)])).toBe(2);
    expect(groups([b, own], [passesOn('a.example', b)])).toBe(1);
  });

  it('are one voice when they pass on the same source that nobody captured', () => {
    const edges = [passesOn('silent.example', b), passesOn('silent.example', c)];
    expect(groups([b, c], edges)).toBe(1);
    const speaking = speakingOver([b, c], originsOf(edges, AT));
    expect([speaking(b), speaking(c)]).toEqual(['b.example', 'b.example']);
  });

  it('stay apart when a third page passes on both of them', () => {
    const edges = [passesOn('a.example', c), passesOn('b.example', c)];
    expect(groups([a, b, c], edges)).toBe(2);
  });

  it('are one voice when they pass on each other', () => {
    expect(groups([a, b], [passesOn('a.example', b), passesOn('b.example', a)])).toBe(1);
  });

  it('are followed through a chain of sources', () => {
    const edges = [passesOn('b.example', c), passesOn('a.example', b)];
    expect(groups([a, b, c], edges)).toBe(1);
    expect(groups([a, c], edges)).toBe(2);
  });

  it('need the fewest sources that explain them all', () => {
    const speakers = new Map([
      ['a', new Set(['x', 'y'])],
      ['b', new Set(['y', 'z'])],
      ['c', new Set(['z', 'w'])],
    ]);
    expect(new Set(fewestSources(speakers).values()).size).toBe(2);
  });

  it('are counted even when there are more sources than can be tried', () => {
    const speakers = new Map(
      Array.from({ length: 30 }, (_, index) => [
        `speaker-${index}`,
        new Set([`source-${index}`, `source-${(index + 1) % 30}`]),
      ]),
    );
    const voices = new Set(fewestSources(speakers).values()).size;
    expect(voices).toBeGreaterThanOrEqual(15);
    expect(voices).toBeLessThan(30);
  });
});

/** A stream with edges that limit pages of secondary sources, and whole groups, to what others say. */
const secondary = SOURCES.filter((source) => source.artefact === null);
const names = [...secondary.map(({ name }) => name), 'uncaptured.example'];
const withEdges = stream(evidence(secondary)).chain((given) =>
  fc.tuple(
    fc.constant(given),
    fc
      .array(
        fc
          .tuple(fc.constantFrom(...names), fc.nat(), moment, fc.boolean())
          .map(([a, index, observedAt, whole]): VoiceEdge[] => {
            const piece = given.evidence[index % Math.max(1, given.evidence.length)];
            if (piece === undefined) return [];
            const item = whole && index % 3 === 0 ? null : piece.item;
            return [{ a, b: piece.group, item, observedAt, signals: [] }];
          }),
        { maxLength: 6 },
      )
      .map((edges) => edges.flat()),
  ),
);

describe('a verdict over pages that pass on others', () => {
  it('9: is never raised by one more edge', () => {
    fc.assert(
      fc.property(withEdges, ([given, edges]) => {
        const fewer = judgeAll(given, LAST, { edges: edges.slice(1) });
        const all = judgeAll(given, LAST, { edges });
        for (const [key, { level, voices }] of all) {
          expect(RANK[level]).toBeLessThanOrEqual(RANK[fewer.get(key)?.level ?? 'unknown']);
          expect(voices.groups).toBeLessThanOrEqual(fewer.get(key)?.voices.groups ?? 0);
        }
      }),
      RUNS,
    );
  });

  it('3: is never lowered by one more supporting page', () => {
    fc.assert(
      fc.property(withEdges, evidence(secondary, ['support']), ([given, edges], more) => {
        const claims = [...given.claims, more.claim];
        const before = judgeAll({ ...given, claims }, LAST, { edges });
        const pieces = [...given.evidence, more.piece];
        const after = judgeAll({ ...given, claims, evidence: pieces }, LAST, { edges });
        for (const [key, { level }] of before) {
          expect(RANK[after.get(key)?.level ?? 'unknown']).toBeGreaterThanOrEqual(RANK[level]);
        }
      }),
      RUNS,
    );
  });

  it('6 and 8: depends on no order, and on no edge found later', () => {
    fc.assert(
      fc.property(withEdges, moment, ([given, edges], at) => {
        const known = edges.filter(({ observedAt }) => observedAt <= at);
        const mixed = { ...given, evidence: [...given.evidence].reverse() };
        expect(levels(judgeAll(mixed, at, { edges: [...known].reverse() }))).toEqual(
          levels(judgeAll(given, at, { edges })),
        );
      }),
      RUNS,
    );
  });

  it('2: is at most rumor for one source passed on by all, edited press apart', () => {
    const blogs = secondary.filter((source) => source.class !== 'S1');
    fc.assert(
      fc.property(stream(evidence(blogs)), (given) => {
        const edges = given.evidence.map(({ group, item }) => ({ a: 'origin', b: group, item }));
        for (const { level } of judgeAll(given, LAST, { edges }).values()) {
          expect(RANK[level]).toBeLessThan(2);
        }
      }),
      RUNS,
    );
  });
});
