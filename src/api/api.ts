import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import * as z from 'zod';
import type { Clock } from '../domain/clock.ts';
import { given } from '../domain/given.ts';
import { STORY_KINDS } from '../domain/story-kind.ts';
import type { Instant } from '../domain/time.ts';
import { board } from '../read/board.ts';
import { changeDetail, changesOf } from '../read/changes.ts';
import { dependenciesOf, dependenciesView } from '../read/dependencies.ts';
import { evidenceDetail, evidenceOf } from '../read/evidence.ts';
import { evidenceDetail as evidenceDetailView, evidenceView } from '../read/evidence-view.ts';
import { explanationOf } from '../read/explanation.ts';
import type { Known, LiveKnown } from '../read/known.ts';
import { retirementsOf, retirementsView } from '../read/retirements.ts';
import { searchSubjects, searchView } from '../read/search.ts';
import { sourceOf, sourcesOf, sourceView } from '../read/sources.ts';
import { statusOf } from '../read/status.ts';
import { timelineOf } from '../read/timeline.ts';
import { toldStories, toldStoriesView } from '../read/told-story.ts';
import {
  boardView,
  changeDetail as changeDetailView,
  changesView,
  explanationView,
  sourcesView,
  statusView,
  timelineView,
} from '../read/views.ts';
import { momentIn } from './moment.ts';
import { asOf, cursor, facet, id, limit, question, titled } from './question.ts';

export interface ApiContext {
  live: LiveKnown;
  clock: Clock;
  version: string;
}

