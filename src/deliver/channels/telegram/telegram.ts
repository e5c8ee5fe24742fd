import * as z from 'zod';
import type { Message } from '../../../domain/alert.ts';
import { DeliveryError } from '../../../domain/errors.ts';
import { SECOND } from '../../../domain/time.ts';
import type { Channel, ChannelKind } from '../../channel.ts';
import {
  type Answer,
  fieldsOf,
  openPoster,
  quoted,
  refusalOf,
  saidBy,
  secret,
  timeoutSeconds,
} from '../../post.ts';
import { telegramHtml } from './markup.ts';

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
  const poster = openPoster('Telegram', settings.timeoutSeconds);
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
      const refusal = throttled(answer) ?? refusalOf(answer, 'Telegram');
      if (refusal !== null) throw refusal;
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
      const refusal = throttled(answer) ?? refusalOf(answer, 'Telegram');
      if (refusal !== null) throw refusal;
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

/** Telegram says in the body how many seconds to wait. */
function throttled(answer: Answer): DeliveryError | null {
  if (answer.status !== 429) return null;
  const { parameters } = fieldsOf(answer);
  if (parameters === null || typeof parameters !== 'object' || !('retry_after' in parameters)) {
    return null;
  }
  const retryAfter = Number(parameters.retry_after) * SECOND;
  return new DeliveryError('throttled', 'Telegram answered 429.', { retryAfter });
}
