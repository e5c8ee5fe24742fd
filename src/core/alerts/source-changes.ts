import type { DiffPart, SourceChange } from '../../domain/alert.ts';
import type { VersionChange } from '../diff/items.ts';
import { diffWords, excerpt } from '../diff/words.ts';

/** A change of an item, and the source it stands at. */
export interface ItemChange extends VersionChange {
  target: { watcher: string; url: string };
}

/** Characters kept on either side of a change, and of a text that is all new or all gone. */
const AROUND = 120;
const LONGEST_TEXT = 6_000;

/**
 * The changes at sources a person may be told of. A row in a machine-readable list is left to the moves of levels: it
 * counts when it is seen a second time, and one that is gone by then was never news.
 */
export function sourceChangesOf(changes: readonly ItemChange[]): readonly SourceChange[] {
  return changes
    .filter(({ change }) => !change.technical && !change.baseline)
    .filter(({ after, before }) => (after ?? before)?.item.kind !== 'listing')
    .map((changed) => sourceChange(changed));
}

function sourceChange({ change, before, after, target }: ItemChange): SourceChange {
  const item = (after ?? before)?.item;
  return {
    change: change.id,
    kind: change.kind,
    title: change.title,
    url: item?.url ?? target.url,
    watcher: target.watcher,
    parts: partsOf(before?.item.text ?? null, after?.item.text ?? null),
  };
}

function partsOf(before: string | null, after: string | null): readonly DiffPart[] {
  if (before === null) return whole('added', after);
  if (after === null) return whole('removed', before);
  return excerpt(diffWords(before, after), AROUND);
}

function whole(kind: DiffPart['kind'], text: string | null): readonly DiffPart[] {
  return text === null || text === '' ? [] : [{ kind, text: text.slice(0, LONGEST_TEXT) }];
}
