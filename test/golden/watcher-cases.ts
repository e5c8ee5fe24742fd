import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { Capture } from '../../src/domain/capture.ts';
import { bodyHash, sha256Hex } from '../../src/domain/ids.ts';
import { instantOf } from '../../src/domain/time.ts';

export const WATCHERS = fileURLToPath(new URL('../../watchers', import.meta.url));
export const FIXTURES = fileURLToPath(new URL('../fixtures/watchers', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.md': 'text/markdown; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.xml': 'application/rss+xml; charset=utf-8',
  '.atom': 'application/atom+xml; charset=utf-8',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
  '.yml': 'text/plain; charset=utf-8',
};

/** `cases.json` beside the captures of a watcher: where each came from, when, and how reading it fails if it does. */
const CASES = z.record(
  z.string(),
  z.strictObject({
    url: z.url(),
    at: z.iso.datetime().default('2026-11-01T00:00:00Z'),
    contentType: z.string().optional(),
    fails: z.string().optional(),
    trap: z.string(),
  }),
);

export interface GoldenCase {
  watcher: string;
  file: string;
  capture: Capture;
  /** The kind of `ExtractError` it gives; null when it is read. */
  fails: string | null;
  /** What makes the capture worth keeping. */
  trap: string;
  /** Where the items and statements it must give are kept. */
  expected: string;
}

export function goldenCases(): readonly GoldenCase[] {
  return readdirSync(FIXTURES).flatMap((watcher) => {
    const folder = join(FIXTURES, watcher);
    const cases = CASES.parse(JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')));
    return Object.entries(cases).map(([file, { url, at, contentType, fails, trap }]) => ({
      watcher,
      file,
      trap,
      capture: captureOf(readFileSync(join(folder, file)), {
        url,
        fetchedAt: instantOf(Date.parse(at)),
        contentType: contentType ?? TYPES[extname(file)] ?? '',
      }),
      fails: fails ?? null,
      expected: join(folder, `${file}.expected.json`),
    }));
  });
}

/** A capture as a fetch would have brought it. */
export function captureOf(
  body: Uint8Array | string,
  given: Pick<Capture, 'url' | 'contentType'> & Partial<Capture>,
): Capture {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : new Uint8Array(body);
  return {
    finalUrl: given.url,
    redirects: [given.url],
    status: 200,
    headers: {},
    body: bytes,
    bodyHash: bodyHash(sha256Hex(Buffer.from(bytes).toString('latin1'))),
    fetchedAt: '2026-11-01T00:00:00.000Z',
    via: 'recording',
    ...given,
  };
}
