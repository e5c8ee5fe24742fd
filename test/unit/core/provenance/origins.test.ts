import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  edgesBetween,
  type PrintedPage,
  sourceEdges,
} from '../../../../src/core/provenance/edges.ts';
import { countGroups, originsOf, speakingOver } from '../../../../src/core/provenance/origins.ts';
import type { Evidence, VoiceEdge } from '../../../../src/domain/evidence.ts';
import { judgeAll, LAST, levels, RANK, RUNS } from '../../../support/judging.ts';
import { claimOf, makeEvidence } from '../../../support/make.ts';
import { evidence, moment, SOURCES, stream } from '../../../support/streams.ts';
import { frequencyAmong, talkPage, wordsOf } from '../../../support/talk-pages.ts';

const AT = '2026-04-22T00:00:00.000Z';
const LATER = '2026-04-21T12:00:00.000Z';
const announced = claimOf('announced');

function page(group: string, name = 'page'): Evidence {
  return makeEvidence(announced, { group, url: `https://${group}/${name}` });
}

function passesOn(from: string, { group, item }: Evidence): VoiceEdge {
  return {
    a: from,
    b: group,
    item,
    observedAt: '2026-04-01T00:00:00.000Z',
    signals: ['source https://x.example/ 1.0'],
  };
}

const groups = (pieces: readonly Evidence[], edges: readonly VoiceEdge[]) =>
  countGroups(pieces, originsOf(edges, AT));

describe('groups that speak', () => {
  const [a, b, c] = [page('a.example'), page('b.example'), page('c.example')];

  it('groups that speak are one when they are one house, whatever the order of the edges', () => {
    const edges = [
      { ...passesOn('c.example', b), item: null },
      { ...passesOn('b.example', a), item: null },
      { ...passesOn('c.example', a), item: null },
    ];
    expect(groups([a, b, c], edges)).toBe(1);
    expect(groups([a, b, c], edges.reverse())).toBe(1);
  });

  it('groups that speak are not joined before the edge was seen', () => {
    const edge = { ...passesOn('a.example', b), observedAt: '2026-04-23T00:00:00.000Z' };
    expect(groups([a, b], [edge])).toBe(2);
    expect(groups([a, b], [{ ...edge, item: null }])).toBe(2);
  });

  it('groups that speak do not count when every page of theirs passes on another', () => {
    expect(groups([a, b], [passesOn('a.example', b)])).toBe(1);
  });

  it('groups that speak count when one page of theirs is their own', () => {
    const own = page('b.example', 'own');
    expect(groups([a, b, own], [passesOn('a.example', b)])).toBe(2);
    expect(groups([b, own], [passesOn('a.example', b)])).toBe(1);
  });

  it('groups that speak are one voice when they pass on the same source that nobody captured', () => {
    const edges = [passesOn('silent.example', b), passesOn('silent.example', c)];
    expect(groups([b, c], edges)).toBe(1);
    const speaking = speakingOver([b, c], originsOf(edges, AT));
    expect([speaking(b), speaking(c)]).toEqual(['b.example', 'b.example']);
  });

  it('groups that speak stay apart when a third page passes on both of them', () => {
    const edges = [passesOn('a.example', c), passesOn('b.example', c)];
    expect(groups([a, b, c], edges)).toBe(2);
  });

  it('groups that speak are one voice when they pass on each other', () => {
    expect(groups([a, b], [passesOn('a.example', b), passesOn('b.example', a)])).toBe(1);
  });

  it('groups that speak that have it from each other along a chain are as many as can speak without one another', () => {
    const edges = [passesOn('b.example', c), passesOn('a.example', b)];
    expect(groups([a, b, c], edges)).toBe(2);
    expect(groups([a, b], edges)).toBe(1);
    expect(groups([b, c], edges)).toBe(1);
  });

  it('groups that speak stay apart when a third page is of one house with both of them', () => {
    const edges = [
      { ...passesOn('a.example', c), item: null },
      { ...passesOn('b.example', c), item: null },
    ];
    expect(groups([a, b, c], edges)).toBe(2);
    expect(groups([b, c], edges)).toBe(1);
  });

  it('groups that speak that counted apart before they were joined stay two, and what comes later is one with either', () => {
    const found = { ...passesOn('a.example', b), item: null, observedAt: LATER };
    expect(groups([a, b], [found])).toBe(2);
    const [later, other] = [page('a.example', 'later'), page('b.example', 'later')];
    const late = { knownAt: LATER, observedAt: LATER };
    expect(groups([{ ...later, ...late }, b], [found])).toBe(1);
    expect(
      groups(
        [
          { ...later, ...late },
          { ...other, ...late },
        ],
        [found],
      ),
    ).toBe(1);
  });
});

