import type { VoiceEdge } from '../domain/evidence.ts';
import { groupedBy } from '../domain/groups.ts';
import type { Instant } from '../domain/time.ts';
import { fromJson, toJson } from './columns.ts';
import { addedKeys, type Database, inChunks } from './database.ts';
import type { VoiceEdgeRow } from './tables.ts';

/** The item of an edge between whole groups. */
const WHOLE = '';

/** Adds what is new; an edge that is known keeps the moment it was first seen. */
export async function addEdges(
  db: Database,
  edges: readonly VoiceEdge[],
): Promise<readonly VoiceEdge[]> {
  const keys = await addedKeys(db, 'voice_edges', edges.map(edgeRow), ['a', 'b', 'item']);
  const added = new Set(keys.map(({ a, b, item }) => JSON.stringify([a, b, item])));
  return edges.filter(({ a, b, item }) => added.delete(JSON.stringify([a, b, item ?? WHOLE])));
}

/** Subjects of which at least two of some groups, or of the houses they belong to, speak. */
export async function subjectsBetween(
  db: Database,
  groups: readonly string[],
): Promise<readonly string[]> {
  const houses = await houseEdges(db, groups, null);
  const members = new Set([...groups, ...houses.flatMap(({ a, b }) => [a, b])]);
  // Each group is in one chunk, so that a row is a group that speaks of a subject.
  const rows = await inChunks([...members], (chunk) =>
    db
      .selectFrom('evidence')
      .select(['voice_group', 'subject'])
      .distinct()
      .where('voice_group', 'in', chunk)
      .execute(),
  );
  const speakers = groupedBy(rows, ({ subject }) => subject);
  return [...speakers].flatMap(([subject, some]) => (some.length > 1 ? [subject] : [])).sort();
}

/** Who speaks of a subject, and in which items. */
export interface Speaking {
  groups: ReadonlySet<string>;
  items: ReadonlySet<string>;
}

/**
 * The edges that matter for some subjects, seen by a moment: those that limit a page which speaks of a subject, and
 * those that join any of its groups, over others that are silent on it too.
 */
export async function edgesKnown(
  db: Database,
  speaking: ReadonlyMap<string, Speaking>,
  until: Instant,
): Promise<ReadonlyMap<string, readonly VoiceEdge[]>> {
  const pages = await limitedEdges(db, [...speaking.keys()], until);
  const limited = new Map(
    [...speaking].map(([subject, { items }]) => [
      subject,
      pages.filter(({ item }) => items.has(item)),
    ]),
  );
  const named = new Map(
    [...speaking].map(([subject, { groups }]) => [
      subject,
      new Set([...groups, ...(limited.get(subject) ?? []).map(({ a }) => a)]),
    ]),
  );
  const all = new Set([...named.values()].flatMap((some) => [...some]));
  const houses = await houseEdges(db, [...all], until);
  return new Map(
    [...named].map(([subject, some]) => {
      const rows = [...(limited.get(subject) ?? []), ...reachedFrom(some, houses)];
      rows.sort((one, other) => (edgeOrder(one) < edgeOrder(other) ? -1 : 1));
      return [subject, rows.map(edgeOf)];
    }),
  );
}

/** The edges that are about one page that speaks of any of some subjects. */
async function limitedEdges(
  db: Database,
  subjects: readonly string[],
  until: Instant,
): Promise<readonly VoiceEdgeRow[]> {
  const rows = await inChunks(subjects, (chunk) =>
    db
      .selectFrom('voice_edges')
      .selectAll()
      .where('item', 'in', (evidence) =>
        evidence.selectFrom('evidence').select('item').where('subject', 'in', chunk),
      )
      .where('observed_at', '<=', until)
      .execute(),
  );
  return [...new Map(rows.map((row) => [edgeOrder(row), row])).values()];
}

/** Of some edges between whole groups, those that can be reached from a few groups. */
function reachedFrom(
  groups: ReadonlySet<string>,
  edges: readonly VoiceEdgeRow[],
): readonly VoiceEdgeRow[] {
  const reached = new Set(groups);
  let found: readonly VoiceEdgeRow[] = [];
  for (;;) {
    const touching = edges.filter(({ a, b }) => reached.has(a) || reached.has(b));
    if (touching.length === found.length) return found;
    found = touching;
    for (const { a, b } of touching) reached.add(a).add(b);
  }
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
  const touching = (end: 'a' | 'b') =>
    inChunks(groups, (chunk) =>
      db
        .selectFrom('voice_edges')
        .selectAll()
        .where(end, 'in', chunk)
        .where('item', '=', WHOLE)
        .$if(until !== null, (query) => query.where('observed_at', '<=', until ?? ''))
        .execute(),
    );
  return [...(await touching('a')), ...(await touching('b'))];
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
