import { describe, expect, it } from 'vitest';
import { composeHeartbeat } from '../../src/core/alerts/system-messages.ts';
import { composeDigest } from '../../src/core/render/digest.ts';
import { textBody } from '../../src/core/render/text.ts';
import { LONGEST_TITLE } from '../../src/core/stories/title-words.ts';
import { discordBody } from '../../src/deliver/channels/discord/discord.ts';
import { htmlBody } from '../../src/deliver/channels/email/html.ts';
import { ntfyBody } from '../../src/deliver/channels/ntfy/ntfy.ts';
import { slackBody } from '../../src/deliver/channels/slack/blocks.ts';
import { teamsBody } from '../../src/deliver/channels/teams/teams.ts';
import { telegramHtml } from '../../src/deliver/channels/telegram/telegram.ts';
import type { Message } from '../../src/domain/alert.ts';
import { makeMessage } from '../support/messages.ts';
import { TWELVE_STORIES } from '../support/twelve-stories.ts';

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
  return `${JSON.stringify(body, null, 1)}\n`;
}

function inEveryChannel(message: Message): string {
  return Object.entries(CHANNELS)
    .map(([name, spelled]) => `======== ${name}\n${spelled(message)}`)
    .join('\n');
}

const { launch, rumor = makeMessage(), documentation = makeMessage() } = TWELVE_STORIES;

it.each(Object.entries(TWELVE_STORIES))(
  'a story, as it reads in every channel: %s',
  async (name, message) => {
    await expect(inEveryChannel(message)).toMatchFileSnapshot(`messages/${name}.txt`);
  },
);

it.each(Object.entries(TWELVE_STORIES))(
  'a story, as it reads in every channel: %s has a title that a phone shows whole',
  (_name, { title }) => {
    expect(title.length).toBeLessThanOrEqual(LONGEST_TITLE);
    expect(title).not.toMatch(/…|_|undefined/);
  },
);

describe('what tells of no story', () => {
  const others = {
    // As it was told before there were stories, and is still shown.
    'before-stories': makeMessage(),
    heartbeat: composeHeartbeat(
      {
        targets: { ok: 31, blocked: 1 },
        lastGoodCheckAt: '2026-04-21T19:10:42.000Z',
        queued: 0,
        dead: 1,
      },
      '2026-04-21T19:10:42.000Z',
    ),
    digest: composeDigest(
      [launch ?? makeMessage(), rumor, documentation],
      '2026-04-24T08:00:00.000Z',
    ),
  };
  it.each(Object.entries(others))(
    'what tells of no story reads in every channel as it should: %s',
    async (name, message) => {
      await expect(inEveryChannel(message)).toMatchFileSnapshot(`messages/${name}.txt`);
    },
  );
});