/** Pages that come one after the other, each of an outlet, with the ids and the text of some owners and writers. */
const WORDS = ['a', 'b', 'c'].map((seed) => wordsOf(seed, 8));
const arrival = fc.record({
  outlet: fc.integer({ min: 0, max: 4 }),
  ids: fc.uniqueArray(fc.constantFrom('G-AAAAAAAAAA', 'G-BBBBBBBBBB', 'G-CCCCCCCCCC'), {
    maxLength: 2,
  }),
  texts: fc.uniqueArray(fc.constantFrom(0, 1, 2), { maxLength: 2 }),
  source: fc.option(fc.integer({ min: 0, max: 5 }), { freq: 3, nil: null }),
});
type Arrival = typeof arrival extends fc.Arbitrary<infer One> ? One : never;

/** What is counted after each arrival. */
function countedOver(arrivals: readonly Arrival[]): readonly number[] {
  const pages: PrintedPage[] = [];
  const edges: VoiceEdge[] = [];
  const pieces: Evidence[] = [];
  return arrivals.map(({ outlet, ids, texts, source }, at) => {
    const own = [...texts.map((text) => WORDS[text] ?? ''), wordsOf(`own${at}`, 2)];
    const named = source === null ? [] : [`Source: https://outlet${source}.example/`];
    const url = `outlet${outlet}.example`;
    const printed = talkPage(url, [...own, ...named].join('.\n'), { analytics: ids });
    const one = page(printed.group, `${at}`);
    const knownAt = `2026-04-02T00:00:${String(at).padStart(2, '0')}.000Z`;
    const next = { ...printed, item: one.item };
    const frequency = frequencyAmong([...pages, next]);
    const found = pages.flatMap((other) => edgesBetween(next, other, frequency, knownAt));
    edges.push(...found, ...sourceEdges(next, (address) => new URL(address).host, knownAt));
    pages.push(next);
    pieces.push({ ...one, knownAt, observedAt: knownAt });
    return groups(pieces, edges);
  });
}

it('one more page never makes fewer voices, whatever ids, texts and sources it carries', () => {
  fc.assert(
    fc.property(fc.array(arrival, { minLength: 2, maxLength: 8 }), (arrivals) => {
      const counts = countedOver(arrivals);
      expect(counts.filter((count, at) => count < (counts[at - 1] ?? 0))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

it('one more page of an outlet of its own never makes fewer voices, wherever it comes among the others', () => {
  fc.assert(
    fc.property(fc.array(arrival, { maxLength: 6 }), arrival, fc.nat(6), (others, third, at) => {
      const more = [...others.slice(0, at), { ...third, outlet: 9 }, ...others.slice(at)];
      const [without, withIt] = [countedOver(others), countedOver(more)];
      expect(withIt.at(-1)).toBeGreaterThanOrEqual(without.at(-1) ?? 0);
    }),
    { numRuns: 100 },
  );
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

it('9: a verdict over pages that pass on others is never raised by one more edge', () => {
  fc.assert(
    fc.property(withEdges, ([given, edges]) => {
      const fewer = judgeAll(given, LAST, { edges: edges.slice(1) });
      const all = judgeAll(given, LAST, { edges });
      const raised = [...all].filter(([key, { level, voices }]) => {
        const was = fewer.get(key);
        return (
          RANK[level] > RANK[was?.level ?? 'unknown'] || voices.groups > (was?.voices.groups ?? 0)
        );
      });
      expect(raised).toEqual([]);
    }),
    RUNS,
  );
});

it('3: a verdict over pages that pass on others is never lowered by one more supporting page', () => {
  fc.assert(
    fc.property(withEdges, evidence(secondary, ['support']), ([given, edges], more) => {
      const claims = [...given.claims, more.claim];
      const before = judgeAll({ ...given, claims }, LAST, { edges });
      const pieces = [...given.evidence, more.piece];
      const after = judgeAll({ ...given, claims, evidence: pieces }, LAST, { edges });
      const lowered = [...before].filter(
        ([key, { level }]) => RANK[after.get(key)?.level ?? 'unknown'] < RANK[level],
      );
      expect(lowered).toEqual([]);
    }),
    RUNS,
  );
});

it('6 and 8: a verdict over pages that pass on others depends on no order, and on no edge found later', () => {
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

it('2: a verdict over pages that pass on others is at most rumor for one source passed on by all, edited press apart', () => {
  const blogs = secondary.filter((source) => source.class !== 'S1');
  fc.assert(
    fc.property(stream(evidence(blogs)), (given) => {
      const edges = given.evidence.map((piece) => passesOn('origin', piece));
      const verdicts = [...judgeAll(given, LAST, { edges }).values()];
      expect(verdicts.filter(({ level }) => RANK[level] >= 2)).toEqual([]);
    }),
    RUNS,
  );
});
