import { sql } from 'kysely';
import { Bug } from '../domain/errors.ts';
import type { ItemVersionId, TargetId } from '../domain/ids.ts';
import type { Change, ItemVersion } from '../domain/item.ts';
import type { Instant } from '../domain/time.ts';
import {
  fromJson,
  fromJsonOrNull,
  fromText,
  toFlag,
  toJson,
  toJsonOrNull,
  toText,
} from './codec.ts';
import { atomically, chunksOf, type Database } from './database.ts';
import type { Items } from './ports/pages.ts';
import type { ChangeRow, ItemVersionRow } from './tables.ts';

export function itemsIn(db: Database): Items {
  return {
    current: (target) => current(db, target),
    async get(id) {
      const row = await db
        .selectFrom('item_versions')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return row === undefined ? null : versionOf(row);
    },
    versions: (ids) => versions(db, ids),
    naming: (targets, subjects) => naming(db, targets, subjects),
    apply: ({ added, ended, changes }) =>
      atomically(db, async (tx) => {
        // First, because only one version of an item may stand.
        for (const { id, at } of ended) await end(tx, id, at);
        await addVersions(tx, added);
        await addChanges(tx, changes);
      }),
    async change(id) {
      const row = await db
        .selectFrom('changes')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return row === undefined ? null : changeOf(row);
    },
  };
}

async function current(db: Database, target: TargetId): Promise<ReadonlyMap<string, ItemVersion>> {
  const rows = await db
    .selectFrom('item_versions')
    .selectAll()
    .where('target', '=', target)
    .where('superseded_at', 'is', null)
    .orderBy('first_seen_at')
    .orderBy('id')
    .execute();
  return new Map(rows.map(versionOf).map((version) => [version.item.key, version]));
}

async function versions(
  db: Database,
  ids: readonly ItemVersionId[],
): Promise<ReadonlyMap<ItemVersionId, ItemVersion>> {
  const found = new Map<ItemVersionId, ItemVersion>();
  for (const chunk of chunksOf(ids)) {
    const rows = await db
      .selectFrom('item_versions')
      .selectAll()
      .where('id', 'in', chunk)
      .execute();
    for (const row of rows) found.set(row.id, versionOf(row));
  }
  return found;
}

/** Mentions are a JSON list of ids, so an id in its quotes stands nowhere else in it. */
async function naming(
  db: Database,
  targets: readonly TargetId[],
  subjects: readonly string[],
): Promise<readonly ItemVersion[]> {
  const found: ItemVersion[] = [];
  for (const subject of subjects) {
    const quoted = JSON.stringify(subject);
    for (const chunk of chunksOf(targets)) {
      const rows = await db
        .selectFrom('item_versions')
        .selectAll()
        .where('target', 'in', chunk)
        .where(
          ({ fn, val }) => fn('replace', ['mentions', val(quoted), val('')]),
          '<>',
          sql.ref('mentions'),
        )
        .execute();
      found.push(...rows.map(versionOf));
    }
  }
  const once = new Map(found.map((version) => [version.id, version]));
  return [...once.values()].sort((a, b) => (a.firstSeenAt < b.firstSeenAt ? -1 : 1));
}

async function end(db: Database, id: ItemVersionId, at: Instant): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('item_versions')
    .set(({ fn, val }) => ({ superseded_at: fn.coalesce('superseded_at', val(at)) }))
    .where('id', '=', id)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new Bug(`There is no item version ${id} to end.`);
}

async function addVersions(db: Database, versions: readonly ItemVersion[]): Promise<void> {
  for (const chunk of chunksOf(versions)) {
    await db
      .insertInto('item_versions')
      .values(chunk.map(versionRow))
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
}

async function addChanges(db: Database, changes: readonly Change[]): Promise<void> {
  for (const chunk of chunksOf(changes)) {
    await db
      .insertInto('changes')
      .values(chunk.map(changeRow))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

function versionRow({ item, ...version }: ItemVersion): ItemVersionRow {
  return {
    id: version.id,
    target: version.target,
    key: toText(item.key),
    kind: item.kind,
    title: toText(item.title),
    text: toText(item.text),
    url: toText(item.url),
    published: toJsonOrNull(item.published),
    fields: toJson(item.fields),
    snapshot: version.snapshot,
    mentions: toJson(version.mentions),
    first_seen_at: version.firstSeenAt,
    superseded_at: version.supersededAt,
  };
}

function versionOf(row: ItemVersionRow): ItemVersion {
  return {
    id: row.id,
    target: row.target,
    item: {
      key: fromText(row.key),
      kind: row.kind,
      title: fromText(row.title),
      text: fromText(row.text),
      url: fromText(row.url),
      published: fromJsonOrNull(row.published),
      fields: fromJson(row.fields),
    },
    snapshot: row.snapshot,
    mentions: fromJson(row.mentions),
    firstSeenAt: row.first_seen_at,
    supersededAt: row.superseded_at,
  };
}

function changeRow(change: Change): ChangeRow {
  return {
    id: change.id,
    target: change.target,
    at: change.at,
    kind: change.kind,
    key: toText(change.key),
    title: toText(change.title),
    before: change.before,
    after: change.after,
    snapshot: change.snapshot,
    technical: toFlag(change.technical),
    baseline: toFlag(change.baseline),
  };
}

export function changeOf(row: ChangeRow): Change {
  return {
    id: row.id,
    target: row.target,
    at: row.at,
    kind: row.kind,
    key: fromText(row.key),
    title: fromText(row.title),
    before: row.before,
    after: row.after,
    snapshot: row.snapshot,
    technical: row.technical === 1,
    baseline: row.baseline === 1,
  };
}
