import * as z from 'zod';
import { DeliveryError } from '../../../domain/errors.ts';
import { SECOND } from '../../../domain/time.ts';
import type { Channel, ChannelKind } from '../../channel.ts';
import { openPoster, quoted, refusalOf, saidBy, secretUrl, timeoutSeconds } from '../../post.ts';
import { slackBody } from './blocks.ts';

const config = z.strictObject({
  url: secretUrl('The incoming webhook, from the app page of Slack.'),
  timeoutSeconds,
});

/** Slack by an incoming webhook. A webhook cannot reply, so follow-ups stand beside each other; `slack-bot` threads them. */
export const slack: ChannelKind<typeof config> = {
  kind: 'slack',
  config,
  // Slack allows about one message a second.
  gap: SECOND,
  open,
};

/** What Slack says of a message without words. */
const LOOKED_FOR_TEXT = /^(no_text|invalid_payload|missing_text_or_fallback_or_attachments)/;

function open(settings: z.output<typeof config>): Channel {
  const poster = openPoster('Slack', settings.timeoutSeconds);
  return {
    async send(message, _delivery, signal) {
      const body = JSON.stringify({
        ...slackBody(message),
        unfurl_links: false,
        unfurl_media: false,
      });
      const answer = await poster.post({ url: settings.url, body }, signal);
      const refusal = refusalOf(answer, 'Slack');
      if (refusal !== null) throw refusal;
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
      const refusal = refusalOf(answer, 'Slack');
      throw refusal ?? new DeliveryError('unreachable', `Slack took nothing for a message.`);
    },
    close: () => poster.close(),
  };
}
