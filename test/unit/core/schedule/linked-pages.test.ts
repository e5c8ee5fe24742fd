import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type LeadQuestion,
  linksIn,
  withinLimits,
} from '../../../../src/core/schedule/linked-pages.ts';
import { idOf, targetId } from '../../../../src/domain/ids.ts';
import type { Item, ItemVersion } from '../../../../src/domain/item.ts';
import { DAY } from '../../../../src/domain/time.ts';

const FEED = 'https://outlet.example/feed.xml';
const AT = '2026-04-21T12:00:00.000Z';

function entry(url: string, given: Partial<Item> = {}, mentions = ['gpt-image-2']): ItemVersion {
  const published = { from: '2026-04-21T10:00:00.000Z', to: null, precision: 'second' as const };
  const item = {
    key: url,
    kind: 'post' as const,
    title: 't',
    text: 't',
    url,
    published,
    fields: {},
  };
  return {
    id: idOf('iv', url),
    target: targetId('reports', FEED),
    item: { ...item, ...given },
    snapshot: idOf('sn', url),
    mentions,
    firstSeenAt: AT,
    supersededAt: null,
  };
}

const question: LeadQuestion = {
  kind: 'report',
  url: FEED,
  at: AT,
  baseline: false,
  oldest: 7 * DAY,
  isWatched: (subject) => subject === 'gpt-image-2',
};

const leads = (added: readonly ItemVersion[], over: Partial<LeadQuestion> = {}) =>
  linksIn(added, { ...question, ...over });

const published = (from: string) => ({
  published: { from, to: null, precision: 'second' as const },
});

it('an entry of a feed that names a watched subject leads to its page, the newest entry first', () => {
  const older = entry('https://outlet.example/a', published('2026-04-20T10:00:00.000Z'));
  const newer = entry('https://outlet.example/b?utm_source=rss');
  const other = entry('https://outlet.example/c', {}, ['gpt-4o']);
  expect(leads([older, newer, other])).toEqual([
    'https://outlet.example/b',
    'https://outlet.example/a',
  ]);
});

it('an entry of a feed that is old leads nowhere, nor one without a date when the feed is new', () => {
  const old = entry('https://outlet.example/a', published('2026-04-01T10:00:00.000Z'));
  const undated = entry('https://outlet.example/b', { published: null });
  expect(leads([old, undated], { baseline: true })).toEqual([]);
  expect(leads([old, undated])).toEqual(['https://outlet.example/b']);
});

it('an entry of a feed leads neither to the feed itself, nor to a file, nor to what is no page of the web', () => {
  const nowhere = [FEED, 'https://outlet.example/paper.pdf', 'npm:openai', 'mailto:a@b.example'];
  expect(leads(nowhere.map((url) => entry(url)))).toEqual([]);
});

it('an entry of a feed of a place where people talk leads to others, never back to the place', () => {
  const forum = 'https://forum.example/new/.rss';
  const talk = entry('https://www.forum.example/t/1');
  const link = entry('https://outlet.example/a');
  const both = { kind: 'forum' as const, url: forum };
  expect(leads([talk, link], both)).toEqual(['https://outlet.example/a']);
  const discussion = { fields: { discussion: 'https://talk.example/item?id=1' } };
  expect(leads([entry('https://talk.example/item?id=1', discussion)], both)).toEqual([]);
});

it('an entry of a feed of a sitemap leads to the page that appeared, and a row of a list to none', () => {
  const address = entry('https://vendor.example/index/x', { kind: 'address', published: null });
  const row = entry('https://vendor.example/list', { kind: 'listing' });
  expect(leads([address, row], { kind: 'sitemap' })).toEqual(['https://vendor.example/index/x']);
  expect(leads([address], { kind: 'sitemap', baseline: true })).toEqual([]);
  expect(leads([entry('https://vendor.example/i')], { kind: 'status' })).toEqual([]);
});

describe('the pages of a day', () => {
  const address = fc
    .tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat({ max: 40 }))
    .map(([host, page]) => `https://${host}.example/${page}`);
  const addresses = fc.uniqueArray(address, { maxLength: 60 });
  const hostOf = (url: string) => new URL(url).host;

  it('the pages of a day are never more than the limits, of a host as of all, with those of the day before them', () => {
    fc.assert(
      fc.property(addresses, addresses, fc.nat(20), fc.nat(6), (found, recent, aDay, aHost) => {
        const chosen = withinLimits(found, recent, { aDay, aHost });
        expect(chosen.length).toBeLessThanOrEqual(Math.max(0, aDay - recent.length));
        for (const host of new Set(chosen.map(hostOf))) {
          const ofHost = [...recent, ...chosen].filter((url) => hostOf(url) === host);
          expect(ofHost.length).toBeLessThanOrEqual(Math.max(aHost, 0));
        }
        expect(found).toEqual(expect.arrayContaining([...chosen]));
      }),
    );
  });

  it('the pages of a day are the newest that fit, and all of them where they fit', () => {
    const found = ['https://a.example/1', 'https://a.example/2', 'https://b.example/1'];
    expect(withinLimits(found, [], { aDay: 9, aHost: 9 })).toEqual(found);
    expect(withinLimits(found, [], { aDay: 9, aHost: 1 })).toEqual([found[0], found[2]]);
    expect(withinLimits(found, ['https://b.example/0'], { aDay: 2, aHost: 2 })).toEqual([found[0]]);
    expect(withinLimits(found, [], { aDay: 0, aHost: 0 })).toEqual([]);
  });
});
