import { OpenAPIHono } from '@hono/zod-openapi';
import * as z from 'zod';
import type { Clock } from '../domain/clock.ts';
import { board } from '../read/board.ts';
import { changeDetail, changesOf } from '../read/changes.ts';
import { dependenciesOf, dependenciesView } from '../read/dependencies.ts';
import { evidenceDetail, evidenceOf } from '../read/evidence.ts';
import { evidenceDetail as evidenceDetailView, evidenceView } from '../read/evidence-view.ts';
import { explanationOf } from '../read/explanation.ts';
import type { LiveKnown } from '../read/known.ts';
import { retirementsOf, retirementsView } from '../read/retirements.ts';
import { searchSubjects, searchView } from '../read/search.ts';
import { sourceOf, sourcesOf, sourceView } from '../read/sources.ts';
import { statusOf } from '../read/status.ts';
import { timelineOf } from '../read/timeline.ts';
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
import { storyRoutes } from './stories.ts';

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
  subjectRoutes(api, live, clock);
  sourceRoutes(api, live, clock);
  storyRoutes(api, live, clock);
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

function subjectRoutes(api: OpenAPIHono, live: LiveKnown, clock: Clock): void {
  api.openapi(
    question({
      ...{ path: '/status', summary: 'Everything that is followed, at a glance' },
      ...{ answer: boardView, query: { 'as-of': asOf }, params: {} },
    }),
    async (context) => {
      const at = momentIn(context.req.valid('query')['as-of'], clock);
      return context.json(await live.ask((known) => board(known, at)), 200);
    },
  );
  api.openapi(
    question({
      ...{ path: '/search', summary: 'Models and products by id, name or alias' },
      ...{ answer: searchView, query: { q: z.string().max(200), limit }, params: {} },
    }),
    async (context) => {
      const { q, limit: most } = context.req.valid('query');
      return context.json(await live.ask(async (known) => searchSubjects(known, q, most)), 200);
    },
  );
  api.openapi(
    question({
      ...{ path: '/subjects/{id}', summary: 'The level of every claim on one subject' },
      ...{ answer: statusView, query: { 'as-of': asOf }, params: { id } },
    }),
    async (context) => {
      const at = momentIn(context.req.valid('query')['as-of'], clock);
      const { id: typed } = context.req.valid('param');
      return context.json(await live.ask((known) => statusOf(known, typed, at)), 200);
    },
  );
  api.openapi(
    question({
      ...{ path: '/subjects/{id}/claims', summary: 'Why each claim stands where it stands' },
      ...{ answer: explanationView, query: { facet, 'as-of': asOf }, params: { id } },
    }),
    async (context) => {
      const { facet: wanted = null, 'as-of': typed } = context.req.valid('query');
      const { id: subject } = context.req.valid('param');
      const at = momentIn(typed, clock);
      const ask = live.ask((known) => explanationOf(known, subject, wanted, at));
      return context.json(await ask, 200);
    },
  );
  api.openapi(
    question({
      ...{ path: '/subjects/{id}/timeline', summary: 'Every move of a level, and who was first' },
      ...{ answer: timelineView, query: { 'as-of': asOf }, params: { id } },
    }),
    async (context) => {
      const at = momentIn(context.req.valid('query')['as-of'], clock);
      const { id: typed } = context.req.valid('param');
      return context.json(await live.ask((known) => timelineOf(known, typed, at)), 200);
    },
  );
  evidenceRoutes(api, live, clock);
}

