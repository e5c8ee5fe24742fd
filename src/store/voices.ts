import type { ItemVersionId } from '../domain/ids.ts';
import { fromJson, fromText, toJson, toText } from './columns.ts';
import { addNew, atomically, type Database, inChunks } from './database.ts';
import type { MarkedPage, SharingPage, Voices } from './ports/claims.ts';
import { addEdges, subjectsBetween } from './voice-edges.ts';

/** Pages of one group that are looked at for a common origin: more of them say nothing more. */
const A_GROUP = 3;
/** Groups are counted up to here; beyond, a mark is everybody's. */
const MOST_COUNTED = 50;

export function voicesIn(db: Database): Voices {
  return {
    keep: (page) => keep(db, page),
    sharing: (marks, group, limit) => sharing(db, marks, group, limit),
    groups: () => countGroups(db),
    spread: (marks) => spread(db, marks),
    addEdges: (edges) => addEdges(db, edges),
    subjectsBetween: (groups) => subjectsBetween(db, groups),
  };
}

function keep(db: Database, { item, group, marks, origin }: MarkedPage): Promise<void> {
  return atomically(db, async (tx) => {
    await addNew(tx, 'voice_groups', [{ voice_group: group }]);
    await addNew(tx, 'voice_pages', [{ item, origin: toJson(origin) }]);
    const rows = marks.map((mark) => ({ mark: toText(mark), item, voice_group: group }));
    await addNew(tx, 'voice_marks', rows);
  });
}

async function sharing(
  db: Database,
  marks: readonly string[],
  group: string,
  limit: number,
): Promise<readonly SharingPage[]> {
  const shared = new Map<ItemVersionId, { group: string; marks: number }>();
  const rows = await inChunks(marks, (chunk) =>
    db
      .selectFrom('voice_marks')
      .select(['item', 'voice_group'])
      .where('mark', 'in', chunk.map(toText))
      .where('voice_group', '!=', group)
      .execute(),
  );
  for (const row of rows) {
    const known = shared.get(row.item);
    if (known === undefined) shared.set(row.item, { group: row.voice_group, marks: 1 });
    else known.marks += 1;
  }
  return withOrigins(db, mostShared(shared, limit));
}

async function withOrigins(
  db: Database,
  pages: readonly Omit<SharingPage, 'origin'>[],
): Promise<readonly SharingPage[]> {
  const items = pages.map(({ item }) => item);
  const rows = await inChunks(items, (chunk) =>
    db.selectFrom('voice_pages').selectAll().where('item', 'in', chunk).execute(),
  );
  const origins = new Map(rows.map(({ item, origin }) => [item, fromJson(origin)]));
  return pages.map((page) => ({ ...page, origin: origins.get(page.item) ?? {} }));
}

/** Those that share most first, a few of each group; the order of equals is that of their ids. */
function mostShared(
  shared: ReadonlyMap<ItemVersionId, { group: string; marks: number }>,
  limit: number,
): readonly Omit<SharingPage, 'origin'>[] {
  const sorted = [...shared].sort(([a, x], [b, y]) => y.marks - x.marks || (a < b ? -1 : 1));
  const taken = new Map<string, number>();
  const found: Omit<SharingPage, 'origin'>[] = [];
  for (const [item, { group }] of sorted) {
    const count = taken.get(group) ?? 0;
    if (count >= A_GROUP) continue;
    taken.set(group, count + 1);
    found.push({ item, group });
    if (found.length === limit) break;
  }
  return found;
}

async function countGroups(db: Database): Promise<number> {
  const groups = await db
    .selectFrom('voice_groups')
    .select('voice_group')
    .limit(MOST_COUNTED)
    .execute();
  return groups.length;
}

async function spread(
  db: Database,
  marks: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await inChunks(marks, (chunk) =>
    db
      .selectFrom('voice_marks')
      .select(['mark', ({ fn }) => fn.count<number>('voice_group').distinct().as('carriers')])
      .where('mark', 'in', chunk.map(toText))
      .groupBy('mark')
      .execute(),
  );
  return new Map(rows.map(({ mark, carriers }) => [fromText(mark), Number(carriers)]));
}
