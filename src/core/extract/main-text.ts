import { attributeOf, elementsBelow, type PageNode } from '../document/node.ts';
import { isBoilerplate, isUnread } from './boilerplate.ts';

/** A region that holds this share of a page's text is the page, whatever it is called. */
const MOST = 0.5;
/** A region with less text than this is a teaser. */
const LEAST = 140;
/** While one child holds this share of the text, the text is in that child. */
const NEARLY_ALL = 0.85;

/** Where the text of a page stands, and what within it is no part of the text. */
export interface MainText {
  root: PageNode;
  skips: (node: PageNode) => boolean;
}

/**
 * Finds the text of a page in any template: what is marked as the main part when that holds the text, else the element
 * that holds nearly all of it. Boilerplate is left out, unless it holds most of the text: then it is the text.
 */
export function mainText(document: PageNode): MainText {
  const sizes = new Map<PageNode, number>();
  measure(document, sizes, 0);
  const body = bodyOf(document);
  const whole = sizes.get(body) ?? 0;
  const skips = skipperOf(body, sizes, whole);
  const read = new Map<PageNode, number>();
  measure(body, read, 0, skips);
  return { root: rootOf(body, read), skips };
}

function bodyOf(document: PageNode): PageNode {
  for (const node of elementsBelow([document])) if (node.name === 'body') return node;
  return document;
}

/** Letters of text below each element, what is never read left out. */
function measure(
  node: PageNode,
  sizes: Map<PageNode, number>,
  depth: number,
  skips: (node: PageNode) => boolean = isUnread,
): number {
  if (node.type === 'text') return (node.data ?? '').trim().length;
  if (depth > 250 || skips(node)) return 0;
  let size = 0;
  for (const child of node.children ?? []) size += measure(child, sizes, depth + 1, skips);
  sizes.set(node, size);
  return size;
}

/** Boilerplate goes, but never most of the page: a forum's comments are its text. */
function skipperOf(
  body: PageNode,
  sizes: ReadonlyMap<PageNode, number>,
  whole: number,
): (node: PageNode) => boolean {
  const inText = new Set<PageNode>();
  for (const node of elementsBelow([body], isUnread)) {
    if (node.name !== 'main' && node.name !== 'article') continue;
    for (const inner of elementsBelow(node.children ?? [], isUnread)) inText.add(inner);
  }
  return (node) => {
    if (isUnread(node)) return true;
    if (!isBoilerplate(node, inText.has(node))) return false;
    return (sizes.get(node) ?? 0) < whole * MOST;
  };
}

function rootOf(body: PageNode, read: ReadonlyMap<PageNode, number>): PageNode {
  const whole = read.get(body) ?? 0;
  const marked = [...elementsBelow([body])].filter(
    (node) => read.has(node) && (node.name === 'main' || attributeOf(node, 'role') === 'main'),
  );
  const main = largest(marked, read);
  const start = main !== null && isEnough(main, read, whole) ? main : body;
  const articles = [...elementsBelow([start])].filter(
    (node) => node.name === 'article' && read.has(node),
  );
  const article = largest(articles, read);
  const within = read.get(start) ?? 0;
  if (article !== null && (read.get(article) ?? 0) >= within * MOST && isEnough(article, read, 0)) {
    return article;
  }
  return narrowed(start, read);
}

function isEnough(node: PageNode, read: ReadonlyMap<PageNode, number>, whole: number): boolean {
  const size = read.get(node) ?? 0;
  return size >= LEAST || size >= whole * MOST;
}

function largest(nodes: readonly PageNode[], read: ReadonlyMap<PageNode, number>): PageNode | null {
  const sizeOf = (node: PageNode) => read.get(node) ?? 0;
  return nodes.toSorted((a, b) => sizeOf(b) - sizeOf(a))[0] ?? null;
}

/** Goes down as long as one child holds nearly all the text. */
function narrowed(start: PageNode, read: ReadonlyMap<PageNode, number>): PageNode {
  let node = start;
  for (;;) {
    const child = largest(
      (node.children ?? []).filter((one) => read.has(one)),
      read,
    );
    const isText = child === null || /^(?:p|h\d|ul|ol|table|blockquote|dl)$/.test(child.name ?? '');
    if (isText || (read.get(child) ?? 0) < (read.get(node) ?? 0) * NEARLY_ALL) return node;
    node = child;
  }
}
