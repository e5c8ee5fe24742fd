import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { MAIL_CAPS } from '../../../core/render/outline.ts';
import { textBody } from '../../../core/render/text.ts';
import type { Message } from '../../../domain/alert.ts';
import { systemClock } from '../../../domain/clock.ts';
import { millisecondsOf, SECOND } from '../../../domain/time.ts';
import type { Channel, ChannelKind } from '../../channel.ts';
import { hostAnswers, openPoster, saidBy, secret, timeoutSeconds } from '../../post.ts';

const config = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).describe('Where messages are posted to.'),
  secret: secret('The signing secret: whsec_ and 24 to 64 bytes as base64.').refine(isSigningKey, {
    error: 'is not whsec_ followed by 24 to 64 bytes as base64',
  }),
  timeoutSeconds,
});

/**
 * A signed POST of the neutral message, after the Standard Webhooks specification: `webhook-id` is the delivery's id
 * and stays the same when it is sent again, `webhook-signature` covers id, time and body.
 */
export const webhook: ChannelKind<typeof config> = { kind: 'webhook', config, gap: 0, open };

function open(settings: z.output<typeof config>): Channel {
  const poster = openPoster('The webhook', settings.timeoutSeconds);
  const key = keyOf(settings.secret);
  return {
    async send(message, { id }, signal) {
      const body = JSON.stringify(payloadOf(message));
      // The far side holds the time against its own clock, so a replay's would not do.
      const seconds = String(Math.floor(millisecondsOf(systemClock.now()) / SECOND));
      const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`);
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': seconds,
        'webhook-signature': `v1,${signature.digest('base64')}`,
      };
      const answer = poster.accepted(
        await poster.post({ url: settings.url, headers, body }, signal),
      );
      return { receipt: null, refused: [], said: saidBy(answer) };
    },
    probe: (signal) => hostAnswers(poster, settings.url, signal),
    close: () => poster.close(),
  };
}

function payloadOf(message: Message) {
  return {
    type: `alert.${message.kind}`,
    timestamp: message.at,
    data: { ...message, text: textBody(message, MAIL_CAPS) },
  };
}

const PREFIX = 'whsec_';

function keyOf(signingSecret: string): Buffer {
  return Buffer.from(signingSecret.slice(PREFIX.length), 'base64');
}

function isSigningKey(signingSecret: string): boolean {
  const isBase64 = /^whsec_[A-Za-z0-9+/]+={0,2}$/.test(signingSecret);
  const { length } = keyOf(signingSecret);
  return isBase64 && length >= 24 && length <= 64;
}
