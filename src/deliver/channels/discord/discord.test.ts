import { describe, expect, it } from 'vitest';
import { chatStage, FIRST_DELIVERY, failure, signal } from '../../../../test/support/chat-stage.ts';
import { makeMessage } from '../../../../test/support/messages.ts';
import { discord } from './discord.ts';

const start = chatStage();

describe('the discord channel', () => {
  const hook = (url: string) =>
    discord.open(discord.config.parse({ url: `${url}/hook?thread_id=7` }));

  it('the discord channel waits for the message to stand and lets nobody be mentioned', async () => {
    const { server, chat } = await start('discord', hook);
    expect((await chat.send(makeMessage(), FIRST_DELIVERY, signal())).receipt).toBe('900');
    expect(server.taken[0]?.path).toBe('/hook?thread_id=7&wait=true');
    expect(server.taken[0]?.body['allowed_mentions']).toEqual({ parse: [] });
  });

  it('the discord channel reads the pause from the body, to the fraction of a second', async () => {
    const { chat } = await start('discord', hook, [
      { status: 429, headers: { 'retry-after': '65' }, text: '{"retry_after":64.57}' },
    ]);
    const error = await failure(chat.send(makeMessage(), FIRST_DELIVERY, signal()));
    expect(error).toMatchObject({ kind: 'throttled', retryAfter: 64_570 });
  });
});
