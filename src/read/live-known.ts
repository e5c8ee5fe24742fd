import type { Known } from './known.ts';

/** What a program that runs for long asks: the database may be restored or grow under it. */
export interface LiveKnown {
  /** Answers from the database as it is now. Throws `StoreError` of kind unavailable while it is being restored. */
  ask<T>(question: (known: Known) => Promise<T>): Promise<T>;
  /** Changes with every write to the database, whoever wrote. */
  revision(): string;
  /** How far behind a database is that follows another, in milliseconds; null for one that follows none. */
  lag(): number | null;
}
