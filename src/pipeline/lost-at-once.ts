import type { ItemChange } from '../core/alerts/source-changes.ts';
import type { Loss } from '../core/alerts/system-messages.ts';
import type { Judgement } from '../core/verdict/transitions.ts';
import type { SubjectCase } from '../domain/subject-record.ts';
import type { Channel } from './commit.ts';

interface Judged {
  heard: Pick<SubjectCase, 'subject'>;
  judgement: Pick<Judgement, 'transitions'>;
}

/** Fewer than these may leave a short list on one day, and each is told. */
const FEWEST = 3;

/**
 * The subjects a channel lost at one check, when they are a third of it or more: that is one event of the channel, and
 * never one alert a model (docs/verdicts.md). Null for anything less.
 */
export function lostAtOnce(
  judged: readonly Judged[],
  changes: ReadonlyMap<string, readonly ItemChange[]>,
  channel: Channel | undefined,
): Loss | null {
  if (channel === undefined) return null;
  const subjects = judged
    .filter((one) => isLost(one, changes.get(one.heard.subject.id) ?? []))
    .map(({ heard }) => heard.subject.id);
  const { entries } = channel;
  if (subjects.length < FEWEST || subjects.length * 3 < subjects.length + entries) return null;
  return { ...channel, subjects };
}

/** Nothing else happened to it than that the channel no longer shows it. */
function isLost({ judgement }: Judged, changes: readonly ItemChange[]): boolean {
  const moves = judgement.transitions.filter(({ quiet }) => !quiet);
  const isGone = changes.length > 0 && changes.every(({ change }) => change.kind === 'withdrawn');
  const isWithdrawn = moves.some(({ to }) => to.level === 'withdrawn');
  const others = moves.filter(({ to }) => to.level !== 'withdrawn');
  return others.length === 0 && (isWithdrawn || (isGone && moves.length === 0));
}
