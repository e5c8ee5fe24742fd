import { sql } from 'kysely';
import type { Subject } from '../domain/subject.ts';
import type { SubjectRow } from './claim-tables.ts';
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

export async function knownSubjects(db: Database): Promise<readonly Subject[]> {
  const rows = await db.selectFrom('subjects').selectAll().orderBy('id').execute();
  return rows.map(subjectOf);
}

/** Adds what is new, by id, and returns that. What others named first and a vendor names now becomes the vendor's own. */
export async function discover(
  db: Database,
  subjects: readonly Subject[],
): Promise<readonly Subject[]> {
  const added = new Set<string>();
  await atomically(db, async (tx) => {
    for (const chunk of chunksOf(subjects)) {
      const rows = await tx
        .insertInto('subjects')
        .values(chunk.map(subjectRow))
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .execute();
      for (const { id } of rows) added.add(id);
      for (const subject of chunk) {
        if (added.has(subject.id) || subject.discovered?.firstHand !== true) continue;
        const { name, aliases, controls, discovered } = subjectRow(subject);
        await tx
          .updateTable('subjects')
          .set({ name, aliases, controls, discovered })
          .where('id', '=', subject.id)
          .where(sql<boolean>`discovered like '%"firstHand":false%'`)
          .execute();
      }
    }
  });
  return subjects.filter(({ id }) => added.delete(id));
}

function subjectRow(subject: Subject): SubjectRow {
  return {
    id: subject.id,
    vendor: subject.vendor,
    kind: subject.kind,
    name: toText(subject.name),
    aliases: toJson(subject.aliases),
    controls: toJson(subject.controls),
    moving: toFlag(subject.moving),
    status: subject.status,
    discovered: toJsonOrNull(subject.discovered),
  };
}

function subjectOf(row: SubjectRow): Subject {
  return {
    id: row.id,
    vendor: row.vendor,
    kind: row.kind,
    name: fromText(row.name),
    aliases: fromJson(row.aliases),
    controls: fromJson(row.controls),
    moving: row.moving === 1,
    status: row.status,
    discovered: fromJsonOrNull(row.discovered),
  };
}
