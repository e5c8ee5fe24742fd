import type { Subject } from '../../domain/subject.ts';
import type { Instant } from '../../domain/time.ts';
import { foldText, literal, type Range } from '../text/characters.ts';
import type { DatedId } from './grammar.ts';
import { matchNames } from './match.ts';
import type { Mention } from './mention.ts';
import { type NameTable, type Naming, nameTable } from './name-table.ts';
import { mentionsInSlug } from './slug.ts';

/** The names of everything that is followed or known, ready to be found in texts. */
export interface Names {
  /** Every mention, in order, none overlapping another. `at` decides which aliases were verified by then. */
  find(text: string, at: Instant): readonly Mention[];
  /** The mentions in an address's last part (`introducing-gpt-5-5`), where dashes stand for dots and spaces. */
  findInSlug(slug: string, at: Instant): readonly Mention[];
  rivals: RivalFinder;
  subject(id: string): Subject | null;
  /** The id a person means by what they typed; an id by grammar counts though nobody catalogued it. */
  resolve(typed: string): string | null;
  /** Ids a person may have meant, the likeliest first. */
  near(typed: string): readonly string[];
  subjects(): readonly Subject[];
  /** The vendor whose an id is, catalogued or by the form of its ids; null for an id of nobody. */
  vendorOf(id: string): string | null;
  /** The longest words that open a name of its vendor's, as the vendor writes them, and that an id begins with. */
  rootOf(id: string): string | null;
  /** What a row of the vendor's own list of models names, or why it is held. */
  listed(vendor: string, row: ListedRow): Listed;
  /** Whether an id of no known form may be the vendor's, where its own text says that it is a model. */
  possible(vendor: string, id: string): boolean;
  /** What an id says by a day at its end, as its vendor writes days; null for an id that carries none. */
  dated(id: string): DatedId | null;
}

/** Any moment after the last day of the catalogue: every alias counts as it stands now. */
const LATEST: Instant = '9999-12-31T00:00:00.000Z';

export function buildNames(all: readonly Subject[], naming: Naming): Names {
  const unread = new Set(naming.vendors.filter((one) => !one.watched).map(({ vendor }) => vendor));
  const subjects = all.filter(({ vendor }) => !unread.has(vendor));
  const byId = new Map(subjects.map((subject) => [subject.id, subject]));
  const table = nameTable(subjects, naming);
  return {
    find: (text, at) => matchNames(text, foldText(text), table, at),
    findInSlug: (slug, at) => mentionsInSlug(slug, table, at),
    rivals: rivalFinder(naming),
    subject: (id) => byId.get(id) ?? null,
    resolve: (typed) => resolve(typed.trim(), byId, table),
    near: (typed) => nearest(typed, subjects),
    subjects: () => subjects,
    vendorOf: (id) => table.grammarOf(id)?.vendor ?? null,
    rootOf: table.rootOf,
    listed: (vendor, row) => listedIn(vendor, row, table),
    possible: (vendor, id) => isPossible(vendor, id, table),
    dated: table.dated,
  };
}

function resolve(
  typed: string,
  byId: ReadonlyMap<string, Subject>,
  table: NameTable,
): string | null {
  const folded = foldText(typed);
  if (byId.has(folded)) return folded;
  // As a title, so that a product or codename typed without capitals is known too.
  const title = typed.replace(/(^|[\s-])[a-z]/g, (start) => start.toUpperCase());
  for (const form of [typed, title]) {
    const [mention] = matchNames(form, foldText(form), table, LATEST);
    if (mention?.span[0] === 0 && mention.span[1] === form.length) return mention.subject;
  }
  return null;
}

const MOST = 3;

