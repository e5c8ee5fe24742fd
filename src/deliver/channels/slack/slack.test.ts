import { describe, expect, it } from 'vitest';
import { chatStage, FIRST_HANDOVER, failure, signal } from '../../../../test/support/chat-stage.ts';
import { makeMessage } from '../../../../test/support/messages.ts';
import { slack } from './slack.ts';

const start = chatStage();

describe('the slack channel', () => {
  it('takes only ok for an answer', async () => {
    const { chat } = await start('slack', (url) => slack.open(slack.config.parse({ url })), [
      { status: 200, text: '<html>proxy' },
    ]);
    const error = await failure(chat.send(makeMessage(), FIRST_HANDOVER, signal()));
    expect(error).toMatchObject({ kind: 'unreachable', permanent: false });
    expect(error.message).toContain('proxy');
  });
});
