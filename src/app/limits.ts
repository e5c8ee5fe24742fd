import type { Config } from '../config/config.ts';
import { parseDuration } from '../core/schedule/duration.ts';
import { Bug } from '../domain/errors.ts';

export interface Limits {
  concurrency: number;
  /** In milliseconds, like all that follows. */
  deadline: number;
  drain: number;
}

/** The limits of checking that a config sets. */
export function limitsOf({ daemon }: Pick<Config, 'daemon'>): Limits {
  const { concurrency, deadline, drain } = daemon;
  return { concurrency, deadline: millisecondsIn(deadline), drain: millisecondsIn(drain) };
}

/** A duration that the config's schema has let through, in milliseconds. */
export function millisecondsIn(duration: string): number {
  const milliseconds = parseDuration(duration);
  if (milliseconds === null) throw new Bug(`"${duration}" is no duration.`);
  return milliseconds;
}
