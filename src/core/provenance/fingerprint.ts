import { sha256Hex } from '../../domain/ids.ts';
import type { Item } from '../../domain/item.ts';
import { BOILERPLATE_FIELD, bylineIn, foldTemplateLine, personIn } from './boilerplate-lines.ts';
import { type Layout, layoutOf } from './layout.ts';
import { BREAK, ownWords, type Runs, runsOf, unquoted, wordsOf } from './shared-runs.ts';
import { sourcesNamed } from './sources.ts';

/**
 * What gives away where a page comes from. Made from the item alone: the same item and address always give the same
 * fingerprint, so that it need not be kept.
 */
export interface Fingerprint {
  url: string;
  /** Who the page says wrote it, in lower case. */
  people: readonly string[];
  /** The words in which it introduces them. */
  biography: readonly string[];
  /** The lines its site puts around every page, folded, in order. */
  boilerplate: readonly string[];
  runs: Runs;
  /** Compounds that somebody coined, outside quotations. */
  terms: readonly string[];
  /** Section titles, each with the two words that open its text. */
  sections: readonly string[];
  /** Ids under which its owner counts visits and sells advertising space. */
  owners: readonly string[];
  /** The addresses it names as its source, one of which may be the page it is a copy of. */
  sources: readonly string[];
  /** The hash of its whole text; null for one too short to be a copy of anything. */
  text: string | null;
}

/** A text shorter than this may be equal by chance. */
const SHORTEST_TEXT = 40;
const MOST_TERMS = 24;
const MOST_LINES = 60;
const OPENER_WORDS = 2;
/** Shorter titles (`Final thoughts`) are everybody's. */
const TITLE_WORDS = 3;

const COMPOUND = /^[\p{Ps}\p{Pi}]*(\p{Ll}{3,}(?:-\p{Ll}{3,})+)(?:'s)?[\p{Po}\p{Pe}\p{Pf}]*$/u;

/** Reads a page of somebody else. `url` is the address that answered. */
export function fingerprintOf(item: Item, url: string): Fingerprint {
  const layout = layoutOf(item.text, item.title);
  const prose = layout.prose.map(unquoted);
  const words = ownWords(prose);
  // What an extractor saw around the text comes first: it saw the whole page.
  const lines = [...field(item, BOILERPLATE_FIELD), ...layout.template];
  return {
    url,
    people: peopleOf(item, lines),
    biography: wordsOf(field(item, 'biography')[0] ?? layout.biography),
    boilerplate: [...new Set(lines.map(foldTemplateLine))].filter(Boolean).slice(0, MOST_LINES),
    runs: runsOf(words),
    terms: termsIn(prose),
    sections: layout.sections.flatMap(sectionOf),
    owners: distinct(field(item, 'analytics').map((id) => id.toLowerCase())),
    sources: sourcesNamed(item, url),
    text: textHash(words),
  };
}

function field(item: Item, name: string): readonly string[] {
  const value = item.fields[name];
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}

/** A byline in a field of its own is sure; one found in a line is all there is otherwise. */
function peopleOf(item: Item, lines: readonly string[]): readonly string[] {
  const named = field(item, 'byline').flatMap((byline) => byline.split(/,|&|\band\b/));
  const people = named.flatMap((name) => personIn(name) ?? []);
  if (people.length > 0) return distinct(people);
  return distinct(lines.flatMap((line) => bylineIn(line)?.people ?? []));
}

/** Titles with figures name models and years, and are everybody's. */
function sectionOf({ title, opener }: Layout['sections'][number]): readonly string[] {
  const words = wordsOf(title);
  if (words.length < TITLE_WORDS || words.some((word) => /\p{N}/u.test(word))) return [];
  const opening = wordsOf(opener).slice(0, OPENER_WORDS);
  return opening.length < OPENER_WORDS ? [] : [`${words.join(' ')}: ${opening.join(' ')}`];
}

function termsIn(prose: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const line of prose) {
    if (!line.includes('-')) continue;
    for (const part of line.split(/\s+/)) {
      const term = part.includes('-') ? COMPOUND.exec(part)?.[1] : undefined;
      if (term !== undefined) found.add(term);
    }
  }
  return [...found].sort().slice(0, MOST_TERMS);
}

function textHash(words: readonly string[]): string | null {
  const said = words.filter((word) => word !== BREAK);
  return said.length < SHORTEST_TEXT ? null : sha256Hex(said.join(' ')).slice(0, 20);
}
