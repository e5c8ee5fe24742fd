/** Lays labelled texts of vendors into pages of their channel's form, and reads the items out of them as a watcher does. */
import { compiled } from '../support/project.mjs';

/** @typedef {import('./vendor-texts.mjs').VendorText} VendorText */

/** What sort of channel it is, by its name; other names are changelogs. */
const KINDS = /** @type {const} */ ([
  [/rss|news$|blog/, 'newsroom'],
  [/deprecations|models-page/, 'deprecations'],
  [/pricing|cookbook|models-readme/, 'guide'],
  [/sdk/, 'package'],
]);
/** @type {Readonly<Record<string, string>>} */
const ITEMS = { changelog: 'entry', package: 'post' };

/** @param {VendorText} text */
export async function vendorItems(text) {
  const kind = KINDS.find(([name]) => name.test(text.channel))?.[1] ?? 'changelog';
  const items = await (kind === 'newsroom' ? postsOf(text) : sectionsIn(text, kind));
  return { kind, coverage: 'rolling', items };
}

/** @param {VendorText} text */
async function postsOf({ id, heading, text, date }) {
  const { feedItems } = await compiled('core/extract/feed.js');
  const body = text.startsWith(`${heading}\n`) ? text.slice(heading.length).trim() : text;
  const day = /^\d{4}-\d\d-\d\d$/.test(date) ? date : `${date}-28`;
  const cells = { title: heading, description: body, link: `https://a.example/${id}`, guid: id };
  const fields = Object.entries(cells).map(
    ([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`,
  );
  const feed = `<rss version="2.0"><channel><title>News</title><link>https://a.example/</link><item>${fields.join('')}<pubDate>${new Date(`${day}T12:00:00Z`).toUTCString()}</pubDate></item></channel></rss>`;
  return feedItems(feed, 'https://a.example/feed.xml');
}

/**
 * @param {VendorText} text
 * @param {string} kind
 */
async function sectionsIn({ id, url, heading, text, date }, kind) {
  const [{ blocksOfMarkdown }, { sectionsOf }, { itemText, lineBlock }, { dateOf }] =
    await Promise.all(
      [
        'core/document/markdown.js',
        'core/document/sections.js',
        'core/document/text.js',
        'core/extract/dates.js',
      ].map((path) => compiled(path)),
    );
  const { title, body } = pageParts(heading, text);
  const blocks = blocksOfMarkdown(`## ${title}\n\n${body}\n`);
  const published = dateOf(date);
  const common = { key: id, title, url, published };
  const sections = sectionsOf(blocks).filter((/** @type {any} */ one) => one.level > 0);
  return sections.flatMap((/** @type {any} */ section) => {
    // A day heads an entry and is no part of it; another heading is its first line.
    const isDay = kind === 'changelog' && dateOf(section.title.replace(/^Date: /, '')) !== null;
    const lead = kind === 'changelog' ? section.title : title;
    const own = isDay ? section.blocks : [lineBlock(lead, 'heading'), ...section.blocks];
    if (section.blocks.length === 0) return [];
    return [
      {
        ...common,
        kind: ITEMS[kind] ?? 'article',
        ...itemText(own),
        fields: {},
      },
    ];
  });
}

/**
 * The label gives the names of a table's columns behind its heading: "Gemini 3 models | Model | Shutdown date |".
 * @param {string} heading
 * @param {string} text
 */
function pageParts(heading, text) {
  const cells = text.trim().split('|').slice(1, -1);
  if (!text.trim().startsWith('|') || !heading.includes(' | '))
    return { title: heading, body: text };
  const names = heading
    .split('|')
    .map((name) => name.trim())
    .filter(Boolean);
  const columns = names.slice(-cells.length);
  const title = names.slice(0, -columns.length).join(' | ') || 'Models';
  const line = (/** @type {readonly string[]} */ row) => `| ${row.join(' | ')} |`;
  return { title, body: [line(columns), line(columns.map(() => '---')), text.trim()].join('\n') };
}
