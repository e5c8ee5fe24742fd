import { describe, expect, it } from 'vitest';
import { chatStage, FIRST_DELIVERY, failure, signal } from '../../../../test/support/chat-stage.ts';
import { makeMessage } from '../../../../test/support/messages.ts';
import { telegram } from './telegram.ts';

const start = chatStage();

describe('the telegram channel', () => {
  const bot = (apiUrl: string) =>
    telegram.open(telegram.config.parse({ token: '12:ab', chat: '@news', apiUrl }));

  it('the telegram channel replies to the first message of the thread, even when that is gone', async () => {
    const { server, chat } = await start('telegram', bot);
    const { receipt } = await chat.send(makeMessage(), FIRST_DELIVERY, signal());
    await chat.send(makeMessage(), { ...FIRST_DELIVERY, replyTo: receipt }, signal());
    expect(server.taken[0]?.path).toBe('/bot12:ab/sendMessage');
    expect(server.taken[1]?.body['reply_parameters']).toEqual({
      message_id: 70,
      allow_sending_without_reply: true,
    });
  });

  it('the telegram channel reads the pause from the body', async () => {
    const text = '{"ok":false,"error_code":429,"parameters":{"retry_after":35}}';
    const { chat } = await start('telegram', bot, [{ status: 429, text }]);
    const error = await failure(chat.send(makeMessage(), FIRST_DELIVERY, signal()));
    expect(error).toMatchObject({ kind: 'throttled', retryAfter: 35_000 });
  });

  it('the telegram channel reads a no that comes with status 200', async () => {
    const { chat } = await start('telegram', bot, [
      { status: 200, text: '{"ok":false,"description":"odd"}' },
    ]);
    const error = await failure(chat.send(makeMessage(), FIRST_DELIVERY, signal()));
    expect(error).toMatchObject({ kind: 'unreachable', permanent: false });
  });

  it('the telegram channel follows a group that became another, and names its new id', async () => {
    const text =
      '{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded","parameters":{"migrate_to_chat_id":-100123}}';
    const { server, chat } = await start('telegram', bot, [{ status: 400, text }]);
    const taken = await chat.send(makeMessage(), FIRST_DELIVERY, signal());
    expect(taken.said).toContain('the group is now -100123, write that in the config');
    await chat.send(makeMessage(), FIRST_DELIVERY, signal());
    expect(server.taken.map(({ body }) => body['chat_id'])).toEqual(['-100123', '-100123']);
  });
});
