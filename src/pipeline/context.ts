import type { AlertRouting } from '../core/alerts/decide-alert.ts';
import type { Extraction, LastCount } from '../core/extract/extraction.ts';
import type { LinkLimits } from '../core/schedule/linked-pages.ts';
import type { Timetable } from '../core/schedule/timetable.ts';
import type { Interest } from '../core/stories/family.ts';
import type { QuietRules } from '../core/stories/quiet-rules.ts';
import type { Capture } from '../domain/capture.ts';
import type { Clock } from '../domain/clock.ts';
import type { Artefact, Statement } from '../domain/evidence.ts';
import type { Item } from '../domain/item.ts';
import type { Policy } from '../domain/policy.ts';
import type { ModelPart } from '../domain/proposal.ts';
import type { Publisher } from '../domain/publisher.ts';
import type { Discovery, Subject } from '../domain/subject.ts';
import type { Instant } from '../domain/time.ts';
import type { Vendor } from '../domain/vendor.ts';
import type { Watcher } from '../domain/watcher.ts';
import type { Fetcher } from '../fetch/fetcher.ts';
import type { Logger } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { Span } from '../tracing.ts';

/**
 * A statement with what it would take to find it gone, null for anything but a primary artefact, and with the model that
 * had a part in it, null where rules alone read it.
 */
export type ReadStatement = Statement & { artefact?: Artefact | null; reader?: string | null };

/** An item with who speaks in it, and when its bytes were fetched. */
export interface Entry {
  item: Item;
  publisher: Publisher;
  at: Instant;
}

export interface EntryReading {
  /** The subjects it names. */
  mentions: readonly string[];
  statements: readonly ReadStatement[];
  /** Why it states nothing, where that is known. */
  unsaid?: string;
  /** What went wrong while it was read: a fault of the reader's, which sets the entry aside and no other. */
  fault?: string;
  /** Set where a model was to help. */
  model?: ModelPart;
}

/** On a first reading a model may be asked; on another one only what it answered before counts. */
export type ReadingMode = 'first' | 'again';

export type PageSource = Pick<Capture, 'body' | 'contentType' | 'finalUrl'>;

/** How answers become items, and items statements: names, lexicon and catalogue, as they stand now. */
export interface Reader {
  /** Who speaks at an address; the final one of a capture decides. */
  publisherOf(url: string): Publisher;
  /** Reads an answer into items. A page that takes too long is unreadable like any other. */
  extract(watcher: Watcher, capture: Capture, before: LastCount): Promise<Extraction>;
  /** What entries name and say, in their order. Throws `ExtractError` when that takes too long. */
  read(
    watcher: Watcher,
    entries: readonly Entry[],
    mode: ReadingMode,
  ): Promise<readonly EntryReading[]>;
  /**
   * What an answer that a model gave before speaks of in an entry, of its own or asked about what the rules read. `model` is
   * the name under which such evidence is recorded. Asks nobody; null when the answer is not in the database.
   */
  proposedBefore(
    entry: Omit<Entry, 'publisher'>,
    model: string,
  ): Promise<readonly ProposedPlace[] | null>;
  /** What the markup of a page shows of where it comes from. Throws `ExtractError` when that takes too long. */
  originOf(capture: PageSource): Promise<Item['fields']>;
  subject(id: string): Subject | null;
  subjects(): readonly Subject[];
  /** The vendors whose channels are read; others are known by name alone. */
  vendors(): readonly Vendor[];
  /** A subject made from an id that nobody catalogued; the vendor's texts that name it, if given, say how it is written. */
  createSubject(
    id: string,
    vendor: string | null,
    discovery: Discovery,
    texts?: readonly string[],
  ): Subject;
  /** Makes names found by grammar known, so that later texts are matched against them. */
  learn(subjects: readonly Subject[]): void;
}

/** A place in a text of which a model spoke, and whom it took it to be about. */
export interface ProposedPlace {
  subject: string;
  span: readonly [number, number];
}

/** Which entries of feeds are followed to the pages they speak of. */
export interface LinkRules extends LinkLimits {
  /** A person follows it, or a vendor revealed it. */
  isWatched(subject: string): boolean;
}

/** Who is told what, and how. */
export interface AlertPolicy extends Omit<AlertRouting, 'silences' | 'had'> {
  quiet: QuietRules;
  /** How much somebody wants to hear of a subject. */
  interestIn: (subject: string) => Interest;
  /** The name people know a publisher by. */
  nameOf: (publisher: string) => string;
  vendorName: (vendor: string) => string;
}

/** Everything the line from schedule to outbox works with; live, replay and demo differ in fetcher and clock only. */
export interface PipelineContext {
  store: Store;
  fetcher: Fetcher;
  clock: Clock;
  log: Logger;
  policy: Policy;
  reader: Reader;
  alertPolicy: AlertPolicy;
  watchers: ReadonlyMap<string, Watcher>;
  /** Which entries of feeds are followed to their pages; null where nothing is: a recording brings its own pages. */
  links: LinkRules | null;
  /** When the targets of a watcher are checked. */
  timetable(watcher: Watcher): Timetable;
  /** A number from 0 to 1 that spreads targets over time. */
  jitter(): number;
  /** Under which name leases are held: one a process. */
  owner: string;
  /** What is traced at the moment: one check, or the process as a whole. */
  trace: Span;
}

/** What judging and reading again need: no network. */
export type OfflineContext = Omit<PipelineContext, 'fetcher'>;
