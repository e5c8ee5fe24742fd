import { sql } from 'kysely';
import { type KnownTexts, knownTexts } from '../core/text/known-texts.ts';
import { Bug } from '../domain/errors.ts';
import type { ItemVersionId, TargetId } from '../domain/ids.ts';
import type { ItemVersion } from '../domain/item.ts';
import type { Instant } from '../domain/time.ts';
import { addNew, atomically, chunksOf, type Database, inChunks, rowById } from './database.ts';
import type { Items } from './ports/pages.ts';
import { CHANGE, ITEM, VERSION } from './records.ts';
import type { Tables } from './tables.ts';

export function itemsIn(db: Database): Items {
  const known: Known = knownTexts(MOST_KNOWN);
  return {
    current: (target) => current(db, target, known),
    async get(id) {
      const row = await rowById(db, 'item_versions', id);
      return row === undefined ? null : versionOf(row);
    },
    versions: (ids) => versions(db, ids),
    naming: (targets, subjects) => naming(db, targets, subjects),
    apply: ({ added, ended, changes }) =>
      atomically(db, async (tx) => {
        // First, because only one version of an item may stand.
        for (const { id, at } of ended) await end(tx, id, at);
        await addVersions(tx, added);
        await addNew(tx, 'changes', changes.map(CHANGE.rowOf));
      }),
    async change(id) {
      const row = await rowById(db, 'changes', id);
      return row === undefined ? null : CHANGE.recordOf(row);
    },
  };
}

/** What versions that were read before may take, in characters. */
const MOST_KNOWN = 8_000_000;
/** What a version takes beside its words, in characters. */
const VERSION_SIZE = 600;
/** From this many on that are not known, all are read. */
const MANY = 64;

type Known = KnownTexts<ItemVersion>;

/**
 * The versions that stand. A version never changes but by its end, so that of a long list only those that are not known
 * are read in full.
 */
async function current(
  db: Database,
  target: TargetId,
  known: Known,
): Promise<ReadonlyMap<string, ItemVersion>> {
  const standing = await standingAt(db, target).select('id').execute();
  const unknown = standing.filter(({ id }) => known.get(id) === undefined);
  const read =
    unknown.length < MANY
      ? await versions(
          db,
          unknown.map(({ id }) => id),
        )
      : NONE;
  const found = standing.map(({ id }) => known.get(id) ?? read.get(id));
  for (const version of read.values()) keepKnown(known, version);
  // One that ended meanwhile, or many that are new: all are read at one moment.
  const all = found.every((version) => version !== undefined && version.supersededAt === null)
    ? (found as readonly ItemVersion[])
    : await readStanding(db, target, known);
  return new Map(all.map((version) => [version.item.key, version]));
}

const NONE: ReadonlyMap<ItemVersionId, ItemVersion> = new Map();

async function readStanding(
  db: Database,
  target: TargetId,
  known: Known,
): Promise<readonly ItemVersion[]> {
  const rows = await standingAt(db, target).selectAll().execute();
  const all = rows.map(versionOf);
  for (const version of all) keepKnown(known, version);
  return all;
}

function standingAt(db: Database, target: TargetId) {
  return db
    .selectFrom('item_versions')
    .where('target', '=', target)
    .where('superseded_at', 'is', null)
    .orderBy('first_seen_at')
    .orderBy('id');
}

function keepKnown(known: Known, version: ItemVersion): void {
  const { title, text } = version.item;
  if (version.supersededAt === null)
    known.put(version.id, version, VERSION_SIZE + title.length + text.length);
}

async function versions(
  db: Database,
  ids: readonly ItemVersionId[],
): Promise<ReadonlyMap<ItemVersionId, ItemVersion>> {
  const rows = await inChunks(ids, (chunk) =>
    db.selectFrom('item_versions').selectAll().where('id', 'in', chunk).execute(),
  );
  return new Map(rows.map((row) => [row.id, versionOf(row)]));
}

/** Mentions are a JSON list of ids, so an id in its quotes stands nowhere else in it. */
async function naming(
  db: Database,
  targets: readonly TargetId[],
  subjects: readonly string[],
): Promise<readonly ItemVersion[]> {
  const once = new Map<ItemVersionId, ItemVersion>();
  for (const subject of subjects) {
    const quoted = JSON.stringify(subject);
    const rows = await inChunks(targets, (chunk) =>
      db
        .selectFrom('item_versions')
        .selectAll()
        .where('target', 'in', chunk)
        .where(
          ({ fn, val }) => fn('replace', ['mentions', val(quoted), val('')]),
          '<>',
          sql.ref('mentions'),
        )
        .execute(),
    );
    for (const row of rows) once.set(row.id, versionOf(row));
  }
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

/** A version that is known stays as it is; a second one that would stand for an item is refused. */
async function addVersions(db: Database, versions: readonly ItemVersion[]): Promise<void> {
  for (const chunk of chunksOf(versions)) {
    await db
      .insertInto('item_versions')
      .values(chunk.map(versionRow))
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
}

function versionRow({ item, ...version }: ItemVersion): Tables['item_versions'] {
  return { ...VERSION.rowOf(version), ...ITEM.rowOf(item) };
}

function versionOf(row: Tables['item_versions']): ItemVersion {
  return { ...VERSION.recordOf(row), item: ITEM.recordOf(row) };
}
