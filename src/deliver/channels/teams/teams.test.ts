import { describe, expect, it } from 'vitest';
import { chatStage, FIRST_HANDOVER, signal } from '../../../../test/support/chat-stage.ts';
import { makeMessage } from '../../../../test/support/messages.ts';
import { teams } from './teams.ts';

const start = chatStage();

describe('the teams channel', () => {
  it('posts an adaptive card', async () => {
    const { server, chat } = await start('teams', (url) => teams.open(teams.config.parse({ url })));
    await chat.send(makeMessage(), FIRST_HANDOVER, signal());
    expect(server.taken[0]?.body).toMatchObject({
      type: 'message',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive' }],
    });
  });
});
