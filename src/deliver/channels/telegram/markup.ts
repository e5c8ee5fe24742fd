import { type Block, grouped, type Span } from '../../../core/render/block.ts';
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
  const limit = TELEGRAM_LIMIT - head.length;
  // Counted with the line break that stands before each group.
  const kept = fitBlocks(blocks, { render: (block) => `\n${telegramBlock(block)}`, limit });
  return `${head}${spaced(kept)}`;
}

/** An empty line before each place and heading, and before how to go on. */
function spaced(blocks: readonly Block[]): string {
  return grouped(blocks)
    .map(([first, ...below], at, groups) => {
      if (first === undefined) return '';
      const before = groups[at - 1]?.[0]?.kind;
      const isFirst = before === undefined;
      const apart = first.kind === 'heading' || first.kind === 'fact' || first.kind === 'note';
      const opens = apart || (first.kind === 'command' && before !== 'command');
      return [
        `${opens && !isFirst ? '\n' : ''}${telegramBlock(first)}`,
        ...below.map((block) => telegramBlock(block)),
      ].join('\n');
    })
    .join('\n');
}

/**
 * Escapes HTML, and puts an invisible joiner behind the characters from which Telegram makes mentions, hashtags and commands
 * by itself, and into bare addresses.
 */
function escapeTelegram(text: string): string {
  return escapeHtml(text.replace(/[@#/$]|:(?=\/\/)/g, '$&\u{2060}'));
}

function telegramBlock({ kind, label = '', spans }: Block): string {
  const text = spans.map((span) => telegramSpan(span)).join('');
  switch (kind) {
    case 'heading':
      return `<b>${text}</b>`;
    case 'bullet':
      return `• ${text}`;
    case 'fact':
      return `<b>${escapeTelegram(label)}</b>: ${text}`;
    case 'quote':
      return `<blockquote>${text}</blockquote>`;
    case 'command':
      return `${escapeTelegram(label)}: ${text}`;
    case 'note':
      return `<i>${text}</i>`;
    case 'source':
    case 'line':
      return text;
  }
}

const TAGS = { strong: 'b', added: 'u', removed: 's', code: 'code' } as const;

function telegramSpan({ text, url, mark }: Span): string {
  const shown = escapeTelegram(text);
  if (url !== undefined) return `<a href="${escapeHtml(url)}">${shown}</a>`;
  return mark === undefined ? shown : `<${TAGS[mark]}>${shown}</${TAGS[mark]}>`;
}
