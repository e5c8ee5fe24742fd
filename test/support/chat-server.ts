import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ChatRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  raw: string;
  body: Record<string, unknown>;
}

/** What the server does instead of its usual answer, once each, in this order. */
export type ChatTurn =
  | { status: number; headers?: Record<string, string>; text?: string }
  | 'close'
  | 'hang';

/** Which service it speaks for: each checks what the real one checks and answers as it does. */
export type ChatFlavour =
  | 'slack'
  | 'slack-bot'
  | 'discord'
  | 'teams'
  | 'telegram'
  | 'ntfy'
  | 'webhook';

export interface ChatServer {
  url: string;
  requests: ChatRequest[];
  /** The messages that were taken. */
  taken: ChatRequest[];
  turns: ChatTurn[];
  close(): Promise<void>;
}

interface Reply {
  status: number;
  text: string;
  headers?: Record<string, string>;
}

export async function startChatServer(
  flavour: ChatFlavour,
  turns: ChatTurn[] = [],
): Promise<ChatServer> {
  const started: ChatServer = { url: '', requests: [], taken: [], turns, close: closeServer };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8');
      const received: ChatRequest = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        raw,
        body: JSON.parse(raw === '' ? '{}' : raw) as Record<string, unknown>,
      };
      started.requests.push(received);
      answer(started, flavour, received, response);
    });
  });
  function closeServer(): Promise<void> {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  started.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return started;
}

function answer(
  server: ChatServer,
  flavour: ChatFlavour,
  request: ChatRequest,
  response: ServerResponse,
): void {
  const turn = server.turns.shift();
  if (turn === 'hang') return;
  if (turn === 'close') {
    response.destroy();
    return;
  }
  const usual = isQuestion(request) ? QUESTIONS[flavour] : FLAVOURS[flavour];
  const reply = turn === undefined ? usual(request, server.taken.length) : turn;
  const isTaken = turn === undefined && reply.status < 300 && !isQuestion(request);
  if (isTaken) server.taken.push(request);
  response.writeHead(reply.status, reply.headers ?? {});
  response.end(reply.text ?? '');
}

/** What asks how things are and brings no message. */
function isQuestion({ method, path }: ChatRequest): boolean {
  return method === 'GET' || path.endsWith('/auth.test');
}

type Speak = (request: ChatRequest, count: number) => Reply;

const FLAVOURS: Readonly<Record<ChatFlavour, Speak>> = {
  slack: ({ body }) => {
    const fault = slackFault(body);
    return fault === null ? { status: 200, text: 'ok' } : { status: 400, text: fault };
  },
  'slack-bot': ({ body }, count) => {
    const fault = slackFault(body);
    const reply =
      fault === null
        ? { ok: true, channel: body['channel'], ts: `1776798642.00000${count + 1}` }
        : { ok: false, error: fault };
    return json(200, reply);
  },
  discord: ({ body }, count) => {
    const fault = discordFault(body);
    return fault === null
      ? json(200, { id: `${900 + count}` })
      : json(400, { message: fault, code: 50_035 });
  },
  teams: ({ raw, body }) => {
    if (Buffer.byteLength(raw) > 28 * 1024)
      return { status: 413, text: 'Request entity too large' };
    return body['type'] === 'message'
      ? { status: 202, text: '' }
      : { status: 400, text: 'Bad card' };
  },
  telegram: ({ body }, count) => {
    const fault = telegramFault(String(body['text']));
    return fault === null
      ? json(200, { ok: true, result: { message_id: 70 + count } })
      : json(400, { ok: false, error_code: 400, description: `Bad Request: ${fault}` });
  },
  ntfy: ({ body }) =>
    Buffer.byteLength(String(body['message'])) > 4_096
      ? json(400, { code: 40_014, error: 'message too large' })
      : json(200, { id: 'n1', event: 'message' }),
  webhook: () => ({ status: 204, text: '' }),
};

const nothingThere = (): Reply => ({ status: 404, text: 'nothing here' });

