import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetcherOf } from '../../src/app/build-fetcher.ts';
import { type OpenPipeline, proposerOf } from '../../src/app/build-pipeline.ts';
import type { Environment } from '../../src/config/secrets.ts';
import { type ManualClock, manualClock } from '../../src/domain/clock.ts';
import { openLog } from '../../src/log.ts';
import { evidenceOf } from '../../src/read/evidence.ts';
import { statusOf } from '../../src/read/status.ts';
import { openReaders } from '../../src/reader/reader.ts';
import { endWithTest } from './endings.ts';
import type { ModelServer } from './model-server.ts';
import { type Exchange, openTestLine } from './open-line.ts';
import { temporaryFolder } from './store.ts';

export const MODEL = 'test-model-1';
export const POST = 'https://blog.example/post';
/** After all that tests of it play. */
export const END = '2026-04-22T00:00:00.000Z';

/** What no rule reads, and what rules read. */
export const UNRULED = 'The shelves of the toolbox now carry gpt-image-2.';
export const RULED = 'gpt-image-2 has not been announced.';

/** What a model makes of the first. */
export const PROPOSED = {
  ...{ quote: UNRULED, subject: 1, subjectQuote: 'gpt-image-2', facet: 'released' },
  ...{ polarity: 'support', force: 'assert', evidentiality: 'none', surface: null },
  ...{ date: null, other: null },
};

export function page(...paragraphs: readonly string[]): string {
  const body = paragraphs.map((text) => `<p>${text}</p>`).join('\n');
  return `<html><head><title>A toolbox</title></head><body><article><h1>A toolbox</h1>${body}</article></body></html>`;
}

/** A page of a blog at an hour of 21 April 2026. */
export function blogPost(hour: number, url = POST, body = page(UNRULED, RULED)): Exchange {
  return { at: `2026-04-21T${String(hour).padStart(2, '0')}:00:00.000Z`, url, body };
}

export interface ModelLine {
  open: OpenPipeline;
  /** What was logged. */
  lines: readonly Readonly<Record<string, unknown>>[];
  /** The clock by which the model is asked. */
  clock: ManualClock;
}

export interface ModelLineOptions {
  /** More that stands under `openai.reading`. */
  reading?: Readonly<Record<string, unknown>>;
  /** More that stands under `openai`. */
  openai?: Readonly<Record<string, unknown>>;
  /** A record in memory unless a file is named. */
  db?: string;
  environment?: Environment;
}

/** A line whose reader is helped by a model, or by none, over a database that is closed after the test. */
export async function openModelLine(
  server: Pick<ModelServer, 'baseUrl'> | null,
  { reading = {}, openai = {}, db = ':memory:', environment = {} }: ModelLineOptions = {},
): Promise<ModelLine> {
  const config = join(temporaryFolder(), 'config.yaml');
  const named = { model: MODEL, baseUrl: server?.baseUrl, ...reading };
  const written = server === null ? openai : { ...openai, reading: named };
  writeFileSync(config, JSON.stringify({ openai: written }));
  const plain = await openTestLine({ db, config, environment });
  const lines: Record<string, unknown>[] = [];
  const out = { write: (line: string) => lines.push(JSON.parse(line)) };
  const log = await openLog({ out, pretty: false });
  const clock = manualClock('2026-04-20T08:00:00.000Z');
  const fetcher = fetcherOf(plain.config, clock);
  const propose = proposerOf(plain.config, plain.store, fetcher.model, clock);
  const { proposals } = plain.store;
  const helper = propose === null ? null : { model: MODEL, propose };
  const reader = openReaders(plain.catalog, plain.names)({ proposals, log, helper });
  endWithTest(async () => {
    await fetcher.close();
    await plain.close();
  });
  return { open: { ...plain, context: { ...plain.context, reader } }, lines, clock };
}

/** What is on record, with who read it, in the order of its words. */
export async function readIn({ open }: ModelLine) {
  const { evidence } = await evidenceOf(open.known, 'gpt-image-2', null, END);
  return evidence
    .map(({ claim, polarity, force, quote, extractor, standing }) => ({
      ...{ said: `${polarity} ${claim} ${force}`, quote, extractor, standing },
    }))
    .sort((a, b) => (a.said < b.said ? -1 : 1));
}

export async function levelOf({ open }: ModelLine, facet = 'released') {
  const { claims } = await statusOf(open.known, 'gpt-image-2', END);
  return claims.find((claim) => claim.facet === facet)?.level ?? 'unknown';
}
