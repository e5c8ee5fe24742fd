import { withoutRawParts } from '../document/source.ts';
import { unreadable } from './failure.ts';

/** How far into a page its markup must have begun. */
const HEAD = 4_000;
const OPENS = /<(?:html|body)[\s>]/i;
const CLOSES = /<\/(?:html|body)\s*>/i;
/** Elements that no tool that makes pages smaller may leave open. */
const MUST_CLOSE = ['main', 'article', 'section', 'div', 'table', 'ul'] as const;

/**
 * Throws an `ExtractError` when a page of markup ends in the middle: it closes neither its body nor itself, and a tag
 * or an element that must be closed is open at its end. What it lacks was not taken back by anybody.
 */
export function refuseCutOff(text: string): void {
  if (!OPENS.test(text.slice(0, HEAD)) || CLOSES.test(text)) return;
  const markup = withoutRawParts(text);
  const isInside = /<(?:!--|[a-z/][^<>]*$|(?:script|style)\b)/i.test(markup);
  if (isInside || MUST_CLOSE.some((name) => isLeftOpen(name, markup))) {
    throw unreadable(
      'malformed',
      'The page ends in the middle: it closes neither itself nor what it opened. Nothing is taken as withdrawn.',
    );
  }
}

function isLeftOpen(name: string, markup: string): boolean {
  return (
    count(new RegExp(`<${name}[\\s>]`, 'gi'), markup) >
    count(new RegExp(`</${name}\\s*>`, 'gi'), markup)
  );
}

function count(pattern: RegExp, markup: string): number {
  return markup.match(pattern)?.length ?? 0;
}
