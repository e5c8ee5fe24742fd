import { createHash } from 'node:crypto';
import type { PrimaryStatement } from '../../src/core/vendor-text/statement.ts';
import { primaryStatements } from '../../src/core/vendor-text/vendor-statements.ts';
import { bodyHash } from '../../src/domain/ids.ts';
import type { Publisher } from '../../src/domain/publisher.ts';
import type { Watcher } from '../../src/domain/watcher.ts';
import articles from '../../watchers/openai-articles.ts';
import changelog from '../../watchers/openai-changelog.ts';
import help from '../../watchers/openai-help.ts';
import news from '../../watchers/openai-news.ts';
import { language, names } from './names.ts';

/** How the source of a page is written: what hides a sentence in it, and what sets it off. */
type Markup = 'html' | 'markdown';

/** A channel of a vendor, as its real watcher reads it from the bytes of a page. */
export interface Channel {
  markup: Markup;
  watcher: Omit<Watcher, 'id'>;
  url: string;
  type: string;
  /** A whole page with one paragraph of markup in the place where the channel says what is new. */
  page: (paragraph: string) => string;
}

const ARTICLE = (head: string) => (paragraph: string) =>
  `<!doctype html><html lang="en"><head><title>Notes | Acme</title><meta property="article:published_time" content="2026-09-01T12:00:00Z"></head><body><main><article><h1>Notes on our work</h1><div class="article-content"><p>What we did.</p>${head}${paragraph}<p>That is all for today.</p></div></article></main></body></html>`;

export const CHANNELS: Readonly<Record<string, Channel>> = {
  changelog: {
    markup: 'markdown',
    watcher: changelog,
    url: 'https://developers.openai.com/api/docs/changelog.md',
    type: 'text/markdown',
    page: (paragraph) =>
      `# Changelog\n\n## September, 2026\n\n### Sep 1\n\nUpdate · API: v1/responses\n\nWe mended a few things.\n\n${paragraph}\n`,
  },
  news: {
    markup: 'html',
    watcher: news,
    url: 'https://openai.com/news/rss.xml',
    type: 'application/rss+xml',
    page: (paragraph) =>
      `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><item><title>Notes on our work</title><link>https://openai.com/index/notes</link><guid>https://openai.com/index/notes</guid><description><![CDATA[<p>What we did.</p>${paragraph}]]></description><pubDate>Tue, 01 Sep 2026 12:00:00 GMT</pubDate></item></channel></rss>`,
  },
  article: {
    markup: 'html',
    watcher: articles,
    url: 'https://openai.com/index/notes',
    type: 'text/html',
    page: ARTICLE(''),
  },
  help: {
    markup: 'html',
    watcher: help,
    url: 'https://help.openai.com/en/articles/11128753-notes',
    type: 'text/html',
    page: ARTICLE(''),
  },
  'release notes': {
    markup: 'html',
    watcher: help,
    url: 'https://help.openai.com/en/articles/9624314-model-release-notes',
    type: 'text/html',
    page: ARTICLE('<h2>Notes (September 1, 2026)</h2>'),
  },
};

const AT = '2026-09-02T00:00:00.000Z';
const openai: Publisher = {
  ...{ domain: 'openai.com', name: 'OpenAI', class: 'P1', group: 'openai.com', vendor: 'openai' },
};

/** What a channel is taken to state by the page with a paragraph in it. */
export async function statedOn(
  { watcher, url, type, page }: Channel,
  paragraph: string,
): Promise<readonly PrimaryStatement[]> {
  const body = Buffer.from(page(paragraph));
  const items = await watcher.extract({
    ...{ url, finalUrl: url, redirects: [url], status: 200, headers: {}, contentType: type, body },
    bodyHash: bodyHash(createHash('sha256').update(body).digest('hex')),
    ...{ fetchedAt: AT, via: 'recording' },
  });
  const context = { names, publisher: openai, watcher, at: AT, ...language('openai') };
  return items.flatMap((item) => primaryStatements(item, context));
}

type Wrapped = (sentence: string) => string;

/** A sentence as a paragraph. */
export const PARAGRAPH: Readonly<Record<Markup, Wrapped>> = {
  html: (said) => `<p>${said}</p>`,
  markdown: (said) => said,
};

