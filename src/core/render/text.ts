import type { Message } from '../../domain/alert.ts';
import type { Block, Caps, Span } from './block.ts';
import { fitBlocks } from './fit.ts';
import { MAIL_CAPS, outline } from './outline.ts';
import { utf8Length } from './plain.ts';

/** A message as plain text, for mail and terminals. */
export function textBody(message: Message, caps: Caps = MAIL_CAPS): string {
  const { title, blocks } = outline(message, caps);
  const body = blocks
    .map((block) => textBlock(block))
    .join('\n')
    .trim();
  return `${title}\n\n${body}\n`;
}

/** A message as plain text of at most `limit` bytes in UTF-8, its title apart. */
export function fittedText(
  message: Message,
  caps: Caps,
  limit: number,
): { title: string; body: string } {
  const { title, blocks } = outline(message, caps);
  const pieces = fitBlocks(blocks, { render: textBlock, limit, size: utf8Length });
  return { title, body: pieces.join('\n') };
}

function textBlock(block: Block): string {
  const text = block.spans.map((span) => textSpan(span)).join('');
  switch (block.kind) {
    case 'heading':
      return `\n${text}`;
    case 'bullet':
      return `- ${text}`;
    case 'quote':
      return `> ${text}`;
    case 'note':
      return `\n${text}`;
    case 'line':
      return text;
  }
}

/** Marks as `git diff --word-diff` writes them. */
function textSpan(span: Span): string {
  if (span.url !== undefined) return span.url;
  if (span.mark === 'added') return `{+${span.text}+}`;
  if (span.mark === 'removed') return `[-${span.text}-]`;
  return span.text;
}
