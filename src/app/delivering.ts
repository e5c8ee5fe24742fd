import { type DispatchCounts, dispatch } from '../deliver/dispatch.ts';
import type { OpenChannel } from '../deliver/pass.ts';
import type { Clock } from '../domain/clock.ts';
import type { OpenLine } from './line.ts';

/** Sends what the outbox holds that is due. */
export function deliverNow(
  { line, store }: OpenLine,
  channels: ReadonlyMap<string, OpenChannel>,
  clock: Clock,
  signal: AbortSignal,
): Promise<DispatchCounts> {
  const { owner, jitter } = line;
  return dispatch(store.outbox, channels, clock, signal, { owner, random: jitter });
}
