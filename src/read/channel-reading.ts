import { primaryState } from '../core/verdict/primary-state.ts';
import type { Policy } from '../domain/policy.ts';
import type { ChannelState, Verdict } from '../domain/verdict.ts';
import type { Answer } from './known.ts';

/**
 * The channels that have to state a claim, judged by when they were last read, at the moment of asking. A claim that
 * stands says of its channel that it states it, and hides that the page has not been read since.
 */
export function channelsRead(
  { subject, checks }: Pick<Answer, 'subject' | 'checks'>,
  { claim, asOf, primary }: Verdict,
  policy: Policy,
): readonly ChannelState[] {
  const question = { claim, subject, checks, at: asOf, policy, statedBy: new Set<never>() };
  const readings = new Map(primaryState(question).channels.map((one) => [one.kind, one]));
  return primary.channels.map((channel) => {
    const reading = readings.get(channel.kind);
    const isOld = reading?.state === 'stale' || reading?.state === 'unreachable';
    return channel.state === 'present' && isOld ? reading : channel;
  });
}
