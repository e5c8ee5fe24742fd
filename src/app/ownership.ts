import { Bug } from '../domain/errors.ts';
import type { Watcher } from '../domain/watcher.ts';
import type { OpenPipeline } from './build-pipeline.ts';

const REPORTS = 'reports';

/** The watcher an address belongs to: its owner, or the one that reads anybody's pages. */
export function ownerIn({ registry }: Pick<OpenPipeline, 'registry'>, url: string): Watcher {
  const watcher = registry.ownerOf(url) ?? registry.get(REPORTS);
  if (watcher === null) throw new Bug(`There is no watcher named ${REPORTS}.`);
  return watcher;
}

/** The subject an exact-id page is about, among what its watcher would read; null for a page about many. */
export function subjectIn(
  { context }: Pick<OpenPipeline, 'context'>,
  watcher: Watcher,
  url: string,
): string | null {
  const targets = watcher.targets({
    subjects: context.reader.subjects(),
    controls: [],
    pages: [],
  });
  return targets.find((target) => target.url === url)?.subject ?? null;
}
