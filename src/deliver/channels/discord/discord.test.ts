import { describe, expect, it } from 'vitest';
import { chatStage, FIRST_DELIVERY, failure, signal } from '../../../../test/support/chat-stage.ts';
import { makeMessage } from '../../../../test/support/messages.ts';
import { composeDigest } from '../../../core/render/digest.ts';
import { discord, discordBody } from './discord.ts';

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

it('an embed that holds not all says how much it leaves out, and keeps how to go on', () => {
  const alerts = Array.from({ length: 25 }, (_, n) =>
    makeMessage({ title: `${n} ${'is out '.repeat(25)}` }),
  );
  const [{ title, description, fields }] = discordBody(
    composeDigest(alerts, alerts[0]?.at ?? ''),
  ).embeds;
  const shown = fields.filter(({ name }) => name.includes('is out')).length;
  expect(fields.at(-2)).toEqual({
    name: 'Shortened here',
    value: `${25 - shown} more parts; the alert is kept whole.`,
  });
  const all = [title, description, ...fields.flatMap(({ name, value }) => [name, value])].join('');
  expect(all.length).toBeLessThanOrEqual(6_000);
  expect(fields.length).toBeLessThanOrEqual(25);
});
