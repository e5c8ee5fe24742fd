import type { Block, Span } from '../../../core/render/block.ts';
import { fitBlocks } from '../../../core/render/fit.ts';
import { CHAT_CAPS, outline, type Tone } from '../../../core/render/outline.ts';
import { truncate } from '../../../core/render/plain.ts';
import type { Message } from '../../../domain/alert.ts';

/** Limits of a Discord webhook, in characters; an embed's title counts with its description. */
const DISCORD_LIMITS = { title: 256, description: 4_096, embed: 6_000 };

const COLORS: Readonly<Record<Tone, number>> = {
  confirmed: 0x1a7f37,
  secondary: 0x9a6700,
  rumor: 0x57606a,
  fallen: 0xcf222e,
  operator: 0x8250df,
  neutral: 0x0969da,
};

export interface DiscordBody {
  embeds: readonly [{ title: string; description: string; color: number; url?: string }];
  /** Nothing in a message may notify anybody, whatever it says. */
  allowed_mentions: { parse: readonly never[] };
}

export function discordBody(message: Message): DiscordBody {
  const { title, tone, blocks, link } = outline(message, CHAT_CAPS);
  const fit = { render: discordBlock, limit: DISCORD_LIMITS.description };
  const description = fitBlocks(blocks, fit).join('\n');
  return {
    embeds: [
      {
        title: escapedTo(title, DISCORD_LIMITS.title),
        description,
        color: COLORS[tone],
        ...(link === null ? {} : { url: link }),
      },
    ],
    allowed_mentions: { parse: [] },
  };
}

/**
 * Escapes all that Discord makes markup, mentions and links of; what is escaped is shown as itself.
 * @internal
 */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_~|<>#+\-.![\]()@:]/g, '\\$&');
}

/** Cuts before it escapes, so that no mark loses its backslash. */
function escapedTo(text: string, limit: number): string {
  let length = Math.min(text.length, limit);
  while (escapeMarkdown(truncate(text, length)).length > limit) length -= 1;
  return escapeMarkdown(truncate(text, length));
}

function discordBlock(block: Block): string {
  const text = block.spans.map((span) => discordSpan(span)).join('');
  switch (block.kind) {
    case 'heading':
      return `\n**${text}**`;
    case 'bullet':
      return `- ${text}`;
    case 'quote':
      return `> ${text}`;
    case 'note':
    case 'line':
      return text;
  }
}

function discordSpan(span: Span): string {
  const text = escapeMarkdown(span.text);
  if (span.url !== undefined) return `[${text}](${span.url})`;
  if (span.mark === undefined) return text;
  const mark = span.mark === 'removed' ? '~~' : '**';
  return text.replace(/\S(?:.*\S)?/, (inner) => `${mark}${inner}${mark}`);
}
