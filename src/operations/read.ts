import { fetcherOf } from '../app/build-fetcher.ts';
import { proposerOf } from '../app/build-pipeline.ts';
import { openDatabase } from '../app/open-database.ts';
import type { AppOptions } from '../app/options.ts';
import { isOwnChannel } from '../core/claims/ownership.ts';
import { NO_COUNT } from '../core/extract/extraction.ts';
import type { Names } from '../core/names/names.ts';
import { contributionOf } from '../core/provenance/contribution.ts';
import { headlineStance, type Stance } from '../core/stance/headline-stance.ts';
import { compileLexicon } from '../core/talk/cues/lexicon.ts';
import { compilePredicates } from '../core/talk/frames/predicates.ts';
import { compileGate } from '../core/talk/gate/gate.ts';
import { compileWordLists } from '../core/talk/syntax/word-classes.ts';
import { tracedTalk } from '../core/talk/traced-frames.ts';
import { tracedFrames } from '../core/vendor-text/traced-frames.ts';
import { vendorLanguage } from '../core/vendor-text/vendor-language.ts';
import type { Capture } from '../domain/capture.ts';
import type { Catalog } from '../domain/catalog.ts';
import { systemClock } from '../domain/clock.ts';
import { closing } from '../domain/closing.ts';
import { UsageError } from '../domain/errors.ts';
import { hashOfBody } from '../domain/ids.ts';
import type { Item } from '../domain/item.ts';
import type { FrameTrace } from '../domain/language.ts';
import type { Instant } from '../domain/time.ts';
import type { Watcher } from '../domain/watcher.ts';
import { silentLogger } from '../log.ts';
import { watchersFolder } from '../package-root.ts';
import type { Entry, EntryReading } from '../pipeline/context.ts';
import type { ReadView } from '../read/page-view.ts';
import { type ModelAssistance, openReaders } from '../reader/reader.ts';
import { catalogOf, openSubjectIndex } from '../reader/subject-index.ts';
import { openRegistry, ownerIn } from '../watch/registry.ts';

/** One page as it was saved, with where and when it was had. */
export interface SavedPage {
  body: Uint8Array;
  url: string;
  at: Instant;
  contentType: string;
}

/**
 * What one page says: every statement a reader takes from it, and what each would add to a claim. On a page of the
 * vendor this is what its watcher takes as primary evidence. Writes nothing. Throws `ExtractError` or `FetchError` when
 * the page cannot be read. A model helps where there is one.
 */
export async function readPage(
  page: SavedPage,
  assistance: ModelAssistance | null = null,
  isTraced = false,
): Promise<ReadView> {
  const [catalog, registry] = await Promise.all([catalogOf(), openRegistry(watchersFolder())]);
  const index = openSubjectIndex(catalog, []);
  const reader = openReaders(catalog, index)(assistance);
  const watcher = ownerIn({ registry }, page.url);
  const found = await reader.extract(watcher, captureOf(page), NO_COUNT);
  if (found.kind === 'unreadable') throw found.error;
  const publisher = reader.publisherOf(page.url);
  const [first] = found.items;
  const entries = found.items.map((item) => ({ item, publisher, at: page.at }));
  const readings = await reader.read(watcher, entries, 'first');
  const statements = readings.flatMap((reading) => reading.statements);
  const tracer = isTraced ? openTracer(catalog, index.names) : null;
  return {
    url: page.url,
    publisher: { domain: publisher.domain, class: publisher.class, group: publisher.group },
    watcher: watcher.id,
    title: first?.title ?? '',
    stance: isOwnChannel(publisher, watcher) ? null : stanceOf(first, catalog),
    published: first?.published?.from ?? null,
    text: found.items.reduce((sum, { text }) => sum + text.length, 0),
    model: partIn(readings),
    evidence: statements.map((said) => ({
      subject: said.claim.subject,
      facet: said.claim.facet,
      qualifiers: said.claim.qualifiers,
      value: said.claim.value,
      polarity: said.polarity,
      force: said.force,
      evidentiality: said.evidentiality,
      effective: said.effective,
      validTime: said.validTime,
      relays: said.relays,
      quote: said.quote,
      span: [said.span[0], said.span[1]],
      contribution: contributionOf(said, publisher.class),
      rule: said.rule ?? null,
      reader: said.reader ?? null,
    })),
    frames: tracer === null ? null : entries.flatMap((entry) => tracer(watcher, entry).map(shown)),
  };
}