/** The questions of the command line over HTTP: reading only, each answer as `--json` prints it. */
export function apiRoutes({ live, clock }: ApiContext): OpenAPIHono {
  const api = new OpenAPIHono({
    defaultHook(result, context) {
      if (result.success) return;
      const [issue] = result.error.issues;
      const detail = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'cannot be read'}`;
      return context.json(titled(400, 'Bad request', detail), 400, {
        'content-type': 'application/problem+json',
      });
    },
  });
  const add = questionsOf(api, live, clock);
  subjectQuestions(add);
  evidenceQuestions(add);
  sourceQuestions(add, clock);
  storyQuestion(add, clock);
  return api;
}

/** The API as OpenAPI 3.1, made from the schemas its answers are made by. */
export function apiDocument(api: OpenAPIHono, version: string) {
  return api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'firsthand',
      version,
      license: { name: 'MIT' },
      description:
        'What is known of model releases, by whom and since when. Every answer can be asked for any moment of the past.',
    },
    servers: [{ url: '/api/v1' }],
  });
}

/** How long a list of ids may be: a code base names a few dozen. */
const MOST_IDS = 200;

/** How an answer to a question is made: what was asked is checked, and `at` is the moment asked for. */
type AnswerOf<V extends z.ZodType, Q extends z.ZodRawShape, P extends z.ZodRawShape> = (
  known: Known,
  asked: z.output<z.ZodObject<Q>> & z.output<z.ZodObject<P>> & { at: Instant },
) => z.output<V> | Promise<z.output<V>>;

/** Adds a question; `as-of`, where it takes one, is read as a moment, and is now otherwise. */
type AddQuestion = <
  V extends z.ZodType,
  Q extends z.ZodRawShape = Record<never, never>,
  P extends z.ZodRawShape = Record<never, never>,
>(
  path: string,
  summary: string,
  asked: { answer: V; query?: Q; params?: P },
  answer: AnswerOf<V, Q, P>,
) => void;

function questionsOf(api: OpenAPIHono, live: LiveKnown, clock: Clock): AddQuestion {
  return (path, summary, { answer: view, query = {}, params = {} }, answer) => {
    const route = question({ path, summary, answer: view, query, params });
    // What was checked by a schema that is not known here is typed by the schema again.
    api.openapi(route, (async (context: Context) => {
      const asked = {
        ...(context.req.valid('query' as never) as object),
        ...(context.req.valid('param' as never) as object),
      } as Parameters<typeof answer>[1] & { 'as-of'?: string };
      const at = momentIn(asked['as-of'], clock);
      return context.json(await live.ask(async (known) => answer(known, { ...asked, at })), 200);
    }) as never);
  };
}

const past = { 'as-of': asOf };

function subjectQuestions(add: AddQuestion): void {
  add(
    '/status',
    'Everything that is followed, at a glance',
    { answer: boardView, query: past },
    (known, { at }) => board(known, at),
  );
  add(
    '/search',
    'Models and products by id, name or alias',
    { answer: searchView, query: { q: z.string().max(200), limit } },
    (known, { q, limit: most }) => searchSubjects(known, q, most),
  );
  add(
    '/subjects/{id}',
    'The level of every claim on one subject',
    { answer: statusView, query: past, params: { id } },
    (known, asked) => statusOf(known, asked.id, asked.at),
  );
  add(
    '/subjects/{id}/claims',
    'Why each claim stands where it stands',
    { answer: explanationView, query: { facet, ...past }, params: { id } },
    (known, asked) => explanationOf(known, asked.id, asked.facet ?? null, asked.at),
  );
  add(
    '/subjects/{id}/timeline',
    'Every move of a level, and who was first',
    { answer: timelineView, query: past, params: { id } },
    (known, asked) => timelineOf(known, asked.id, asked.at),
  );
}

function evidenceQuestions(add: AddQuestion): void {
  add(
    '/subjects/{id}/evidence',
    'Each piece of evidence, the oldest first',
    {
      answer: evidenceView.extend({ next: z.string().nullable() }),
      query: { facet, ...past, limit, cursor },
      params: { id },
    },
    async (known, asked) => {
      const view = await evidenceOf(known, asked.id, asked.facet ?? null, asked.at);
      // Pieces only ever come behind those that are there: the last id of a page says where the next one starts.
      const start = view.evidence.findIndex((piece) => piece.id === asked.cursor) + 1;
      const evidence = view.evidence.slice(start, start + asked.limit);
      const isLast = start + asked.limit >= view.evidence.length;
      return { ...view, evidence, next: isLast ? null : (evidence.at(-1)?.id ?? null) };
    },
  );
  add(
    '/evidence/{id}',
    'One piece with the stored text around its quote',
    { answer: evidenceDetailView, query: past, params: { id } },
    (known, asked) => evidenceDetail(known, asked.id, asked.at),
  );
  const ids = z.union([z.array(id).max(MOST_IDS), id.transform((one) => [one])]);
  add(
    '/dependencies',
    'What is known of the model ids that code names',
    { answer: dependenciesView, query: { id: ids, ...past } },
    (known, asked) => dependenciesOf(known, asked.id, asked.at),
  );
  add(
    '/retirements',
    'Every dated retirement, the earliest first',
    { answer: retirementsView, query: past },
    (known, { at }) => retirementsOf(known, at),
  );
}

function sourceQuestions(add: AddQuestion, clock: Clock): void {
  add(
    '/sources',
    'Every address that is read, and how it is doing',
    { answer: sourcesView, query: past },
    (known, { at }) => sourcesOf(known, at),
  );
  add(
    '/sources/{id}',
    'One source with its latest checks and changes',
    { answer: sourceView, query: past, params: { id } },
    (known, asked) => sourceOf(known, asked.id, asked.at),
  );
  const since = z.string().max(40).optional();
  const target = z.string().max(2_000).optional();
  add(
    '/changes',
    'What changed at which source, the newest first',
    { answer: changesView, query: { since, until: since, target, limit, cursor } },
    (known, asked) =>
      changesOf(known, {
        ...given({
          since: asked.since === undefined ? null : momentIn(asked.since, clock, 'start'),
          until: asked.until === undefined ? null : momentIn(asked.until, clock),
          ...{ target: asked.target, cursor: asked.cursor },
        }),
        ...{ limit: asked.limit, includeBaseline: false },
      }),
  );
  add(
    '/changes/{id}',
    'One change with the words that differ',
    { answer: changeDetailView, params: { id } },
    (known, asked) => changeDetail(known, asked.id),
  );
}

/** What people were told of stories. */
function storyQuestion(add: AddQuestion, clock: Clock): void {
  const word = z.string().max(200).optional();
  const kind = z.enum(STORY_KINDS).optional();
  add(
    '/stories',
    'What was told, the story that grew last first',
    {
      answer: toldStoriesView,
      query: { subject: word, vendor: word, kind, level: word, since: word, limit, ...past },
    },
    (known, { at, since: typed, subject, vendor, kind: of, level, limit: most }) => {
      const since = typed === undefined ? null : momentIn(typed, clock, 'start');
      const narrower = given({ subject, vendor, kind: of, level, since });
      return toldStories(known, { ...narrower, limit: most }, at);
    },
  );
}
