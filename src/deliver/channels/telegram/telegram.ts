import * as z from 'zod';
import { type Block, grouped, type Span } from '../../../core/render/block.ts';
import { fitBlocks } from '../../../core/render/fit.ts';
import { CHAT_CAPS, outline } from '../../../core/render/outline.ts';
import { escapeHtml } from '../../../core/render/plain.ts';
import type { Message } from '../../../domain/alert.ts';
import { DeliveryError } from '../../../domain/errors.ts';
import { SECOND } from '../../../domain/time.ts';
import type { Channel, ChannelKind } from '../../channel.ts';
import {
  type Answer,
  fieldsOf,
  openPoster,
  quoted,
  saidBy,
  secret,
  timeoutSeconds,
} from '../../post.ts';

const config = z.strictObject({
  token: secret('The token of the bot, from BotFather.'),
  chat: z
    .string()
    .regex(/^-?\d+$|^@\w+$/, { error: 'is neither the id of a chat nor @name of a channel' })
    .describe('The id of the chat, or @name of a public channel.'),
  apiUrl: z.url({ protocol: /^https?$/ }).default('https://api.telegram.org'),
  timeoutSeconds,
});

/** Telegram by a bot: follow-ups of one launch reply to the first message. */
export const telegram: ChannelKind<typeof config> = {
  kind: 'telegram',
  config,
  // A group takes 20 messages a minute from a bot.
  gap: 3 * SECOND,
  open,
};

function open(settings: z.output<typeof config>): Channel {
  const poster = openPoster('Telegram', settings.timeoutSeconds, waitIn);
  const bot = `${settings.apiUrl.replace(/\/$/, '')}/bot${settings.token}`;
  const url = `${bot}/sendMessage`;
  let { chat } = settings;

  function post(message: Message, replyTo: string | null, signal: AbortSignal): Promise<Answer> {
    const body = JSON.stringify({
      chat_id: chat,
      text: telegramHtml(message),
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
      ...(replyTo === null ? {} : { reply_parameters: replyOf(replyTo) }),
    });
    return poster.post({ url, body }, signal);
  }

  return {
    async send(message, { replyTo }, signal) {
      let answer = await post(message, replyTo, signal);
      const moved = movedTo(answer);
      if (moved !== null) {
        chat = moved;
        answer = await post(message, replyTo, signal);
      }
      poster.accepted(answer);
      const { ok, result } = fieldsOf(answer);
      if (ok !== true) {
        throw new DeliveryError('unreachable', `Telegram did not say ok${quoted(answer.text)}.`);
      }
      const isElsewhere = chat !== settings.chat;
      const note = isElsewhere ? `; the group is now ${chat}, write that in the config` : '';
      return { receipt: messageId(result), refused: [], said: `${saidBy(answer)}${note}` };
    },
    async probe(signal) {
      const asked = `${bot}/getChat?chat_id=${encodeURIComponent(settings.chat)}`;
      const answer = await poster.ask({ url: asked }, signal);
      const moved = movedTo(answer);
      if (moved !== null) return `the group became ${moved}: write that as chat in the config`;
      poster.accepted(answer);
      return 'Telegram knows the bot and the chat';
    },
    close: () => poster.close(),
  };
}

/** The message replied to may have been deleted; the follow-up is sent all the same. */
function replyOf(receipt: string) {
  return { message_id: Number(receipt), allow_sending_without_reply: true };
}

function messageId(result: unknown): string | null {
  if (result === null || typeof result !== 'object' || !('message_id' in result)) return null;
  return String(result.message_id);
}

/** A group that became a supergroup has another id, which Telegram names when the old one is written to. */
function movedTo(answer: Answer): string | null {
  const { parameters } = fieldsOf(answer);
  if (answer.status !== 400 || typeof parameters !== 'object') return null;
  const id = Object.getOwnPropertyDescriptor(parameters ?? {}, 'migrate_to_chat_id')?.value;
  return typeof id === 'number' || typeof id === 'string' ? String(id) : null;
}

function waitIn({ parameters }: Readonly<Record<string, unknown>>): unknown {
  return Object(parameters).retry_after;
}

/** What Telegram takes in one message, in UTF-16 units. */
const TELEGRAM_LIMIT = 4_096;

/**
 * A message in Telegram's HTML, which knows a handful of tags and refuses all others.
 * @internal
 */
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
 * by itself, and into bare addresses and the names of hosts.
 */
function escapeTelegram(text: string): string {
  return escapeHtml(
    text.replace(/[@#/$]|:(?=\/\/)|(?<=[\p{L}\p{N}-])\.(?=\p{L}{2})/gu, '$&\u{2060}'),
  );
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
  // What is to be typed is copied, and nothing in it becomes a link.
  const shown = mark === 'code' ? escapeHtml(text) : escapeTelegram(text);
  if (url !== undefined) return `<a href="${escapeHtml(url)}">${shown}</a>`;
  return mark === undefined ? shown : `<${TAGS[mark]}>${shown}</${TAGS[mark]}>`;
}
