import type { Follow } from '../domain/follow.ts';
import type { Chore } from '../domain/scheduled-work.ts';
import type { Instant } from '../domain/time.ts';

/** Calendar work, each with its due time in a row: several daemons do each of it once between them. */
export interface Chores {
  /** Makes these all there is: a new one, or one whose cadence changed, is due as given; the others keep their time. */
  plan(chores: readonly Pick<Chore, 'name' | 'cadence' | 'dueAt'>[]): Promise<void>;
  list(): Promise<readonly Chore[]>;
  /** Leases what is due and not leased, the longest due first; null when there is none. */
  leaseDue(now: Instant, until: Instant, owner: string): Promise<Chore | null>;
  /** Ends a lease; does nothing when the lease is no longer the owner's. */
  settle(
    name: string,
    owner: string,
    done: Pick<Chore, 'dueAt' | 'error'> & { at: Instant },
  ): Promise<void>;
}

/** Who is followed beside what the config says. */
export interface Follows {
  list(): Promise<readonly Follow[]>;
  /** Said last counts. */
  set(follow: Follow): Promise<void>;
}
