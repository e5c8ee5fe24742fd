import type { Hono } from 'hono';
import { bearerAuth } from 'hono/bearer-auth';
import { titled } from '../api/problem.ts';
import { problemResponse } from './problem-response.ts';

/** What can be written, and the token that whoever writes must have. */
export interface Writing {
  token: string;
  follow(id: string): Promise<{ subject: string; followed: boolean }>;
  unfollow(id: string): Promise<{ subject: string; followed: boolean }>;
}

const PATH = '/api/v1/follows/:id';

/** Following and unfollowing; nothing else can be written from outside, and nothing at all without a token. */
export function writingRoutes(site: Hono, writing: Writing | null): void {
  if (writing === null) {
    site.on(['PUT', 'DELETE'], PATH, (context) =>
      problemResponse(
        context,
        titled(403, 'Forbidden', 'Nothing can be written here: no FIRSTHAND_SERVE_TOKEN is set.'),
      ),
    );
    return;
  }
  site.on(['PUT', 'DELETE'], PATH, bearerAuth({ token: writing.token }));
  site.put(PATH, async (context) => context.json(await writing.follow(context.req.param('id'))));
  site.delete(PATH, async (context) =>
    context.json(await writing.unfollow(context.req.param('id'))),
  );
}
