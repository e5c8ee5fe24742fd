import type { Claims, Proposals, Voices } from './ports/claims.ts';
import type { Outbox } from './ports/outbox.ts';
import type { Items, Maintenance, Portable, Snapshots } from './ports/pages.ts';
import type { Reads, Stories } from './ports/reads.ts';
import type {
  Checks,
  Follows,
  HostTurns,
  Marks,
  RobotsFiles,
  Targets,
  Workers,
  WorkPlan,
} from './ports/work.ts';

/** The database. All of it is asynchronous, so that a network database can take the place of a file. */
export interface Store {
  readonly targets: Targets;
  readonly snapshots: Snapshots;
  readonly items: Items;
  readonly claims: Claims;
  readonly voices: Voices;
  readonly checks: Checks;
  readonly outbox: Outbox;
  readonly reads: Reads;
  readonly workPlan: WorkPlan;
  readonly follows: Follows;
  readonly marks: Marks;
  readonly proposals: Proposals;
  readonly stories: Stories;
  readonly robotsFiles: RobotsFiles;
  readonly workers: Workers;
  readonly hostTurns: HostTurns;
  /** Whether workers on several machines may be at it: they then share a clock, and their turns at hosts. */
  readonly isShared: boolean;
  readonly maintenance: Maintenance;
  readonly portable: Portable;
  /**
   * All or nothing. Inside `work` only `tx` may be used: a query beside it would wait for ever on SQLite, and is
   * refused with a `Bug`. `tx.write` is a part that can fail alone. A network database may run `work` a second time
   * when another writer was in its way, so it must change nothing but the store.
   */
  write<T>(work: (tx: Store) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
