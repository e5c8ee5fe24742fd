import { expect, it } from 'vitest';
import { chatStage, FIRST_DELIVERY, signal } from '../../../../test/support/chat-stage.ts';
import { makeMessage } from '../../../../test/support/messages.ts';
import { teams } from './teams.ts';

const start = chatStage();

it('the teams channel posts an adaptive card', async () => {
  const { server, chat } = await start('teams', (url) => teams.open(teams.config.parse({ url })));
  await chat.send(makeMessage(), FIRST_DELIVERY, signal());
  expect(server.taken[0]?.body).toMatchObject({
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive' }],
  });
});
