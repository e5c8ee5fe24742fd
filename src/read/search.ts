import * as z from 'zod';
import type { Subject } from '../domain/subject.ts';
import type { Known } from './known.ts';

export const searchView = z.strictObject({
  query: z.string(),
  /** What the words name exactly; null when they name nothing known. */
  exact: z.string().nullable(),
  results: z.array(
    z.strictObject({
      subject: z.string(),
      name: z.string(),
      vendor: z.string(),
      kind: z.string(),
      aliases: z.array(z.string()),
    }),
  ),
});

export type SearchView = z.output<typeof searchView>;

/** Longer than any name, and than anything worth comparing with all of them. */
const LONGEST_QUERY = 200;

/** The models and products whose ids, names or aliases hold the words, the closest first; else those spelled alike. */
export function searchSubjects(known: Known, typed: string, limit: number): SearchView {
  const query = typed.trim().slice(0, LONGEST_QUERY);
  const exact = query === '' ? null : known.resolve(query);
  const wanted = comparable(query);
  const found = known
    .subjects()
    .map((subject) => ({ subject, place: placeOf(subject, wanted, exact) }))
    .filter(({ place }) => place < NOWHERE)
    .sort((a, b) => a.place - b.place || (a.subject.id < b.subject.id ? -1 : 1))
    .map(({ subject }) => subject);
  const near = found.length > 0 || query === '' ? [] : known.near(query);
  const alike = near.map((id) => known.subject(id)).filter((subject) => subject !== null);
  return { query, exact, results: [...found, ...alike].slice(0, limit).map(resultOf) };
}

function resultOf({ id, name, vendor, kind, aliases }: Subject): SearchView['results'][number] {
  const others = new Set(aliases.map(({ text }) => text));
  others.delete(id);
  others.delete(name);
  return { subject: id, name, vendor, kind, aliases: [...others] };
}

const NOWHERE = 4;

/** How close a subject is to what was typed: what it names, then how its names begin, then what they hold. */
function placeOf(subject: Subject, wanted: string, exact: string | null): number {
  if (subject.id === exact) return 0;
  if (wanted === '') return NOWHERE;
  const names = [subject.id, subject.name, ...subject.aliases.map(({ text }) => text)];
  const places = names.map(comparable).map((name) => {
    if (name === wanted) return 1;
    if (name.startsWith(wanted)) return 2;
    return name.includes(wanted) ? 3 : NOWHERE;
  });
  return Math.min(...places);
}

/** "GPT Image 2", "gpt-image-2" and "gptimage2" are typed for the same. */
function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\-_]+/g, '');
}
