import type { DiffPart, SourceChange } from '../../domain/alert.ts';
import type { Target } from '../../domain/target.ts';
import type { VersionChange } from '../diff/items.ts';
import { diffWords, excerpt } from '../diff/words.ts';

/** A change of an item, and the source it stands at. */
export interface ItemChange extends VersionChange {
  target: Pick<Target, 'watcher' | 'url' | 'kind' | 'subject'>;
}

/** Characters kept on either side of a change, and of all changed text together. */
const AROUND = 120;
const LONGEST_DIFF = 12_000;

/** A page that changed in more places than this is told with their names, without their words. */
const MOST_DIFFS = 20;

/**
 * The changes at sources a person may be told of. A row in a machine-readable list is left to the moves of levels: it
 * counts when it is seen a second time, and one that is gone by then was never news.
 */
export function sourceChangesOf(changes: readonly ItemChange[]): readonly SourceChange[] {
  return changes
    .filter(({ change }) => !change.technical && !change.baseline)
    .filter(({ after, before }) => (after ?? before)?.item.kind !== 'listing')
    .map((changed, place) => sourceChange(changed, place < MOST_DIFFS));
}

function sourceChange(
  { change, before, after, target }: ItemChange,
  withWords: boolean,
): SourceChange {
  const item = (after ?? before)?.item;
  return {
    change: change.id,
    kind: change.kind,
    title: change.title,
    url: item?.url ?? target.url,
    watcher: target.watcher,
    parts: withWords ? partsOnce({ change, before, after }) : [],
  };
}

/** A change that names a hundred models is told with each: its words are compared once. */
const compared = new WeakMap<VersionChange['change'], readonly DiffPart[]>();

function partsOnce({ change, before, after }: VersionChange): readonly DiffPart[] {
  const known = compared.get(change);
  if (known !== undefined) return known;
  const parts = partsOf(before?.item.text ?? null, after?.item.text ?? null);
  compared.set(change, parts);
  return parts;
}

function partsOf(before: string | null, after: string | null): readonly DiffPart[] {
  if (before === null) return whole('added', after);
  if (after === null) return whole('removed', before);
  return capped(excerpt(diffWords(before, after), AROUND));
}

function whole(kind: DiffPart['kind'], text: string | null): readonly DiffPart[] {
  return text === null || text === '' ? [] : capped([{ kind, text }]);
}

/** The beginning of a diff; a page written anew would else fill the outbox. */
function capped(parts: readonly DiffPart[]): readonly DiffPart[] {
  const kept: DiffPart[] = [];
  let room = LONGEST_DIFF;
  for (const { kind, text } of parts) {
    if (room <= 0) break;
    kept.push({ kind, text: text.slice(0, room) });
    room -= text.length;
  }
  return kept;
}
