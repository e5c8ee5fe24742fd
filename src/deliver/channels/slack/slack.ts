import * as z from 'zod';
import { DeliveryError } from '../../../domain/errors.ts';
import { SECOND } from '../../../domain/time.ts';
import type { Channel, ChannelKind } from '../../channel.ts';
import {
  fieldsOf,
  openPoster,
  quoted,
  saidBy,
  secret,
  secretUrl,
  timeoutSeconds,
} from '../../post.ts';
import { slackBody } from './blocks.ts';

const webhookConfig = z.strictObject({
  url: secretUrl('The incoming webhook, from the app page of Slack.'),
  timeoutSeconds,
});

/** Slack by an incoming webhook. A webhook cannot reply, so follow-ups stand beside each other; `slack-bot` threads them. */
export const slack: ChannelKind<typeof webhookConfig> = {
  kind: 'slack',
  config: webhookConfig,
  // Slack allows about one message a second.
  gap: SECOND,
  open: openWebhook,
};

/** What Slack says of a message without words. */
const LOOKED_FOR_TEXT = /^(no_text|invalid_payload|missing_text_or_fallback_or_attachments)/;

function openWebhook(settings: z.output<typeof webhookConfig>): Channel {
  const poster = openPoster('Slack', settings.timeoutSeconds);
  return {
    async send(message, _delivery, signal) {
      const body = JSON.stringify({
        ...slackBody(message),
        unfurl_links: false,
        unfurl_media: false,
      });
      const answer = poster.accepted(await poster.post({ url: settings.url, body }, signal));
      // Slack says no with a status; a 200 that is not ok comes from something in between.
      if (answer.text.trim() !== 'ok') {
        throw new DeliveryError('unreachable', `Slack did not say ok${quoted(answer.text)}.`);
      }
      return { receipt: null, refused: [], said: saidBy(answer) };
    },
    async probe(signal) {
      const answer = await poster.post({ url: settings.url, body: '{}' }, signal);
      // A webhook that lives looks for the text first.
      if (answer.status === 400 && LOOKED_FOR_TEXT.test(answer.text)) {
        return 'Slack knows the webhook';
      }
      poster.accepted(answer);
      throw new DeliveryError('unreachable', `Slack took nothing for a message.`);
    },
    close: () => poster.close(),
  };
}

const botConfig = z.strictObject({
  token: secret('A bot token (xoxb-…) with the scope chat:write.'),
  channel: z.string().min(1).describe('The id of the conversation the bot was invited to.'),
  apiUrl: z.url({ protocol: /^https?$/ }).default('https://slack.com/api'),
  timeoutSeconds,
});

/** Slack by a bot token: follow-ups of one launch go into the thread of the first message. */
export const slackBot: ChannelKind<typeof botConfig> = {
  kind: 'slack-bot',
  config: botConfig,
  gap: SECOND,
  open: openBot,
};

/** Answers of the Web API that pass with time; all others say that something must be mended first. */
const PASSING = new Set([
  'ratelimited',
  'rate_limited',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
]);

function openBot(settings: z.output<typeof botConfig>): Channel {
  const poster = openPoster('Slack', settings.timeoutSeconds);
  const api = settings.apiUrl.replace(/\/$/, '');
  const url = `${api}/chat.postMessage`;
  const headers = { authorization: `Bearer ${settings.token}` };
  return {
    async send(message, delivery, signal) {
      const body = JSON.stringify({
        channel: settings.channel,
        ...slackBody(message),
        unfurl_links: false,
        unfurl_media: false,
        // Slack drops no second copy; the delivery's id lets a person or a bot tell one.
        metadata: { event_type: 'firsthand_delivery', event_payload: { id: delivery.id } },
        ...(delivery.replyTo === null ? {} : { thread_ts: delivery.replyTo }),
      });
      const answer = poster.accepted(await poster.post({ url, headers, body }, signal));
      const { ok, error, ts } = fieldsOf(answer);
      if (ok !== true) throw refused(typeof error === 'string' ? error : null, answer.text);
      return { receipt: typeof ts === 'string' ? ts : null, refused: [], said: saidBy(answer) };
    },
    async probe(signal) {
      const answer = poster.accepted(
        await poster.post({ url: `${api}/auth.test`, headers, body: '{}' }, signal),
      );
      const { ok, error } = fieldsOf(answer);
      if (ok !== true) throw refused(typeof error === 'string' ? error : null, answer.text);
      return 'Slack knows the bot; only a message shows whether it is in the conversation';
    },
    close: () => poster.close(),
  };
}

/** Slack says no with status 200 and a word for the reason; without the word the answer is not Slack's. */
function refused(error: string | null, text: string): DeliveryError {
  const said = `Slack said no${quoted(error ?? text)}.`;
  if (error !== null && !PASSING.has(error)) {
    return new DeliveryError('rejected', said, { permanent: true });
  }
  return new DeliveryError(error?.startsWith('rate') === true ? 'throttled' : 'unreachable', said);
}
