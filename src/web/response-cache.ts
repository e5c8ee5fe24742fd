import type { MiddlewareHandler } from 'hono';
import { LRUCache } from 'lru-cache';
import type { LiveKnown } from '../read/live-known.ts';

/** Levels move with time alone, too: no answer is older than this, in milliseconds. */
const LONGEST = 30_000;

/** All kept answers together, in bytes. */
const LARGEST = 32 * 1024 * 1024;

interface Kept {
  revision: string;
  body: Uint8Array;
  headers: readonly (readonly [string, string])[];
}

/** Keeps good answers by address until the database is written to. Only what is the same for everybody may pass here. */
export function responseCache(live: LiveKnown): MiddlewareHandler {
  const kept = new LRUCache<string, Kept>({
    maxSize: LARGEST,
    sizeCalculation: ({ body }) => body.byteLength + 1_000,
    ttl: LONGEST,
  });
  return async (context, next) => {
    if (context.req.method !== 'GET') return next();
    const { pathname, search } = new URL(context.req.url);
    const key = pathname + search;
    const revision = live.revision();
    const found = kept.get(key);
    if (found?.revision === revision) {
      return new Response(found.body, {
        headers: new Headers(found.headers.map(([a, b]) => [a, b])),
      });
    }
    await next();
    const { res } = context;
    if (res.status !== 200 || res.headers.get('content-type')?.startsWith('text/event-stream'))
      return;
    const body = new Uint8Array(await res.clone().arrayBuffer());
    kept.set(key, { revision, body, headers: [...res.headers] });
  };
}
