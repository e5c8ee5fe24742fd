import * as z from 'zod';
import { SECOND } from '../../../domain/time.ts';
import type { Channel, ChannelKind } from '../../channel.ts';
import { openPoster, refusalOf, saidBy, secret, timeoutSeconds } from '../../post.ts';
import { ntfyBody } from './push.ts';

const config = z.strictObject({
  server: z.url({ protocol: /^https?$/ }).default('https://ntfy.sh'),
  topic: secret('The topic; on a public server whoever knows it can read it.').regex(
    /^[-_A-Za-z0-9]{1,64}$/,
    { error: 'has other characters than letters, digits, - and _' },
  ),
  token: secret('An access token, for a server that asks for one.').optional(),
  timeoutSeconds,
});

/** Push messages by ntfy, on its public server or your own. */
export const ntfy: ChannelKind<typeof config> = {
  kind: 'ntfy',
  config,
  // The public server refills one message every five seconds after a burst.
  gap: 5 * SECOND,
  open,
};

function open(settings: z.output<typeof config>): Channel {
  const poster = openPoster('ntfy', settings.timeoutSeconds);
  const { token } = settings;
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return {
    async send(message, _delivery, signal) {
      const body = JSON.stringify(ntfyBody(message, settings.topic));
      const answer = await poster.post({ url: settings.server, headers, body }, signal);
      const refusal = refusalOf(answer, 'ntfy');
      if (refusal !== null) throw refusal;
      return { receipt: null, refused: [], said: saidBy(answer) };
    },
    async probe(signal) {
      const url = `${settings.server.replace(/\/$/, '')}/v1/health`;
      const answer = await poster.ask({ url, headers }, signal);
      const refusal = refusalOf(answer, 'ntfy');
      if (refusal !== null) throw refusal;
      return 'the server is well; only a message shows whether it takes any for this topic';
    },
    close: () => poster.close(),
  };
}
