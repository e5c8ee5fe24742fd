import type { ApiContext } from '../api/api.ts';
import type { Logger } from '../log.ts';
import type { RateLimit, Writing } from './guards.ts';

export interface SiteOptions extends ApiContext {
  log: Logger;
  /** Where others reach it, without a slash at the end; null when it is reached where it listens. */
  publicUrl: string | null;
  /** Names beside localhost that it answers to. */
  hosts: readonly string[];
  /** Plain files are written from it: nothing there can answer a question. */
  isStatic: boolean;
  limits: SiteLimits | null;
  /** Null where nothing can be written. */
  writing: Writing | null;
}

/** What one caller and all of them together may ask. */
export interface SiteLimits {
  rate: RateLimit;
  /** Questions that are answered at a time; the database has one connection. */
  concurrency: number;
  /** Questions that may wait; one more is turned away. */
  waiting: number;
}

export const USUAL_LIMITS: SiteLimits = {
  rate: { points: 600, duration: 60 },
  concurrency: 4,
  waiting: 200,
};
