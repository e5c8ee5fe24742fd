import type { Instant } from './time.ts';

/** Whether a person follows a subject, as they said on the command line; the config may name more. */
export interface Follow {
  subject: string;
  /** False for a subject that would be followed by itself and is not wanted. */
  followed: boolean;
  at: Instant;
}
