import { domainToASCII } from 'node:url';
import * as z from 'zod';
import { asError, DeliveryError } from '../../../domain/errors.ts';
import type { Acceptance } from '../../channel.ts';
import { quoted } from '../../post.ts';

/** What is known of the recipients of one mail after an attempt; as JSON it is the delivery's receipt. */
export interface Taken {
  /** Bare addresses whose mail was accepted. */
  taken: readonly string[];
  /** Bare addresses that were refused for good, with what the server said. */
  refused: readonly { address: string; said: string }[];
}

const takenSchema = z.object({
  taken: z.array(z.string()),
  refused: z.array(z.object({ address: z.string(), said: z.string() })),
});

/** An error of nodemailer, as far as it is read here. */
interface MailError extends Error {
  code?: string | undefined;
  response?: string | undefined;
  responseCode?: number | undefined;
  recipient?: string | undefined;
  rejectedErrors?: readonly MailError[] | undefined;
}

/** What nodemailer says of a mail the server took for all recipients or for some. */
interface MailAnswer {
  accepted: readonly string[];
  /** The last line of the server. */
  response?: string | undefined;
  rejectedErrors?: readonly MailError[] | undefined;
}

export function takenBefore(receipt: string | null): Taken {
  return receipt === null ? { taken: [], refused: [] } : takenSchema.parse(JSON.parse(receipt));
}

/** The recipients nobody has settled yet. */
export function stillToSend(to: readonly string[], before: Taken): readonly string[] {
  const settled = new Set([...before.taken, ...before.refused.map(({ address }) => address)]);
  return to.filter((recipient) => !settled.has(bare(recipient)));
}

/** `Name <A@Example.org>` as `a@example.org`, the way servers answer; names with umlauts as they travel. */
function bare(recipient: string): string {
  const address = /<([^>]*)>$/.exec(recipient)?.[1] ?? recipient;
  const [local = '', domain = ''] = address.split('@');
  return `${local}@${domainToASCII(domain)}`.toLowerCase();
}

/**
 * One refused recipient does not lose the others: it is done when everybody took the mail or was refused for good, and
 * somebody took it. Throws when somebody is to be tried again, with a receipt of who is not, or when nobody took it.
 */
export function acceptance(answer: MailAnswer, before: Taken): Acceptance {
  const refusals = answer.rejectedErrors ?? [];
  const now: Taken = {
    taken: [...before.taken, ...answer.accepted.map((recipient) => bare(recipient))],
    refused: [
      ...before.refused,
      ...refusals.filter((refusal) => isPermanent(refusal)).map((refusal) => refusedBy(refusal)),
    ],
  };
  const refused = now.refused.map(({ address, said }) => `${address} was refused${quoted(said)}.`);
  const deferred = refusals.find((refusal) => !isPermanent(refusal));
  if (deferred !== undefined) {
    throw new DeliveryError('unreachable', `Not yet taken for ${describe(deferred)}.`, {
      cause: deferred,
      receipt: JSON.stringify(now),
    });
  }
  if (now.taken.length === 0) {
    throw new DeliveryError('rejected', refused.join(' ') || 'There is nobody to send to.', {
      permanent: true,
    });
  }
  return { receipt: null, refused, said: answer.response ?? '' };
}

/** What a failed attempt comes to: who took the mail earlier still has it. */
export function refusedMail(thrown: unknown, before: Taken): Acceptance {
  const error: MailError = asError(thrown);
  if (error.rejectedErrors !== undefined && error.code === 'EENVELOPE') {
    return acceptance({ accepted: [], rejectedErrors: error.rejectedErrors }, before);
  }
  const said = saidOf(error);
  if (!isPermanent(error)) throw new DeliveryError('unreachable', said, { cause: error });
  if (before.taken.length > 0) return { receipt: null, refused: [said], said };
  throw new DeliveryError('rejected', said, { cause: error, permanent: true });
}

function saidOf(error: MailError): string {
  if (isDistrusted(error)) {
    return `Nobody vouches for the certificate of the mail server${quoted(error.message)}: name a file with it in NODE_EXTRA_CA_CERTS, or set tls: opportunistic to encrypt without checking it.`;
  }
  const verb = isPermanent(error) ? 'refused the mail' : 'cannot be reached';
  return `The mail server ${verb}${quoted(error.message)}.`;
}

/** A handshake that failed over the certificate alone. */
function isDistrusted({ code = '', message, cause, responseCode }: MailError): boolean {
  // What the server says of certificates is its own no.
  if (responseCode !== undefined) return false;
  const inner = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /SELF.SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|CERT_(HAS_EXPIRED|UNTRUSTED)|ALTNAME_INVALID|certificate/i.test(
    `${code} ${inner} ${message}`,
  );
}

/** Codes of nodemailer for what no second try mends. */
const NEVER = new Set(['EAUTH', 'ENOAUTH', 'ECONFIG']);

/** SMTP says 5yz for good and 4yz for now; 503 complains of the session, not of the mail. */
function isPermanent({ responseCode, code }: MailError): boolean {
  if (responseCode !== undefined) return responseCode >= 500 && responseCode !== 503;
  return code !== undefined && NEVER.has(code);
}

function refusedBy(error: MailError): { address: string; said: string } {
  return { address: bare(error.recipient ?? ''), said: error.response ?? error.message };
}

function describe(error: MailError): string {
  return `${bare(error.recipient ?? '')}${quoted(error.response ?? error.message)}`;
}
