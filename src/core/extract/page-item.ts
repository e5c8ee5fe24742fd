import { load } from 'cheerio/slim';
import { parse } from 'tldts';
import type { Capture } from '../../domain/capture.ts';
import type { Block } from '../../domain/document.ts';
import type { Item } from '../../domain/item.ts';
import type { Interval } from '../../domain/time.ts';
import { blocksOfHtml } from '../document/html.ts';
import { lightMarkdown, setBlocks } from '../document/layout.ts';
import { blocksOfMarkdown } from '../document/markdown.ts';
import { refuseDeepNesting } from '../document/nesting.ts';
import { elementsBelow, nodeText, type PageNode } from '../document/node.ts';
import { lineBlock } from '../document/text.ts';
import { withoutElsewhere } from './boilerplate.ts';
import { canonicalUrl, webUrl } from './canonical-url.ts';
import { datelineIn } from './dateline.ts';
import { unreadable } from './failure.ts';
import { isHtml } from './html.ts';
import { mainText } from './main-text.ts';
import { bylineIn, type PageHead, pageHead } from './page-head.ts';
import { languageIn } from './page-language.ts';
import { textOf } from './text.ts';
import { headline } from './tidy.ts';

/** A text longer than this is cut: nobody's article is, and reading must end. */
const LONGEST_TEXT = 400_000;

/**
 * Any page of somebody else, in any template, as Markdown or as plain text, as one item: its main text as light Markdown, and
 * what it says of itself. Pure: the same bytes give the same item. Throws `ExtractError`: `binary` for bytes that are no
 * text, `empty` where no text is.
 */
export function pageItem({
  body,
  contentType,
  finalUrl,
}: Pick<Capture, 'finalUrl' | 'contentType'> & { body: Uint8Array | string }): Item {
  const source = typeof body === 'string' ? body : textOf(body, contentType);
  refuseDeepNesting(source);
  if (source.trim() === '') throw unreadable('empty', `There is nothing at ${finalUrl}.`);
  const page = isMarkup(source, contentType) ? fromMarkup(source) : readPlainPage(source);
  const layout = lightMarkdown(({ address }) => absoluteLink(address, finalUrl));
  const document = setBlocks(shortened(page.blocks), layout);
  const { text } = document;
  if (text === '') throw unreadable('empty', `The page at ${finalUrl} holds no text.`);
  const { head } = page;
  const dateline = datelineIn(text);
  const updated = head.updated ?? dateline.updated;
  const url = canonicalUrl(finalUrl);
  return {
    ...{
      key: url,
      kind: 'page',
      title: head.title === '' ? headline(text) : head.title,
      text,
      url,
    },
    published: head.published ?? dateline.published,
    fields: given({
      byline: head.byline ?? bylineIn(dateline.byline ?? ''),
      // What the text is written in outweighs what a template claims.
      language: languageIn(text) ?? head.language,
      original: elsewhere(head.canonical, finalUrl),
      updated: updated === null ? null : intervalText(updated),
    }),
    document,
  };
}

function given(fields: Readonly<Record<string, string | null>>): Item['fields'] {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
}

/** A day or moment, or the first and last of a stretch. */
function intervalText({ from, to }: Interval): string {
  return to === null ? from : `${from}/${to}`;
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
  const url = href.trim().startsWith('#') ? null : webUrl(href, base);
  return url?.href.replaceAll('(', '%28').replaceAll(')', '%29') ?? null;
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
