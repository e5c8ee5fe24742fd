import type { Block } from '../../domain/document.ts';
import { attributeOf, elementsBelow, nodeText, type PageNode } from '../document/node.ts';
import { sectionsOf } from '../document/sections.ts';
import { isUnseen } from '../document/visibility.ts';

/** Elements of a page by anybody that hold no text of it, beside those nobody sees. */
const UNREAD = new Set(['nav', 'footer', 'pre', 'dialog']);

/** What parts of a page around its text are called, in whatever template: whole words of a class or id. */
const BOILERPLATE = new Set(
  (
    'nav navbar navigation menu menubar breadcrumb breadcrumbs sidebar related recommended recommendations recirculation ' +
    'popular trending promo promotion advert advertisement advertising ads sponsor sponsored cookie cookies consent gdpr ' +
    'newsletter signup subscribe subscription paywall share sharing social socials comments disqus respond pager pagination ' +
    'toc footer masthead topbar widget widgets popup modal overlay toolbar ticker poll upnext mostread readmore tagcloud ' +
    'taglist metalists colophon skiplink authorbox authorbio backtotop banner'
  ).split(' '),
);
const BOILERPLATE_PAIRS = new Set(
  (
    'read-more more-from more-posts more-stories you-might also-like up-next most-read table-of side-bar sign-up author-box ' +
    'author-bio about-author author-card tag-list meta-lists prev-next post-nav post-navigation skip-link back-to site-header ' +
    'site-nav site-footer page-header page-footer global-header comment-list comment-section comments-area comment-form ' +
    'share-buttons social-links entry-footer related-posts'
  ).split(' '),
);
const BOILERPLATE_ROLES = new Set([
  'navigation',
  'banner',
  'contentinfo',
  'search',
  'complementary',
  'dialog',
  'menu',
]);

/** Elements that hold the page itself and are never boilerplate, whatever they are called. */
const FRAME = new Set(['html', 'body', 'main', 'article', 'h1']);

export function isUnread(node: PageNode): boolean {
  return UNREAD.has(node.name ?? '') || isUnseen(node);
}

/** Whether an element looks like a part of the site around the text: by its tag, role, class or id. */
export function isBoilerplate(node: PageNode, insideText: boolean): boolean {
  const { name } = node;
  if (name === undefined || FRAME.has(name)) return false;
  if (name === 'form' || (name === 'aside' && !(insideText && tellsSomething(node)))) return true;
  if (name === 'header' && !insideText) return true;
  if (BOILERPLATE_ROLES.has(attributeOf(node, 'role'))) return true;
  return isNamedBoilerplate(`${attributeOf(node, 'class')} ${attributeOf(node, 'id')}`);
}

/** Whether an aside within a text speaks in sentences, as a box of facts does and a list of links does not. */
function tellsSomething(node: PageNode): boolean {
  const text = nodeText(node);
  let linked = 0;
  for (const inner of elementsBelow([node])) {
    if (inner.name === 'a') linked += nodeText(inner).length;
  }
  return text.length > 60 && linked < text.length * 0.4 && /\p{L}[.!](?:\s|$)/u.test(text);
}

function isNamedBoilerplate(names: string): boolean {
  if (names.length < 3) return false;
  return names.slice(0, 400).toLowerCase().split(/\s+/).some(isBoilerplateName);
}

function isBoilerplateName(name: string): boolean {
  if (BOILERPLATE.has(name.replaceAll(/[-_]/g, ''))) return true;
  const parts = name.split(/[-_]+/);
  return parts.some(
    (part, index) =>
      BOILERPLATE.has(part) || BOILERPLATE_PAIRS.has(`${part}-${parts[index + 1] ?? ''}`),
  );
}

/** Headings over lists of other pages. */
const ELSEWHERE =
  /^(?:(?:you (?:might|may) (?:also )?(?:like|enjoy)|(?:more|latest|recent|other|further) (?:from|in|on|posts?|stories|news|articles?|reading)?|related|recommended|most (?:read|popular)|popular|trending|keep reading|read (?:more|next)|up next|see also|alternatives|latest|tools we|discuss|share|tags?|categories|labels?|newsletter|leave a (?:reply|comment)|comments?)\b|more$|weitere|mehr zum thema|ähnliche|artículos relacionados|relacionados|leia também|à lire aussi|articles liés|関連|相关|相關|추천|관련)/i;
/** Headings over a list of what the text rests on: passed on, so read. */
const SOURCES =
  /^(?:sources?|references?|citations?|further reading|coverage|in the news|works cited|quellen|fuentes|fontes|références|参考|来源|出典|출처)/i;

/** Drops headings over other pages with the links below them. */
export function withoutElsewhere(blocks: readonly Block[]): readonly Block[] {
  const kept: Block[] = [];
  for (const { heading, title, blocks: below } of sectionsOf(blocks)) {
    if (isElsewhere(title) && below.every(isLink)) continue;
    if (heading !== null) kept.push(heading);
    kept.push(...below);
  }
  return kept;
}

/** Whether a heading stands over links to other pages of the site rather than over text. */
function isElsewhere(heading: string): boolean {
  return !SOURCES.test(heading) && ELSEWHERE.test(heading);
}

/** Most of it is links, or it is too short to say anything. */
function isLink({ kind, text, links }: Block): boolean {
  const linked = links.reduce((sum, { start, end }) => sum + end - start, 0);
  return (kind !== 'cell' && text.length < 40) || linked > text.length * 0.6;
}
