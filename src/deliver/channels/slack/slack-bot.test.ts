import { describe, expect, it } from 'vitest';
import { chatStage, FIRST_DELIVERY, failure, signal } from '../../../../test/support/chat-stage.ts';
import { makeMessage } from '../../../../test/support/messages.ts';
import { slackBot } from './slack.ts';

const start = chatStage();

describe('the slack-bot channel', () => {
  const bot = (apiUrl: string) =>
    slackBot.open(slackBot.config.parse({ token: 'xoxb-1', channel: 'C1', apiUrl }));

  it('the slack-bot channel puts a follow-up into the thread of the first message', async () => {
    const { server, chat } = await start('slack-bot', bot);
    const { receipt } = await chat.send(makeMessage(), FIRST_DELIVERY, signal());
    await chat.send(makeMessage(), { ...FIRST_DELIVERY, replyTo: receipt }, signal());
    expect(server.taken[0]?.body['thread_ts']).toBeUndefined();
    expect(server.taken[1]?.body['thread_ts']).toBe('1776798642.000001');
  });

  it.each([
    ['{"ok":false,"error":"channel_not_found"}', 'rejected', true],
    ['{"ok":false,"error":"internal_error"}', 'unreachable', false],
    ['{"ok":false,"error":"ratelimited"}', 'throttled', false],
    ['<html>proxy</html>', 'unreachable', false],
  ])('the slack-bot channel reads %s with status 200 as %s', async (text, kind, permanent) => {
    const { chat } = await start('slack-bot', bot, [{ status: 200, text }]);
    const error = await failure(chat.send(makeMessage(), FIRST_DELIVERY, signal()));
    expect(error).toMatchObject({ kind, permanent });
  });
});
