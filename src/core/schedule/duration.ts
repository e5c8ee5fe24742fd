import { Bug } from '../../domain/errors.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../domain/time.ts';

const UNITS: Readonly<Record<string, number>> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY };

/** Reads `30s`, `5m`, `6h` or `1d` as milliseconds; null when it is something else. */
export function parseDuration(text: string): number | null {
  const match = /^(\d+)\s*([smhd])$/.exec(text.trim());
  const unit = UNITS[match?.[2] ?? ''];
  const amount = Number(match?.[1] ?? 0);
  return unit === undefined || amount === 0 ? null : amount * unit;
}

/** A duration that the config's schema has let through, in milliseconds. */
export function millisecondsIn(duration: string): number {
  const milliseconds = parseDuration(duration);
  if (milliseconds === null) throw new Bug(`"${duration}" is no duration.`);
  return milliseconds;
}
