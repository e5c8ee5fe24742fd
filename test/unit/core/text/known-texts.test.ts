import { expect, it } from 'vitest';
import { knownTexts } from '../../../../src/core/text/known-texts.ts';

it('readings are known by their text, and the first of a text stays', () => {
  const known = knownTexts<number>(1_000);
  known.put('a', 1, 1);
  known.put('a', 2, 1);
  expect([known.get('a'), known.get('b')]).toEqual([1, undefined]);
});

it('the oldest readings go when more characters are kept than may be', () => {
  const known = knownTexts<number>(100);
  for (let n = 0; n < 30; n += 1) known.put(`${n}`.padStart(2, '0'), n, 3);
  const kept = Array.from({ length: 30 }, (_, n) => known.get(`${n}`.padStart(2, '0')));
  expect(kept.filter((one) => one !== undefined)).toEqual(
    Array.from({ length: 20 }, (_, n) => n + 10),
  );
});

it('a reading that would take the room of many is not kept', () => {
  const known = knownTexts<number>(100);
  known.put('long', 1, 2);
  expect(known.get('long')).toBeUndefined();
});
