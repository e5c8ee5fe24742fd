import { ExtractError } from '../domain/errors.ts';
import { elapsed } from '../domain/time.ts';
import type { CheckRun } from './check-run.ts';
import type { PipelineContext } from './context.ts';

/** So many pages of a channel may go at once before the channel itself is doubted, or a third of them if that is more. */
const MOST_AT_ONCE = 1;

/**
 * Whether a page that stood and now answers "gone" may be believed. A site at fault answers so for every page: its own
 * siblings must be seen well about the same time, and no third of them may be gone with it (docs/verdicts.md).
 * Returns the reason for doubt; null for a page that never stood, whose absence is nothing new.
 */
export async function doubtGone(
  { store, clock, policy }: Pick<PipelineContext, 'store' | 'clock' | 'policy'>,
  { target, watcher }: CheckRun,
): Promise<ExtractError | null> {
  const isNews = (target.itemCount ?? 0) > 0 || target.awaitsRepeat;
  if (!isNews) return null;
  const all = await store.targets.list();
  const siblings = all.filter(
    (one) => one.watcher === watcher.id && one.id !== target.id && one.subject !== null,
  );
  const now = clock.now();
  const ids = siblings.map(({ id }) => id);
  const checks = await store.checks.latest(ids, now);
  const byAge = [...checks].sort((a, b) => (a.at < b.at ? -1 : 1));
  const latest = new Map(byAge.map((check) => [check.target, check]));
  // Those looked at since this page was last looked at: what they answered before its loss says nothing of it.
  const since = target.lastCheckAt ?? '';
  const fresh = [...latest.values()].filter(
    ({ at }) => at > since && elapsed(at, now) <= policy.siblingWindow,
  );
  const well = fresh.filter(({ outcome }) => outcome === 'present').length;
  // A page that went long ago, or never was, is no loss of today.
  const waiting = new Set(siblings.filter((one) => one.awaitsRepeat).map(({ id }) => id));
  const lost = fresh.filter(
    ({ outcome, target: id }) =>
      outcome === 'control_failed' || (outcome === 'silent' && waiting.has(id)),
  ).length;
  if (well > 0 && lost < Math.max(MOST_AT_ONCE, (well + lost + 1) / 3)) return null;
  const seen =
    well === 0 ? 'no page of a sibling was seen well' : `${lost} of its siblings are lost`;
  return new ExtractError(
    'shrunk',
    `${target.url} is gone, and ${seen} about the same time: the site itself may be at fault. Nothing is taken as withdrawn.`,
  );
}
