import * as z from 'zod';
import { DeliveryError } from '../../../domain/errors.ts';
import { SECOND } from '../../../domain/time.ts';
import type { Channel, ChannelKind } from '../../channel.ts';
import {
  type Answer,
  fieldsOf,
  openPoster,
  refusalOf,
  saidBy,
  secretUrl,
  timeoutSeconds,
} from '../../post.ts';
import { discordBody } from './embed.ts';

const config = z.strictObject({
  url: secretUrl('The webhook, from the integrations of a Discord channel.'),
  timeoutSeconds,
});

/** Discord by a webhook, as one embed a message. */
export const discord: ChannelKind<typeof config> = {
  kind: 'discord',
  config,
  // A webhook may post 30 messages a minute.
  gap: 2 * SECOND,
  open,
};

function open(settings: z.output<typeof config>): Channel {
  const poster = openPoster('Discord', settings.timeoutSeconds);
  const address = new URL(settings.url);
  // Asked to wait, Discord answers when the message stands, with its id.
  address.searchParams.set('wait', 'true');
  return {
    async send(message, _delivery, signal) {
      const body = JSON.stringify(discordBody(message));
      const answer = await poster.post({ url: address.href, body }, signal);
      const refusal = throttled(answer) ?? refusalOf(answer, 'Discord');
      if (refusal !== null) throw refusal;
      const { id } = fieldsOf(answer);
      return { receipt: typeof id === 'string' ? id : null, refused: [], said: saidBy(answer) };
    },
    async probe(signal) {
      const answer = await poster.ask({ url: settings.url }, signal);
      const refusal = throttled(answer) ?? refusalOf(answer, 'Discord');
      if (refusal !== null) throw refusal;
      return 'Discord knows the webhook';
    },
    close: () => poster.close(),
  };
}

/** Discord says in the body how long to wait, in seconds and more exactly than in the header. */
function throttled(answer: Answer): DeliveryError | null {
  const seconds = fieldsOf(answer)['retry_after'];
  if (answer.status !== 429 || typeof seconds !== 'number') return null;
  return new DeliveryError('throttled', 'Discord answered 429.', {
    retryAfter: Math.ceil(seconds * SECOND),
  });
}
