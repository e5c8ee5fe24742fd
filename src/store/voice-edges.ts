import type { VoiceEdge } from '../domain/evidence.ts';
import type { Instant } from '../domain/time.ts';
import type { VoiceEdgeRow } from './claim-tables.ts';
import { fromJson, toJson } from './codec.ts';
import { atomically, chunksOf, type Database } from './database.ts';

/** The item of an edge between whole groups. */
const WHOLE = '';

/** Adds what is new; an edge that is known keeps the moment it was first seen. */
export async function addEdges(
  db: Database,
  edges: readonly VoiceEdge[],
): Promise<readonly VoiceEdge[]> {
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
export async function subjectsBetween(
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
