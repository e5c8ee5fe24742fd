import { load } from 'cheerio/slim';
import type { Capture } from '../../domain/capture.ts';
import { ExtractError } from '../../domain/errors.ts';
import type { Item } from '../../domain/item.ts';
import { attributeOf, nodeText, type PageNode } from '../document/node.ts';
import { isHtml } from '../extract/html.ts';
import { type MainText, mainText } from '../extract/main-text.ts';
import { textOf } from '../extract/text.ts';
import { oneLine } from '../extract/tidy.ts';
import { BOILERPLATE_FIELD, bylineIn, looksLikeTemplate } from './boilerplate-lines.ts';
import { countWords } from './shared-runs.ts';
import { leadsToSource, namesSource, SOURCES_HEADING } from './sources.ts';

const MOST_LINES = 80;
const LONGEST_LINE = 400;
const MOST_IDS = 12;
const MOST_SOURCES = 20;
const DEEPEST = 250;
/** Enough words before a link to see whether it leads to the source. */
const ENOUGH_BEFORE = 60;
const SHORTEST_BIOGRAPHY = 5;

const UNREAD = new Set(
  'style svg noscript template iframe object canvas title button select option textarea'.split(' '),
);
const INLINE = new Set(
  'a abbr b bdi cite code em font i img ins kbd label mark q s small span strong sub sup time u var wbr'.split(
    ' ',
  ),
);
const NAMES_AUTHOR = /(?:^|\s)(?:byline|author-name|p-author)(?:\s|$)/;

interface Walk {
  url: string;
  main: MainText;
  /** The lines outside the main text. */
  lines: string[];
  /** The text of the block that is being read. */
  line: string;
  /** The last heading, while only lists have followed it. */
  heading: string;
  bylines: Set<string>;
  owners: Set<string>;
  sources: Set<string>;
  canonical: string | null;
}

/**
 * What a page of somebody else shows of where it comes from, for the fields of its item: `byline`, the boilerplate (the
 * lines around its main text), `biography` (what they say of its author), `analytics`, `sources` (addresses it names
 * as its source) and `canonical`. A good main text holds little of this. Fields with nothing in them are left out.
 */
function originFields(document: PageNode, url: string, main: MainText): Item['fields'] {
  const walk: Walk = {
    ...{ url, main, lines: [], line: '', heading: '' },
    ...{ bylines: new Set(), owners: new Set(), sources: new Set(), canonical: null },
  };
  visit(document, walk, 0, true);
  flush(walk, true);
  const boilerplate = walk.lines.slice(0, MOST_LINES);
  const biography = biographyIn(boilerplate);
  const fields = {
    byline: [...walk.bylines].filter((name) => name.length <= 80 && !/^(?:https?:|$)/.test(name)),
    [BOILERPLATE_FIELD]: boilerplate,
    biography: biography === null ? [] : [biography],
    analytics: [...walk.owners].slice(0, MOST_IDS),
    sources: [...walk.sources].slice(0, MOST_SOURCES),
    canonical: walk.canonical === null ? [] : [walk.canonical],
  };
  return Object.fromEntries(Object.entries(fields).filter(([, values]) => values.length > 0));
}

function visit(node: PageNode, walk: Walk, depth: number, isOutside: boolean): void {
  const name = node.name ?? '';
  if (node.type === 'text') walk.line += node.data ?? '';
  else if (depth <= DEEPEST && !UNREAD.has(name)) enter(node, name, walk, depth, isOutside);
}

function enter(node: PageNode, name: string, walk: Walk, depth: number, isOutside: boolean): void {
  READERS[name]?.(node, walk);
  if (name === 'script') return;
  if (isAuthor(node)) walk.bylines.add(nodeText(node));
  const isOut = node !== walk.main.root && (isOutside || walk.main.skips(node));
  const isBlock = !INLINE.has(name);
  if (isBlock) flush(walk, isOutside);
  for (const child of node.children ?? []) visit(child, walk, depth + 1, isOut);
  if (isBlock) close(name, walk, isOut);
}

/** Ends a block: a heading is remembered for the list that may follow it. */
function close(name: string, walk: Walk, isOutside: boolean): void {
  if (/^h[1-6]$/.test(name)) walk.heading = oneLine(walk.line);
  else if (name === 'p' || name === 'ul' || name === 'ol') walk.heading = '';
  flush(walk, isOutside);
}

function flush(walk: Walk, isOutside: boolean): void {
  if (isOutside && walk.lines.length < MOST_LINES) {
    const line = oneLine(walk.line);
    if (line !== '' && line.length <= LONGEST_LINE) walk.lines.push(line);
  }
  walk.line = '';
}

