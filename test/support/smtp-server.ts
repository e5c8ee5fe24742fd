import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

const SELF_SIGNED = readFileSync(new URL('../fixtures/tls/self-signed.pem', import.meta.url));

/** A mail as the server took it. */
export interface ReceivedMail {
  from: string;
  to: readonly string[];
  raw: string;
}

/** What the server says instead of yes; read anew for each mail, so that a test may change it on the way. */
export interface SmtpScript {
  /** The answer to one recipient, by address. */
  recipients?: Readonly<Record<string, { code: number; text: string }>>;
  /** The answer to the mail itself. */
  data?: { code: number; text: string } | undefined;
  /** Asks who it is, and this is the answer; set from the start. */
  signIn?: { code: number; text: string };
  /** Offers encryption, with a certificate nobody vouches for; set from the start. */
  selfSigned?: boolean;
  /** How long it keeps a mail before it says that it has it, in milliseconds. */
  thinks?: () => number;
  /** Takes the mail and never answers. */
  hang?: boolean;
}

export interface MailServer {
  host: string;
  port: number;
  mails: ReceivedMail[];
  /** What the senders called themselves, and whether they spoke encrypted. */
  sessions: { ehlo: string; secure: boolean }[];
  script: SmtpScript;
  /** Resolves when all that was sent by those who are gone has been read. */
  untilNobodyIsConnected(): Promise<void>;
  close(): Promise<void>;
}

interface Place {
  host?: string;
  port?: number;
}

/** A real SMTP server on a free port of loopback (or where it is told), that says what its script says. */
export async function startMailServer(
  script: SmtpScript = {},
  { host = '127.0.0.1', port = 0 }: Place = {},
): Promise<MailServer> {
  const started: MailServer = {
    host,
    port,
    mails: [],
    sessions: [],
    script,
    async untilNobodyIsConnected() {
      while (server.connections.size > 0) await pause(5);
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: [
      ...(script.selfSigned === true ? [] : ['STARTTLS']),
      ...(script.signIn === undefined ? ['AUTH'] : []),
    ],
    ...(script.selfSigned === true && { key: SELF_SIGNED, cert: SELF_SIGNED }),
    allowInsecureAuth: true,
    onAuth: (_auth, _session, callback) =>
      callback(smtpError(script.signIn ?? { code: 535, text: 'who?' })),
    closeTimeout: 100,
    onRcptTo(address, _session, callback) {
      const answer = started.script.recipients?.[address.address];
      callback(answer === undefined ? null : smtpError(answer));
    },
    onMailFrom(_address, session, callback) {
      started.sessions.push({ ehlo: session.hostNameAppearsAs, secure: session.secure });
      callback();
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (started.script.hang === true) return;
        if (started.script.data !== undefined) {
          callback(smtpError(started.script.data));
          return;
        }
        started.mails.push(received(session, Buffer.concat(chunks).toString('utf8')));
        const { thinks } = started.script;
        if (thinks === undefined) callback(null);
        else setTimeout(() => callback(null), thinks());
      });
    },
  });
  // A client that hangs up in the middle is what some tests are about.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, host, () => resolve()));
  const address = server.server.address() as AddressInfo;
  started.port = address.port;
  return started;
}

function received(session: SMTPServerSession, raw: string): ReceivedMail {
  const { mailFrom, rcptTo } = session.envelope;
  return {
    from: mailFrom === false ? '' : mailFrom.address,
    to: rcptTo.map(({ address }) => address),
    raw,
  };
}

function smtpError({ code, text }: { code: number; text: string }): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

/** A port that takes connections and never says a word, or hangs up at once. */
export async function startMuteServer(
  manner: 'silent' | 'hangs-up',
): Promise<{ port: number; connections: () => number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server: Server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    if (manner === 'hangs-up') socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Settings of a channel that mails to a local port; a test of what never answers says how long to wait. */
export function mailTo(port: number, over: Record<string, unknown> = {}) {
  return {
    ...{ kind: 'email', host: '127.0.0.1', port },
    ...{ from: 'firsthand@example.org', to: ['ada@example.org'] },
    ...over,
  };
}
