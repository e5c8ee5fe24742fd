import { load } from 'cheerio/slim';
import { toHtml } from 'hast-util-to-html';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { mdxExpressionFromMarkdown } from 'mdast-util-mdx-expression';
import { mdxJsxFromMarkdown } from 'mdast-util-mdx-jsx';
import { toHast } from 'mdast-util-to-hast';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfm } from 'micromark-extension-gfm';
import { mdxExpression } from 'micromark-extension-mdx-expression';
import { mdxJsx } from 'micromark-extension-mdx-jsx';
import { mdxMd } from 'micromark-extension-mdx-md';
import type { Block } from '../../domain/document.ts';
import { knownTexts } from '../text/known-texts.ts';
import { blocksOfHtml, joinedParts, type PagePart, pagePart } from './html.ts';
import { LIST_HANDLERS } from './list-items.ts';
import { markdownParts } from './markdown-parts.ts';
import { MDX_HANDLERS } from './mdx.ts';
import { isMdx, mdxSource, withoutLine } from './mdx-source.ts';
import { refuseDeepNesting } from './nesting.ts';
import type { PageNode } from './node.ts';

type Tree = ReturnType<typeof fromMarkdown>;
type PageElement = Extract<ReturnType<typeof toHast>, { type: 'element' }>;

export interface MarkdownReading {
  /** Keeps the line breaks of the source, as a text that was never meant as Markdown has them. */
  keepsLines?: boolean;
}

/** One tilde stands in ranges (`5~10`) more often than it strikes anything out. */
const GFM = gfm({ singleTilde: false });
/** Markup that is no component is escaped where it fails; a page that fails more often is no MDX. */
const MOST_REPAIRS = 12;
/** A line beyond this was never written by anybody. */
const LONG_LINE = /^(.{50000}).+$/gm;
const DEEP_INDENT = /^([ \t]{200})[ \t]+/gm;
/** A reference right below a footnote is meant as one, though it counts as the second line of the note. */
const NOTE_BEFORE_REFERENCE = /^(\[\^[^\]\n]{1,100}\]:.*\n)(?=\[[^\]^\n]{1,200}\]:[ \t]*\S)/gm;
/** Containers within one another beyond this were never written by anybody, and would exhaust the call stack. */
const DEEPEST = 100;
const MARKERS = new RegExp(`^(?:[ \\t]*(?:>|[-+*]|\\d{1,9}[.)])[ \\t]?){${DEEPEST},}`, 'gm');

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

/** A source without what no person wrote: markers by the hundred, and the rest of a line of megabytes. */
function readable(source: string): string {
  const unmarked = source.replace(/^\uFEFF/, '').replace(MARKERS, '');
  return unmarked
    .replace(LONG_LINE, '$1')
    .replace(DEEP_INDENT, '$1')
    .replace(NOTE_BEFORE_REFERENCE, '$1\n');
}

function partsOf(source: string, reading: MarkdownReading): readonly Part[] {
  const mdx = isMdx(source) ? mdxParts(mdxSource(source), reading) : null;
  if (mdx !== null) return mdx;
  return markdownParts(source).map((part) =>
    knownPart('markdown', part, reading, () => treeOf(part, reading)),
  );
}

/** Null when the source is no MDX. A part that is none by itself shares a component with others: the whole is read then. */
function mdxParts(source: string, reading: MarkdownReading): readonly Part[] | null {
  const parts: Part[] = [];
  for (const part of markdownParts(source)) {
    try {
      parts.push(knownPart('mdx', part, reading, () => mdxTreeOf(part)));
    } catch {
      const tree = repairedMdxTree(source);
      return tree === null ? null : [partOf(pageOf(tree, reading))];
    }
  }
  return parts;
}

/** A part of a source as the page that it becomes. */
interface Part {
  html: string;
  /** What it says for itself; null where it may reach into the next. */
  page: PagePart | null;
}

/** Parts of pages, by how they are read and their text; 6 MB of them. */
const KNOWN_PARTS = knownTexts<Part>(6_000_000);
/** What a block takes, in characters, with its text. */
const BLOCK_SIZE = 300;

function knownPart(
  language: 'markdown' | 'mdx',
  part: string,
  reading: MarkdownReading,
  parse: () => Tree,
): Part {
  const key = `${language} ${reading.keepsLines === true ? 'lines' : 'prose'}\n${part}`;
  const before = KNOWN_PARTS.get(key);
  if (before !== undefined) return before;
  const made = partOf(pageOf(parse(), reading));
  const blocks = made.page?.blocks.length ?? 0;
  KNOWN_PARTS.put(key, made, made.html.length * 2 + blocks * BLOCK_SIZE);
  return made;
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

function pageOf(tree: Tree, reading: MarkdownReading): string {
  const page = toHast(tree, {
    allowDangerousHtml: true,
    footnoteLabel: 'Footnotes',
    footnoteLabelProperties: {},
    handlers: {
      ...LIST_HANDLERS,
      ...MDX_HANDLERS,
      ...(reading.keepsLines === true && { text: textWithLines }),
    },
  });
  return toHtml(page, { allowDangerousHtml: true });
}

function treeOf(source: string, { keepsLines = false }: MarkdownReading): Tree {
  return fromMarkdown(source, {
    extensions: [
      GFM,
      frontmatter(['yaml', 'toml']),
      // A text that is only indented is no sample.
      ...(keepsLines ? [{ disable: { null: ['codeIndented'] } }] : []),
    ],
    mdastExtensions: [gfmFromMarkdown(), frontmatterFromMarkdown(['yaml', 'toml'])],
  });
}

/** Throws where the source is no MDX. */
function mdxTreeOf(source: string): Tree {
  return fromMarkdown(source, {
    extensions: [GFM, frontmatter(['yaml', 'toml']), mdxJsx(), mdxExpression(), mdxMd()],
    mdastExtensions: [
      gfmFromMarkdown(),
      frontmatterFromMarkdown(['yaml', 'toml']),
      mdxJsxFromMarkdown(),
      mdxExpressionFromMarkdown(),
    ],
  });
}

/** Null when the source is no MDX: what looked like components is text. */
function repairedMdxTree(source: string): Tree | null {
  let attempt = source;
  for (let repairs = 0; repairs <= MOST_REPAIRS; repairs += 1) {
    try {
      return mdxTreeOf(attempt);
    } catch (thrown) {
      const repaired = withoutLine(attempt, thrown);
      if (repaired === null) return null;
      attempt = repaired;
    }
  }
  return null;
}

/** The handler of text that keeps its line breaks. */
function textWithLines(_state: unknown, node: { value: string }): PageElement['children'] {
  const lines = node.value.split('\n');
  return lines.flatMap((line, at): PageElement['children'] => {
    const text: PageElement['children'][number] = { type: 'text', value: line };
    const br: PageElement = { type: 'element', tagName: 'br', properties: {}, children: [] };
    return at === 0 ? [text] : [br, text];
  });
}
