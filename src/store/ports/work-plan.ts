import type { Follow } from '../../domain/follow.ts';
import type { ScheduledWork } from '../../domain/scheduled-work.ts';
import type { Instant } from '../../domain/time.ts';

/** Calendar work, each with its due time in a row: several daemons do each of it once between them. */
export interface WorkPlan {
  /** Makes these all there is: a new one, or one whose cadence changed, is due as given; the others keep their time. */
  plan(works: readonly Pick<ScheduledWork, 'name' | 'cadence' | 'dueAt'>[]): Promise<void>;
  list(): Promise<readonly ScheduledWork[]>;
  /** Leases what is due and not leased, the longest due first; null when there is none. */
  leaseDue(now: Instant, until: Instant, owner: string): Promise<ScheduledWork | null>;
  /** Ends a lease; does nothing when the lease is no longer the owner's. */
  settle(
    name: string,
    owner: string,
    done: Pick<ScheduledWork, 'dueAt' | 'error'> & { at: Instant },
  ): Promise<void>;
}

/** Small facts about the database as a whole, by name. */
export interface Marks {
  get(name: string): Promise<string | null>;
  /** Null forgets it. */
  put(name: string, value: string | null): Promise<void>;
}

/** Who is followed beside what the config says. */
export interface Follows {
  list(): Promise<readonly Follow[]>;
  /** Said last counts. */
  set(follow: Follow): Promise<void>;
}
