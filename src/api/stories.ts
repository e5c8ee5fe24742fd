import type { OpenAPIHono } from '@hono/zod-openapi';
import * as z from 'zod';
import type { Clock } from '../domain/clock.ts';
import { STORY_KINDS } from '../domain/story-kind.ts';
import type { LiveKnown } from '../read/known.ts';
import { toldStories, toldStoriesView } from '../read/told-story.ts';
import { momentIn } from './moment.ts';
import { asOf, limit, question } from './question.ts';

const word = z.string().max(200).optional();

/** What people were told of stories. */
export function storyRoutes(api: OpenAPIHono, live: LiveKnown, clock: Clock): void {
  api.openapi(
    question({
      ...{ path: '/stories', summary: 'What was told, the story that grew last first' },
      answer: toldStoriesView,
      query: {
        subject: word,
        vendor: word,
        kind: z.enum(STORY_KINDS).optional(),
        level: word,
        since: word,
        limit,
        'as-of': asOf,
      },
      params: {},
    }),
    async (context) => {
      const { subject, vendor, kind, level, since, ...query } = context.req.valid('query');
      const narrower = {
        ...(subject !== undefined && { subject }),
        ...(vendor !== undefined && { vendor }),
        ...(kind !== undefined && { kind }),
        ...(level !== undefined && { level }),
        ...(since !== undefined && { since: momentIn(since, clock, 'start') }),
      };
      const at = momentIn(query['as-of'], clock);
      const asked = { ...narrower, limit: query.limit };
      return context.json(await live.ask((known) => toldStories(known, asked, at)), 200);
    },
  );
}