/** The answers to questions; those that know none say what their hosts say of an unknown page. */
const QUESTIONS: Readonly<Record<ChatFlavour, Speak>> = {
  slack: nothingThere,
  'slack-bot': ({ headers }) =>
    json(
      200,
      headers['authorization'] === 'Bearer xoxb-test'
        ? { ok: true, user: 'firsthand' }
        : { ok: false, error: 'invalid_auth' },
    ),
  discord: ({ path }) => (path === '/' ? nothingThere() : json(200, { id: '1', name: 'alerts' })),
  teams: nothingThere,
  telegram: ({ path }) =>
    path.includes('/getChat?chat_id=')
      ? json(200, { ok: true, result: { id: -100, title: 'alerts' } })
      : json(404, { ok: false, error_code: 404, description: 'Not Found' }),
  ntfy: ({ path }) => (path === '/v1/health' ? json(200, { healthy: true }) : nothingThere()),
  webhook: nothingThere,
};

function json(status: number, body: unknown): Reply {
  return { status, text: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}

interface SlackText {
  type: string;
  text: string;
}

function slackFault(body: Record<string, unknown>): string | null {
  const blocks = body['blocks'] as SlackBlock[];
  if (typeof body['text'] !== 'string' || body['text'] === '') return 'no_text';
  return blocks.length > 50 || blocks.some(isBadBlock) ? 'invalid_blocks' : null;
}

interface SlackBlock {
  type: string;
  text?: SlackText;
  elements?: SlackText[];
}

function isBadBlock({ type, text, elements }: SlackBlock): boolean {
  const limits: Readonly<Record<string, number>> = { header: 150, section: 3_000, context: 2_000 };
  const limit = limits[type] ?? 0;
  const texts = type === 'context' ? (elements ?? []) : [text ?? { text: '' }];
  if (type === 'divider') return text !== undefined;
  return texts.length > 10 || texts.some((one) => one.text === '' || one.text.length > limit);
}

interface DiscordEmbed {
  title?: string;
  description?: string;
  fields?: { name: string; value: string }[];
}

function discordFault(body: Record<string, unknown>): string | null {
  const content = String(body['content'] ?? '');
  const embeds = (body['embeds'] ?? []) as DiscordEmbed[];
  if (content.length > 2_000) return 'content: Must be 2000 or fewer in length.';
  const faults = embeds.map(({ title = '', description = '', fields = [] }) => {
    if (title.length > 256) return 'title too long';
    if (description.length > 4_096) return 'description too long';
    if (fields.length > 25) return 'too many fields';
    const isBad = (text: string, limit: number) => text === '' || text.length > limit;
    const isBadField = fields.some(({ name, value }) => isBad(name, 256) || isBad(value, 1_024));
    return isBadField ? 'a field is empty or too long' : null;
  });
  const size = embeds
    .flatMap(({ title = '', description = '', fields = [] }) => [
      ...[title, description],
      ...fields.flatMap(({ name, value }) => [name, value]),
    ])
    .reduce((sum, text) => sum + text.length, 0);
  return faults.find((fault) => fault !== null) ?? (size > 6_000 ? 'embeds too long' : null);
}

/** Telegram refuses HTML it cannot parse and tags it does not know. */
export function telegramFault(text: string): string | null {
  if (text.length > 4_096) return 'message is too long';
  const bare = text.replace(/<[^>]*>/g, '');
  if (/[<>]/.test(bare) || /&(?!(amp|lt|gt|quot|#\d+);)/.test(bare)) return "can't parse entities";
  const open: string[] = [];
  for (const [tag] of text.matchAll(/<[^>]*>/g)) {
    if (!takesTag(tag, open)) return `can't parse entities at ${tag}`;
  }
  return open.length > 0 ? "can't find end tag" : null;
}

function takesTag(tag: string, open: string[]): boolean {
  const known =
    /^<(\/?)(b|i|u|s|code|blockquote|a(?= href="[^"<>]*">|>))(?: href="[^"<>]*")?>$/.exec(tag);
  const [, closing, name = ''] = known ?? [];
  if (closing === '/') return open.pop() === name;
  open.push(name);
  return known !== null;
}
