import { load } from 'cheerio/slim';
import type { Block } from '../../domain/document.ts';
import { ExtractError } from '../../domain/errors.ts';
import { knownTexts } from '../text/known-texts.ts';
import { blocksOfHtml, joinedParts, type PagePart, pagePart } from './html.ts';
import { withinLimits } from './markdown-limits.ts';
import { type MarkdownLanguage, type MarkdownReading, parsedPages } from './markdown-parser.ts';
import { closedFrom, markdownParts, markdownUnits, mdxUnits } from './markdown-parts.ts';
import { isMdx, isOfTags, isSettled, mdxSource, withoutLine } from './mdx-source.ts';
import { refuseDeepNesting } from './nesting.ts';
import type { PageNode } from './node.ts';

/** Markup that is no component is escaped where it fails; a page that fails more often is no MDX. */
const MOST_REPAIRS = 12;
/** A reference right below a footnote is meant as one, though it counts as the second line of the note. */
const NOTE_BEFORE_REFERENCE = /^(\[\^[^\]\n]{1,100}\]:.*\n)(?=\[[^\]^\n]{1,200}\]:[ \t]*\S)/gm;
/**
 * Markdown (CommonMark with GFM) or MDX as blocks: made into the page a renderer would show, and read as that page, so
 * that raw HTML, comments, footnotes and tables mean in Markdown what they mean in HTML. Front matter is left out.
 */
export function blocksOfMarkdown(source: string, reading: MarkdownReading = {}): readonly Block[] {
  const parts = partsOf(readable(source), reading);
  const alone = parts.flatMap(({ page }) => page ?? []);
  // Where one part reaches into the next, they are read as one page.
  if (alone.length === parts.length) return joinedParts(alone);
  const html = parts.map((part) => part.html).join('\n');
  refuseDeepNesting(html);
  return blocksOfHtml(rootsOf(html));
}

function rootsOf(html: string): readonly PageNode[] {
  return load(html, null, false).root().get() as unknown as readonly PageNode[];
}

function readable(source: string): string {
  return withinLimits(source.replace(/^\uFEFF/, '')).replace(NOTE_BEFORE_REFERENCE, '$1\n');
}

function partsOf(source: string, reading: MarkdownReading): readonly Part[] {
  const mdx = isMdx(source) ? mdxParts(mdxSource(source), reading) : null;
  return mdx ?? markdownParts(source).map((part) => knownPart('markdown', part, reading));
}

/** Null when the source is no MDX: what looked like components is text. */
function mdxParts(source: string, reading: MarkdownReading): readonly Part[] | null {
  const parts: Part[] = [];
  let rest = source;
  for (let repairs = 0; repairs <= MOST_REPAIRS; repairs += 1) {
    const read = mdxPartsUpTo(rest, reading);
    parts.push(...read.parts);
    if (read.failure === null) return parts;
    const repaired = withoutLine(read.rest, read.failure);
    if (repaired === null) return null;
    rest = repaired;
  }
  return null;
}

interface MdxParts {
  parts: readonly Part[];
  /** Why what is left, from a part on, is no MDX; its lines are counted from there. */
  failure: unknown;
  rest: string;
}

/** The parts up to the first line that is no MDX. A part that is none by itself may share a component with the next. */
function mdxPartsUpTo(source: string, reading: MarkdownReading): MdxParts {
  const cut = markdownParts(source);
  const parts: Part[] = [];
  let at = 0;
  while (at < cut.length) {
    let end = at + 1;
    let read = mdxPart(cut[at] ?? '', reading);
    const behind = () => cut.slice(end).map((part) => mdxPart(part, reading).failure);
    if (isSettled(read.failure) && behind().every(isOfTags)) {
      return { ...{ parts, failure: read.failure }, rest: cut.slice(at).join('') };
    }
    for (const next of [closedFrom(cut, at), cut.length]) {
      if (read.part !== null || next === end) continue;
      end = next;
      read = mdxPart(cut.slice(at, end).join(''), reading);
    }
    if (read.part === null) {
      return { ...{ parts, failure: read.failure }, rest: cut.slice(at).join('') };
    }
    parts.push(read.part);
    at = end;
  }
  return { parts, failure: null, rest: '' };
}

type MdxPart = { part: Part; failure: null } | { part: null; failure: unknown };

function mdxPart(source: string, reading: MarkdownReading): MdxPart {
  try {
    return { part: knownPart('mdx', source, reading), failure: null };
  } catch (failure) {
    if (failure instanceof ExtractError) throw failure;
    return { part: null, failure };
  }
}

/** A part of a source as the page that it becomes. */
interface Part {
  html: string;
  /** What it says for itself; null where it may reach into the next. */
  page: PagePart | null;
}

/** Parts of pages, by how they are read and their text; 6 MB of them. */
const KNOWN_PARTS = knownTexts<Part>(6_000_000);
/** What the units of parts become, likewise: of a part that changed, most of them are what they were. */
const KNOWN_UNITS = knownTexts<string>(3_000_000);
/** What a block takes, in characters, with its text. */
const BLOCK_SIZE = 300;

function knownPart(language: MarkdownLanguage, part: string, reading: MarkdownReading): Part {
  const key = keyOf(language, part, reading);
  const before = KNOWN_PARTS.get(key);
  if (before !== undefined) return before;
  const made = partOf(pageOf(language, part, reading));
  const blocks = made.page?.blocks.length ?? 0;
  KNOWN_PARTS.put(key, made, made.html.length * 2 + blocks * BLOCK_SIZE);
  return made;
}

function keyOf(
  language: MarkdownLanguage,
  source: string,
  { keepsLines }: MarkdownReading,
): string {
  return `${language} ${keepsLines === true ? 'lines' : 'prose'}\n${source}`;
}

/** The page of a part, in which the parser is given only what is not known. */
function pageOf(language: MarkdownLanguage, part: string, reading: MarkdownReading): string {
  const units = language === 'mdx' ? mdxUnits(part) : markdownUnits(part);
  try {
    return pagesOfUnits(language, units, reading).join('\n');
  } catch (thrown) {
    if (units.length === 1) throw thrown;
    // Units that share a component; else the parser fails at the line that it finds in the whole part.
    return parsedPages(language, [part], reading).join('\n');
  }
}

function pagesOfUnits(
  language: MarkdownLanguage,
  units: readonly string[],
  reading: MarkdownReading,
): readonly string[] {
  const pages: string[] = [];
  let unread: string[] = [];
  const readUnread = () => {
    if (unread.length === 0) return;
    const read = parsedPages(language, unread, reading);
    if (read.length === unread.length) {
      for (const [at, unit] of unread.entries()) {
        const page = read[at] ?? '';
        KNOWN_UNITS.put(keyOf(language, unit, reading), page, page.length);
      }
    }
    pages.push(...read);
    unread = [];
  };
  for (const unit of units) {
    const page = KNOWN_UNITS.get(keyOf(language, unit, reading));
    if (page === undefined) unread.push(unit);
    else {
      readUnread();
      pages.push(page);
    }
  }
  readUnread();
  return pages;
}

/** Stands behind a part: whatever it leaves open takes it in. */
const BEHIND = '<h1>behind</h1>';

function partOf(html: string): Part {
  refuseDeepNesting(html);
  const [root] = rootsOf(html + BEHIND);
  const children = root?.children ?? [];
  const last = children.at(-1);
  const isClosed = last?.name === 'h1' && last.children?.[0]?.data === 'behind';
  const page = isClosed ? pagePart([{ type: 'root', children: children.slice(0, -1) }]) : null;
  return { html, page };
}
