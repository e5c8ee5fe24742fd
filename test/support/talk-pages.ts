import { pageItem } from '../../src/core/extract/page-item.ts';
import type { PrintedPage } from '../../src/core/provenance/edges.ts';
import { fingerprintOf } from '../../src/core/provenance/fingerprint.ts';
import { pageOrigin } from '../../src/core/provenance/origin-fields.ts';
import { type Frequency, marksOf } from '../../src/core/provenance/similarity.ts';
import { idOf } from '../../src/domain/ids.ts';
import type { Item } from '../../src/domain/item.ts';

/** A page of somebody else, as a text. */
export function talkItem(
  url: string,
  title: string,
  text: string,
  fields: Item['fields'] = {},
): Item {
  return { key: url, kind: 'page', title, text, url, published: null, fields };
}

/** A page of somebody else, as the markup it came in. */
export function talkFromHtml(url: string, source: string): Item {
  const item = pageItem({ body: source, contentType: 'text/html', finalUrl: url });
  return { ...item, fields: { ...originOf(url, source), ...item.fields } };
}

/** What the markup of a page shows of where it comes from. */
export function originOf(url: string, source: string): Item['fields'] {
  const body = new TextEncoder().encode(source);
  return pageOrigin({ body, contentType: 'text/html', finalUrl: url });
}

/** With its fingerprint; the host is the group. */
export function printedPage(item: Item, group = new URL(item.url).host): PrintedPage {
  return { item: idOf('iv', item.url, item.text), group, print: fingerprintOf(item, item.url) };
}

/** How widely marks are spread among some pages. */
export function frequencyAmong(pages: readonly PrintedPage[]): Frequency {
  const carriers = new Map<string, Set<string>>();
  for (const { group, print } of pages) {
    for (const mark of marksOf(print)) {
      carriers.set(mark, (carriers.get(mark) ?? new Set()).add(group));
    }
  }
  return {
    groups: new Set(pages.map(({ group }) => group)).size,
    of: (mark) => carriers.get(mark)?.size ?? 0,
  };
}

/** Sentences with nothing in common, so that each page has a text of its own. */
export function wordsOf(seed: string, sentences = 6): string {
  return Array.from({ length: sentences }, (_, at) =>
    Array.from({ length: 18 }, (__, word) => `${seed}${at}word${word}`).join(' '),
  ).join('.\n');
}

export const BOX = (about: string) => `.
Penned by Ada Quill
${about}
More from this desk →
Shelved under: Bots | Pictures
Up to the first line`;
export const BUILDER = 'Ada has built chat bots for florists, dentists and one circus.';
export const SCHOLAR = 'Doctor Quill studies planning and holds a degree in linguistics.';
export const TOP = '☕ One coffee long · 410 words · Updated Apr 21, 2026\n';

export function talkPage(host: string, text: string, fields: Item['fields'] = {}): PrintedPage {
  return printedPage(talkItem(`https://${host}/post`, 'A title nobody else has', text, fields));
}
