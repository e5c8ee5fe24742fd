import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { chatStage, FIRST_DELIVERY, signal } from '../../../../test/support/chat-stage.ts';
import { makeMessage } from '../../../../test/support/messages.ts';
import { webhook } from './webhook.ts';

const start = chatStage();

describe('the webhook channel', () => {
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const hook = (url: string) => webhook.open(webhook.config.parse({ url, secret }));

  it('the webhook channel is signed as the Standard Webhooks library verifies it', async () => {
    const { server, chat } = await start('webhook', hook);
    await chat.send(makeMessage(), FIRST_DELIVERY, signal());
    const [request] = server.taken;
    const verified = new Webhook(secret).verify(request?.raw ?? '', {
      'webhook-id': String(request?.headers['webhook-id']),
      'webhook-timestamp': String(request?.headers['webhook-timestamp']),
      'webhook-signature': String(request?.headers['webhook-signature']),
    });
    expect(request?.headers['webhook-id']).toBe(FIRST_DELIVERY.id);
    expect(verified).toMatchObject({
      type: 'alert.level',
      timestamp: makeMessage().at,
      data: { subject: 'gpt-image-2', moves: makeMessage().moves },
    });
  });

  it('the webhook channel is not verified with another secret', async () => {
    const { server, chat } = await start('webhook', hook);
    await chat.send(makeMessage(), FIRST_DELIVERY, signal());
    const [request] = server.taken;
    const other = new Webhook(`whsec_${Buffer.alloc(32, 8).toString('base64')}`);
    const headers = request?.headers as Record<string, string>;
    expect(() => other.verify(request?.raw ?? '', headers)).toThrow();
  });

  it.each(['whsec_', 'whsec_c2hvcnQ=', 'no prefix', 'whsec_%%%%'])(
    'the webhook channel refuses %j as a secret',
    (wrong) => {
      const given = { url: 'https://example.org/hook', secret: wrong };
      expect(webhook.config.safeParse(given).success).toBe(false);
    },
  );
});