/** As the view has it: with lists that may be written to. */
function shown(frame: FrameTrace): NonNullable<ReadView['frames']>[number] {
  return { ...frame, models: [...frame.models], states: [...frame.states] };
}

/** A page is one entry; of several only the first that a model helped with is shown. */
function partIn(readings: readonly EntryReading[]): ReadView['model'] {
  const part = readings.find(({ model }) => model !== undefined)?.model;
  return part === undefined ? null : { ...part, dropped: [...part.dropped] };
}

/** What an English headline does with its story; null for other languages, which have no cues for it. */
function stanceOf(item: Item | undefined, catalog: Catalog): Stance | null {
  if (item === undefined || item.title === '') return null;
  const isEnglish = (item.fields['language'] ?? 'en') === 'en';
  return isEnglish
    ? headlineStance(item.title, compileLexicon(catalog.lexicon, catalog.vendors))
    : null;
}

const TYPES: readonly (readonly [RegExp, string])[] = [
  [/\.html?$/i, 'text/html'],
  [/\.(md|markdown)$/i, 'text/markdown'],
  [/\.(xml|rss|atom)$/i, 'application/xml'],
  [/\.json$/i, 'application/json'],
  [/\.txt$/i, 'text/plain'],
];

/** A saved page has no header; its name says what it is, and otherwise its bytes do. */
export function contentTypeOf(name: string): string {
  return TYPES.find(([pattern]) => pattern.test(name))?.[1] ?? '';
}

function captureOf({ body, url, at, contentType }: SavedPage): Capture {
  return {
    ...{ url, finalUrl: url, redirects: [url], status: 200, headers: {}, contentType },
    ...{ body, bodyHash: hashOfBody(body), fetchedAt: at, via: 'http' },
  };
}

/**
 * What one page says, with the help of the model that the config names. Its answer and what it cost are kept in the
 * database, so that nobody pays for it twice; nothing else is written.
 */
export async function readPageWithModel(
  options: AppOptions,
  page: SavedPage,
  isTraced = false,
): Promise<ReadView> {
  return closing(await openDatabase(options), async ({ config, store }) => {
    const { reading } = config.openai;
    if (reading === undefined) {
      throw new UsageError(
        `No model is named in ${config.file}: set openai.reading.model to let one help to read.`,
      );
    }
    return closing(fetcherOf(config, systemClock), (fetcher) => {
      const propose = proposerOf(config, store, fetcher.model, systemClock);
      const helper = { model: reading.model, propose };
      // What a log would say stands in the view.
      const assistance = { proposals: store.proposals, log: silentLogger, helper };
      return readPage(page, assistance, isTraced);
    });
  });
}

/** How the frames of an entry were read; none of a row, whose fields say all. */
export type FrameTracer = (watcher: Watcher, entry: Entry) => readonly FrameTrace[];

/** Reads in this thread, beside the reader: what is shown to a person costs nobody else anything. */
export function openTracer(catalog: Catalog, names: () => Names): FrameTracer {
  const language = vendorLanguage(catalog);
  const talk = {
    lexicon: compileLexicon(catalog.lexicon, catalog.vendors),
    predicates: compilePredicates(catalog.predicates),
    lists: compileWordLists(catalog.wordLists),
    gate: compileGate(catalog.gate),
  };
  return (watcher, { item, publisher, at }) =>
    isOwnChannel(publisher, watcher)
      ? tracedFrames(item, {
          ...{ names: names(), publisher, watcher, at },
          ...language(watcher.vendor),
        })
      : tracedTalk(item, { names: names(), publisher, at, ...talk });
}
