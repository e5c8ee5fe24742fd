import type { Instant } from '../../domain/time.ts';
import type { Worker } from '../../domain/worker.ts';

/** Who works on the database, each in a row of its own. */
export interface Workers {
  /** Says that a worker is alive and what it is at; forgets those that were last seen before a moment. */
  report(worker: Worker, forgetBefore: Instant): Promise<void>;
  /** A worker ended in order. */
  leave(owner: string): Promise<void>;
  list(): Promise<readonly Worker[]>;
  /** What is due and leased by nobody: how much, and since when the longest. */
  backlog(now: Instant): Promise<{ due: number; oldestDueAt: Instant | null }>;
}

export interface HostTurn {
  now: Instant;
  /** When the turn ends by itself: its owner may be gone. */
  until: Instant;
  /** A visit that goes on, such as a redirect, is not held up by the pause. */
  goesOn: boolean;
}

export interface TurnRefusal {
  /** The pause after the last request, or a quiet time that the host asked for; otherwise the turn of another. */
  isPause: boolean;
  /** When it ends; a turn at the latest. */
  until: Instant;
}

/** Whose turn it is at each host, whichever process asks. */
export interface HostTurns {
  /** Takes the turn at a host that nobody has and whose pause is over: null. Otherwise what is in the way. */
  take(host: string, owner: string, turn: HostTurn): Promise<TurnRefusal | null>;
  /** Gives the turn back; the next may begin at a moment. Does nothing when it is no longer the owner's. */
  giveBack(host: string, owner: string, freeAt: Instant): Promise<void>;
}
