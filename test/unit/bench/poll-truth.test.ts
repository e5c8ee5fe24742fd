import { expect, it } from 'vitest';
import { pollTruth } from '../../../bench/accuracy/poll-truth.mjs';

const at = (minute: number) => new Date(Date.UTC(2026, 3, 1, 0, minute)).toISOString();

/** Polls of a list, each with its minute and what it shows. */
function polls(...shown: readonly (readonly [number, string])[]) {
  let before = new Set<string>();
  return shown.map(([minute, text]) => {
    const now = new Set(text.split(' ').filter((id) => id !== ''));
    const added = [...now].filter((id) => !before.has(id)).map((id) => ({ id }));
    const removed = [...before].filter((id) => !now.has(id));
    before = now;
    return { at: at(minute), added, removed };
  });
}

function truthOf(...shown: readonly (readonly [number, string])[]) {
  const { launches, withdrawals } = pollTruth(polls(...shown));
  return { launches: [...launches], withdrawals: [...withdrawals] };
}

it('what polls prove is a launch at the first poll ten minutes after the first sighting', () => {
  const found = truthOf([0, 'a'], [20, 'a b'], [25, 'a b'], [30, 'a b'], [60, 'a b']);
  expect(found).toEqual({ launches: [['b', at(30)]], withdrawals: [] });
});

it('what polls prove is no launch of what the first full answer held, nor of what was seen once', () => {
  const found = truthOf([0, ''], [5, 'a'], [20, 'a'], [40, 'a b'], [60, 'a'], [70, 'a b']);
  expect(found).toEqual({ launches: [], withdrawals: [] });
});

it('what polls prove is a withdrawal at the first poll half an hour after the first miss', () => {
  const found = truthOf([0, 'a b'], [20, 'a b'], [40, 'a'], [50, 'a'], [70, 'a']);
  expect(found).toEqual({ launches: [], withdrawals: [['b', at(70)]] });
});

it('what polls prove is no withdrawal of what comes back', () => {
  const found = truthOf([0, 'a b'], [20, 'a b'], [40, 'a'], [50, 'a b'], [90, 'a b']);
  expect(found).toEqual({ launches: [], withdrawals: [] });
});