/** Markup after which nobody sees a sentence, or sees it struck out: nothing may be taken from it. */
export const HIDING: Readonly<Record<Markup, Readonly<Record<string, Wrapped>>>> = {
  html: {
    'struck out by del': (said) => `<p><del>${said}</del></p>`,
    'struck out by s': (said) => `<p><s>${said}</s></p>`,
    'struck out by strike': (said) => `<p><strike>${said}</strike></p>`,
    'struck out by style': (said) => `<p style="text-decoration: line-through">${said}</p>`,
    'commented out': (said) => `<!-- <p>${said}</p> -->`,
    'commented out over lines': (said) => `<!--\n<p>${said}</p>\n\n-->`,
    hidden: (said) => `<p hidden>${said}</p>`,
    'not displayed': (said) => `<div style="display:none"><p>${said}</p></div>`,
    invisible: (said) => `<p style="visibility: hidden">${said}</p>`,
    'hidden from readers aloud': (said) => `<p aria-hidden="true">${said}</p>`,
    'in a template': (said) => `<template><p>${said}</p></template>`,
    'in a script': (said) => `<script type="text/plain">${said}</script>`,
    'in a style': (said) => `<style>/* ${said} */</style>`,
    'in an attribute': (said) => `<p title="${said.replaceAll('"', '&quot;')}">See above.</p>`,
    'hidden within what is shown': (said) => `<p>Thanks. <span hidden>${said}</span></p>`,
    'as a sample': (said) => `<pre><code>${said}</code></pre>`,
  },
  markdown: {
    'struck out': (said) => `~~${said}~~`,
    'struck out by del': (said) => `<del>${said}</del>`,
    'struck out within what is shown': (said) => `Thanks. ~~${said}~~`,
    'commented out': (said) => `<!-- ${said} -->`,
    'commented out over lines': (said) => `<!--\n${said}\n\n-->`,
    'commented out as MDX': (said) => `{/* ${said} */}`,
    'in a definition': (said) => `[//]: # (${said.replaceAll(/[()]/g, '')})`,
    hidden: (said) => `<div hidden>\n\n${said}\n\n</div>`,
    'not displayed': (said) => `<p style="display:none">${said}</p>`,
    'in a fence': (said) => `\`\`\`text\n${said}\n\`\`\``,
    'in a long fence': (said) => `~~~~~md\n\`\`\`\n${said}\n\`\`\`\n~~~~~`,
    'as an indented sample': (said) => `    ${said}`,
    'as the title of a link': (said) =>
      `[See above](https://openai.com "${said.replaceAll('"', '')}")`,
  },
};

/** Markup after which a reader reads the same. */
export const SHOWING: Readonly<Record<Markup, Readonly<Record<string, Wrapped>>>> = {
  html: {
    'in bold': (said) => `<p><strong>${said}</strong></p>`,
    'in a list': (said) => `<ul><li>Thanks to all.</li><li>${said}</li></ul>`,
    'with the name in code': (said) => `<p>${named(said, (name) => `<code>${name}</code>`)}</p>`,
    'with the name linked': (said) =>
      `<p>${named(said, (name) => `<a href="/models/x">${name}</a>`)}</p>`,
    'with a part struck out before it': (said) => `<p><del>Nothing new.</del> ${said}</p>`,
    'over two lines of source': (said) => `<p>${said.replaceAll(' ', '\n')}</p>`,
    'with the name in character references': (said) =>
      `<p>${named(said, (name) => name.replaceAll('-', '&#45;'))}</p>`,
  },
  markdown: {
    'in bold': (said) => `**${said}**`,
    'in a list': (said) => `- Thanks to all.\n- ${said}`,
    'with the name in code': (said) => named(said, (name) => `\`${name}\``),
    'with the name linked': (said) => named(said, (name) => `[${name}](/models/x)`),
    'over two lines of source': (said) => said.replace(' ', '\n'),
    'with a reference': (said) => `${named(said, (name) => `[${name}][x]`)}\n\n[x]: /models/x`,
    'with a part struck out before it': (said) => `~~Nothing new.~~ ${said}`,
    'with a footnote': (said) => `${said}[^1]\n\n[^1]: For all who have a key.`,
  },
};

/** The model every sentence is about. */
export const MODEL = 'gpt-9';

function named(said: string, mark: Wrapped): string {
  return said.replaceAll(MODEL, mark(MODEL));
}
