import { elapsed, type Instant, SECOND } from '../domain/time.ts';
import type { Known } from './known.ts';
import type { SourcesView } from './views.ts';

/** Every target with how it is doing: health, last good check, next check, last change. */
export async function sourcesOf(known: Known, asOf: Instant): Promise<SourcesView> {
  const targets = await known.store.targets.list();
  const sources = targets.map((target) => ({
    target: target.id,
    watcher: target.watcher,
    kind: target.kind,
    url: target.url,
    health: target.health?.state ?? ('unchecked' as const),
    since: target.health?.since ?? null,
    reason: target.health?.reason ?? null,
    lastGoodAt: target.lastGoodAt,
    lastGoodAge: target.lastGoodAt === null ? null : secondsBetween(target.lastGoodAt, asOf),
    lastCheckAt: target.lastCheckAt,
    lastChangeAt: target.lastChangeAt,
    nextCheckAt: target.dueAt,
    items: target.itemCount,
  }));
  return { asOf, sources: sources.sort((a, b) => (a.target < b.target ? -1 : 1)) };
}

function secondsBetween(since: Instant, until: Instant): number {
  return Math.max(0, Math.round(elapsed(since, until) / SECOND));
}
