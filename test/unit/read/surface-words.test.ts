import { describe, expect, it } from 'vitest';
import type { GlanceView, SurfaceView } from '../../../src/read/surface-view.ts';
import { besideWords, readingSentence, surfaceSentence } from '../../../src/read/surface-words.ts';

const day = (at: string) => at.slice(0, 10);
const MAY = '2026-05-13T02:30:00.000Z';

function wordsOf(
  state: SurfaceView['checked']['state'],
  readAt: string | null,
  over: Partial<SurfaceView> = {},
): string {
  const checked = { state, checked: 0, mandatory: 2, at: null };
  const none = { level: 'unknown', status: 'never_reported', since: null, value: null } as const;
  const beside = { isFirstSight: false, days: [], listedAs: null };
  const surface = {
    surface: 'api',
    label: 'In the API',
    ...none,
    ...beside,
    checked,
    readAt,
    ...over,
  };
  return surfaceSentence(surface, day, day);
}

describe('a place in words', () => {
  it('a place in words tells "no" from "never looked" and from "read long ago"', () => {
    expect(wordsOf('silent', MAY)).toBe('no');
    expect(wordsOf('never', null)).toBe('never looked');
    expect(wordsOf('stale', MAY)).toBe('cannot say, last read 2026-05-13');
    expect(wordsOf('unreachable', null)).toBe('cannot say, never read');
    expect(wordsOf('partial', MAY)).toBe('cannot say, last read 2026-05-13');
    expect(wordsOf('names_it', MAY)).toBe('named, no more');
  });

  it('a place in words says that nobody speaks of what no channel has to speak of', () => {
    const checked = { state: 'never', checked: 0, mandatory: 0, at: null } as const;
    expect(wordsOf('never', null, { checked })).toBe('not said');
  });

  it('a place in words gives a level with its day, a price with its figure and a retirement with its date', () => {
    const since = '2026-04-21T19:10:00.000Z';
    const confirmed = { level: 'confirmed', status: 'in_effect', since } as const;
    expect(wordsOf('present', MAY, confirmed)).toBe('confirmed since 2026-04-21');
    expect(wordsOf('present', MAY, { ...confirmed, surface: 'priced', value: '5.00' })).toBe(
      'confirmed since 2026-04-21: $5.00',
    );
    const retired = { ...confirmed, surface: 'retired', value: '2027-01-20' };
    expect(wordsOf('present', MAY, retired)).toBe('since 2027-01-20');
    expect(wordsOf('present', MAY, { ...retired, status: 'scheduled' })).toBe('on 2027-01-20');
  });
});

describe('since when a place is so', () => {
  const since = '2026-04-25T08:00:00.000Z';
  const confirmed = { level: 'confirmed', status: 'in_effect', since } as const;

  it('since when a place is so is not known of what stood there at the first look', () => {
    expect(wordsOf('present', MAY, { ...confirmed, isFirstSight: true })).toBe(
      'confirmed at the first look, 2026-04-25',
    );
  });

  it('since when a place is so is the day the list was seen to hold it, beside the day that the list itself gives', () => {
    expect(wordsOf('present', MAY, { ...confirmed, listedAs: '2026-04-22' })).toBe(
      'confirmed since 2026-04-25, by the list alone, which says it was made on 2026-04-22',
    );
  });

  it('since when a place is so is said beside the day that counts, with who gives another', () => {
    const newsroom = { day: '2026-04-23', isVendors: true, by: ['OpenAI'] };
    const changelog = { day: '2026-04-24', isVendors: true, by: ['OpenAI Developers'] };
    const reseller = { day: '2026-04', isVendors: false, by: ['ImageCraft', 'GoIMG'] };
    const of = (days: SurfaceView['days']) => wordsOf('present', MAY, { ...confirmed, days });
    expect(of([newsroom])).toBe('confirmed since 2026-04-25: on 2026-04-23');
    expect(of([newsroom, changelog, reseller])).toBe(
      'confirmed since 2026-04-25: on 2026-04-23 by OpenAI; OpenAI Developers says 2026-04-24; ImageCraft and GoIMG say 2026-04',
    );
  });
});

it('What is said beside a level is the same without the level', () => {
  const checked = { state: 'present', checked: 2, mandatory: 2, at: MAY } as const;
  const surface: SurfaceView = {
    ...{ surface: 'api', label: 'In the API', level: 'confirmed', status: 'in_effect' },
    ...{ since: MAY, isFirstSight: false, value: null, readAt: MAY, checked },
    ...{ days: [], listedAs: '2026-04-22' },
  };
  expect(besideWords(surface, day)).toBe('by the list alone, which says it was made on 2026-04-22');
  const days = [{ day: '2026-04-16', isVendors: false, by: ['ImageCraft'] }];
  expect(besideWords({ ...surface, listedAs: null, days }, day)).toBe(
    'on 2026-04-16 by ImageCraft',
  );
  expect(besideWords({ ...surface, listedAs: null }, day)).toBe('');
});

describe('how the vendor was read', () => {
  const glance = (over: Partial<GlanceView>): GlanceView => ({
    ...{ verdict: '', sentence: '', vendorName: 'OpenAI', readAt: MAY, isFresh: true, unread: [] },
    ...{ surfaces: [], for: null, against: null, ...over },
  });
  const unread = (state: GlanceView['unread'][number]['state'], kind: string) => ({
    ...{ kind, state, at: null, reason: null },
  });

  it('how the vendor was read is told with its moment, and whether that is too long ago', () => {
    expect(readingSentence(glance({}), day)).toBe("OpenAI's pages were last read on 2026-05-13.");
    expect(readingSentence(glance({ isFresh: false }), day)).toBe(
      "OpenAI's pages were last read on 2026-05-13, too long ago to count.",
    );
  });

  it('how the vendor was read names what could not be read, by cause', () => {
    const missing = [
      unread('never', 'model-page'),
      unread('unreachable', 'changelog'),
      unread('unreachable', 'newsroom'),
    ];
    expect(readingSentence(glance({ unread: missing }), day)).toBe(
      "OpenAI's pages were last read on 2026-05-13. Could not be read: changelog and newsroom. Never looked at: model page.",
    );
  });

  it('how the vendor was read says of each page that was not read recently when it was', () => {
    const stale = { ...unread('stale', 'newsroom'), at: '2026-04-25T08:00:00.000Z' };
    expect(readingSentence(glance({ isFresh: false, unread: [stale] }), day)).toBe(
      "OpenAI's pages were last read on 2026-05-13, too long ago to count. Not read recently: newsroom (2026-04-25).",
    );
  });

  it('how the vendor was read says of pages that were never read which were tried, and not twice that they were not read', () => {
    const missing = [unread('unreachable', 'changelog'), unread('never', 'newsroom')];
    expect(readingSentence(glance({ readAt: null, isFresh: false, unread: missing }), day)).toBe(
      "OpenAI's pages were never read. Tried in vain: changelog.",
    );
  });

  it('how the vendor was read says so once when no page was ever read', () => {
    const missing = [unread('never', 'model-page'), unread('never', 'changelog')];
    expect(readingSentence(glance({ readAt: null, isFresh: false, unread: missing }), day)).toBe(
      "OpenAI's pages were never read.",
    );
  });
});
