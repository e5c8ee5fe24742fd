import { linksIn, withinLimits } from '../core/schedule/linked-pages.ts';
import { targetId } from '../domain/ids.ts';
import type { Target, TargetState } from '../domain/target.ts';
import { DAY, plus } from '../domain/time.ts';
import { REPORTS, type Watcher } from '../domain/watcher.ts';
import type { Store } from '../store/store.ts';
import type { PipelineContext } from './context.ts';
import type { Interpretation } from './interpret-items.ts';

/** What is older is history: a verdict does not wait for it. */
const OLDEST = 7 * DAY;

/**
 * Makes the pages targets that new entries speak of and that name a watched subject, so that verdicts rest on texts and
 * not on headlines. Inside the write of the reading: what was led to is as sure as what was read.
 */
export async function followLinks(
  { links, watchers, log }: Pick<PipelineContext, 'links' | 'watchers' | 'log'>,
  tx: Store,
  { target, baseline }: { target: TargetState; baseline: boolean },
  { diff, at }: Pick<Interpretation, 'diff' | 'at'>,
): Promise<readonly TargetState[]> {
  if (links === null || target.linkedFrom !== undefined) return [];
  const { kind, url } = target;
  const { isWatched } = links;
  const question = { kind, url, at, baseline, oldest: OLDEST, isWatched };
  const found: Target[] = [];
  for (const address of linksIn(diff.added, question)) {
    const reader = readerOf(watchers, address);
    if (reader === null) continue;
    const id = targetId(reader.id, address);
    if ((await tx.targets.get(id)) !== null) continue;
    const lead = { from: target.id, baseline };
    found.push({
      id,
      watcher: reader.id,
      kind: reader.kind,
      url: address,
      subject: null,
      linkedFrom: lead,
    });
  }
  if (found.length === 0) return [];
  const recent = (await tx.targets.linkedSince(plus(at, -DAY))).map((one) => one.url);
  const addresses = found.map((one) => one.url);
  const chosen = new Set(withinLimits(addresses, recent, links));
  const left = new Set(addresses).size - chosen.size;
  if (left > 0) log.info({ target: target.id, followed: chosen.size, left }, 'leads were left out');
  return tx.targets.register(
    found.filter((one) => chosen.has(one.url)),
    at,
  );
}

/** Who reads a page: its owner when that takes pages given to it, else the reports watcher; nobody when that is off. */
function readerOf(watchers: PipelineContext['watchers'], address: string): Watcher | null {
  const url = new URL(address);
  const owner = [...watchers.values()].find((watcher) => watcher.owns(url));
  const takes = owner?.targets({ subjects: [], controls: [], vendors: [], pages: [address] }) ?? [];
  if (owner !== undefined && takes.some((target) => target.url === address)) return owner;
  return watchers.get(REPORTS) ?? null;
}
