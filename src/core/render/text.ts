import type { Message } from '../../domain/alert.ts';
import type { Block, Caps, Span } from './block.ts';
import { fitBlocks } from './fit.ts';
import { MAIL_CAPS, outline } from './outline.ts';
import { utf8Length } from './plain.ts';

/** A message as plain text, for mail and terminals. */
export function textBody(message: Message, caps: Caps = MAIL_CAPS): string {
  const { title, blocks } = outline(message, caps);
  return `${title}\n\n${textOf(blocks).trim()}\n`;
}

/** Blocks as plain text of at most `limit` bytes in UTF-8. */
export function fittedText(blocks: readonly Block[], limit: number): string {
  const render = (block: Block) => `\n${textBlock(block)}`;
  return textOf(fitBlocks(blocks, { render, limit, size: utf8Length })).trim();
}

/** Kinds that follow each other without an empty line between them. */
const CLOSE: Readonly<Record<Block['kind'], readonly Block['kind'][]>> = {
  heading: [],
  line: ['line', 'heading'],
  bullet: ['bullet', 'heading', 'quote', 'source'],
  fact: ['fact', 'heading', 'quote', 'source'],
  quote: ['bullet', 'fact', 'heading', 'line', 'quote', 'source'],
  source: ['bullet', 'fact', 'heading', 'line', 'quote', 'source'],
  command: ['command', 'heading'],
  note: ['command'],
};

function textOf(blocks: readonly Block[]): string {
  return blocks
    .map((block, at) => {
      const before = blocks[at - 1]?.kind;
      const isClose = before === undefined || CLOSE[block.kind].includes(before);
      return `${isClose ? '' : '\n'}${textBlock(block)}`;
    })
    .join('\n');
}

function textBlock({ kind, label, spans }: Block): string {
  const text = spans.map((span) => textSpan(span)).join('');
  switch (kind) {
    case 'bullet':
      return `- ${text}`;
    case 'fact':
      return `- ${label}: ${text}`;
    case 'quote':
    case 'source':
      return `  ${text}`;
    case 'command':
      return `${label}: ${text}`;
    case 'heading':
    case 'note':
    case 'line':
      return text;
  }
}

/** Marks as `git diff --word-diff` writes them. */
function textSpan({ text, url, mark }: Span): string {
  if (url !== undefined) return text === 'source' ? url : `${text}, ${url}`;
  if (mark === 'added') return `{+${text}+}`;
  if (mark === 'removed') return `[-${text}-]`;
  return text;
}
