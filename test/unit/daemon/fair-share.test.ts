import { expect, it } from 'vitest';
import {
  fullParties,
  partyOf,
  vendorChannels,
  watchersBeside,
} from '../../../src/daemon/fair-share.ts';
import type { Watcher } from '../../../src/domain/watcher.ts';

/** Watchers by name, each with its vendor, as far as shares ask. */
function watchers(vendors: Readonly<Record<string, string | null>>): ReadonlyMap<string, Watcher> {
  const entries = Object.entries(vendors);
  return new Map(entries.map(([id, vendor]) => [id, { id, vendor } as Watcher]));
}

const TWO_VENDORS = watchers({ news: 'acme', help: 'acme', blog: 'borea', reports: null, x: null });

it('the shares of the room for checks count a vendor with all its channels as one, and each watcher of the talk', () => {
  const parties = [...TWO_VENDORS.keys()].map((id) => partyOf(TWO_VENDORS, id));
  expect(parties[0]).toBe(parties[1]);
  expect(new Set(parties).size).toBe(4);
  expect(partyOf(TWO_VENDORS, 'gone')).toBeNull();
});

it('the shares of the room for checks leave all of the room to a party that is alone', () => {
  const alone = watchers({ news: 'acme', help: 'acme' });
  expect(partyOf(alone, 'news')).toBeNull();
});

it('the shares of the room for checks are full at three quarters of the room, and never below one check', () => {
  const six = Array.from({ length: 6 }, () => 'vendor:acme');
  expect(fullParties([...six, 'vendor:borea', null], 8)).toEqual(new Set(['vendor:acme']));
  expect(fullParties(six.slice(1), 8)).toEqual(new Set());
  expect(
    fullParties(
      Array.from({ length: 9 }, () => null),
      8,
    ),
  ).toEqual(new Set());
  expect(fullParties([], 1)).toEqual(new Set());
});

it('the shares of the room for checks are passed over when they are full, with all their watchers', () => {
  expect(watchersBeside(TWO_VENDORS, new Set())).toHaveLength(5);
  const full = new Set([partyOf(TWO_VENDORS, 'news') ?? '', partyOf(TWO_VENDORS, 'x') ?? '']);
  expect(watchersBeside(TWO_VENDORS, full)).toEqual(['blog', 'reports']);
});

it('the shares of the room for checks put the channels of vendors first', () => {
  expect(vendorChannels(TWO_VENDORS)).toEqual(['news', 'help', 'blog']);
});
