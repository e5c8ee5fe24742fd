import fc from 'fast-check';
import { expect, it } from 'vitest';
import { diffItems, type ItemDiff, isSameItem } from '../../../../src/core/diff/items.ts';
import { canonicalJson, idOf, targetId } from '../../../../src/domain/ids.ts';
import type { Item, ItemVersion } from '../../../../src/domain/item.ts';
import type { Watcher } from '../../../../src/domain/watcher.ts';

const TARGET = targetId('news', 'https://vendor.example/feed');

function item(key: string, text: string): Item {
  return {
    key,
    kind: 'post',
    title: `Entry ${key}`,
    text,
    url: `https://vendor.example/${key}`,
    published: null,
    fields: {},
  };
}

function diff(
  before: ReadonlyMap<string, ItemVersion>,
  now: readonly Item[],
  at: string,
  coverage: Watcher['coverage'] = 'complete',
): ItemDiff {
  return diffItems({
    target: TARGET,
    snapshot: idOf('sn', at),
    at,
    coverage,
    before,
    now,
    technical: false,
    baseline: false,
    mentionsOf: ({ text }) => (text.includes('gpt') ? ['gpt-5.4'] : []),
  });
}

const FIRST = '2026-04-21T19:00:00.000Z';
const LATER = '2026-04-21T20:00:00.000Z';
const kinds = ({ changes }: ItemDiff) => changes.map(({ change }) => [change.kind, change.key]);

it('the difference between two readings adds what is new, revises what reads otherwise and withdraws what is gone', () => {
  const first = diff(new Map(), [item('a', 'one'), item('b', 'two')], FIRST);
  expect(kinds(first)).toEqual([
    ['added', 'a'],
    ['added', 'b'],
  ]);
  const second = diff(first.after, [item('b', 'two and more'), item('c', 'three')], LATER);
  expect(kinds(second)).toEqual([
    ['revised', 'b'],
    ['added', 'c'],
    ['withdrawn', 'a'],
  ]);
  expect(second.ended.map(({ id }) => id).sort()).toEqual(
    [first.after.get('a')?.id, first.after.get('b')?.id].sort(),
  );
  expect([...second.after.keys()]).toEqual(['b', 'c']);
});

it('the difference between two readings finds nothing when nothing changed, whatever the order', () => {
  const first = diff(new Map(), [item('a', 'one'), item('b', 'two')], FIRST);
  const second = diff(first.after, [item('b', 'two'), item('a', 'one')], LATER);
  expect(second).toMatchObject({ added: [], ended: [], changes: [] });
});

it('the difference between two readings takes absence from a rolling list for no withdrawal', () => {
  const first = diff(new Map(), [item('a', 'one'), item('b', 'two')], FIRST, 'rolling');
  const second = diff(first.after, [item('b', 'two')], LATER, 'rolling');
  expect(second).toMatchObject({ added: [], ended: [], changes: [] });
});

it('the difference between two readings takes a key that is listed twice at its first word', () => {
  const first = diff(new Map(), [item('a', 'one'), item('a', 'another')], FIRST);
  expect(first.added.map((version) => version.item.text)).toEqual(['one']);
});

it('the difference between two readings gives a text that returns a version of its own', () => {
  const first = diff(new Map(), [item('a', 'one')], FIRST);
  const second = diff(first.after, [item('a', 'two')], LATER);
  const third = diff(second.after, [item('a', 'one')], '2026-04-21T21:00:00.000Z');
  expect(third.added[0]?.id).not.toBe(first.added[0]?.id);
});

it('the difference between two readings notes whom each version names', () => {
  const { added } = diff(new Map(), [item('a', 'gpt-5.4 is out'), item('b', 'a story')], FIRST);
  expect(added.map(({ mentions }) => mentions)).toEqual([['gpt-5.4'], []]);
});

it('the difference between two readings accounts for every item: what stands is what was read', () => {
  const items = fc.uniqueArray(
    fc.tuple(fc.constantFrom(...'abcdef'), fc.constantFrom('x', 'y', 'z')),
    {
      selector: ([key]) => key,
    },
  );
  fc.assert(
    fc.property(items, items, (before, now) => {
      const first = diff(
        new Map(),
        before.map(([key, text]) => item(key, text)),
        FIRST,
      );
      const second = diff(
        first.after,
        now.map(([key, text]) => item(key, text)),
        LATER,
      );
      const standing = [...second.after.values()].map(({ item: { key, text } }) => [key, text]);
      expect(standing.sort()).toEqual([...now].sort());
      const live = new Set(
        [...first.after.values(), ...second.added].map(({ id }) => id as string),
      );
      for (const { id } of second.ended) live.delete(id);
      expect([...live].sort()).toEqual(
        [...second.after.values()].map(({ id }) => id as string).sort(),
      );
    }),
  );
});

it('two readings of an item are the same exactly when they are written the same', () => {
  const value = fc.string({ maxLength: 2 });
  const fields = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(value, fc.array(value)));
  const drawn = fields.map((found) => ({ ...item('key', 'text'), fields: found }));
  fc.assert(
    fc.property(drawn, drawn, (one, other) => {
      expect(isSameItem(one, other)).toBe(canonicalJson(one) === canonicalJson(other));
      expect(isSameItem(one, structuredClone(one))).toBe(true);
    }),
  );
});

it('two readings of an item are the same whether a field is undefined or not there', () => {
  const [full, bare] = [{ a: 1, b: undefined }, { a: 1 }];
  const reading = (fields: object): Item => ({ ...item('key', 'text'), ...{ fields } }) as Item;
  expect(isSameItem(reading(full), reading(bare))).toBe(true);
  expect(isSameItem(reading(bare), reading({ a: 2 }))).toBe(false);
});
