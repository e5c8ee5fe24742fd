import { expect, it } from 'vitest';
import { chatStage, FIRST_DELIVERY, signal } from '../../../../test/support/chat-stage.ts';
import { makeMessage } from '../../../../test/support/messages.ts';
import { ntfy } from './ntfy.ts';

const start = chatStage();

it('the ntfy channel publishes to its topic, with the token and a link to the proof', async () => {
  const { server, chat } = await start('ntfy', (url) =>
    ntfy.open(ntfy.config.parse({ server: url, topic: 'launches', token: 'tk_1' })),
  );
  await chat.send(makeMessage(), FIRST_DELIVERY, signal());
  expect(server.taken[0]?.headers.authorization).toBe('Bearer tk_1');
  expect(server.taken[0]?.body).toMatchObject({
    topic: 'launches',
    priority: 4,
    click: 'https://openai.com/index/images-2?a=1&b=2',
  });
});
