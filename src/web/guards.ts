import { isIP } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, Hono, MiddlewareHandler } from 'hono';
import { bearerAuth } from 'hono/bearer-auth';
import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { titled } from '../api/question.ts';
import type { LiveKnown } from '../read/known.ts';
import { problemResponse } from './problem-response.ts';

/** What a page may load: our own sheet and pictures, no script, and nobody may frame it. */
export const CONTENT_POLICY = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

/**
 * Answers only to names of ours. A page elsewhere can point a name of its own at this machine and have a browser ask
 * us (DNS rebinding); its name stands in the Host header. An address of numbers cannot be such a name.
 */
export function hostGuard(names: readonly string[]): MiddlewareHandler {
  const isOurs = ownNames(names);
  return async (context, next) => {
    if (isOurs(context.req.header('host') ?? '')) return next();
    const detail = 'This host name is not one of ours: start with --public-url to add it.';
    return problemResponse(context, titled(421, 'Misdirected request', detail));
  };
}

/** Takes nothing from pages of others: what has no Origin is no page. */
export function originGuard(names: readonly string[]): MiddlewareHandler {
  const isOurs = ownNames(names);
  return async (context, next) => {
    const origin = context.req.header('origin');
    if (origin === undefined || isOurs(origin.replace(/^https?:\/\//, ''))) return next();
    return problemResponse(
      context,
      titled(403, 'Forbidden', 'Pages of others may not ask this; programs may.'),
    );
  };
}

function ownNames(names: readonly string[]): (header: string) => boolean {
  const known = new Set(['localhost', ...names.map((name) => name.toLowerCase())]);
  return (header) => {
    const name = hostNameIn(header);
    return name !== null && (known.has(name) || isIP(name) !== 0);
  };
}

/** The name in a Host header, without its port, its brackets and its last dot; null for what is no name. */
function hostNameIn(header: string): string | null {
  const [, six, plain] = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]+))(?::\d{1,5})?$/i.exec(header) ?? [];
  const name = (six ?? plain)?.toLowerCase().replace(/\.$/, '');
  return name === undefined || name === '' ? null : name;
}

export interface RateLimit {
  /** Requests that one address may make at once. */
  points: number;
  /** In which all of them come back, in seconds. */
  duration: number;
}

/** So many requests per address and time; who asks more is told when to come again. */
export function rateLimit({ points, duration }: RateLimit): MiddlewareHandler {
  const limiter = new RateLimiterMemory({ points, duration });
  return async (context, next) => {
    const left = await limiter.consume(callerOf(context)).catch((refused: unknown) => refused);
    if (!(left instanceof RateLimiterRes)) throw left;
    const seconds = Math.max(1, Math.ceil(left.msBeforeNext / 1_000));
    if (left.consumedPoints <= points) {
      await next();
      context.header('ratelimit-limit', String(points));
      context.header('ratelimit-remaining', String(left.remainingPoints));
      context.header('ratelimit-reset', String(seconds));
      return;
    }
    const detail = `More than ${points} requests in ${duration} s: come again in ${seconds} s.`;
    return problemResponse(context, titled(429, 'Too many requests', detail), seconds);
  };
}

/** One network of IPv6 counts as one caller: it is what one household or machine has. */
function callerOf(context: Context): string {
  // A request that did not come over a connection is one of our own.
  if (context.env?.incoming === undefined) return '';
  const { address = '' } = getConnInfo(context).remote;
  return address.includes(':') && !address.includes('.')
    ? address.split(':').slice(0, 4).join(':')
    : address;
}

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
