import type { Telling } from '../core/alerts/tell.ts';
import type { LeadLimits } from '../core/leads.ts';
import type { Timetable } from '../core/schedule/timetable.ts';
import type { Clock } from '../domain/clock.ts';
import type { Statement } from '../domain/evidence.ts';
import type { Item } from '../domain/item.ts';
import type { Policy } from '../domain/policy.ts';
import type { Publisher } from '../domain/publisher.ts';
import type { Discovery, Subject } from '../domain/subject.ts';
import type { Instant } from '../domain/time.ts';
import type { Watcher } from '../domain/watcher.ts';
import type { Fetcher } from '../fetch/fetcher.ts';
import type { Logger } from '../log.ts';
import type { Store } from '../store/store.ts';

/** A statement with what it would take to find it gone; null for anything but a primary artefact. */
export type ReadStatement = Statement & { artefact?: 'permanent' | 'page' | 'list' | null };

/** How items become statements: names, lexicon and catalogue, as they stand now. */
export interface Reader {
  /** Who speaks at an address; the final one of a capture decides. */
  publisherOf(url: string): Publisher;
  statementsOf(
    item: Item,
    publisher: Publisher,
    watcher: Watcher,
    at: Instant,
  ): readonly ReadStatement[];
  mentionsOf(item: Item, at: Instant): readonly string[];
  subject(id: string): Subject | null;
  subjects(): readonly Subject[];
  /** A subject made from an id that nobody catalogued. */
  coin(id: string, discovery: Discovery): Subject;
  /** Makes names found by grammar known, so that later texts are matched against them. */
  learn(subjects: readonly Subject[]): void;
}

/** Which entries of feeds are followed to the pages they speak of. */
export interface LeadRules extends LeadLimits {
  /** A person follows it, or a vendor revealed it. */
  isWatched(subject: string): boolean;
}

/** Everything the line from schedule to outbox works with; live, replay and demo differ in fetcher and clock only. */
export interface Line {
  store: Store;
  fetcher: Fetcher;
  clock: Clock;
  log: Logger;
  policy: Policy;
  reader: Reader;
  /** Who is told what, and how. */
  telling: Pick<Telling, 'routes' | 'coolDown' | 'nameOf'>;
  watchers: ReadonlyMap<string, Watcher>;
  /** Which entries of feeds are followed to their pages; null where nothing is: a recording brings its own pages. */
  leads: LeadRules | null;
  /** When the targets of a watcher are checked. */
  timetable(watcher: Watcher): Timetable;
  /** A number from 0 to 1 that spreads targets over time. */
  jitter(): number;
  /** Under which name leases are held: one a process. */
  owner: string;
}
