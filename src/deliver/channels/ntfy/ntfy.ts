import * as z from 'zod';
import type { Block } from '../../../core/render/block.ts';
import { CHAT_CAPS, outline, type Tone } from '../../../core/render/outline.ts';
import { truncate } from '../../../core/render/plain.ts';
import { fittedText } from '../../../core/render/text.ts';
import type { Message } from '../../../domain/alert.ts';
import { SECOND } from '../../../domain/time.ts';
import type { Channel, ChannelKind } from '../../channel.ts';
import { openPoster, saidBy, secret, timeoutSeconds } from '../../post.ts';

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
      const answer = poster.accepted(
        await poster.post({ url: settings.server, headers, body }, signal),
      );
      return { receipt: null, refused: [], said: saidBy(answer) };
    },
    async probe(signal) {
      const url = `${settings.server.replace(/\/$/, '')}/v1/health`;
      poster.accepted(await poster.ask({ url, headers }, signal));
      return 'the server is well; only a message shows whether it takes any for this topic';
    },
    close: () => poster.close(),
  };
}

/** Bytes of a message before ntfy turns it into an attachment. */
const NTFY_LIMIT = 4_096;

const LONGEST_TITLE = 200;

const SHOWN: ReadonlySet<Block['kind']> = new Set(['heading', 'line', 'bullet', 'fact', 'note']);

/** 1 is the least, 5 the most urgent, 3 the usual. */
const PRIORITIES: Readonly<Record<Tone, number>> = {
  confirmed: 4,
  secondary: 3,
  rumor: 2,
  fallen: 4,
  operator: 3,
  neutral: 3,
};

/** Pictures before the title, by their names. */
const TAGS: Readonly<Record<Tone, string>> = {
  confirmed: 'white_check_mark',
  secondary: 'speech_balloon',
  rumor: 'speech_balloon',
  fallen: 'warning',
  operator: 'wrench',
  neutral: 'page_facing_up',
};

export interface NtfyBody {
  topic: string;
  title: string;
  message: string;
  priority: number;
  tags: readonly string[];
  click?: string;
}

/**
 * A message as ntfy's JSON. Headers would have to be ASCII and could be broken by a line end; a body cannot. A locked
 * screen shows a few lines: what is quoted and how to go on stand behind the click.
 * @internal
 */
export function ntfyBody(message: Message, topic: string): NtfyBody {
  const { title, tone, blocks, link } = outline(message, CHAT_CAPS);
  const shown = blocks.filter(({ kind }) => SHOWN.has(kind));
  return {
    topic,
    title: truncate(title, LONGEST_TITLE),
    message: fittedText(shown, NTFY_LIMIT),
    priority: PRIORITIES[tone],
    tags: [TAGS[tone]],
    ...(link === null ? {} : { click: link }),
  };
}
