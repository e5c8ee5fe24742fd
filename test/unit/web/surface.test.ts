import { describe, expect, it } from 'vitest';
import type { SurfaceView } from '../../../src/read/surface-view.ts';
import { surfaceWords } from '../../../src/web/board-page.ts';

const SEEN = '2026-04-25T08:00:00.000Z';

async function wordsOf(over: Partial<SurfaceView>): Promise<string> {
  const surface: SurfaceView = {
    ...{ surface: 'announced', label: 'Announced', level: 'confirmed', status: 'in_effect' },
    ...{ since: SEEN, isFirstSight: false, days: [], listedAs: null, value: null, readAt: SEEN },
    checked: { state: 'present', checked: 1, mandatory: 2, at: SEEN },
    ...over,
  };
  const markup = String(await surfaceWords(surface));
  return markup.replaceAll(/<[^>]*>/g, '').trim();
}

describe('a place on a page of the board', () => {
  it('a place on a page of the board has the day that the vendor gives before the day on which it was seen', async () => {
    expect(await wordsOf({})).toContain('25 Apr 2026');
    const days = [{ day: '2026-04-23', isVendors: true, by: ['OpenAI'] }];
    expect(await wordsOf({ days })).toContain('23 Apr 2026');
    const talk = [{ day: '2026-04-16', isVendors: false, by: ['ImageCraft'] }];
    expect(await wordsOf({ days: talk })).toContain('25 Apr 2026');
  });

  it('that was there at the first look was so by that day', async () => {
    expect(await wordsOf({ isFirstSight: true })).toContain('by 25 Apr 2026');
  });

  it('whose end has come and is not seen yet is not said to be shut down', async () => {
    const end = { surface: 'retired', value: '2026-05-12' } as const;
    expect(await wordsOf({ ...end, status: 'in_effect' })).toBe('since 12 May 2026');
    expect(await wordsOf({ ...end, status: 'scheduled' })).toBe('on 12 May 2026');
    expect(await wordsOf({ ...end, status: 'due' })).toBe(
      'was set for 12 May 2026; not seen gone since',
    );
  });
});
