import { load } from 'cheerio/slim';
import { parse } from 'tldts';
import type { Block, Document } from '../../domain/document.ts';
import type { Interval } from '../../domain/time.ts';
import { blocksOfHtml } from '../document/html.ts';
import { lightMarkdown, setBlocks } from '../document/layout.ts';
import { blocksOfMarkdown } from '../document/markdown.ts';
import { elementsBelow, nodeText, type PageNode } from '../document/node.ts';
import { lineBlock } from '../document/text.ts';
import { withoutElsewhere } from './boilerplate.ts';
import { datelineIn } from './dateline.ts';
import { unreadable } from './failure.ts';
import { isHtml } from './html.ts';
import { mainText } from './main-text.ts';
import { bylineIn, type PageHead, pageHead } from './page-head.ts';
import { languageIn } from './page-language.ts';
import { textOf } from './text.ts';

/** What a page says: its main text as light Markdown, and what it says of itself. */
export interface PageText {
  title: string;
  byline: string | null;
  published: Interval | null;
  updated: Interval | null;
  language: string | null;
  /** The address on another site that the page declares itself a copy of. */
  original: string | null;
  /** `# ` headings, `- ` list items, `> ` quotes, `| … |` table rows, `[text](url)` links, blocks apart by a blank line. */
  text: string;
  document: Document;
}

/** A text longer than this is cut: nobody's article is, and reading must end. */
const LONGEST_TEXT = 400_000;

/**
 * The main text of a page in any template, of Markdown, or of plain text. Pure: the same bytes give the same text.
 * Throws `ExtractError`: `binary` for bytes that are no text, `empty` where no text is.
 */
export function pageText(body: Uint8Array | string, contentType: string, url: string): PageText {
  const source = typeof body === 'string' ? body : textOf(body, contentType);
  if (source.trim() === '') throw unreadable('empty', `There is nothing at ${url}.`);
  const page = isMarkup(source, contentType) ? fromMarkup(source) : readPlainPage(source);
  const layout = lightMarkdown(({ address }) => absoluteLink(address, url));
  const document = setBlocks(shortened(page.blocks), layout);
  const { text } = document;
  if (text === '') throw unreadable('empty', `The page at ${url} holds no text.`);
  const dateline = datelineIn(text);
  // What the text is written in outweighs what a template claims.
  const written = languageIn(text);
  return {
    title: page.head.title,
    byline: page.head.byline ?? bylineIn(dateline.byline ?? ''),
    published: page.head.published ?? dateline.published,
    updated: page.head.updated ?? dateline.updated,
    language: written ?? page.head.language,
    original: elsewhere(page.head.canonical, url),
    text,
    document,
  };
}

/** The blocks that fit into the longest text that is read; one that alone does not fit is cut. */
function shortened(blocks: readonly Block[]): readonly Block[] {
  let left = LONGEST_TEXT;
  const kept: Block[] = [];
  for (const block of blocks) {
    if (left <= 0) break;
    const fits = block.text.length <= left;
    kept.push(fits ? block : { ...block, text: block.text.slice(0, left), codes: [], links: [] });
    left -= block.text.length;
  }
  return kept;
}

/** An address on another site than the page's own; null otherwise. */
function elsewhere(canonical: string | null, url: string): string | null {
  const site = canonical === null ? null : parse(canonical).domain;
  return site === null || site === parse(url).domain ? null : canonical;
}

/** A page saved without its frame is a page still. */
function isMarkup(source: string, contentType: string): boolean {
  if (/markdown/i.test(contentType)) return false;
  const opening = source.slice(0, 1000);
  return (
    isHtml(contentType, source) || /^\s*<(?:body|article|main|div|section|head)[\s>]/i.test(opening)
  );
}

function fromMarkup(source: string): { head: PageHead; blocks: readonly Block[] } {
  const document = load(source).root()[0] as unknown as PageNode;
  const head = pageHead(document);
  const { root, skips } = mainText(document);
  const blocks = withoutElsewhere(blocksOfHtml(root.children ?? [], { skips }));
  return { head, blocks: withHeadline(blocks, head, document) };
}

/** A headline that stands outside the main part still belongs to the text. */
function withHeadline(
  blocks: readonly Block[],
  head: PageHead,
  document: PageNode,
): readonly Block[] {
  if (blocks.length === 0 || blocks.some(({ kind, level }) => kind === 'heading' && level === 1)) {
    return blocks;
  }
  const heading = [...elementsBelow([document])].find(({ name }) => name === 'h1');
  const text = heading === undefined ? head.title : nodeText(heading) || head.title;
  return text === '' ? blocks : [lineBlock(text, 'heading'), ...blocks];
}

/** A link of a page as an absolute address of the web; null when it leads nowhere else (`#top`, `mailto:`). */
function absoluteLink(href: string, base: string): string | null {
  const address = href.trim();
  if (address === '' || address.startsWith('#') || !URL.canParse(address, base)) return null;
  const url = new URL(address, base);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  return url.href.replaceAll('(', '%28').replaceAll(')', '%29');
}

/** Bullets of text that was never Markdown. */
const BULLET = /^([ \t]*)[•◦▪–][ \t]+(?=\S)/gm;

/** Markdown or plain text as blocks, samples left out. Front matter gives the title. */
function readPlainPage(source: string): { head: PageHead; blocks: readonly Block[] } {
  const text = source.replace(/^\uFEFF/, '');
  const matter = frontMatter(text);
  const blocks = blocksOfMarkdown(text.replace(BULLET, '$1- '), { keepsLines: true });
  const head: PageHead = {
    title: matter.get('title') ?? titleOf(blocks),
    byline: matter.get('author') ?? null,
    published: null,
    updated: null,
    language: matter.get('lang') ?? null,
    canonical: matter.get('canonical') ?? null,
  };
  return { head, blocks: blocks.filter(({ kind }) => kind !== 'code') };
}

/** The simple `name: value` lines between two `---` at the very top. */
function frontMatter(source: string): ReadonlyMap<string, string> {
  const lines = /^---\r?\n([\s\S]{0,4000}?)\r?\n---\r?\n/.exec(source)?.[1]?.split(/\r?\n/) ?? [];
  const matter = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = /^([a-z_]+):\s*["']?(.*?)["']?\s*$/i.exec(line) ?? [];
    if (name !== undefined && value !== undefined) matter.set(name.toLowerCase(), value);
  }
  return matter;
}

/** The first heading, else the first line that is not long. */
function titleOf(blocks: readonly Block[]): string {
  const heading = blocks.find(({ kind }) => kind === 'heading');
  const first = heading ?? blocks.find(({ text }) => text.length > 12 && text.length < 200);
  return (first?.text ?? '').split('\n')[0] ?? '';
}
