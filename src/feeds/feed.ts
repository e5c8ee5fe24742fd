import { Feed } from 'feed';
import { html } from 'hono/html';
import ical from 'ical-generator';
import { timeWords } from '../domain/time.ts';
import type { RetirementsView } from '../read/retirements.ts';
import type { ToldStory } from '../read/told-story.ts';

export const FEED_TYPES = {
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
  rss: 'application/rss+xml; charset=utf-8',
} as const;

export type FeedType = keyof typeof FEED_TYPES;

export interface FeedParts {
  title: string;
  /** The address of the feed without its ending, and of the site, both whole. */
  address: string;
  site: string;
  stories: readonly ToldStory[];
}

/** A feed of stories. An entry keeps its id while its story grows: readers update it and do not show it as new. */
export function feedOf(type: FeedType, { title, address, site, stories }: FeedParts): string {
  const feed = new Feed({
    title: `firsthand: ${title}`,
    description: 'What became known of model releases, and who says so.',
    id: `${address}.atom`,
    link: site,
    feedLinks: { atom: `${address}.atom`, json: `${address}.json`, rss: `${address}.rss` },
    updated: new Date(stories[0]?.updatedAt ?? '1970-01-01T00:00:00.000Z'),
    copyright: '',
    generator: 'firsthand',
  });
  for (const story of stories) {
    feed.addItem({
      title: plain(story.title),
      id: `tag:firsthand.invalid,2026:${story.id}`,
      link: `${site}/stories/${story.id}`,
      date: new Date(story.updatedAt),
      published: new Date(story.openedAt),
      content: String(contentOf(story)),
      category: [story.kind, story.vendor, ...(story.level === null ? [] : [story.level])].map(
        (name) => ({ name, term: name }),
      ),
    });
  }
  return { atom: () => feed.atom1(), json: () => feed.json1(), rss: () => feed.rss2() }[type]();
}

/** What was told, the newest first, with the words that prove it; all words of others are escaped. */
function contentOf({ parts }: ToldStory) {
  return html`${parts.map(
    ({
      at,
      title,
      lead,
      quotes,
    }) => html`<p><strong>${plain(title)}</strong> (${timeWords(at)})${lead === '' ? '' : html`<br>${plain(lead)}`}</p>
${quotes.map(({ quote, url, publisher }) => html`<blockquote>${plain(quote)}<br>${publisher}${/^https?:\/\//.test(url) ? html`, <a href="${url}">${url}</a>` : ''}</blockquote>`)}`,
  )}`;
}

/** Without the control characters that no XML may hold. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is taken out.
  return text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ' ');
}

export interface Outline {
  title: string;
  address: string;
}

/** All feeds as OPML, which feed readers take in one step. */
export function opmlOf(outlines: readonly Outline[]): string {
  const lines = outlines.map(
    ({ title, address }) =>
      html`<outline type="rss" text="${title}" title="${title}" xmlUrl="${address}"/>\n`,
  );
  return String(html`<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
<head><title>firsthand</title></head>
<body>
${lines}</body>
</opml>
`);
}

/** Every dated retirement as an event of a whole day; an event keeps its id when its day moves. */
export function calendarOf({ retirements }: RetirementsView, site: string): string {
  const calendar = ical({ name: 'Model retirements (firsthand)', ttl: 6 * 60 * 60 });
  for (const { subject, name, vendorName, day, quote, url, lastSeen } of retirements) {
    calendar.createEvent({
      id: `retirement-${subject}@firsthand.invalid`,
      summary: `${name} (${subject}) is shut down by ${vendorName}`,
      description: `“${quote}”\n${url}`,
      // The library writes the day that a moment has in UTC.
      start: new Date(`${day}T00:00:00Z`),
      allDay: true,
      stamp: new Date(lastSeen),
      url: `${site}/models/${encodeURIComponent(subject)}`,
    });
  }
  return calendar.toString();
}
