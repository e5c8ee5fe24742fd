import type { TargetState } from '../domain/target.ts';
import { elapsed, type Instant, SECOND } from '../domain/time.ts';
import type { Known } from './known.ts';
import { type Standing, standings } from './source-trouble.ts';
import type { SourcesView } from './views.ts';

/** Every target with how it was doing at a moment: health, last good check, last change. When it is due and how much it
 * holds is kept of now alone: of the past it is said of what was not read since. */
export async function sourcesOf(
  { store, lackOf }: Pick<Known, 'store' | 'lackOf'>,
  asOf: Instant,
): Promise<SourcesView> {
  const targets = await store.targets.list();
  const stood = await standings(store, targets, asOf);
  const standingOf = new Map(stood.map((standing) => [standing.target.id, standing]));
  const isUnchecked = ({ id }: TargetState) => !standingOf.has(id);
  // Its watchers are loaded for this, which takes a moment.
  const lack = targets.some(isUnchecked) ? await lackOf() : () => null;
  const sources = targets.map((target) => {
    const view = viewOf(target, standingOf.get(target.id) ?? null, asOf);
    const reason = isUnchecked(target) ? lack(target) : null;
    return reason === null ? view : { ...view, health: 'off' as const, reason };
  });
  return { asOf, sources: sources.sort((a, b) => (a.target < b.target ? -1 : 1)) };
}

function viewOf(
  target: TargetState,
  standing: Standing | null,
  asOf: Instant,
): SourcesView['sources'][number] {
  const { lastChangeAt, lastCheckAt } = target;
  const isSeenSince = lastCheckAt !== null && lastCheckAt > asOf;
  const lastGoodAt = standing?.lastGoodAt ?? null;
  return {
    target: target.id,
    watcher: target.watcher,
    kind: target.kind,
    url: target.url,
    health: standing?.state ?? 'unchecked',
    since: standing?.since ?? null,
    reason: standing?.reason ?? null,
    lastGoodAt,
    lastGoodAge: lastGoodAt === null ? null : secondsBetween(lastGoodAt, asOf),
    lastCheckAt: standing?.lastCheckAt ?? null,
    lastChangeAt: lastChangeAt !== null && lastChangeAt <= asOf ? lastChangeAt : null,
    nextCheckAt: isSeenSince ? null : target.dueAt,
    items: isSeenSince ? null : target.itemCount,
  };
}

function secondsBetween(since: Instant, until: Instant): number {
  return Math.max(0, Math.round(elapsed(since, until) / SECOND));
}
