import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  edgesBetween,
  type PrintedPage,
  sourceEdges,
} from '../../../../src/core/provenance/edges.ts';
import { lookupMarks, marksOf } from '../../../../src/core/provenance/similarity.ts';
import type { VoiceEdge } from '../../../../src/domain/evidence.ts';
import {
  BOX,
  BUILDER,
  frequencyAmong,
  talkPage as page,
  wordsOf as prose,
  SCHOLAR,
  TOP,
} from '../../../support/talk-pages.ts';

const AT = '2026-04-21T10:00:00.000Z';

function edges(a: PrintedPage, b: PrintedPage, others: readonly PrintedPage[] = []) {
  return edgesBetween(a, b, frequencyAmong([a, b, ...others]), AT);
}

const families = (found: readonly VoiceEdge[]) => found.map(({ signals }) => [...signals]);

it('two pages of different groups are one house when one author stands in one template with two biographies', () => {
  const found = edges(
    page('bots.example', `${TOP}${prose('a')}${BOX(BUILDER)}`),
    page('agents.example', `${TOP}${prose('b')}${BOX(SCHOLAR)}`),
  );
  expect(found).toEqual([
    {
      a: 'agents.example',
      b: 'bots.example',
      item: null,
      observedAt: AT,
      signals: ['byline ada quill 0.4', 'two biographies 0.2', 'boilerplate (5 lines) 0.5'],
    },
  ]);
});

it('two pages of different groups are not joined by an author and a template alone', () => {
  const found = edges(
    page('bots.example', `${TOP}${prose('a')}${BOX('')}`),
    page('agents.example', `${TOP}${prose('b')}${BOX('')}`),
  );
  expect(found).toEqual([]);
});

it('two pages of different groups are not joined by an author who writes in two places', () => {
  const found = edges(
    page('bots.example', `By Ada Quill\n${prose('a')}`),
    page('agents.example', `By Ada Quill\n${prose('b')}`),
  );
  expect(found).toEqual([]);
});

it('two pages of different groups are not joined by a theme that many sites have', () => {
  const theme = (seed: string) =>
    `5 min read\n${prose(seed)}.\nShare this:\nLeave a comment\nRelated posts\nPrevious post\nNext post\nPrivacy policy`;
  expect(edges(page('a.example', theme('a')), page('b.example', theme('b')))).toEqual([]);
});

it('two pages of different groups are not joined by lines that turn out to be everywhere', () => {
  const made = Array.from({ length: 14 }, (_, at) =>
    page(`site${at}.example`, `${TOP}${prose(`s${at}x`)}${BOX(at % 2 === 0 ? BUILDER : SCHOLAR)}`),
  );
  const [one, other] = made as [PrintedPage, PrintedPage];
  expect(edges(one, other)).toHaveLength(1);
  expect(edges(one, other, made)).toEqual([]);
});

it('two pages of different groups are one house when one owner counts their visits', () => {
  const analytics = ['G-ABC123DEF4'];
  const found = edges(
    page('a.example', prose('a'), { analytics }),
    page('b.example', prose('b'), { analytics }),
  );
  expect(found[0]?.item).toBeNull();
  expect(families(found)).toEqual([['analytics g-abc123def4 1.0']]);
});

it('two pages of different groups pass each other on, and nothing more, when one text is most of the other', () => {
  const [a, b] = [
    page('a.example', prose('x', 8)),
    page('b.example', `${prose('x', 8)}.\n${prose('own', 2)}`),
  ];
  expect(edges(a, b).map(({ a: from, b: to, item }) => [from, to, item])).toEqual([
    ['a.example', 'b.example', b.item],
    ['b.example', 'a.example', a.item],
  ]);
});

it('two pages of different groups have the same text whatever their sites put around it', () => {
  const found = edges(page('a.example', `${TOP}${prose('x')}`), page('b.example', prose('x')));
  expect(families(found)[0]?.[0]).toBe('same text 1.0');
});

it('two pages of different groups pass each other on when one author says the same in the same words twice', () => {
  const shared = 'They were taken away again before most of the regulars had even noticed them.';
  const outline = `Where things stand today\nLet me put the facts on the table first, as they are known so far.`;
  const found = edges(
    page('a.example', `By Ada Quill\n${prose('a', 3)}.\n${outline}\n${shared}`),
    page('b.example', `By Ada Quill\n${prose('b', 3)}.\n${outline}\n${shared}`),
  );
  expect(found).toHaveLength(2);
  expect(found[0]?.signals).toEqual([
    'byline ada quill 0.4',
    'shared run of 11 words 0.4',
    'section where things stand today: let me 0.2',
  ]);
});

