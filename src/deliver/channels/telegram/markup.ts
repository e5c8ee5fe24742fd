import type { Block, Span } from '../../../core/render/block.ts';
import { fitBlocks } from '../../../core/render/fit.ts';
import { CHAT_CAPS, outline } from '../../../core/render/outline.ts';
import { escapeHtml } from '../../../core/render/plain.ts';
import type { Message } from '../../../domain/alert.ts';

/** What Telegram takes in one message, in UTF-16 units. */
const TELEGRAM_LIMIT = 4_096;

/** A message in Telegram's HTML, which knows a handful of tags and refuses all others. */
export function telegramHtml(message: Message): string {
  const { title, blocks } = outline(message, CHAT_CAPS);
  const head = `<b>${escapeTelegram(title)}</b>\n\n`;
  const fit = { render: telegramBlock, limit: TELEGRAM_LIMIT - head.length };
  return `${head}${fitBlocks(blocks, fit).join('\n')}`;
}

/**
 * Escapes HTML, and puts an invisible joiner behind the characters from which Telegram makes mentions, hashtags and commands
 * by itself, and into bare addresses.
 */
function escapeTelegram(text: string): string {
  return escapeHtml(text.replace(/[@#/$]|:(?=\/\/)/g, '$&\u{2060}'));
}

function telegramBlock(block: Block): string {
  const text = block.spans.map((span) => telegramSpan(span)).join('');
  switch (block.kind) {
    case 'heading':
      return `\n<b>${text}</b>`;
    case 'bullet':
      return `• ${text}`;
    case 'quote':
      return `<blockquote>${text}</blockquote>`;
    case 'note':
      return `\n<i>${text}</i>`;
    case 'line':
      return text;
  }
}

function telegramSpan(span: Span): string {
  const text = escapeTelegram(span.text);
  if (span.url !== undefined) return `<a href="${escapeHtml(span.url)}">${text}</a>`;
  if (span.mark === 'strong') return `<b>${text}</b>`;
  if (span.mark === 'added') return `<u>${text}</u>`;
  if (span.mark === 'removed') return `<s>${text}</s>`;
  return text;
}
