import { expect, it } from 'vitest';
import { chatStage, FIRST_DELIVERY, failure, signal } from '../../../../test/support/chat-stage.ts';
import { makeMessage } from '../../../../test/support/messages.ts';
import { escapeMrkdwn } from './blocks.ts';
import { slack } from './slack.ts';

const start = chatStage();

it('the slack channel takes only ok for an answer', async () => {
  const { chat } = await start('slack', (url) => slack.open(slack.config.parse({ url })), [
    { status: 200, text: '<html>proxy' },
  ]);
  const error = await failure(chat.send(makeMessage(), FIRST_DELIVERY, signal()));
  expect(error).toMatchObject({ kind: 'unreachable', permanent: false });
  expect(error.message).toContain('proxy');
});

it('the slack channel makes no picture of a name between colons', () => {
  expect(escapeMrkdwn('so :tada: at 10:30:00 and :+1:')).toBe(
    'so :\u{200b}tada: at 10:\u{200b}30:00 and :\u{200b}+1:',
  );
  expect(escapeMrkdwn('> a quote > of it')).toBe('\u{200b}&gt; a quote &gt; of it');
  expect(escapeMrkdwn('Note: gpt-5.5: out')).toBe('Note: gpt-5.5: out');
});

it('the slack channel posts again where the far side has moved for good, and names where else it moved', async () => {
  const opened = (url: string) => slack.open(slack.config.parse({ url: `${url}/old` }));
  const moved = { status: 308, headers: { location: '/new' } };
  const { server, chat } = await start('slack', opened, [moved]);
  await chat.send(makeMessage(), FIRST_DELIVERY, signal());
  expect(server.taken.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /new']);
  const elsewhere = { status: 301, headers: { location: 'https://chat.example/secret' } };
  const other = await start('slack', opened, [elsewhere]);
  const { message } = await failure(other.chat.send(makeMessage(), FIRST_DELIVERY, signal()));
  expect(message).toContain('it moved to chat.example, write its new address in the config');
  expect(message).not.toContain('secret');
});
