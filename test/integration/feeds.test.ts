import { load } from 'cheerio';
import ICAL from 'ical.js';
import RssParser from 'rss-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { calendarOf, feedOf } from '../../src/feeds/feed.ts';
import type { ToldStory } from '../../src/read/told-story.ts';
import { type LaunchSite, openLaunchSite } from '../support/launch-site.ts';

let site: LaunchSite;

beforeAll(async () => {
  site = await openLaunchSite({ publicUrl: 'https://radar.example/firsthand' });
});

async function textOf(path: string, type: string): Promise<string> {
  const answer = await site.get(path);
  expect(answer.status, path).toBe(200);
  expect(answer.headers.get('content-type')).toContain(type);
  return answer.text();
}

interface Entry {
  id: string;
  updated: string;
  title: string;
}

async function entries(path: string): Promise<readonly Entry[]> {
  const feed = load(await textOf(path, 'atom'), { xml: true });
  return feed('entry')
    .toArray()
    .map((entry) => ({
      id: feed(entry).find('id').text(),
      updated: feed(entry).find('updated').text(),
      title: feed(entry).find('title').text(),
    }));
}

describe('the feeds', () => {
  it('the feeds say the same as Atom, RSS and JSON, to a parser of another family', async () => {
    const parser = new RssParser();
    const atom = await parser.parseString(await textOf('/feeds/all.atom', 'application/atom+xml'));
    const rss = await parser.parseString(await textOf('/feeds/all.rss', 'application/rss+xml'));
    const json = JSON.parse(await textOf('/feeds/all.json', 'application/feed+json'));
    expect(json.version).toBe('https://jsonfeed.org/version/1');
    const titles = atom.items.map(({ title }) => title);
    expect(titles.length).toBeGreaterThan(3);
    expect(rss.items.map(({ title }) => title)).toEqual(titles);
    expect(json.items.map(({ title }: { title: string }) => title)).toEqual(titles);
    for (const { link } of atom.items)
      expect(link).toContain('https://radar.example/firsthand/stories/st_');
  });

  it('update the entry of a story that grows, and never show it as new', async () => {
    const path = '/feeds/subjects/gpt-image-2.atom';
    const early = await entries(`${path}?as-of=2026-04-21T19:15Z`);
    const late = await entries(path);
    const launch = early.find(({ title }) => title.endsWith('(confirmed)'));
    const grown = late.find(({ id }) => id === launch?.id);
    expect(grown?.updated.localeCompare(launch?.updated ?? '')).toBe(1);
    // It was a rumor until the vendor spoke: the same story, of another kind.
    const [rumor] = await entries('/feeds/kinds/rumor.atom?as-of=2026-04-20');
    expect(rumor?.id).toBe(launch?.id);
    for (const list of [early, late]) {
      expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
    }
  });

  it('the feeds are there for each vendor, kind, level and subject, and all of them in OPML', async () => {
    const opml = load(await textOf('/feeds/feeds.opml', 'opml'), { xml: true });
    const addresses = opml('outline')
      .toArray()
      .map((outline) => opml(outline).attr('xmlUrl') ?? '');
    expect(addresses.length).toBeGreaterThan(5);
    for (const address of addresses) {
      const path = address.replace('https://radar.example/firsthand', '');
      expect((await entries(path)).length, path).toBeGreaterThan(0);
    }
    expect((await site.get('/feeds/kinds/gossip.atom')).status).toBe(404);
    expect((await site.get('/feeds/nothing.atom')).status).toBe(404);
    expect((await site.get('/feeds/subjects/no-such-model.atom')).status).toBe(404);
  });

  it('carry what others wrote as words, whatever it is', () => {
    const hostile = 'a ]]> <script>alert(1)</script> & \u0000 end';
    const story: ToldStory = {
      ...{ id: 'st_1', kind: 'launch', subject: 'a', name: hostile, vendor: 'v', title: hostile },
      subjects: [{ id: 'a', name: hostile }],
      ...{ level: 'confirmed', openedAt: '2026-01-01T00:00:00.000Z' },
      updatedAt: '2026-01-02T00:00:00.000Z',
      parts: [
        {
          ...{ at: '2026-01-02T00:00:00.000Z', title: hostile, lead: hostile },
          quotes: [{ quote: hostile, url: 'javascript:alert(1)', publisher: hostile }],
        },
      ],
    };
    const parts = { title: hostile, address: 'https://a.example/f', site: 'https://a.example' };
    for (const type of ['atom', 'rss'] as const) {
      const feed = load(feedOf(type, { ...parts, stories: [story] }), { xml: true });
      const entry = feed('entry, item');
      expect(entry.length).toBe(1);
      expect(entry.find('title').text()).toBe(hostile.replace('\u0000', ' '));
      const content = load(entry.find('content, content\\:encoded').text());
      expect(content('script, a').length).toBe(0);
      expect(content('blockquote').text()).toContain('<script>');
    }
  });
});

describe('the calendar', () => {
  it('the calendar has each dated retirement as a whole day, read by a parser of another family', async () => {
    const text = await textOf('/calendar.ics', 'text/calendar');
    const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');
    const named = events.map((event) => new ICAL.Event(event));
    const dalle = named.find(({ uid }) => uid === 'retirement-dall-e-2@firsthand.invalid');
    expect(dalle?.startDate.toString()).toBe('2026-05-12');
    expect(dalle?.startDate.isDate).toBe(true);
    expect(dalle?.summary).toContain('DALL-E 2');
  });

  it.each(['Pacific/Kiritimati', 'America/Los_Angeles'])(
    'the calendar keeps the day in %s',
    (zone) => {
      const before = process.env['TZ'];
      process.env['TZ'] = zone;
      try {
        const retirement = {
          ...{ subject: 'a', name: 'A', vendor: 'v', day: '2026-05-12', status: 'scheduled' },
          ...{ quote: 'q', url: 'https://v.example', firstSeen: '2026-01-01T00:00:00.000Z' },
          lastSeen: '2026-01-01T00:00:00.000Z',
        };
        const view = {
          asOf: '2026-01-01T00:00:00.000Z',
          retirements: [{ ...retirement, vendorName: 'OpenAI' }],
        };
        expect(calendarOf(view, 'https://s.example')).toContain('DTSTART;VALUE=DATE:20260512');
      } finally {
        process.env['TZ'] = before;
      }
    },
  );
});
