import { discoveredSubject } from '../core/names/discovered.ts';
import { compilePublishers } from '../core/provenance/publishers.ts';
import { compilePredicates } from '../core/talk/frames/predicates.ts';
import { foldText } from '../core/text/characters.ts';
import type { Catalog } from '../domain/catalog.ts';
import { readingThreadFile } from '../package-root.ts';
import type { Reader } from '../pipeline/context.ts';
import { type Assistance, assistedReader } from './llm-reader.ts';
import type { RuleReader } from './rule-reader.ts';
import type { SubjectIndex } from './subject-index.ts';
import { readingWorkers, workerReader } from './worker-reader.ts';

/**
 * How items become statements. Names grow while the line runs: what one page reveals, the next is matched against. The
 * same rules serve readers with different help, or with none.
 */
export function openReaders(
  catalog: Catalog,
  book: SubjectIndex,
): (assistance: ModelAssistance | null) => Reader {
  const publishers = compilePublishers(catalog);
  const rules = pagesRead(catalog, book);
  const reader: Omit<Reader, 'read' | 'proposedBefore'> = {
    ...{ extract: rules.extract, originOf: rules.originOf },
    publisherOf: publishers.of,
    subject: (id) => book.names().subject(id),
    subjects: () => book.names().subjects(),
    vendors: () => catalog.vendors.filter(({ watched }) => watched),
    createSubject(id, ofChannel, discovery, texts) {
      const vendor = book.names().vendorOf(id) ?? ofChannel ?? 'unknown';
      return discoveredSubject(id, vendor, book.names(), discovery, texts);
    },
    learn: book.learn,
  };
  return (assistance) => ({
    ...reader,
    ...assistedReader(rules, assistance && { ...assistance, ...helpWith(catalog, book) }),
  });
}

/** The model that helps to read. */
export type ModelAssistance = Omit<Assistance, 'names' | 'speaksOfRelease'>;

function helpWith(
  catalog: Catalog,
  { names }: SubjectIndex,
): Pick<Assistance, 'names' | 'speaksOfRelease'> {
  return { names, speaksOfRelease: releaseCue(catalog) };
}

/** Where the sources run there is no compiled file that a thread could run: all pages are read here. */
function pagesRead(catalog: Catalog, book: SubjectIndex): RuleReader {
  const here = whenFirstAsked(async () => {
    const { ruleReader } = await import('./rule-reader.ts');
    return ruleReader(catalog, book.names);
  });
  const file = readingThreadFile();
  return file === null ? here : workerReader(here, readingWorkers(file), book.learned);
}

/** The rules for English take half a second to load and compile, which a pass over pages that did not change is spared. */
function whenFirstAsked(open: () => Promise<RuleReader>): RuleReader {
  let opened: Promise<RuleReader> | null = null;
  const rules = () => {
    opened ??= open();
    return opened;
  };
  return {
    extract: async (watcher, capture, before) => (await rules()).extract(watcher, capture, before),
    read: async (watcher, entries) => (await rules()).read(watcher, entries),
    originOf: async (page) => (await rules()).originOf(page),
  };
}

/**
 * Whether a text names a vendor that is watched and has a verb or a state of release or announcement anywhere. The
 * verbs are gathered when the first text is asked about: most passes ask about none.
 */
function releaseCue(catalog: Catalog): Assistance['speaksOfRelease'] {
  let cues: ReturnType<typeof releaseWords> | null = null;
  return (text) => {
    cues ??= releaseWords(catalog);
    const { makers, tells } = cues;
    const words = new Set(foldText(text).match(/[\p{L}\p{N}'-]+/gu));
    return makers.some((name) => words.has(name)) && tells.some((word) => words.has(word));
  };
}

function releaseWords({ vendors, predicates }: Catalog) {
  const makers = vendors
    .filter(({ watched }) => watched)
    .flatMap(({ name, aliases }) => [name, ...aliases])
    .map((name) => foldText(name));
  const tells = [...compilePredicates(predicates)].flatMap(([word, wordings]) =>
    wordings.some(({ entry }) => entry.says === 'release' || entry.says === 'announce')
      ? [word]
      : [],
  );
  return { makers, tells };
}
