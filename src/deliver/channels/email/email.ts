import { createTransport } from 'nodemailer';
import pTimeout from 'p-timeout';
import * as z from 'zod';
import { cutBetweenWords, plain } from '../../../core/render/plain.ts';
import { textBody } from '../../../core/render/text.ts';
import type { Message } from '../../../domain/alert.ts';
import { DeliveryError } from '../../../domain/errors.ts';
import { sha256Hex } from '../../../domain/ids.ts';
import { SECOND } from '../../../domain/time.ts';
import type { Channel, ChannelKind, DeliveryMetadata } from '../../channel.ts';
import { secret, timeoutSeconds } from '../../post.ts';
import { htmlBody } from './html.ts';
import { acceptance, refusedMail, stillToSend, takenBefore } from './mail-answer.ts';

/** `a@example.org` or `Name <a@example.org>`; nothing that could end a header or add an address. */
const address = z
  .string()
  .max(320)
  .regex(/^(?:[^<>@,;:"\\\p{Cc}]+ <[^\s<>@,;:"]+@[^\s<>@,;:"]+>|[^\s<>@,;:"]+@[^\s<>@,;:"]+)$/u, {
    error: 'is not one mail address',
  });

const config = z.strictObject({
  host: z
    .string()
    .min(1)
    // A name or IPv4 address; two colons at least are an IPv6 address, one would be a port.
    .regex(/^([^\s/@:]*|[^\s/@]*:[^\s/@]*:[^\s/@]*)$/, 'is no host alone, such as smtp.example.org')
    .describe('The mail server that takes your mail.'),
  port: z.int().min(1).max(65_535).default(587),
  tls: z
    .enum(['implicit', 'required', 'opportunistic', 'none'])
    .optional()
    .describe(
      'Left out: implicit on port 465, required when there is a user, else opportunistic, which encrypts where it can and checks no certificate.',
    ),
  ehlo: z
    .string()
    .regex(/^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])$/, {
      error: 'is neither the name of a machine nor an address in brackets',
    })
    .optional()
    .describe('How this machine calls itself to the server; its own name when left out.'),
  user: z.string().min(1).optional(),
  password: secret('The password of the user.').optional(),
  from: address.describe('Who the mail is from.'),
  to: z.array(address).min(1).max(100).describe('Who gets it.'),
  subjectPrefix: z.string().max(40).default(''),
  conversation: z
    .enum(['by-reference', 'by-subject'])
    .default('by-reference')
    .describe(
      'by-subject gives all mails of a launch one subject line, which Gmail needs to thread them.',
    ),
  messageIdDomain: z
    .string()
    .regex(/^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/)
    .default('firsthand')
    .describe('Stands behind the @ of Message-ID and List-Id.'),
  timeoutSeconds,
});

type Settings = z.output<typeof config>;

/**
 * Mail by SMTP. The Message-ID is made from the delivery's id, so a second copy is the same mail. One mail goes to all
 * recipients; a recipient who is refused for now is tried again alone, one refused for good is reported and the others
 * have theirs.
 */
export const email: ChannelKind<typeof config> = { kind: 'email', config, gap: 0, open };

function open(settings: Settings): Channel {
  let transport = openTransport(settings);
  return {
    async send(message, delivery, signal) {
      const before = takenBefore(delivery.receipt);
      const to = [...stillToSend(settings.to, before)];
      if (to.length === 0) return acceptance({ accepted: [] }, before);
      const mail = { ...mailOf(message, delivery, settings), to };
      try {
        const either = AbortSignal.any([signal, AbortSignal.timeout(3 * timeoutOf(settings))]);
        const sending = transport.sendMail({ ...mail, signal: either });
        return acceptance(await pTimeout(sending, inTime(settings, signal)), before);
      } catch (thrown) {
        if (thrown instanceof DeliveryError) throw thrown;
        // A connection that failed in the middle is in no state to carry the next mail.
        transport.close({ force: true });
        transport = openTransport(settings);
        return refusedMail(thrown, before);
      }
    },
    probe: (signal) => probe(transport, settings, signal),
    close() {
      transport.close({ force: true });
      return Promise.resolve();
    },
  };
}

/** In whole milliseconds: timers take no others. */
function timeoutOf({ timeoutSeconds: seconds }: Settings): number {
  return Math.ceil(seconds * SECOND);
}

/** How long all steps of a mail may take together. */
function inTime(settings: Settings, signal: AbortSignal) {
  const milliseconds = 3 * timeoutOf(settings);
  return { milliseconds, signal, message: `no answer within ${milliseconds / SECOND} s` };
}

function openTransport(settings: Settings) {
  const timeout = timeoutOf(settings);
  const { user, password } = settings;
  return createTransport({
    pool: true,
    maxConnections: 1,
    // Trying again is the outbox's; once covers a pooled connection the server closed while it was idle.
    maxRequeues: 1,
    idleTimeout: 10 * SECOND,
    host: settings.host,
    port: settings.port,
    ...tlsOptions(settings),
    ...(settings.ehlo === undefined ? {} : { name: settings.ehlo }),
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: Math.min(timeout, 10 * SECOND),
    greetingTimeout: timeout,
    socketTimeout: timeout,
    dnsTimeout: timeout,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** Says hello, encrypts and signs in as for a mail, and leaves. */
async function probe(
  transport: ReturnType<typeof openTransport>,
  settings: Settings,
  signal: AbortSignal,
): Promise<string> {
  try {
    await pTimeout(transport.verify(), inTime(settings, signal));
  } catch (thrown) {
    refusedMail(thrown, { taken: [], refused: [] });
  }
  const { host, port, user } = settings;
  return `${host}:${port} answers${user === undefined ? '' : `, and has nothing against ${user}`}`;
}

function tlsOptions(settings: Settings) {
  const usual = settings.user === undefined ? 'opportunistic' : 'required';
  const tls = settings.tls ?? (settings.port === 465 ? 'implicit' : usual);
  return {
    secure: tls === 'implicit',
    requireTLS: tls === 'required',
    ignoreTLS: tls === 'none',
    // Encryption without a check keeps out whoever only listens, and is more than none (RFC 7435).
    ...(tls === 'opportunistic' && { opportunisticTLS: true, tls: { rejectUnauthorized: false } }),
  };
}

function mailOf(message: Message, delivery: DeliveryMetadata, settings: Settings) {
  const domain = settings.messageIdDomain;
  const thread = `<th_${sha256Hex(message.thread).slice(0, 20)}@${domain}>`;
  return {
    from: settings.from,
    subject: subjectOf(message, settings),
    messageId: `<${delivery.id}@${domain}>`,
    // The root of the thread is a name nobody sent: replies find each other by it in whatever order they arrive.
    inReplyTo: thread,
    references: thread,
    text: textBody(message),
    html: htmlBody(message),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
    list: { id: { url: `alerts.${domain}`, comment: 'firsthand alerts' } },
  };
}

/** What a mail reader shows of a subject line; the whole title stands in the mail. */
const LONGEST_SUBJECT = 69;

function subjectOf(message: Message, settings: Settings): string {
  const about =
    settings.conversation === 'by-subject' && message.name !== ''
      ? `${message.name}: what is known`
      : message.title;
  return cutBetweenWords(plain(`${settings.subjectPrefix}${about}`), LONGEST_SUBJECT);
}
