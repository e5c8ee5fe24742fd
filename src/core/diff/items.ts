import {
  canonicalJson,
  type ItemVersionId,
  idOf,
  type SnapshotId,
  type TargetId,
} from '../../domain/ids.ts';
import {
  type Change,
  type Item,
  type ItemVersion,
  KEPT_FIELDS,
  keptItem,
} from '../../domain/item.ts';
import type { Instant } from '../../domain/time.ts';
import type { Watcher } from '../../domain/watcher.ts';

export interface ItemDiffQuestion {
  target: TargetId;
  snapshot: SnapshotId;
  at: Instant;
  coverage: Watcher['coverage'];
  /** The versions that stood until now, by key. */
  before: ReadonlyMap<string, ItemVersion>;
  now: readonly Item[];
  technical: boolean;
  baseline: boolean;
  /** The subjects an item names. */
  mentionsOf(item: Item): readonly string[];
}

/** A change with the versions on either side of it. */
export interface VersionChange {
  change: Change;
  before: ItemVersion | null;
  after: ItemVersion | null;
}

export interface ItemDiff {
  added: readonly ItemVersion[];
  ended: readonly { id: ItemVersionId; at: Instant }[];
  changes: readonly VersionChange[];
  /** The versions that stand after the check, by key; in a rolling list, what rolled off is no longer among them. */
  after: ReadonlyMap<string, ItemVersion>;
}

/**
 * What is new, revised or withdrawn between two readings of a target. In a rolling list absence is no withdrawal:
 * what rolled off stands as it was last seen.
 */
export function diffItems(question: ItemDiffQuestion): ItemDiff {
  const { before, at } = question;
  const after = new Map<string, ItemVersion>();
  const added: ItemVersion[] = [];
  const replaced: ItemVersion[] = [];
  const changes: VersionChange[] = [];
  for (const item of firstByKey(question.now)) {
    const old = before.get(item.key) ?? null;
    if (old !== null && isSameItem(old.item, item)) {
      after.set(item.key, old);
      continue;
    }
    const version = versionOf(item, question);
    after.set(item.key, version);
    added.push(version);
    if (old !== null) replaced.push(old);
    changes.push(changeOf(question, old === null ? 'added' : 'revised', old, version));
  }
  const absent = [...before.values()].filter(({ item }) => !after.has(item.key));
  const withdrawn = question.coverage === 'rolling' ? [] : absent;
  changes.push(...withdrawn.map((old) => changeOf(question, 'withdrawn', old, null)));
  const ended = [...replaced, ...withdrawn].map(({ id }) => ({ id, at }));
  return { added, ended, changes, after };
}

/** The items that no version holds as they now are: those a diff adds. */
export function freshItems({ before, now }: Pick<ItemDiffQuestion, 'before' | 'now'>): Item[] {
  return firstByKey(now).filter((item) => {
    const old = before.get(item.key);
    return old === undefined || !isSameItem(old.item, item);
  });
}

/** A source that lists one key twice is taken at its first word. */
function firstByKey(items: readonly Item[]): readonly Item[] {
  const keys = new Set<string>();
  return items.filter(({ key }) => !keys.has(key) && keys.add(key));
}

/** Whether two readings say the same, field by field; one that is not there is one that is undefined. */
export function isSameItem(a: Item, b: Item): boolean {
  return KEPT_FIELDS.every((field) => isSameValue(a[field], b[field]));
}

function isSameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const isSameAt = (key: string) => isSameValue(a[key], b[key]);
  return Object.keys(a).every(isSameAt) && Object.keys(b).every(isSameAt);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function versionOf(read: Item, question: ItemDiffQuestion): ItemVersion {
  const { target, snapshot, at } = question;
  const item = keptItem(read);
  return {
    id: idOf('iv', target, item.key, canonicalJson(item), at),
    target,
    item,
    snapshot,
    mentions: question.mentionsOf(item),
    firstSeenAt: at,
    supersededAt: null,
  };
}

function changeOf(
  question: ItemDiffQuestion,
  kind: Change['kind'],
  before: ItemVersion | null,
  after: ItemVersion | null,
): VersionChange {
  const { target, at, snapshot, technical, baseline } = question;
  const item = (after ?? before)?.item;
  const key = item?.key ?? '';
  const change: Change = {
    id: idOf('ch', target, key, at, kind),
    target,
    at,
    kind,
    key,
    title: item?.title ?? '',
    before: before?.id ?? null,
    after: after?.id ?? null,
    snapshot,
    technical,
    baseline,
  };
  return { change, before, after };
}
