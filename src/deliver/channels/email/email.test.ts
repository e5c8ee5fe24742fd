import PostalMime from 'postal-mime';
import { afterEach, describe, expect, it } from 'vitest';
import { HOSTILE, makeMessage } from '../../../../test/support/messages.ts';
import {
  type MailServer,
  type SmtpScript,
  startMailServer,
  startMuteServer,
} from '../../../../test/support/smtp-server.ts';
import { asError, DeliveryError } from '../../../domain/errors.ts';
import { idOf } from '../../../domain/ids.ts';
import type { Channel, DeliveryMetadata } from '../../channel.ts';
import { email } from './email.ts';

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

async function server(script: SmtpScript = {}): Promise<MailServer> {
  const started = await startMailServer(script);
  open.push(started);
  return started;
}

function channel(port: number, over: Record<string, unknown> = {}): Channel {
  const opened = email.open(
    email.config.parse({
      host: '127.0.0.1',
      port,
      from: 'firsthand <alerts@example.org>',
      to: ['ada@example.org'],
      timeoutSeconds: 60,
      ...over,
    }),
  );
  open.push(opened);
  return opened;
}

const ID = idOf('dl', 'mail');
const first: DeliveryMetadata = { id: ID, receipt: null, replyTo: null };
const signal = () => new AbortController().signal;

async function failure(sending: Promise<unknown>): Promise<DeliveryError> {
  const thrown = await sending.then(
    () => new Error('It was taken.'),
    (error: unknown) => asError(error),
  );
  if (!(thrown instanceof DeliveryError)) throw thrown;
  return thrown;
}

it('the e-mail channel sends text and HTML that a mail reader reads back', async () => {
  const smtp = await server();
  await channel(smtp.port).send(makeMessage(), first, signal());
  const mail = await PostalMime.parse(smtp.mails[0]?.raw ?? '');
  expect(mail.subject).toBe('Confirmed: GPT Image 2 released (was secondary)');
  expect(mail.text).toContain('- confirmed, in effect: released (was secondary)');
  expect(mail.text).toContain('[-gpt-image-1.5-]{+gpt-image-2+}');
  expect(mail.html).toContain('it draws &quot;text&quot; well.');
  expect(mail.from).toEqual({ name: 'firsthand', address: 'alerts@example.org' });
});

it('the e-mail channel carries the delivery id as Message-ID, and the headers of a machine', async () => {
  const smtp = await server();
  await channel(smtp.port).send(makeMessage(), first, signal());
  const mail = await PostalMime.parse(smtp.mails[0]?.raw ?? '');
  const headers = Object.fromEntries(mail.headers.map(({ key, value }) => [key, value]));
  expect(mail.messageId).toBe(`<${ID}@firsthand>`);
  expect(headers['auto-submitted']).toBe('auto-generated');
  expect(headers['list-id']).toBe('"firsthand alerts" <alerts.firsthand>');
});

it('the e-mail channel takes the domain of its ids from the config', async () => {
  const smtp = await server();
  await channel(smtp.port, { messageIdDomain: 'ops.example.org' }).send(
    makeMessage(),
    first,
    signal(),
  );
  const mail = await PostalMime.parse(smtp.mails[0]?.raw ?? '');
  expect(mail.messageId).toBe(`<${ID}@ops.example.org>`);
});

it('the e-mail channel puts the mails of one launch in one thread, and another launch in another', async () => {
  const smtp = await server();
  const mailer = channel(smtp.port);
  for (const [n, thread] of ['a@1', 'a@1', 'b@1'].entries()) {
    const delivery = { ...first, id: idOf('dl', n) };
    await mailer.send(makeMessage({ thread }), delivery, signal());
  }
  const mails = await Promise.all(smtp.mails.map(({ raw }) => PostalMime.parse(raw)));
  expect(mails[0]?.references).toMatch(/^<th_[0-9a-f]{20}@firsthand>$/);
  expect(mails[1]?.references).toBe(mails[0]?.references);
  expect(mails[1]?.inReplyTo).toBe(mails[0]?.references);
  expect(mails[2]?.references).not.toBe(mails[0]?.references);
});

