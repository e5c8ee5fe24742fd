import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fetcherOf } from '../app/build-fetcher.ts';
import { type OpenPipeline, openPipeline } from '../app/build-pipeline.ts';
import type { AppOptions } from '../app/options.ts';
import { type Extraction, NO_COUNT } from '../core/extract/extraction.ts';
import { vendorLanguage } from '../core/vendor-text/vendor-language.ts';
import type { Capture } from '../domain/capture.ts';
import { systemClock } from '../domain/clock.ts';
import { closing } from '../domain/closing.ts';
import { type AppError, FetchError, NotFoundError, UsageError } from '../domain/errors.ts';
import { hashOfBody } from '../domain/ids.ts';
import type { Item } from '../domain/item.ts';
import type { FrameTrace } from '../domain/language.ts';
import { extractorOf, type Watcher } from '../domain/watcher.ts';
import type { Fetcher } from '../fetch/fetcher.ts';
import { packageRoot } from '../package-root.ts';
import { requestTo } from '../pipeline/fetch-target.ts';
import { targetsOf, watchedSubjects } from '../pipeline/targets.ts';
import {
  captureName,
  expectedText,
  goldenFolder,
  statementLine,
  writeGoldenCapture,
} from './golden-capture.ts';
import { openTracer } from './read.ts';

export interface TryCommand {
  watcher: string;
  /** An address of its own; the first it reads when null. */
  url: string | null;
  /** A saved answer to read instead of asking the address. */
  saved: { body: Uint8Array; contentType: string; name: string } | null;
  /** Keeps the answer as a golden capture in the sources. */
  save: boolean;
  /** Shows how each predicate was read. */
  debug: boolean;
  signal: AbortSignal;
  /** Where answers come from; the web unless a test brings its own. */
  fetcher?: Fetcher;
  /** The checkout whose golden captures are written; the one that runs unless a test says otherwise. */
  root?: string;
}

export interface TriedItem extends Pick<Item, 'key' | 'kind' | 'title' | 'published'> {
  /** What it would be evidence of, one line each. */
  says: readonly string[];
  /** Why it says nothing; null where it does. */
  unsaid: string | null;
  /** How each predicate of it was read, asked for with `--debug`; null otherwise. */
  frames: readonly FrameTrace[] | null;
}

export interface TryView {
  watcher: string;
  extractor: string;
  url: string;
  finalUrl: string | null;
  status: number | null;
  via: Capture['via'] | null;
  bytes: number;
  items: readonly TriedItem[];
  failure: { kind: string; message: string } | null;
  /** The files that were written. */
  written: readonly string[];
}

/** Runs one watcher over one answer and shows what it makes of it. The database stays as it is. */
export async function tryWatcher(options: AppOptions, command: TryCommand): Promise<TryView> {
  return closing(await openPipeline({ ...options, db: ':memory:' }), async (open) => {
    const watcher = open.registry.get(command.watcher);
    if (watcher === null) throw notThere(open, command.watcher);
    const url = command.url ?? firstAddress(open, watcher);
    const answer = await answerOf(open, watcher, url, command);
    if ('error' in answer) return nothingRead(watcher, url, answer.error);
    return await readAnswer(open, watcher, answer.capture, command);
  });
}

function notThere({ registry }: OpenPipeline, id: string): NotFoundError {
  const near = registry.watchers.map((watcher) => watcher.id).filter((known) => known.includes(id));
  return new NotFoundError(`There is no watcher ${id}.`, near);
}

function firstAddress({ context, watchlist }: OpenPipeline, watcher: Watcher): string {
  const watched = watchedSubjects(context.reader, watchlist);
  const [first] = targetsOf([watcher], watched, watchlist);
  if (first !== undefined) return first.url;
  throw new UsageError(
    `${watcher.id} reads what the config lists, which is nothing yet: give --url.`,
  );
}

async function answerOf(
  { config }: OpenPipeline,
  watcher: Watcher,
  url: string,
  { saved, fetcher: given, signal }: TryCommand,
): Promise<{ capture: Capture } | { error: AppError }> {
  if (saved !== null) return { capture: captureOf(url, saved) };
  return closing(given ?? fetcherOf(config, systemClock), async (fetcher) => {
    const outcome = await fetcher.fetch(requestTo(watcher, url), signal);
    if (outcome.kind === 'failed') return { error: outcome.error };
    if (outcome.kind === 'fetched') return { capture: outcome.capture };
    if (outcome.kind === 'gone') return { error: goneFrom(outcome.capture) };
    throw new UsageError(`${url} said that nothing changed, and nobody asked it that.`);
  });
}