it('two pages of different groups count a rare term only where it is known what is rare', () => {
  const shared = 'They were taken away again before most of the regulars had even noticed them.';
  const text = (seed: string) => `By Ada Quill\n${prose(seed, 3)}.\nThe tape-coded ones. ${shared}`;
  const [a, b] = [page('a.example', text('a')), page('b.example', text('b'))];
  const others = Array.from({ length: 20 }, (_, at) => page(`o${at}.example`, prose(`o${at}x`)));
  expect(edges(a, b)).toEqual([]);
  expect(edges(a, b, others)[0]?.signals).toContain('rare term tape-coded 0.3');
  const common = others.map(({ print }, at) =>
    page(`o${at}.example`, `${print.url} ${text(`c${at}`)}`),
  );
  expect(edges(a, b, common)).toEqual([]);
});

it('two pages of different groups of one group are never compared', () => {
  const a = page('a.example', prose('x'));
  expect(edges(a, { ...a, item: page('a.example', prose('y')).item })).toEqual([]);
});

describe('a page with a source', () => {
  const groupOf = (address: string) => (address.includes('vendor') ? null : new URL(address).host);

  it('a page with a source passes on whom it names, but for vendors, platforms and itself', () => {
    const text = `${prose('a')}\n\nSources\nhttps://daily.example/x\nhttps://daily.example/y\nhttps://vendor.example/z\nhttps://x.com/somebody/1`;
    const one = page('a.example', text);
    expect(sourceEdges(one, groupOf, AT)).toEqual([
      {
        a: 'daily.example',
        b: 'a.example',
        item: one.item,
        observedAt: AT,
        signals: ['source https://daily.example/x 1.0'],
      },
    ]);
    expect(sourceEdges({ ...one, group: 'daily.example' }, groupOf, AT)).toEqual([]);
  });
});

describe('edges', () => {
  const parts = fc.record({
    top: fc.boolean(),
    box: fc.constantFrom('', BOX(BUILDER), BOX(SCHOLAR), BOX('')),
    seeds: fc.uniqueArray(fc.constantFrom('p', 'q', 'r', 's'), { minLength: 1, maxLength: 3 }),
    owner: fc.constantFrom<readonly string[]>([], ['G-ABC123DEF4'], ['UA-1234567']),
  });
  const pages = fc.array(parts, { minLength: 2, maxLength: 5 }).map((all) =>
    all.map(({ top, box, seeds, owner }, at) => {
      const text = `${top ? TOP : ''}${seeds.map((seed) => prose(seed, 3)).join('.\n')}${box}`;
      return page(`site${at}.example`, text, owner.length > 0 ? { analytics: owner } : {});
    }),
  );

  it('edges are the same whichever page is named first, and from whatever order of pages', () => {
    fc.assert(
      fc.property(pages, (all) => {
        const [a, b] = all as [PrintedPage, PrintedPage];
        const [frequency, other] = [frequencyAmong(all), frequencyAmong([...all].reverse())];
        const found = edgesBetween(a, b, frequency, AT);
        expect(edgesBetween(b, a, other, AT)).toEqual(found);
      }),
    );
  });

  it('edges join no pages that could not have been looked up from each other', () => {
    fc.assert(
      fc.property(pages, (all) => {
        const frequency = frequencyAmong(all);
        for (const a of all) {
          for (const b of all) {
            if (edgesBetween(a, b, frequency, AT).length === 0) continue;
            const marks = new Set(marksOf(b.print));
            expect(lookupMarks(a.print).some((mark) => marks.has(mark))).toBe(true);
          }
        }
      }),
    );
  });

  it('edges rest on signals of two families that sum to one, or on one that suffices alone', () => {
    fc.assert(
      fc.property(pages, (all) => {
        const [a, b] = all as [PrintedPage, PrintedPage];
        for (const { signals } of edgesBetween(a, b, frequencyAmong(all), AT)) {
          const weights = signals.map((signal) => Number(signal.split(' ').at(-1)));
          const sum = Math.round(weights.reduce((x, y) => x + y, 0) * 10) / 10;
          expect(sum).toBeGreaterThanOrEqual(1);
          expect(weights.length > 1 || weights[0] === 1).toBe(true);
        }
      }),
    );
  });
});