it('the e-mail channel gives the mails of a launch one subject line where a mail reader needs it', async () => {
  const smtp = await server();
  const mailer = channel(smtp.port, { conversation: 'by-subject' });
  await mailer.send(makeMessage(), first, signal());
  const mail = await PostalMime.parse(smtp.mails[0]?.raw ?? '');
  expect(mail.subject).toBe('GPT Image 2: what is known');
});

it('the e-mail channel lets no text from outside become a header or a recipient', async () => {
  const smtp = await server();
  const title = `x\r\nBcc: eve@example.org\r\nX-Evil: 1 ${HOSTILE}`;
  await channel(smtp.port).send(
    makeMessage({ title, thread: title, name: title }),
    first,
    signal(),
  );
  const [received] = smtp.mails;
  const mail = await PostalMime.parse(received?.raw ?? '');
  const names = mail.headers.map(({ key }) => key);
  expect(received?.to).toEqual(['ada@example.org']);
  expect(names).not.toContain('bcc');
  expect(names).not.toContain('x-evil');
});

describe('recipients', () => {
  const three = { to: ['ada@example.org', 'Bob <Bob@Example.org>', 'cyd@example.org'] };

  it('recipients get their mail when another one is refused for good, which is told', async () => {
    const smtp = await server({
      recipients: { 'Bob@example.org': { code: 550, text: 'no such user' } },
    });
    const taken = await channel(smtp.port, three).send(makeMessage(), first, signal());
    expect(smtp.mails[0]?.to).toEqual(['ada@example.org', 'cyd@example.org']);
    expect(taken.refused).toEqual([
      expect.stringMatching(/^bob@example\.org was refused .*no such user/),
    ]);
  });

  it('recipients who are put off get it at the next attempt, and the others no second copy', async () => {
    const smtp = await server({
      recipients: { 'Bob@example.org': { code: 451, text: 'greylisted' } },
    });
    const mailer = channel(smtp.port, three);
    const error = await failure(mailer.send(makeMessage(), first, signal()));
    expect(error).toMatchObject({ kind: 'unreachable', permanent: false });
    expect(error.message).toContain('greylisted');
    smtp.script = {};
    const again = { ...first, receipt: error.receipt };
    expect(await mailer.send(makeMessage(), again, signal())).toEqual({
      receipt: null,
      refused: [],
      said: '250 OK: message queued',
    });
    expect(smtp.mails.map(({ to }) => to)).toEqual([
      ['ada@example.org', 'cyd@example.org'],
      ['Bob@example.org'],
    ]);
  });

  it('recipients put off and then refused leave a delivery that is made, with the refusal told', async () => {
    const smtp = await server({ recipients: { 'Bob@example.org': { code: 451, text: 'later' } } });
    const mailer = channel(smtp.port, three);
    const { receipt } = await failure(mailer.send(makeMessage(), first, signal()));
    smtp.script = { recipients: { 'Bob@example.org': { code: 550, text: 'never' } } };
    const taken = await mailer.send(makeMessage(), { ...first, receipt }, signal());
    expect(taken.refused).toHaveLength(1);
    expect(smtp.mails).toHaveLength(1);
  });

  it('recipients all refused for good make the failure permanent', async () => {
    const smtp = await server({
      recipients: { 'ada@example.org': { code: 550, text: 'no such user' } },
    });
    const error = await failure(channel(smtp.port).send(makeMessage(), first, signal()));
    expect(error).toMatchObject({ kind: 'rejected', permanent: true });
    expect(error.message).toContain('ada@example.org');
  });
});

it('a mail server that refuses the mail itself makes the failure permanent', async () => {
  const smtp = await server({ data: { code: 554, text: 'looks like spam' } });
  const error = await failure(channel(smtp.port).send(makeMessage(), first, signal()));
  expect(error).toMatchObject({ kind: 'rejected', permanent: true });
});

it('a mail server that is full for now is tried again', async () => {
  const smtp = await server({ data: { code: 452, text: 'out of space' } });
  const mailer = channel(smtp.port);
  const error = await failure(mailer.send(makeMessage(), first, signal()));
  expect(error).toMatchObject({ kind: 'unreachable', permanent: false });
  smtp.script = {};
  await mailer.send(makeMessage(), first, signal());
  expect(smtp.mails).toHaveLength(1);
});

