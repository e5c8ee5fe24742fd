import type { TargetId } from '../domain/ids.ts';
import type { SourceKind } from '../domain/source-kind.ts';
import { MOST_UNKNOWN } from '../domain/subject.ts';
import type { Known } from './known.ts';
import type { IgnoredRow } from './source-view.ts';
import type { SourcesView } from './views.ts';

/** The channels on which others write. */
const OTHERS: ReadonlySet<string> = new Set<SourceKind>([
  ...(['report', 'tracker', 'arena', 'forum', 'social', 'search', 'community'] as const),
]);

/** The ids that pages of others name and that were made subjects of nothing, each with the reason. */
export async function ignoredOf(
  known: Known,
  sources: readonly Pick<SourcesView['sources'][number], 'target' | 'kind'>[],
): Promise<readonly IgnoredRow[]> {
  const rows: IgnoredRow[] = [];
  for (const { target, kind } of sources) {
    if (!OTHERS.has(kind)) continue;
    const items = await known.store.items.current(target as TargetId);
    const named = new Set([...items.values()].flatMap(({ mentions }) => mentions));
    const subjects = [...named].filter((one) => known.subject(one) === null).sort();
    if (subjects.length > 0) rows.push({ target, subjects, why: reason(subjects.length) });
  }
  return rows;
}

function reason(count: number): string {
  return count > MOST_UNKNOWN
    ? `it names ${count} ids that nobody knows, more than ${MOST_UNKNOWN}: none of them is taken`
    : 'nobody follows them, and no second independent voice speaks of them yet';
}
