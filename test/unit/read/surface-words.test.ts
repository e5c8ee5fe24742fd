import { describe, expect, it } from 'vitest';
import type { GlanceView } from '../../../src/read/glance-view.ts';
import type { SurfaceView } from '../../../src/read/surface-view.ts';
import { readingSentence, surfaceSentence } from '../../../src/read/surface-words.ts';

const day = (at: string) => at.slice(0, 10);
const MAY = '2026-05-13T02:30:00.000Z';

function wordsOf(
  state: SurfaceView['checked']['state'],
  readAt: string | null,
  over: Partial<SurfaceView> = {},
): string {
  const checked = { state, checked: 0, mandatory: 2, at: null };
  const none = { level: 'unknown', status: 'never_reported', since: null, value: null } as const;
  const surface = { surface: 'api', label: 'In the API', ...none, checked, readAt, ...over };
  return surfaceSentence(surface, day, day);
}

describe('a place in words', () => {
  it('tells "no" from "never looked" and from "read long ago"', () => {
    expect(wordsOf('silent', MAY)).toBe('no');
    expect(wordsOf('never', null)).toBe('never looked');
    expect(wordsOf('stale', MAY)).toBe('cannot say, last read 2026-05-13');
    expect(wordsOf('unreachable', null)).toBe('cannot say, never read');
    expect(wordsOf('partial', MAY)).toBe('cannot say, last read 2026-05-13');
    expect(wordsOf('names_it', MAY)).toBe('named, no more');
  });

  it('says that nobody speaks of what no channel has to speak of', () => {
    const checked = { state: 'never', checked: 0, mandatory: 0, at: null } as const;
    expect(wordsOf('never', null, { checked })).toBe('not said');
  });

  it('gives a level with its day, a price with its figure and a retirement with its date', () => {
    const since = '2026-04-21T19:10:00.000Z';
    const confirmed = { level: 'confirmed', status: 'in_effect', since } as const;
    expect(wordsOf('present', MAY, confirmed)).toBe('confirmed since 2026-04-21');
    expect(wordsOf('present', MAY, { ...confirmed, surface: 'priced', value: '5.00' })).toBe(
      'confirmed since 2026-04-21: 5.00',
    );
    const retired = { ...confirmed, surface: 'retired', value: '2027-01-20' };
    expect(wordsOf('present', MAY, retired)).toBe('since 2027-01-20');
    expect(wordsOf('present', MAY, { ...retired, status: 'scheduled' })).toBe('on 2027-01-20');
  });
});

describe('how the vendor was read', () => {
  const glance = (over: Partial<GlanceView>): GlanceView => ({
    ...{ verdict: '', sentence: '', vendorName: 'OpenAI', readAt: MAY, isFresh: true, unread: [] },
    ...{ surfaces: [], for: null, against: null, ...over },
  });
  const unread = (state: GlanceView['unread'][number]['state'], kind: string) => ({
    ...{ kind, state, at: null, reason: null },
  });

  it('is told with its moment, and whether that is too long ago', () => {
    expect(readingSentence(glance({}), day)).toBe("OpenAI's pages were last read on 2026-05-13.");
    expect(readingSentence(glance({ isFresh: false }), day)).toBe(
      "OpenAI's pages were last read on 2026-05-13, too long ago to count.",
    );
  });

  it('names what could not be read, by cause', () => {
    const missing = [
      unread('never', 'model-page'),
      unread('unreachable', 'changelog'),
      unread('unreachable', 'newsroom'),
    ];
    expect(readingSentence(glance({ unread: missing }), day)).toBe(
      "OpenAI's pages were last read on 2026-05-13. Could not be read: changelog and newsroom. Never looked at: model page.",
    );
  });

  it('says so once when no page was ever read', () => {
    const missing = [unread('never', 'model-page'), unread('never', 'changelog')];
    expect(readingSentence(glance({ readAt: null, isFresh: false, unread: missing }), day)).toBe(
      "OpenAI's pages were never read.",
    );
  });
});