/** The ids closest to what was typed, by the edits between them; none when all are far. */
function nearest(typed: string, subjects: readonly Subject[]): readonly string[] {
  const wanted = foldText(typed).trim().replaceAll(/\s+/g, '-');
  if (wanted === '') return [];
  const furthest = Math.max(1, Math.floor(wanted.length / 3));
  return subjects
    .map(({ id }) => ({ id, edits: id.startsWith(wanted) ? 1 : edits(wanted, id) }))
    .filter(({ edits: count }) => count <= furthest)
    .sort((a, b) => a.edits - b.edits || (a.id < b.id ? -1 : 1))
    .slice(0, MOST)
    .map(({ id }) => id);
}

/** Levenshtein distance, one row at a time. */
function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const swap = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** What a row of a vendor's own list of models names, or why it names none of the vendor's. */
export type Listed = { subject: string } | { held: string };

interface ListedRow {
  id: string;
  /** Who owns the model, as the row says; null where it does not. */
  owner: string | null;
}

const ID = /^[a-z][a-z0-9.-]{0,63}$/;

/**
 * The subject of a row. The list is the vendor's own, so an id may be of a form that no text would be read by (`gpt-live`,
 * without a number); what is somebody else's, or says that it is for tests, is held.
 */
function listedIn(vendor: string, { id, owner }: ListedRow, table: NameTable): Listed {
  const grammar = table.ofVendor(vendor);
  if (grammar === undefined) return { held: `no file of the catalogue describes ${vendor}` };
  if (owner !== null && grammar.owners.size > 0 && !grammar.owners.has(owner)) {
    return { held: `it is owned by ${owner}, who is not ${vendor}` };
  }
  if (table.known(id)) return { subject: id };
  const mark = grammar.internalMark(id);
  if (mark !== null) return { held: `"${mark}" in it says that it is not for everybody` };
  if (grammar.isNever(id)) return { held: 'ids of its form are no models' };
  const isLikely = grammar.fits(id) || (ID.test(id) && grammar.roots.has(firstLetters(id)));
  return isLikely ? { subject: id } : { held: `no id of ${vendor} has its form` };
}

function firstLetters(id: string): string {
  return /^[a-z]+/.exec(id)?.[0] ?? '';
}

/**
 * Whether an id of a form that nobody foresaw may be a model of the vendor's where its own text says that it is one: nothing
 * in it says that it is another maker's, for tests, or no model at all.
 */
function isPossible(vendor: string, id: string, table: NameTable): boolean {
  const grammar = table.ofVendor(vendor);
  const isFree = grammar?.isNever(id) === false && grammar.internalMark(id) === null;
  return isFree && ID.test(id) && !grammar.others.has(firstLetters(id));
}

/** Where a text speaks of makers and models that are not read: what a pronoun behind them means is not known. */
type RivalFinder = (text: string) => readonly Range[];

/** Finds the makers nobody watches, with their models, and names behind a maker nobody describes ("Grok 4"). */
function rivalFinder(naming: Naming): RivalFinder {
  // Putting it together takes longer than a short command may: most of them never look for a rival.
  let pattern: RegExp | null = null;
  return (text) => {
    pattern ??= rivalPattern(naming);
    return [...text.matchAll(pattern)].map(({ index: start, 0: { length } }) => ({
      start,
      end: start + length,
    }));
  };
}

function rivalPattern({ vendors, anyVendor }: Naming): RegExp {
  const unread = vendors.filter(({ watched }) => !watched);
  const named = unread.flatMap(({ name, aliases, ids }) => [
    ...[name, ...aliases, ...ids.roots, ...Object.keys(ids.short)],
  ]);
  const longestFirst = [...new Set(named)].map(literal).sort((a, b) => b.length - a.length);
  const makers = anyVendor.makers.map(
    (word) => `[${word[0]?.toUpperCase()}${word[0]}]${word.slice(1)}`,
  );
  return new RegExp(
    String.raw`(?<![\p{L}\p{N}_-])(?:(?:${longestFirst.join('|')})(?![\p{L}\p{N}])|(?:${makers.join('|')})(?: [A-Z]\w*)?[ -]?[vV]?\d)`,
    'gu',
  );
}