function evidenceRoutes(api: OpenAPIHono, live: LiveKnown, clock: Clock): void {
  api.openapi(
    question({
      ...{ path: '/subjects/{id}/evidence', summary: 'Each piece of evidence, the oldest first' },
      answer: evidenceView.extend({ next: z.string().nullable() }),
      query: { facet, 'as-of': asOf, limit, cursor },
      params: { id },
    }),
    async (context) => {
      const { facet: wanted = null, ...query } = context.req.valid('query');
      const { id: subject } = context.req.valid('param');
      const at = momentIn(query['as-of'], clock);
      const view = await live.ask((known) => evidenceOf(known, subject, wanted, at));
      // Pieces only ever come behind those that are there: the last id of a page says where the next one starts.
      const start = view.evidence.findIndex((piece) => piece.id === query.cursor) + 1;
      const evidence = view.evidence.slice(start, start + query.limit);
      const isLast = start + query.limit >= view.evidence.length;
      const next = isLast ? null : (evidence.at(-1)?.id ?? null);
      return context.json({ ...view, evidence, next }, 200);
    },
  );
  api.openapi(
    question({
      ...{ path: '/evidence/{id}', summary: 'One piece with the stored text around its quote' },
      ...{ answer: evidenceDetailView, query: { 'as-of': asOf }, params: { id } },
    }),
    async (context) => {
      const at = momentIn(context.req.valid('query')['as-of'], clock);
      const { id: named } = context.req.valid('param');
      return context.json(await live.ask((known) => evidenceDetail(known, named, at)), 200);
    },
  );
  const ids = z.union([z.array(id).max(MOST_IDS), id.transform((one) => [one])]);
  api.openapi(
    question({
      ...{ path: '/dependencies', summary: 'What is known of the model ids that code names' },
      ...{ answer: dependenciesView, query: { id: ids, 'as-of': asOf }, params: {} },
    }),
    async (context) => {
      const query = context.req.valid('query');
      const at = momentIn(query['as-of'], clock);
      return context.json(await live.ask((known) => dependenciesOf(known, query.id, at)), 200);
    },
  );
  api.openapi(
    question({
      ...{ path: '/retirements', summary: 'Every dated retirement, the earliest first' },
      ...{ answer: retirementsView, query: { 'as-of': asOf }, params: {} },
    }),
    async (context) => {
      const at = momentIn(context.req.valid('query')['as-of'], clock);
      return context.json(await live.ask((known) => retirementsOf(known, at)), 200);
    },
  );
}

function sourceRoutes(api: OpenAPIHono, live: LiveKnown, clock: Clock): void {
  api.openapi(
    question({
      ...{ path: '/sources', summary: 'Every address that is read, and how it is doing' },
      ...{ answer: sourcesView, query: { 'as-of': asOf }, params: {} },
    }),
    async (context) => {
      const at = momentIn(context.req.valid('query')['as-of'], clock);
      return context.json(await live.ask((known) => sourcesOf(known, at)), 200);
    },
  );
  api.openapi(
    question({
      ...{ path: '/sources/{id}', summary: 'One source with its latest checks and changes' },
      ...{ answer: sourceView, query: { 'as-of': asOf }, params: { id } },
    }),
    async (context) => {
      const at = momentIn(context.req.valid('query')['as-of'], clock);
      const { id: named } = context.req.valid('param');
      return context.json(await live.ask((known) => sourceOf(known, named, at)), 200);
    },
  );
  const since = z.string().max(40).optional();
  api.openapi(
    question({
      ...{ path: '/changes', summary: 'What changed at which source, the newest first' },
      answer: changesView,
      query: { since, until: since, target: z.string().max(2_000).optional(), limit, cursor },
      params: {},
    }),
    async (context) => {
      const { since: from, until, ...rest } = context.req.valid('query');
      const between = {
        ...(from !== undefined && { since: momentIn(from, clock, 'start') }),
        ...(until !== undefined && { until: momentIn(until, clock) }),
        ...(rest.target !== undefined && { target: rest.target }),
        ...(rest.cursor !== undefined && { cursor: rest.cursor }),
      };
      const asked = { ...between, limit: rest.limit, includeBaseline: false };
      return context.json(await live.ask((known) => changesOf(known, asked)), 200);
    },
  );
  api.openapi(
    question({
      ...{ path: '/changes/{id}', summary: 'One change with the words that differ' },
      ...{ answer: changeDetailView, query: {}, params: { id } },
    }),
    async (context) => {
      const { id: named } = context.req.valid('param');
      return context.json(await live.ask((known) => changeDetail(known, named)), 200);
    },
  );
}
