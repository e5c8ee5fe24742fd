import * as z from 'zod';
import type { RawEntry } from './feed-entry.ts';
import { goodRows, readJson } from './json.ts';

const text = z.string().catch('');
const names = z.array(z.unknown()).catch([]);
const Author = z.object({ name: text });

const Feed = z.object({ items: z.array(z.unknown()) });
/** An id may be a number in version 1. */
const Entry = z.object({
  id: z.union([z.string(), z.number().transform(String)]).catch(''),
  url: text,
  external_url: text,
  title: text,
  content_html: text,
  content_text: text,
  summary: text,
  date_published: text,
  date_modified: text,
  tags: names,
  authors: names,
  author: z.unknown().optional(),
});

/** The entries of a JSON Feed. */
export function jsonFeedEntries(source: string): readonly RawEntry[] {
  const { items } = readJson(source, Feed);
  return goodRows(items, Entry).map((entry) => {
    const isHtml = entry.content_html !== '';
    const [author] = [...entry.authors, entry.author].flatMap(
      (one) => Author.safeParse(one).data ?? [],
    );
    return {
      title: { source: entry.title, isMarkup: false },
      body: {
        source: entry.content_html || entry.content_text || entry.summary,
        isMarkup: isHtml,
      },
      link: entry.url || entry.external_url,
      id: entry.id,
      dates: [entry.date_published, entry.date_modified],
      categories: entry.tags.filter((tag) => typeof tag === 'string'),
      author: author?.name ?? '',
      bases: [],
    };
  });
}
