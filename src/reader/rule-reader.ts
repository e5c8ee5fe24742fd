import { isOwnChannel } from '../core/claims/ownership.ts';
import { extract } from '../core/extract/extraction.ts';
import { languageIn } from '../core/extract/page-language.ts';
import type { Names } from '../core/names/names.ts';
import { pageOrigin } from '../core/provenance/origin-fields.ts';
import { compileLexicon, type Lexicon } from '../core/talk/cues/lexicon.ts';
import { compilePredicates, type PredicateIndex } from '../core/talk/frames/predicates.ts';
import { compileGate, type Gate } from '../core/talk/gate/gate.ts';
import { readItem } from '../core/talk/read-item.ts';
import { compileWordLists, type WordLists } from '../core/talk/syntax/word-classes.ts';
import { listedRow, listingReport } from '../core/vendor-text/list-rows.ts';
import { type VendorLanguage, vendorLanguage } from '../core/vendor-text/vendor-language.ts';
import { primaryStatements } from '../core/vendor-text/vendor-statements.ts';
import type { Catalog } from '../domain/catalog.ts';
import { asError, ExtractError } from '../domain/errors.ts';
import type { Item } from '../domain/item.ts';
import type { Instant } from '../domain/time.ts';
import type { Watcher } from '../domain/watcher.ts';
import type { Entry, EntryReading, Reader, ReadStatement } from '../pipeline/context.ts';

/** The part of a reader that works on pages, and that a page can hold up. */
export interface RuleReader extends Pick<Reader, 'extract' | 'originOf'> {
  read(watcher: Watcher, entries: readonly Entry[]): Promise<readonly EntryReading[]>;
}

/** The part of a catalogue that says how pages are read. */
type ReadingRules = Pick<
  Catalog,
  'lexicon' | 'wordLists' | 'predicates' | 'language' | 'vendors' | 'anyVendor' | 'gate'
>;

/** Reads pages in this thread. `names` are asked anew for each page. */
export function ruleReader(catalog: ReadingRules, names: () => Names): RuleReader {
  const rules = compiledRules(catalog);
  return {
    extract,
    read: async (watcher, entries) =>
      entries.map((entry) => readOrSetAside(watcher, entry, names(), rules)),
    originOf: async (page) => pageOrigin(page),
  };
}

/** What is compiled once and serves every page. */
interface Rules {
  lexicon: Lexicon;
  predicates: PredicateIndex;
  lists: WordLists;
  language: VendorLanguage;
  gate: Gate;
}

/** To compile them takes a tenth of a second: every reader of one catalogue shares them. */
const COMPILED = new WeakMap<ReadingRules, Rules>();

function compiledRules(catalog: ReadingRules): Rules {
  const before = COMPILED.get(catalog);
  if (before !== undefined) return before;
  const rules = {
    lexicon: compileLexicon(catalog.lexicon, catalog.vendors),
    predicates: compilePredicates(catalog.predicates),
    lists: compileWordLists(catalog.wordLists),
    language: vendorLanguage(catalog),
    gate: compileGate(catalog.gate),
  };
  COMPILED.set(catalog, rules);
  return rules;
}

/** A reader that throws has a fault of its own: the entry is set aside with the reason, and the rest is read. */
function readOrSetAside(watcher: Watcher, entry: Entry, names: Names, rules: Rules): EntryReading {
  try {
    return readEntry(watcher, entry, names, rules);
  } catch (thrown) {
    if (thrown instanceof ExtractError) throw thrown;
    const fault = asError(thrown).message;
    return { mentions: [], statements: [], unsaid: `set aside: ${fault}`, fault };
  }
}

function readEntry(watcher: Watcher, entry: Entry, names: Names, rules: Rules): EntryReading {
  if (watcher.kind === 'model-list' && isOwnChannel(entry.publisher, watcher)) {
    return readRow(watcher, entry, names, rules.language);
  }
  const mentions = mentionsIn(entry.item, names, entry.at);
  const statements = statementsIn(watcher, entry, names, rules);
  const unread =
    statements.length === 0 && isOwnChannel(entry.publisher, watcher)
      ? unreadLanguage(entry.item)
      : null;
  return { mentions, statements, ...(unread === null ? {} : { unsaid: unread }) };
}

/** Of a vendor's text in another language only the plain forms of a changelog are read: that it says so is no silence. */
function unreadLanguage({ text }: Item): string | null {
  const language = languageIn(text);
  if (language === null || language === 'en') return null;
  const name = new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language;
  return `it is written in ${name}, of which only the plainest forms are read`;
}

/** A row of a vendor's own list names its model by its id alone, and a row that is held names nobody. */
function readRow(
  watcher: Watcher,
  { item, publisher, at }: Entry,
  names: Names,
  language: VendorLanguage,
): EntryReading {
  const row = listedRow(item, { names, watcher });
  if ('held' in row) return { mentions: [], statements: [], unsaid: `held: ${row.held}` };
  const statements = primaryStatements(item, {
    ...{ names, publisher, watcher, at },
    ...language(watcher.vendor),
  });
  return { mentions: [row.subject], statements };
}

function mentionsIn(
  { kind, url, text, title }: Item,
  names: Names,
  at: Instant,
): readonly string[] {
  if (kind === 'address') return mentionsInAddress(url, names, at);
  const whole = text.startsWith(title) ? text : `${title}\n${text}`;
  return [...new Set(names.find(whole, at).map(({ subject }) => subject))];
}

/** What the last part of an address names (`introducing-gpt-5-5`). */
function mentionsInAddress(url: string, names: Names, at: Instant): readonly string[] {
  const slug = new URL(url).pathname.split('/').filter(Boolean).at(-1) ?? '';
  return [...new Set(names.findInSlug(slug, at).map(({ subject }) => subject))];
}

/**
 * Vendor items of a vendor's watcher are read for what they prove, rows of somebody else's list for what they report,
 * everything else as anybody's talk.
 */
function statementsIn(
  watcher: Watcher,
  { item, publisher, at }: Entry,
  names: Names,
  { lexicon, predicates, lists, language, gate }: Rules,
): readonly ReadStatement[] {
  if (isOwnChannel(publisher, watcher)) {
    return primaryStatements(item, { names, publisher, watcher, at, ...language(watcher.vendor) });
  }
  return item.kind === 'listing'
    ? listingReport(item, { names, publisher, watcher, at })
    : readItem(item, { names, lexicon, predicates, lists, gate, publisher, at });
}
