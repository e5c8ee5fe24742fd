import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { channelsOf } from '../app/build-channels.ts';
import { fetcherOf } from '../app/build-fetcher.ts';
import { type OpenPipeline, openPipeline } from '../app/build-pipeline.ts';
import type { AppOptions } from '../app/options.ts';
import { deliverDue } from '../daemon/delivery-loop.ts';
import type { Recording } from '../domain/capture.ts';
import type { ReplayEvent } from '../domain/check-report.ts';
import { type ManualClock, manualClock } from '../domain/clock.ts';
import { closing } from '../domain/closing.ts';
import { NotFoundError } from '../domain/errors.ts';
import type { Instant } from '../domain/time.ts';
import { loadRecorded, subjectIn } from '../operations/replay.ts';
import { replay } from '../pipeline/replay.ts';
import { registerTargets } from '../pipeline/targets.ts';
import { ownerIn } from '../watch/registry.ts';
import { openRecordedSite, type RecordedSite } from './recorded-site.ts';

export interface DemoOptions {
  /** A folder of its own, emptied first. */
  folder: string;
  recording: string;
  onEvent(event: ReplayEvent): void;
  /** An alert reached the mailbox or the chat. */
  onDelivered(at: Instant, mails: number, posts: number): void;
}

export interface DemoSummary {
  captures: number;
  /** Requests that the local site answered, and how many of them with 304. */
  requests: number;
  notModified: number;
  mails: readonly string[];
  posts: readonly string[];
  config: string;
  db: string;
  /** The last moment of the recording. */
  until: Instant;
}

/**
 * Replays a recorded launch through real parts on this machine: a web server that answers for the recorded hosts, the
 * real fetcher with conditional requests, SQLite, a mail server and a chat webhook. Only the clock is the recording's.
 */
export async function runDemo(options: DemoOptions): Promise<DemoSummary> {
  const recording = await loadRecorded(options.recording);
  const [first, last] = [recording.captures[0], recording.captures.at(-1)];
  if (first === undefined || last === undefined) {
    throw new NotFoundError(`The recording ${options.recording} holds no captures.`);
  }
  const [site, mailbox, chat] = await Promise.all([
    openRecordedSite(recording),
    openMailbox(),
    openChatRoom(),
  ]);
  try {
    const app = await prepare(options.folder, site, mailbox, chat);
    return await closing(await openPipeline(app), async (open) => {
      const clock = manualClock(first.at);
      const captures = await play(open, recording, clock, { site, mailbox, chat, ...options });
      await writeFile(app.config ?? '', asYaml(lastingSettings(options.folder)));
      return {
        captures,
        requests: site.counts.answered,
        notModified: site.counts.notModified,
        mails: mailbox.messages,
        posts: chat.posts,
        config: app.config ?? '',
        db: open.config.store,
        until: last.at,
      };
    });
  } finally {
    await Promise.all([site.close(), mailbox.close(), chat.close()]);
  }
}

/** A folder with a config that points at the local parts; what an earlier demo left there goes first. */
async function prepare(
  folder: string,
  site: RecordedSite,
  mailbox: Mailbox,
  chat: ChatRoom,
): Promise<AppOptions> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const config = join(folder, 'config.yaml');
  await writeFile(config, demoConfig(folder, site, mailbox));
  return {
    config,
    db: null,
    folder,
    environment: { ...process.env, FIRSTHAND_DEMO_CHAT: chat.webhook, FIRSTHAND_DEMO_KEY: 'demo' },
  };
}

/** What is left to ask the database with: the sites, the mailbox and the chat are gone with the demo. */
function lastingSettings(folder: string): object {
  return {
    store: `sqlite:${join(folder, 'demo.db')}`,
    follow: { subjects: ['gpt-image-2', 'gpt-5.5', 'dall-e-2', 'dall-e-3'], discover: false },
    log: { level: 'silent' },
  };
}

function demoConfig(folder: string, site: RecordedSite, mailbox: Mailbox): string {
  return asYaml({
    ...lastingSettings(folder),
    fetch: { contact: 'https://demo.example', hosts: site.hosts, gap: '1s', timeout: '1s' },
    openai: { apiKey: KEY },
    channels: {
      mail: {
        kind: 'email',
        ...{
          host: '127.0.0.1',
          port: mailbox.port,
          tls: 'none',
          from: 'firsthand <firsthand@demo.example>',
        },
        to: ['you@demo.example'],
      },
      chat: { kind: 'slack', url: CHAT, gapSeconds: 0 },
    },
    routes: [{ name: 'everything at once', to: ['mail', 'chat'] }],
  });
}

/** JSON is YAML, too. */
function asYaml(settings: object): string {
  return `${JSON.stringify(settings, null, 2)}\n`;
}

/** Secrets never stand in a config, not even these. */
const CHAT = '${FIRSTHAND_DEMO_CHAT}';
const KEY = '${FIRSTHAND_DEMO_KEY}';

interface Stage extends DemoOptions {
  site: RecordedSite;
  mailbox: Mailbox;
  chat: ChatRoom;
}

async function play(
  open: OpenPipeline,
  recording: Recording,
  clock: ManualClock,
  stage: Stage,
): Promise<number> {
  const fetcher = fetcherOf(open.config, clock, { cap: 0 });
  const channels = channelsOf(open.config);
  try {
    await registerTargets({ ...open.context, clock }, open.watchlist);
    return await replay(open.context, recording, {
      clock,
      source: { fetcher, serve: stage.site.serve },
      until: null,
      ownerOf: (url) => ownerIn(open, url),
      subjectOf: (watcher, url) => subjectIn(open, watcher, url),
      async onEvent(event) {
        stage.onEvent(event);
        const { sent } = await deliverDue(
          open.context,
          channels,
          clock,
          AbortSignal.timeout(30_000),
        );
        if (sent > 0)
          stage.onDelivered(event.at, stage.mailbox.messages.length, stage.chat.posts.length);
      },
    });
  } finally {
    await fetcher.close();
    await Promise.all([...channels.values()].map(({ channel }) => channel.close()));
  }
}

/** A real mail server that keeps what it receives. */
interface Mailbox {
  port: number;
  /** Raw messages, the oldest first. */
  messages: readonly string[];
  close(): Promise<void>;
}

async function openMailbox(): Promise<Mailbox> {
  const messages: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData(stream, _session, accept) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        messages.push(Buffer.concat(parts).toString('utf8'));
        accept();
      });
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return { port, messages, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** A chat that takes webhooks the way Slack does, and keeps what was posted. */
interface ChatRoom {
  webhook: string;
  /** The JSON bodies, the oldest first. */
  posts: readonly string[];
  close(): Promise<void>;
}

async function openChatRoom(): Promise<ChatRoom> {
  const posts: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      posts.push(Buffer.concat(parts).toString('utf8'));
      response.writeHead(200, { 'content-type': 'text/html' }).end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    webhook: `http://127.0.0.1:${port}/services/demo`,
    posts,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
