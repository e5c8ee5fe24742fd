import type { Block } from '../../domain/document.ts';
import { blocksOfMarkdown } from '../document/markdown.ts';
import type { PageHead } from './page-head.ts';

/** Bullets of text that was never Markdown. */
const BULLET = /^([ \t]*)[•◦▪–][ \t]+(?=\S)/gm;

/** Markdown or plain text as blocks, samples left out. Front matter gives the title. */
export function readPlainPage(source: string): { head: PageHead; blocks: readonly Block[] } {
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
