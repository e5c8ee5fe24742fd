import { describe, expect, it } from 'vitest';
import {
  composeHealth,
  composeHeartbeat,
  composeRetirement,
} from '../../src/core/alerts/system-messages.ts';
import { composeDigest } from '../../src/core/render/digest.ts';
import { textBody } from '../../src/core/render/text.ts';
import { discordBody } from '../../src/deliver/channels/discord/embed.ts';
import { htmlBody } from '../../src/deliver/channels/email/html.ts';
import { ntfyBody } from '../../src/deliver/channels/ntfy/push.ts';
import { slackBody } from '../../src/deliver/channels/slack/blocks.ts';
import { teamsBody } from '../../src/deliver/channels/teams/adaptive-card.ts';
import { telegramHtml } from '../../src/deliver/channels/telegram/markup.ts';
import type { Message, Move } from '../../src/domain/alert.ts';
import { type SnapshotId, type TransitionId, targetId } from '../../src/domain/ids.ts';
import { makeMessage, nthAlert } from '../support/messages.ts';

const AT = '2026-04-21T19:10:42.000Z';

/** How each channel spells a message, as text a person can read in a review. */
const CHANNELS: Readonly<Record<string, (message: Message) => string>> = {
  text: textBody,
  html: htmlBody,
  slack: (message) => pretty(slackBody(message)),
  discord: (message) => pretty(discordBody(message)),
  telegram: telegramHtml,
  teams: (message) => pretty(teamsBody(message)),
  ntfy: (message) => pretty(ntfyBody(message, 'launches')),
};

function pretty(body: unknown): string {
  return `${JSON.stringify(body, null, 2)}\n`;
}

function move(facet: string, from: Move['from'], to: Move['to'], status: Move['status']): Move {
  return { transition: 'tr_0' as TransitionId, facet, from, to, status };
}

function told(message: Message | null): Message {
  if (message === null) throw new Error('Nothing is told.');
  return message;
}

const HELP = 'https://help.openai.com/en/articles/11128753';

const rumor = makeMessage({
  title: 'Rumor: GPT Image 2 announced (was unknown)',
  at: '2026-04-17T09:20:00.000Z',
  moves: [move('announced', 'unknown', 'rumor', 'current')],
  proofs: [
    {
      quote: 'Sources say that the next image model may come within days.',
      url: 'https://rumors.example.net/next-image-model',
      publisher: 'Rumor Mill',
      publisherClass: 'S3',
      observedAt: '2026-04-17T09:20:00.000Z',
      snapshot: 'sn_0000000000000000dddd' as SnapshotId,
    },
  ],
  changes: [],
  unchecked: [
    'newsroom (https://openai.com/news/rss.xml): unreachable at 2026-04-17T09:05Z, timeout',
  ],
  because: ['Somebody says so, and nothing above it holds.', 'Rests on a single source.'],
});

const withdrawn = makeMessage({
  title: 'Withdrawn: GPT Image 2 in the API (was confirmed)',
  moves: [move('api_listed', 'confirmed', 'withdrawn', 'withdrawn')],
  changes: [],
  unchecked: [],
  because: ['It was confirmed, and every artefact that could be found gone has been found gone.'],
});

const scheduled = makeMessage({
  title: 'Confirmed: DALL-E 2 retired (was rumor)',
  subject: 'dall-e-2',
  name: 'DALL-E 2',
  moves: [move('retired', 'rumor', 'confirmed', 'scheduled')],
  changes: [],
  unchecked: [],
  because: ['A primary source that may say so states it.'],
});

const blocked = told(
  composeHealth(
    {
      id: targetId('openai-help', HELP),
      watcher: 'openai-help',
      url: HELP,
      createdAt: '2026-04-01T00:00:00.000Z',
      lastGoodAt: '2026-04-21T13:00:00.000Z',
      failures: 2,
    },
    { failures: 3, health: { state: 'blocked', since: AT, reason: 'A challenge page came back.' } },
    'openai',
    AT,
  ),
);

const reminder = told(
  composeRetirement(
    {
      subject: { id: 'dall-e-2', name: 'DALL-E 2', vendor: 'openai' },
      day: '2026-05-12',
      thread: 'dall-e-2@2026-04-21T19:10:42.000Z',
    },
    '2026-05-05T08:00:00.000Z',
  ),
);

const heartbeat = composeHeartbeat(
  { targets: { ok: 31, blocked: 1 }, lastGoodCheckAt: AT, queued: 0, dead: 1 },
  AT,
);

const digest = composeDigest(
  [makeMessage(), rumor, nthAlert(3).message],
  '2026-04-22T08:00:00.000Z',
);

describe('a launch, as it reads', () => {
  it.each(Object.keys(CHANNELS))('in %s', async (channel) => {
    const body = CHANNELS[channel]?.(makeMessage()) ?? '';
    await expect(body).toMatchFileSnapshot(`messages/launch.${channel}.txt`);
  });
});

describe('a digest, as it reads', () => {
  it.each(['text', 'html', 'slack'])('in %s', async (channel) => {
    const body = CHANNELS[channel]?.(digest) ?? '';
    await expect(body).toMatchFileSnapshot(`messages/digest.${channel}.txt`);
  });
});

describe('other messages, as they read in plain text', () => {
  it.each(Object.entries({ rumor, withdrawn, scheduled, blocked, reminder, heartbeat }))(
    '%s',
    async (name, message) => {
      await expect(textBody(message)).toMatchFileSnapshot(`messages/${name}.text.txt`);
    },
  );
});
