/** Short pages in the shapes of the channels, for tests of the line; every word is ours. */

export const CHANGELOG = 'https://developers.openai.com/api/docs/changelog.md';
export const NEWS = 'https://openai.com/news/rss.xml';
export const MODELS = 'https://api.openai.com/v1/models';

export function modelPageUrl(id: string): string {
  return `https://developers.openai.com/api/docs/models/${id}.md`;
}

export interface Entry {
  day: string;
  tags: string;
  text: string;
}

export function changelog(month: string, entries: readonly Entry[]): string {
  const parts = entries.map(({ day, tags, text }) => `### ${day}\n\n${tags}\n\n${text}\n`);
  return `# Changelog\n\n> The latest features and updates to the OpenAI API.\n\n## ${month}\n\n${parts.join('\n')}`;
}

export const OLD_ENTRY: Entry = {
  day: 'Apr 2',
  tags: 'Feature · Model: gpt-image-1.5 · API: v1/images/generations',
  text: 'Released `gpt-image-1.5`, an image model.',
};

export const LAUNCH: Entry = {
  day: 'Apr 21',
  tags: 'Feature · Model: gpt-image-2 · API: v1/images/generations',
  text: 'Released `gpt-image-2`, an image model.',
};

export interface Post {
  title: string;
  slug: string;
  text: string;
  date: string;
}

export function newsFeed(posts: readonly Post[]): string {
  const items = posts.map(
    ({ title, slug, text, date }) =>
      `<item><title><![CDATA[${title}]]></title><description><![CDATA[${text}]]></description>` +
      `<link>https://openai.com/index/${slug}</link><guid isPermaLink="true">https://openai.com/index/${slug}</guid>` +
      `<category><![CDATA[Product]]></category><pubDate>${date}</pubDate></item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>OpenAI News</title><link>https://openai.com/news</link><description>News</description>${items.join('')}</channel></rss>`;
}

export const OLD_POSTS: readonly Post[] = [
  {
    title: 'Introducing GPT-5.4',
    slug: 'introducing-gpt-5-4',
    text: 'GPT-5.4 is available today in ChatGPT and the API.',
    date: 'Thu, 05 Mar 2026 10:00:00 GMT',
  },
  {
    title: 'A library sorts its letters',
    slug: 'library-letters',
    text: 'A customer story.',
    date: 'Wed, 01 Apr 2026 10:00:00 GMT',
  },
];

export function modelList(ids: readonly string[]): string {
  const rows = ids.map((id) => ({ id, object: 'model', owned_by: 'system' }));
  return JSON.stringify({ object: 'list', data: rows });
}

export const OLD_MODELS = ['gpt-5.4', 'gpt-4.1', 'gpt-image-1.5', 'gpt-image-1', 'dall-e-3', 'o3'];

export function modelPage(id: string, name: string): string {
  return `# ${name}\n\n> An image model\n\nModel ID: \`${id}\`\n\n## Model details\n\n- Input modalities: text, image\n\n## Pricing\n\n| Metric | Price | Unit |\n| --- | --- | --- |\n| Image output | $30.00 | 1M tokens |\n\n## Endpoints\n\n| Endpoint | Route | Support |\n| --- | --- | --- |\n| Image generation | v1/images/generations | Supported |\n`;
}

export function article(title: string, paragraphs: readonly string[]): string {
  const text = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n');
  return `<!doctype html><html lang="en"><head><title>${title}</title></head><body><header><a href="/">Home</a></header><main><article><h1>${title}</h1>${text}</article></main><footer>Imprint</footer></body></html>`;
}
