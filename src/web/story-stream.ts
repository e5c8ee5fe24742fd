import { setTimeout as pause } from 'node:timers/promises';
import type { Hono } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import { titled } from '../api/question.ts';
import { type ToldStory, toldStories } from '../read/told-story.ts';
import { problemResponse } from './problem-response.ts';
import type { SiteOptions } from './site-options.ts';

/** How often the database is looked at for something new, in milliseconds: two looks at the times of files. */
const LOOK = 1_000;

/** A line that says nothing keeps the connection open through proxies, this many looks apart. */
const LOOKS_A_BEAT = 15;

const MOST_STREAMS = 50;
const MOST_STORIES = 100;

/** Where a listener is: the last story it has, and when that last grew. */
interface Place {
  at: string;
  id: string;
}

/** Stories as server-sent events, as they grow; who comes back with Last-Event-ID misses none. */
export function storyStream(site: Hono, options: SiteOptions): void {
  let open = 0;
  site.get('/api/v1/stories/stream', (context) => {
    if (open >= MOST_STREAMS) {
      const detail = 'Too many streams are open: ask again soon.';
      return problemResponse(context, titled(503, 'Unavailable', detail));
    }
    open += 1;
    const place = placeIn(context.req.header('last-event-id')) ?? {
      at: options.clock.now(),
      id: '~',
    };
    return streamSSE(context, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      try {
        await follow(stream, place, options, gone.signal);
      } finally {
        open -= 1;
      }
    });
  });
}

/** `2026-04-21T19:10:00.000Z_st_…`; null for anything else. */
function placeIn(header: string | undefined): Place | null {
  const [, at, id] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_(\w+)$/.exec(header ?? '') ?? [];
  return at === undefined || id === undefined ? null : { at, id };
}

async function follow(
  stream: SSEStreamingApi,
  from: Place,
  { live, clock }: SiteOptions,
  gone: AbortSignal,
): Promise<void> {
  let place = from;
  let seen = '';
  for (let look = 0; !gone.aborted; look += 1) {
    const revision = live.revision();
    if (revision !== seen) {
      const view = await live
        .ask((known) => toldStories(known, { limit: MOST_STORIES }, clock.now()))
        // While the database is restored there is nothing to tell; the next look asks again.
        .catch(() => null);
      for (const story of view === null ? [] : newsIn(view.stories, place)) {
        place = { at: story.updatedAt, id: story.id };
        const id = `${place.at}_${place.id}`;
        await stream.writeSSE({ event: 'story', id, data: JSON.stringify(story) });
      }
      if (view !== null) seen = revision;
    }
    if (look % LOOKS_A_BEAT === 0) await stream.write(': here\n\n');
    await pause(LOOK, undefined, { signal: gone }).catch(() => undefined);
  }
}

/** Stories that grew after a place, the earliest first. */
function newsIn(stories: readonly ToldStory[], place: Place): readonly ToldStory[] {
  return stories
    .filter(({ updatedAt, id }) => (updatedAt === place.at ? id > place.id : updatedAt > place.at))
    .sort((a, b) => (`${a.updatedAt}${a.id}` < `${b.updatedAt}${b.id}` ? -1 : 1));
}
