import type { Cheerio, CheerioAPI } from 'cheerio';
import { load } from 'cheerio/slim';
import type { Block } from '../../domain/document.ts';
import { blocksOfHtml } from '../document/html.ts';
import { refuseDeepNesting } from '../document/nesting.ts';
import type { PageNode } from '../document/node.ts';
import { unreadable } from './failure.ts';

/** A parsed page, to be asked with selectors. */
export type Page = CheerioAPI;

/** One element a selector found. */
export type Element = Cheerio<never>;

/** Whether a body is markup of a page rather than Markdown or plain text: the type it was sent with, or how it opens. */
export function isHtml(contentType: string, source: string): boolean {
  if (/\b(html|xhtml)\b/i.test(contentType)) return true;
  return /^\s*(<!doctype html|<html[\s>])/i.test(source.slice(0, 1000).replace('\uFEFF', ''));
}

export function openPage(source: string): Page {
  if (source.trim() === '') throw unreadable('empty', 'The page is empty.');
  refuseDeepNesting(source);
  return load(source);
}

/** A document of XML, where names keep their case and nothing is read as a page. */
export function openXml(source: string): Page {
  if (source.trim() === '') throw unreadable('empty', 'The document is empty.');
  if (isHtml('', source)) throw unreadable('malformed', 'A page came where XML was expected.');
  refuseDeepNesting(source);
  return load(source, { xml: true });
}

/**
 * The first element that one of the selectors finds, tried in order, for layouts known to have changed. Throws an
 * `ExtractError` when none does: the layout is not one that is known.
 */
export function one(page: Page, what: string, ...selectors: readonly string[]): Element {
  for (const selector of selectors) {
    const found = page(selector).first();
    if (found.length > 0) return found as unknown as Element;
  }
  throw unreadable(
    'no-match',
    `The page has no ${what} (nothing matches ${selectors.join(', ')}). Its layout may have changed: compare it with the watcher's fixture.`,
  );
}

/** Elements around the text of a page of documentation. */
const AROUND = new Set(['nav', 'footer', 'aside', 'form']);

/** The blocks of an element, or of the whole page, without navigation and its like. */
export function readHtml(root: Page | Element): readonly Block[] {
  const nodes = 'root' in root ? root.root().get() : root.get();
  return blocksOfHtml(nodes as unknown as readonly PageNode[], {
    skips: ({ name = '' }) => AROUND.has(name),
  });
}
