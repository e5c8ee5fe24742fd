import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import {
  edgesBetween,
  type PrintedPage,
  sourceEdges,
} from '../../../../src/core/provenance/edges.ts';
import {
  BOX,
  BUILDER,
  frequencyAmong,
  SCHOLAR,
  TOP,
  talkPage,
  wordsOf,
} from '../../../support/talk-pages.ts';

const DOCS = fileURLToPath(new URL('../../../../docs/verdicts.md', import.meta.url));
const AT = '2026-04-21T10:00:00.000Z';

/** Enough other sites to know what is rare. */
const OTHERS = Array.from({ length: 20 }, (_, at) =>
  talkPage(`other${at}.example`, wordsOf(`other${at}x`)),
);

function signals(a: PrintedPage, b: PrintedPage): readonly string[] {
  const edges = edgesBetween(a, b, frequencyAmong([a, b, ...OTHERS]), AT);
  return edges.flatMap((edge) => edge.signals);
}

test('the signals and weights that the documentation lists are those that edges carry', () => {
  const rows = readFileSync(DOCS, 'utf8').matchAll(/^\| ([^|]+?) \| (\d\.\d) \|/gm);
  const documented = new Map([...rows].map(([, name = '', weight = '']) => [name, weight]));
  const outline = 'Where things stand today\nLet me put the facts on the table.';
  const shared = (words: number) => Array.from({ length: words }, (_, at) => `same${at}`).join(' ');
  const text = (seed: string, run: number) =>
    `${TOP}${wordsOf(seed)}.\n${outline}\nThe tape-coded ${shared(run)} ${seed}.`;
  const analytics = ['G-ABC123DEF4'];
  const long = signals(
    talkPage('a.example', `${text('a', 14)}${BOX(BUILDER)}`, { analytics }),
    talkPage('b.example', `${text('b', 14)}${BOX(SCHOLAR)}`, { analytics }),
  );
  const short = signals(
    talkPage('a.example', `${text('a', 5)}${BOX(BUILDER)}`),
    talkPage('b.example', `${text('b', 5)}${BOX(SCHOLAR)}`),
  );
  const same = signals(talkPage('a.example', wordsOf('x')), talkPage('b.example', wordsOf('x')));
  const most = signals(
    talkPage('a.example', wordsOf('x')),
    talkPage('b.example', `${wordsOf('x')}.\n${wordsOf('own', 2)}`),
  );
  const source = sourceEdges(
    talkPage('a.example', 'Source: https://wire.example/x'),
    () => 'wire.example',
    AT,
  ).flatMap((edge) => edge.signals);
  const found = [...long, ...short, ...same, ...most, ...source];
  for (const [name, weight] of documented) {
    const carried = found.filter((signal) => signal.includes(name));
    expect(carried.length, name).toBeGreaterThan(0);
    for (const signal of carried) expect(signal.endsWith(` ${weight}`), signal).toBe(true);
  }
  const isDocumented = (signal: string) =>
    [...documented.keys()].some((name) => signal.includes(name));
  expect(found.filter((signal) => !isDocumented(signal))).toEqual([]);
  expect(documented.size).toBe(11);
});
