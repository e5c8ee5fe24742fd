import { targetId } from '../domain/ids.ts';
import type { Subject } from '../domain/subject.ts';
import type { Target, TargetState } from '../domain/target.ts';
import type { Watcher } from '../domain/watcher.ts';
import type { Line } from './line.ts';

/** Who is watched: which subjects a person follows, and which pages the config lists for which watcher. */
export interface Watchlist {
  follow: readonly string[];
  /** Whether subjects that primaries reveal are watched too. */
  discover: boolean;
  pagesOf(watcher: string): readonly string[];
}

/** The followed subjects, those revealed first-hand, and the siblings whose pages serve as their controls. */
export function watchedSubjects(
  all: readonly Subject[],
  watchlist: Pick<Watchlist, 'follow' | 'discover'>,
): readonly Subject[] {
  const byId = new Map(all.map((subject) => [subject.id, subject]));
  const wanted = new Set(watchlist.follow);
  for (const subject of all) {
    if (watchlist.discover && subject.discovered?.firstHand === true) wanted.add(subject.id);
  }
  for (const id of [...wanted])
    for (const control of byId.get(id)?.controls ?? []) wanted.add(control);
  return [...wanted].flatMap((id) => byId.get(id) ?? []);
}

/** Every address the watchers read for these subjects and pages. */
export function targetsOf(
  watchers: Iterable<Watcher>,
  subjects: readonly Subject[],
  watchlist: Pick<Watchlist, 'pagesOf'>,
): readonly Target[] {
  const targets: Target[] = [];
  for (const watcher of watchers) {
    const pages = watchlist.pagesOf(watcher.id);
    for (const { url, subject } of watcher.targets({ subjects, pages })) {
      targets.push({
        id: targetId(watcher.id, url),
        watcher: watcher.id,
        kind: watcher.kind,
        url,
        subject: subject ?? null,
      });
    }
  }
  return targets;
}

/** Registers what is to be read and not yet known; returns what is new. */
export async function registerTargets(
  line: Pick<Line, 'reader' | 'watchers' | 'store' | 'clock'>,
  watchlist: Watchlist,
): Promise<readonly TargetState[]> {
  const subjects = watchedSubjects(line.reader.subjects(), watchlist);
  const targets = targetsOf(line.watchers.values(), subjects, watchlist);
  return line.store.targets.register(targets, line.clock.now());
}