it('a mail server that is not there is unreachable', async () => {
  const smtp = await startMailServer();
  await smtp.close();
  const error = await failure(channel(smtp.port).send(makeMessage(), first, signal()));
  expect(error).toMatchObject({ kind: 'unreachable', permanent: false });
});

it('a mail server that accepts the connection and says nothing does not hang us', async () => {
  const mute = await startMuteServer('silent');
  open.push(mute);
  const started = performance.now();
  const mailer = channel(mute.port, { timeoutSeconds: 1 });
  const error = await failure(mailer.send(makeMessage(), first, signal()));
  expect(error.kind).toBe('unreachable');
  expect(performance.now() - started).toBeLessThan(20_000);
});

it('a mail server that hangs up at once is unreachable', async () => {
  const mute = await startMuteServer('hangs-up');
  open.push(mute);
  const error = await failure(channel(mute.port).send(makeMessage(), first, signal()));
  expect(error.kind).toBe('unreachable');
});

it('a mail server that takes the mail and never answers does not hang us, and the next mail goes out', async () => {
  const smtp = await server({ hang: true });
  const mailer = channel(smtp.port, { timeoutSeconds: 4 });
  const error = await failure(mailer.send(makeMessage(), first, signal()));
  expect(error.kind).toBe('unreachable');
  smtp.script = {};
  await mailer.send(makeMessage(), first, signal());
  expect(smtp.mails).toHaveLength(1);
});

it('a mail server is left at once when the process stops', async () => {
  const smtp = await server({ hang: true });
  const stop = new AbortController();
  const sending = failure(channel(smtp.port).send(makeMessage(), first, stop.signal));
  setTimeout(() => stop.abort(), 100);
  const started = performance.now();
  expect((await sending).kind).toBe('unreachable');
  expect(performance.now() - started).toBeLessThan(20_000);
});

describe('the e-mail config', () => {
  const least = { host: 'mail.example.org', from: 'a@example.org', to: ['b@example.org'] };

  it.each([
    'a@example.org, c@example.org',
    'a@example.org\r\nBcc: c@example.org',
    'nobody',
    '"x" <a@example.org>',
  ])('the e-mail config refuses %j as one address', (to) => {
    expect(email.config.safeParse({ ...least, to: [to] }).success).toBe(false);
  });

  it('the e-mail config refuses a key it does not know', () => {
    expect(email.config.safeParse({ ...least, hots: 'x' }).success).toBe(false);
  });

  it('the e-mail config marks the password as a secret', () => {
    expect(email.config.shape.password.unwrap().meta()).toMatchObject({ secret: true });
  });
});

it('a mail server with a certificate nobody vouches for gets the mail encrypted by an opportunistic sender, which is one without a user', async () => {
  const smtp = await server({ selfSigned: true });
  for (const over of [{}, { tls: 'opportunistic' }]) {
    await channel(smtp.port, over).send(makeMessage(), first, signal());
  }
  expect(smtp.sessions.map(({ secure }) => secure)).toEqual([true, true]);
});

it('a mail server with a certificate nobody vouches for is refused by a sender that requires encryption, which says what to set', async () => {
  const smtp = await server({ selfSigned: true });
  const sending = channel(smtp.port, { tls: 'required' }).send(makeMessage(), first, signal());
  const { message } = await failure(sending);
  expect(message).toMatch(/certificate.*NODE_EXTRA_CA_CERTS.*tls: opportunistic/);
  expect(smtp.mails).toEqual([]);
});

it('a mail server with a certificate nobody vouches for hears the name that the sender is to call itself', async () => {
  const smtp = await server();
  await channel(smtp.port, { ehlo: 'mail.example.org' }).send(makeMessage(), first, signal());
  expect(smtp.sessions).toEqual([{ ehlo: 'mail.example.org', secure: false }]);
  expect(email.config.shape.ehlo.safeParse('two words').success).toBe(false);
});
