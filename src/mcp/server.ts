import { type CallToolResult, createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import * as z from 'zod';
import { momentIn } from '../api/moment.ts';
import type { Clock } from '../domain/clock.ts';
import { AppError, StoreError } from '../domain/errors.ts';
import { DAY, plus, timeWords } from '../domain/time.ts';
import { dependenciesOf } from '../read/dependencies.ts';
import { explanationOf } from '../read/explanation.ts';
import type { LiveKnown } from '../read/known.ts';
import { type Known, subjectNamed } from '../read/known.ts';
import { modelOf } from '../read/model.ts';
import { searchSubjects } from '../read/search.ts';
import { toldStories } from '../read/told-story.ts';
import type { ExplanationView } from '../read/views.ts';
import { DATA_NOTE, dependencyWords, quoted, statusWords, storiesWords } from './words.ts';

export interface McpOptions {
  live: LiveKnown;
  clock: Clock;
  version: string;
}

const model = z.string().min(1).max(200).describe('Id, name or alias, such as gpt-image-2');
const asOf = z.string().max(40).optional().describe('ISO time to ask about; now when left out');

/** As many as a code base names; each is judged for itself. */
const MOST_MODELS = 100;
const MOST_RESULTS = 10;

/** No answer is longer, in characters: a context is for more than this. */
const LONGEST_ANSWER = 12_000;

const WEEK = 7 * DAY;

/** The few questions that an assistant has of model releases; one server a connection or request. */
function mcpServer(options: McpOptions): McpServer {
  const server = new McpServer(
    { name: 'firsthand', version: options.version },
    {
      instructions:
        'Facts about AI model releases from kept evidence. "confirmed" rests on the vendor\'s own pages; "cannot say" means the sources were not read recently: do not turn it into yes or no.',
    },
  );
  const add: AddTool = (name, description, shape, answer) => {
    const annotations = { readOnlyHint: true, openWorldHint: false };
    server.registerTool(name, { description, inputSchema: z.object(shape), annotations }, ((
      asked: Parameters<typeof answer>[0],
    ) => answered(options, (known, clock) => answer(asked, known, clock))) as never);
  };
  subjectTools(add);
  newsTools(add);
  return server;
}

type AddTool = <S extends z.ZodRawShape>(
  name: string,
  description: string,
  shape: S,
  answer: (asked: z.output<z.ZodObject<S>>, known: Known, clock: Clock) => Promise<string>,
) => void;

function subjectTools(add: AddTool): void {
  add(
    'model_status',
    'Is a model out, where (API, products), since when, who says so, checked through when; its price and retirement date. Also for any past moment.',
    { model, as_of: asOf },
    async ({ model: typed, as_of }, known, clock) =>
      statusWords(await modelOf(known, typed, momentIn(as_of, clock))),
  );
  const facet = z.string().max(100).optional().describe('Such as announced or api_listed');
  add(
    'explain',
    'Why a claim about a model stands where it stands: for, against, not checked, and what would confirm it.',
    { model, facet, as_of: asOf },
    async ({ model: typed, facet: of = null, as_of }, known, clock) =>
      explanationWords(await explanationOf(known, typed, of, momentIn(as_of, clock))),
  );
  add(
    'search_models',
    'Finds the ids of models and products by a name, alias or part of one.',
    { query: z.string().min(1).max(200) },
    async ({ query }, known) => {
      const { results } = searchSubjects(known, query, MOST_RESULTS);
      if (results.length === 0) return 'No catalogue entry has that name, and no source used it.';
      return results
        .map(({ subject, name, vendor, kind }) => `${subject}: ${name}, ${kind} of ${vendor}`)
        .join('\n');
    },
  );
}

function newsTools(add: AddTool): void {
  const since = z.string().max(40).optional();
  add(
    'recent_stories',
    'What became known lately: launches, retirements, changed documentation.',
    {
      model: model.optional(),
      since: since.describe('ISO time; the last 7 days when left out'),
    },
    async ({ model: typed, since: said }, known, clock) => {
      const from = said === undefined ? plus(clock.now(), -WEEK) : momentIn(said, clock, 'start');
      const of = typed === undefined ? {} : { subject: subjectNamed(known, typed).id };
      const asked = { ...of, since: from, limit: MOST_RESULTS };
      return storiesWords(await toldStories(known, asked, clock.now()), from);
    },
  );
  add(
    'check_dependencies',
    'For model ids found in code: which are available, deprecated, retired or retiring and when, unconfirmed or unknown, and what replaces them.',
    { models: z.array(z.string().max(200)).min(1).max(MOST_MODELS) },
    async ({ models }, known, clock) => {
      const { dependencies } = await dependenciesOf(known, models, clock.now());
      return [...dependencies.map(dependencyWords), DATA_NOTE].join('\n');
    },
  );
}

/** The lines of an explanation hold quotes of others. */
function explanationWords({ subject, asOf: at, claims }: ExplanationView): string {
  const parts = claims.map((claim) => [
    `${claim.claim}: ${claim.level} (${claim.status.replaceAll('_', ' ')}). ${claim.rule} ${claim.voices}.`,
    ...claim.for.map((line) => `  for: ${quoted(line)}`),
    ...claim.against.map((line) => `  against: ${quoted(line)}`),
    ...claim.unchecked.map((line) => `  not checked: ${line}`),
    ...(claim.becomes === null ? [] : [`  would be confirmed by: ${claim.becomes}`]),
  ]);
  return [`${subject}, as known at ${timeWords(at)}`, ...parts.flat(), DATA_NOTE].join('\n');
}

/** An answer in words; what a person could put right is told as an error that an assistant can read. */
async function answered(
  { live, clock }: McpOptions,
  question: (known: Known, clock: Clock) => Promise<string>,
): Promise<CallToolResult> {
  try {
    const text = await live.ask((known) => question(known, clock));
    return { content: [{ type: 'text', text: shortened(text) }] };
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.family === 'bug') throw thrown;
    const text =
      thrown instanceof StoreError
        ? 'Cannot say: the database cannot be read just now. Ask again soon.'
        : thrown.message;
    return { content: [{ type: 'text', text }], isError: true };
  }
}

function shortened(text: string): string {
  if (text.length <= LONGEST_ANSWER) return text;
  return `${text.slice(0, LONGEST_ANSWER)}…\n(shortened; name a facet to see less)\n${DATA_NOTE}`;
}

/** A question with a hundred model ids is far below it, in bytes. */
const LARGEST_REQUEST = 128 * 1024;

/** Streams that wait for news of the list of tools, which never changes while it runs. */
const MOST_SUBSCRIPTIONS = 32;

/** Answers MCP over streamable HTTP without sessions: clients of the 2026-07-28 revision, and those of 2025. */
export function mcpOverHttp(options: McpOptions): (request: Request) => Promise<Response> {
  const handler = createMcpHandler(() => mcpServer(options), {
    legacy: 'stateless',
    maxRequestBodySize: LARGEST_REQUEST,
    maxSubscriptions: MOST_SUBSCRIPTIONS,
  });
  return (request) => handler.fetch(request);
}

/** Answers MCP on standard input and output until the client ends or `stopped` is aborted. */
export async function mcpOverStdio(options: McpOptions, stopped: AbortSignal): Promise<void> {
  const handle = serveStdio(() => mcpServer(options));
  await new Promise<void>((resolve) => {
    if (stopped.aborted) resolve();
    stopped.addEventListener('abort', () => resolve(), { once: true });
    process.stdin.once('end', () => resolve()).once('close', () => resolve());
  });
  await handle.close();
}
