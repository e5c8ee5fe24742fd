import * as z from 'zod';
import { SECOND } from '../../../domain/time.ts';
import type { Channel, ChannelKind } from '../../channel.ts';
import {
  hostAnswers,
  openPoster,
  refusalOf,
  saidBy,
  secretUrl,
  timeoutSeconds,
} from '../../post.ts';
import { teamsBody } from './adaptive-card.ts';

const config = z.strictObject({
  url: secretUrl('The address of a Teams workflow that posts what its webhook receives.'),
  timeoutSeconds,
});

/** Microsoft Teams by a workflow webhook, as an adaptive card. A webhook cannot reply. */
export const teams: ChannelKind<typeof config> = {
  kind: 'teams',
  config,
  // Four requests a second are too many; a message a second is far from it.
  gap: SECOND,
  open,
};

function open(settings: z.output<typeof config>): Channel {
  const poster = openPoster('Teams', settings.timeoutSeconds);
  return {
    async send(message, _delivery, signal) {
      const body = JSON.stringify(teamsBody(message));
      const answer = await poster.post({ url: settings.url, body }, signal);
      const refusal = refusalOf(answer, 'Teams');
      if (refusal !== null) throw refusal;
      return { receipt: null, refused: [], said: saidBy(answer) };
    },
    probe: (signal) => hostAnswers(poster, settings.url, signal),
    close: () => poster.close(),
  };
}
