import { baseWithin } from './feed-entry.ts';

/** What may stand before the root of a feed: declarations, style sheets, comments, a document type. */
const PROLOG =
  /^(?:\s+|<\?[^>]{0,2000}\?>|<!--[\s\S]{0,5000}?-->|<!DOCTYPE[^[>]{0,500}(?:\[[^\]]{0,2000}\])?[^>]{0,100}>)/i;
const ROOT = /^<(?:([\w.-]+):)?(rss|feed|rdf)([\s>/])/i;
/** How often the prolog is stepped over. */
const MOST_STEPS = 50;
const LONGEST_PROLOG = 20_000;
const JSON_FEED = /"version"\s*:\s*"https?:\/\/jsonfeed\.org\/version\//;

/** Where the root element of a feed begins, and the prefix its names carry; null when the source is no feed of XML. */
function rootOf(source: string): { at: number; prefix: string } | null {
  const head = source.slice(0, LONGEST_PROLOG);
  let at = head.startsWith('\uFEFF') ? 1 : 0;
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    const passed = PROLOG.exec(head.slice(at))?.[0].length ?? 0;
    if (passed === 0) break;
    at += passed;
  }
  const root = ROOT.exec(head.slice(at, at + 200));
  return root === null ? null : { at, prefix: root[1] ?? '' };
}

export function isJsonFeed(source: string): boolean {
  const head = source.slice(0, 4000).replace('\uFEFF', '');
  return /^\s*\{/.test(head) && JSON_FEED.test(head);
}

/** Whether a body is a feed: RSS, Atom or JSON Feed, by how it opens. */
export function isFeed(source: string): boolean {
  return rootOf(source) !== null || isJsonFeed(source);
}

/**
 * Elements that the parser of feeds reads by itself and badly: dates it cannot read make it throw, and the markup of
 * bodies costs it time by the square. It is handed them under a name it only passes on.
 */
export const PASSED_ON = [
  'description',
  'summary',
  'content',
  'published',
  'updated',
  'issued',
  'modified',
];
const RENAMED = new RegExp(`<(/?)(?:content:encoded|(${PASSED_ON.join('|')}))(?=[\\s/>])`, 'g');
const NO_CHARACTERS = /[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu;
const BARE_AMPERSAND = /&(?!#\d{1,7};|#x[\da-f]{1,6};|[a-z][a-z\d]{1,31};)/gi;

/**
 * The source of a feed as a strict parser needs it: without characters XML does not know, bare ampersands escaped, the
 * prefix of its root dropped, and XHTML within it as text. Null when it is no feed of XML.
 */
export function feedSource(source: string): string | null {
  const root = rootOf(source);
  if (root === null) return null;
  const unprefixed = outsideCdata(source.slice(root.at).replace(NO_CHARACTERS, ''), (markup) => {
    const named =
      root.prefix === '' || /^rdf$/i.test(root.prefix)
        ? markup
        : withoutPrefix(markup, root.prefix);
    return named.replace(BARE_AMPERSAND, '&amp;');
  });
  return outsideCdata(xhtmlAsText(unprefixed), (markup) =>
    markup.replace(
      RENAMED,
      (_whole, slash: string, name: string | undefined) => `<${slash}x-${name ?? 'encoded'}`,
    ),
  );
}

function withoutPrefix(markup: string, prefix: string): string {
  return markup.replaceAll(`<${prefix}:`, '<').replaceAll(`</${prefix}:`, '</');
}

function outsideCdata(source: string, change: (markup: string) => string): string {
  let changed = '';
  let at = 0;
  while (at < source.length) {
    const start = source.indexOf('<![CDATA[', at);
    const end = start === -1 ? -1 : source.indexOf(']]>', start);
    if (end === -1) break;
    changed += change(source.slice(at, start)) + source.slice(start, end + 3);
    at = end + 3;
  }
  return changed + change(source.slice(at));
}

const XHTML =
  /<(title|summary|content)\b([^<>]{0,500}?)type\s*=\s*["']xhtml["']([^<>]{0,500}?)(?<!\/)>/g;

/** Text set as XHTML is passed on as the markup it is, which keeps the order of its parts. */
function xhtmlAsText(source: string): string {
  let changed = '';
  let at = 0;
  for (const match of source.matchAll(XHTML)) {
    const [opening, name = '', before = '', after = ''] = match;
    if (match.index < at) continue;
    const start = match.index + opening.length;
    const end = source.indexOf(`</${name}>`, start);
    if (end === -1) break;
    const markup = source.slice(start, end);
    const held = markup.includes(']]>') ? markup : `<![CDATA[${markup}]]>`;
    changed += `${source.slice(at, match.index)}<${name}${before}type="html"${after}>${held}`;
    at = end;
  }
  return changed + source.slice(at);
}

/** Where an entry begins or ends, or something begins that may hold what only looks like that. */
const MARK = /<!\[CDATA\[|<!--|<(\/?)(item|entry)(?=[\s>])/g;

/**
 * The entries of a prepared feed, each as a feed of its own, so that one that is not well-formed loses only itself.
 * None when the feed does not end as it began: it was cut off, and what it lost nobody knows.
 */
export function entriesApart(source: string): readonly string[] {
  const root = /^<([\w:.-]+)[^<>]*>/.exec(source.slice(0, 10_000));
  const name = root?.[1] ?? '';
  if (
    root === null ||
    !new RegExp(`</${name.replaceAll('.', '\\.')}\\s*>\\s*$`).test(source.slice(-200))
  )
    return [];
  const [before, after] = /^rss$/i.test(name) ? ['<channel>', '</channel>'] : ['', ''];
  const channel = /rdf$/i.test(name) ? '<channel/>' : '';
  return entryTexts(source).map(
    (entry) => `${root[0]}${channel}${before}${entry}${after}</${name}>`,
  );
}

function entryTexts(source: string): readonly string[] {
  const entries: string[] = [];
  let open: { element: string; at: number } | null = null;
  let end = 0;
  for (const { index, 0: mark, 1: slash, 2: element } of source.matchAll(MARK)) {
    if (index < end) continue;
    if (element === undefined) {
      end = source.indexOf(mark === '<!--' ? '-->' : ']]>', index);
      if (end === -1) break;
    } else if (slash === '') open ??= { element, at: index };
    else if (open?.element === element) {
      entries.push(source.slice(open.at, source.indexOf('>', index) + 1));
      open = null;
    }
  }
  return entries;
}

const ROOT_BASE = /^<[\w:.-]+[^<>]*?\bxml:base\s*=\s*["']([^"'<>]{1,2000})["']/;
const CHANNEL_BASE = /<channel\b[^<>]*?\bxml:base\s*=\s*["']([^"'<>]{1,2000})["']/;
/** RSS has no word for it; its readers go by the site that the channel is of. */
const CHANNEL_LINK = /<link>\s*(?:<!\[CDATA\[)?\s*(https?:\/\/[^\s<>\]]{1,2000})/;

/** The address that links are relative to, where the root or its channel gives one. */
export function baseIn(source: string, address: string): string {
  const head = source.slice(0, 10_000);
  const [channel = ''] = head.split(/<item[\s>]/, 1);
  const said = [ROOT_BASE.exec(head)?.[1], CHANNEL_BASE.exec(channel)?.[1]].flatMap(
    (base) => base ?? [],
  );
  if (said.length > 0) return said.reduce(baseWithin, address);
  const link = /^<feed[\s>]/.test(head) ? null : CHANNEL_LINK.exec(channel)?.[1];
  return baseWithin(address, link ?? '');
}
