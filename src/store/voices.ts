import type { VoiceEdge } from '../domain/evidence.ts';
import type { ItemVersionId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import type { VoiceEdgeRow } from './claim-tables.ts';
import { fromJson, fromText, toJson, toText } from './codec.ts';
import { atomically, chunksOf, type Database } from './database.ts';
import type { MarkedPage, Voices } from './voice-index.ts';

/** Pages of one group that are looked at for a common origin: more of them say nothing more. */
const A_GROUP = 3;
/** Groups are counted up to here; beyond, a mark is everybody's. */
const MOST_COUNTED = 50;

/** The item of an edge between whole groups. */
const WHOLE = '';

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

function keep(db: Database, { item, group, marks }: MarkedPage): Promise<void> {
  return atomically(db, async (tx) => {
    await tx
      .insertInto('voice_groups')
      .values({ voice_group: group })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    for (const chunk of chunksOf(marks)) {
      await tx
        .insertInto('voice_marks')
        .values(chunk.map((mark) => ({ mark: toText(mark), item, voice_group: group })))
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  });
}

async function sharing(
  db: Database,
  marks: readonly string[],
  group: string,
  limit: number,
): Promise<readonly { item: ItemVersionId; group: string }[]> {
  const shared = new Map<ItemVersionId, { group: string; marks: number }>();
  for (const chunk of chunksOf(marks)) {
    const rows = await db
      .selectFrom('voice_marks')
      .select(['item', 'voice_group'])
      .where('mark', 'in', chunk.map(toText))
      .where('voice_group', '!=', group)
      .execute();
    for (const row of rows) {
      const known = shared.get(row.item);
      if (known === undefined) shared.set(row.item, { group: row.voice_group, marks: 1 });
      else known.marks += 1;
    }
  }
  return mostShared(shared, limit);
}

/** Those that share most first, a few of each group; the order of equals is that of their ids. */
function mostShared(
  shared: ReadonlyMap<ItemVersionId, { group: string; marks: number }>,
  limit: number,
): readonly { item: ItemVersionId; group: string }[] {
  const sorted = [...shared].sort(([a, x], [b, y]) => y.marks - x.marks || (a < b ? -1 : 1));
  const taken = new Map<string, number>();
  const found: { item: ItemVersionId; group: string }[] = [];
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
  const carried = new Map<string, number>();
  for (const chunk of chunksOf(marks)) {
    const rows = await db
      .selectFrom('voice_marks')
      .select(['mark', ({ fn }) => fn.count<number>('voice_group').distinct().as('carriers')])
      .where('mark', 'in', chunk.map(toText))
      .groupBy('mark')
      .execute();
    for (const { mark, carriers } of rows) carried.set(fromText(mark), Number(carriers));
  }
  return carried;
}

/** Adds what is new; an edge that is known keeps the moment it was first seen. */
async function addEdges(db: Database, edges: readonly VoiceEdge[]): Promise<readonly VoiceEdge[]> {
  const added = new Set<string>();
  await atomically(db, async (tx) => {
    for (const chunk of chunksOf(edges)) {
      const rows = await tx
        .insertInto('voice_edges')
        .values(chunk.map(edgeRow))
        .onConflict((conflict) => conflict.doNothing())
        .returning(['a', 'b', 'item'])
        .execute();
      for (const { a, b, item } of rows) added.add(JSON.stringify([a, b, item]));
    }
  });
  return edges.filter(({ a, b, item }) => added.delete(JSON.stringify([a, b, item ?? WHOLE])));
}

/** Subjects of which at least two of some groups, or of the houses they belong to, speak. */
async function subjectsBetween(
  db: Database,
  groups: readonly string[],
): Promise<readonly string[]> {
  const houses = await houseEdges(db, groups, null);
  const members = new Set([...groups, ...houses.flatMap(({ a, b }) => [a, b])]);
  const speakers = new Map<string, Set<string>>();
  for (const chunk of chunksOf([...members])) {
    const rows = await db
      .selectFrom('evidence')
      .select(['voice_group', 'subject'])
      .distinct()
      .where('voice_group', 'in', chunk)
      .execute();
    for (const { voice_group: group, subject } of rows) {
      speakers.set(subject, (speakers.get(subject) ?? new Set()).add(group));
    }
  }
  return [...speakers].flatMap(([subject, some]) => (some.size > 1 ? [subject] : [])).sort();
}

/**
 * The edges that matter for a subject, seen by a moment: those that limit a page which speaks of it, and those that
 * join any of its groups, over others that are silent on it too.
 */
export async function edgesKnown(
  db: Database,
  subject: string,
  groups: readonly string[],
  until: Instant,
): Promise<readonly VoiceEdge[]> {
  const limited = await db
    .selectFrom('voice_edges')
    .selectAll()
    .where('item', 'in', (evidence) =>
      evidence.selectFrom('evidence').select('item').where('subject', '=', subject),
    )
    .where('observed_at', '<=', until)
    .execute();
  const named = new Set([...groups, ...limited.map(({ a }) => a)]);
  const rows = [...limited, ...(await houseEdges(db, [...named], until))];
  rows.sort((one, other) => (edgeOrder(one) < edgeOrder(other) ? -1 : 1));
  return rows.map(edgeOf);
}

/** The edges between whole groups that can be reached from some, seen by a moment or ever. */
async function houseEdges(
  db: Database,
  groups: readonly string[],
  until: Instant | null,
): Promise<readonly VoiceEdgeRow[]> {
  const found = new Map<string, VoiceEdgeRow>();
  const asked = new Set<string>();
  let asking = [...new Set(groups)];
  while (asking.length > 0) {
    for (const group of asking) asked.add(group);
    for (const row of await edgesOf(db, asking, until)) {
      found.set(JSON.stringify([row.a, row.b]), row);
    }
    const reached = [...found.values()].flatMap(({ a, b }) => [a, b]);
    asking = [...new Set(reached)].filter((group) => !asked.has(group));
  }
  return [...found.values()];
}

async function edgesOf(
  db: Database,
  groups: readonly string[],
  until: Instant | null,
): Promise<readonly VoiceEdgeRow[]> {
  const rows: VoiceEdgeRow[] = [];
  for (const chunk of chunksOf(groups)) {
    for (const end of ['a', 'b'] as const) {
      const touching = db
        .selectFrom('voice_edges')
        .selectAll()
        .where(end, 'in', chunk)
        .where('item', '=', WHOLE);
      const seen = until === null ? touching : touching.where('observed_at', '<=', until);
      rows.push(...(await seen.execute()));
    }
  }
  return rows;
}

function edgeOrder({ a, b, item, observed_at }: VoiceEdgeRow): string {
  return JSON.stringify([observed_at, a, b, item]);
}

function edgeRow({ a, b, item, observedAt, signals }: VoiceEdge): VoiceEdgeRow {
  return { a, b, item: item ?? WHOLE, observed_at: observedAt, signals: toJson(signals) };
}

function edgeOf({ a, b, item, observed_at, signals }: VoiceEdgeRow): VoiceEdge {
  return {
    a,
    b,
    item: item === WHOLE ? null : item,
    observedAt: observed_at,
    signals: fromJson(signals),
  };
}
