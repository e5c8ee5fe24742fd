import type { Instant } from '../../domain/time.ts';

/** What a host answered when it was asked for its robots.txt. */
export interface RobotsFile {
  /** Null where the host has none: everything may be read. */
  text: string | null;
  readAt: Instant;
}

/** The robots.txt of each origin as it was read last, so that a process that only looks once need not ask again. */
export interface RobotsFiles {
  get(origin: string): Promise<RobotsFile | null>;
  put(origin: string, file: RobotsFile): Promise<void>;
}