/** What is read of an element beside its text. */
const READERS: Readonly<Record<string, (node: PageNode, walk: Walk) => void>> = {
  a: readLink,
  ins: (node, walk) => addOwners(attributeOf(node, 'data-ad-client'), walk),
  link(node, walk) {
    if (attributeOf(node, 'rel') !== 'canonical') return;
    walk.canonical ??= absolute(attributeOf(node, 'href'), walk.url);
  },
  meta(node, walk) {
    const content = attributeOf(node, 'content');
    const name = attributeOf(node, 'name') || attributeOf(node, 'property');
    if (/^(?:article:)?author$/.test(name)) walk.bylines.add(oneLine(content));
    addOwners(content, walk);
  },
  script(node, walk) {
    const text = node.children?.[0]?.data ?? '';
    if (attributeOf(node, 'type') !== 'application/ld+json') {
      addOwners(`${attributeOf(node, 'src')} ${text}`, walk);
      return;
    }
    for (const author of authorsIn(text)) walk.bylines.add(oneLine(author));
  },
};

function addOwners(source: string, { owners }: Walk): void {
  for (const id of ownerIdsIn(source)) owners.add(id);
}

function readLink(node: PageNode, walk: Walk): void {
  const address = absolute(attributeOf(node, 'href'), walk.url);
  if (address === null) return;
  const isSource =
    namesSource(nodeText(node)) ||
    (walk.heading !== '' && SOURCES_HEADING.test(walk.heading)) ||
    leadsToSource(oneLine(walk.line.slice(-ENOUGH_BEFORE)));
  if (isSource) walk.sources.add(address);
}

function isAuthor(node: PageNode): boolean {
  return (
    attributeOf(node, 'rel') === 'author' ||
    attributeOf(node, 'itemprop') === 'author' ||
    NAMES_AUTHOR.test(attributeOf(node, 'class'))
  );
}

function absolute(address: string, base: string): string | null {
  if (!/^(?:https?:|\/)/i.test(address) || !URL.canParse(address, base)) return null;
  return new URL(address, base).href;
}

/** The people named as `author` anywhere in linked data; text that is no JSON names nobody. */
function authorsIn(source: string): readonly string[] {
  const names: string[] = [];
  try {
    JSON.parse(source, (key, value: unknown) => {
      if (key === 'author') names.push(...namesIn(value));
      return value;
    });
  } catch {
    return [];
  }
  return names;
}

function namesIn(author: unknown): readonly string[] {
  if (typeof author === 'string') return [author];
  if (Array.isArray(author)) return author.flatMap(namesIn);
  if (author === null || typeof author !== 'object' || !('name' in author)) return [];
  return typeof author.name === 'string' ? [author.name] : [];
}

/** What stands below a byline outside the text introduces the author. */
function biographyIn(lines: readonly string[]): string | null {
  const at = lines.findIndex((line) => line.length < 100 && bylineIn(line) !== null);
  const next = at < 0 ? undefined : lines[at + 1];
  if (next === undefined || countWords(next) < SHORTEST_BIOGRAPHY) return null;
  return looksLikeTemplate(next) && !/[.!?]\s/.test(next) ? null : next;
}

/** Ids under which a site counts its visits or sells advertising space, as the services write them. */
const IDS =
  /\bG-[A-Z0-9]{8,12}\b|\bUA-\d{4,10}(?=-\d)|\bGTM-[A-Z0-9]{5,9}\b|\bca-pub-\d{10,20}\b|\bAW-\d{8,12}\b/g;

/** Calls that set such an id, with the service it belongs to. */
const CALLS: readonly (readonly [string, RegExp])[] = [
  ['fb', /\bfbq\(\s*['"]init['"]\s*,\s*['"](\d{10,20})['"]/g],
  ['ym', /\bym\(\s*(\d{5,10})\s*,\s*['"]init['"]/g],
  ['hj', /\bhjid\s*[:=]\s*(\d{5,10})/g],
  ['clarity', /clarity\.ms\/tag\/(\w{6,14})/g],
];

/** A script longer than this is the application, not the snippet that sets an id. */
const LONGEST = 20_000;

/** The ids in the source or the address of a script. */
function ownerIdsIn(script: string): readonly string[] {
  const source = script.slice(0, LONGEST);
  const ids: string[] = source.match(IDS) ?? [];
  for (const [service, pattern] of CALLS) {
    for (const [, id] of source.matchAll(pattern)) ids.push(`${service}-${id}`);
  }
  return ids;
}

/** A page larger than this, in bytes, is data, and has no author. */
const LARGEST = 2_000_000;

/**
 * What the markup of a page shows of where it comes from, as fields of an item. They are kept beside the item and not
 * in it: what a site puts around a page changes with every visit, and that is no new version of the page.
 */
export function pageOrigin(
  capture: Pick<Capture, 'body' | 'contentType' | 'finalUrl'>,
): Item['fields'] {
  if (capture.body.length > LARGEST) return {};
  const source = sourceOf(capture);
  if (source === null || !isHtml(capture.contentType, source)) return {};
  const document = load(source).root()[0] as unknown as PageNode;
  return originFields(document, capture.finalUrl, mainText(document));
}

function sourceOf({ body, contentType }: Pick<Capture, 'body' | 'contentType'>): string | null {
  try {
    return textOf(body, contentType);
  } catch (error) {
    if (error instanceof ExtractError) return null;
    throw error;
  }
}