function goneFrom({ url, status }: Capture): FetchError {
  const message = `${url} answered ${status}: nothing is there.`;
  return new FetchError('status', message, { status });
}

function captureOf(url: string, { body, contentType }: NonNullable<TryCommand['saved']>): Capture {
  return {
    ...{ url, finalUrl: url, redirects: [url], status: 200, headers: {}, contentType, body },
    ...{ bodyHash: hashOfBody(body), fetchedAt: systemClock.now(), via: 'recording' },
  };
}

function nothingRead(watcher: Watcher, url: string, { kind, message }: AppError): TryView {
  return {
    ...{ watcher: watcher.id, extractor: extractorOf(watcher), url, failure: { kind, message } },
    ...{ finalUrl: null, status: null, via: null, bytes: 0, items: [], written: [] },
  };
}

async function readAnswer(
  open: OpenPipeline,
  watcher: Watcher,
  capture: Capture,
  command: TryCommand,
): Promise<TryView> {
  const { url, finalUrl, status, via } = capture;
  const found = await open.context.reader.extract(watcher, capture, NO_COUNT);
  const items = found.kind === 'items' ? found.items : [];
  const failure = found.kind === 'items' ? null : found.error;
  return {
    ...{ watcher: watcher.id, extractor: extractorOf(watcher), url, finalUrl, status, via },
    bytes: capture.body.byteLength,
    items: await triedItems(open, watcher, capture, items, command.debug),
    failure: failure === null ? null : { kind: failure.kind, message: failure.message },
    written: command.save ? await saveCapture(open, watcher, capture, command, found) : [],
  };
}

async function triedItems(
  { context: { reader }, catalog, names }: OpenPipeline,
  watcher: Watcher,
  { finalUrl, fetchedAt: at }: Capture,
  items: readonly Item[],
  isTraced: boolean,
): Promise<readonly TriedItem[]> {
  const publisher = reader.publisherOf(finalUrl);
  const entries = items.map((item) => ({ item, publisher, at }));
  const readings = await reader.read(watcher, entries, 'again');
  const tracer = isTraced ? openTracer(catalog, () => names.names()) : null;
  return entries.map((entry, index) => {
    const { key, kind, title, published } = entry.item;
    const frames = tracer === null ? null : tracer(watcher, entry);
    const { statements = [], mentions = [], unsaid } = readings[index] ?? {};
    const says = statements.map((said) =>
      statementLine({ ...said, artefact: said.artefact ?? null }),
    );
    const why = says.length > 0 ? null : (unsaid ?? silenceOf(mentions));
    return { key, kind, title, published, says, unsaid: why, frames };
  });
}

function silenceOf(mentions: readonly string[]): string {
  if (mentions.length === 0) return 'it names no model that is known or has the form of one';
  return `it names ${mentions.join(', ')}, and no sentence or field of it is a statement that is read`;
}

/** Keeps the answer with what it must give; an answer that cannot be read is kept as one that must fail so. */
async function saveCapture(
  open: OpenPipeline,
  watcher: Watcher,
  capture: Capture,
  { root = packageRoot(), saved }: TryCommand,
  found: Extraction,
): Promise<readonly string[]> {
  if (!existsSync(join(root, 'watchers', `${watcher.id}.ts`))) {
    throw new UsageError(
      `--save writes to ${goldenFolder(root, watcher.id)}: run it in a checkout of the sources.`,
    );
  }
  const context = {
    names: open.names.names(),
    publisher: open.context.reader.publisherOf(capture.finalUrl),
    ...{ watcher, at: capture.fetchedAt },
    ...vendorLanguage(open.catalog)(watcher.vendor),
  };
  const name = saved?.name ?? captureName(capture);
  return found.kind === 'items'
    ? writeGoldenCapture(root, watcher, {
        name,
        capture,
        expected: expectedText(found.items, context),
        fails: null,
      })
    : writeGoldenCapture(root, watcher, { name, capture, expected: null, fails: found.error.kind });
}
