import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { endWithTest } from './endings.ts';

/** What a model was asked, as the server understood it. */
export interface Asked {
  path: string;
  headers: IncomingMessage['headers'];
  model: string;
  system: string;
  user: string;
  shape: { type: string; json_schema: { name: string; strict: boolean; schema: unknown } };
  limit: number;
}

/** What a model says to a statement that it is asked back about. */
export type Holds = 'yes' | 'no' | 'unclear';

/** An answer: statements of a model that does what it is told, or anything a server can do. */
export type Reply =
  | { statements: readonly unknown[]; rules?: readonly unknown[] }
  | ((response: ServerResponse) => void);

/** A server of models that speaks the Chat Completions API and gives the answers a test wrote down, one after the other. */
export interface ModelServer {
  baseUrl: string;
  /** The questions that a page was read by, and those that asked back. */
  asked: readonly Asked[];
  askedBack: readonly Asked[];
  /** The last reply stands for all questions that follow. */
  reply(...replies: readonly Reply[]): void;
  /** What it says when it is asked back, of every statement; `yes` unless a test says otherwise. */
  replyBack(reply: Holds | ((response: ServerResponse) => void)): void;
  close(): Promise<void>;
}

/** Tokens that an answer is said to have cost. */
export const COST = 700;

/** A server that is gone after the test. */
export async function startModelServer(): Promise<ModelServer> {
  const asked: Asked[] = [];
  const askedBack: Asked[] = [];
  let back: Holds | ((response: ServerResponse) => void) = 'yes';
  let replies: readonly Reply[] = [{ statements: [] }];
  const server = createServer(async (request, response) => {
    const question = await questionIn(request);
    if (question.shape.json_schema.name === 'checks') {
      askedBack.push(question);
      if (typeof back === 'function') back(response);
      else complete(response, { content: JSON.stringify({ checks: checksOf(question, back) }) });
      return;
    }
    asked.push(question);
    const [next] = replies;
    if (replies.length > 1) replies = replies.slice(1);
    if (typeof next === 'function') next(response);
    else if (next !== undefined)
      complete(response, { content: JSON.stringify({ rules: [], ...next }) });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const opened: ModelServer = {
    ...{ baseUrl: `http://127.0.0.1:${port}/v1`, asked, askedBack },
    reply(...given) {
      replies = given;
    },
    replyBack(given) {
      back = given;
    },
    close() {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
  endWithTest(opened.close);
  return opened;
}

function checksOf({ user }: Asked, holds: Holds) {
  const listed = user.split('Statements taken from the page:')[1] ?? '';
  const numbers = [...listed.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number));
  return numbers.map((number) => ({ number, says: 'something', holds }));
}

async function questionIn(request: IncomingMessage): Promise<Asked> {
  const body = (await json(request)) as {
    model: string;
    messages: { role: string; content: string }[];
    response_format: Asked['shape'];
    max_completion_tokens: number;
  };
  const [system, user] = body.messages;
  return {
    ...{ path: request.url ?? '', headers: request.headers, model: body.model },
    ...{ system: system?.content ?? '', user: user?.content ?? '' },
    ...{ shape: body.response_format, limit: body.max_completion_tokens },
  };
}

/** Sends a completion whose message is as given. */
export function complete(
  response: ServerResponse,
  message: { content: string | null; refusal?: string },
  finish = 'stop',
): void {
  const choice = { index: 0, finish_reason: finish, message: { role: 'assistant', ...message } };
  const usage = { prompt_tokens: COST - 100, completion_tokens: 100, total_tokens: COST };
  const whole = {
    id: 'c',
    object: 'chat.completion',
    created: 1,
    model: 'm',
    choices: [choice],
    usage,
  };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(whole));
}
