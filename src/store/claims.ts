import { sql } from 'kysely';
import type { Claim } from '../domain/claim.ts';
import type { Subject } from '../domain/subject.ts';
import type { SubjectRecord } from '../domain/subject-record.ts';
import type { Instant } from '../domain/time.ts';
import type { StoredVerdict, Transition } from '../domain/verdict.ts';
import { fromJson, moment, toJson } from './columns.ts';
import { addedKeys, addNew, atomically, chunksOf, type Database, inChunks } from './database.ts';
import {
  addEvidence,
  evidenceAfter,
  evidenceById,
  retract,
  standingEvidence,
  subjectRecords,
  supersede,
} from './evidence.ts';
import type { Claims } from './ports/claims.ts';
import { CLAIM, SIGHTING, SUBJECT, TRANSITION, VERDICT } from './records.ts';
import type { TransitionRow } from './tables.ts';

export function claimsIn(db: Database): Claims {
  return {
    add: (claims, at) => addClaims(db, claims, at),
    async get(key) {
      const row = await db
        .selectFrom('claims')
        .selectAll()
        .where('key', '=', key)
        .executeTakeFirst();
      return row === undefined ? null : CLAIM.recordOf(row);
    },
    async subjects() {
      const rows = await db.selectFrom('subjects').selectAll().orderBy('id').execute();
      return rows.map(SUBJECT.recordOf);
    },
    discover: (subjects) => discover(db, subjects),
    addEvidence: (evidence) => addEvidence(db, evidence),
    supersede: (ids, at) => supersede(db, ids, at),
    evidence: (id) => evidenceById(db, id),
    evidenceAfter: (place, limit) => evidenceAfter(db, place, limit),
    standing: (target) => standingEvidence(db, target),
    addSightings: (sightings) => addNew(db, 'sightings', sightings.map(SIGHTING.rowOf)),
    async sightings(target) {
      const all = db.selectFrom('sightings').selectAll().where('target', '=', target);
      return all.orderBy('at').orderBy('id').execute();
    },
    retract: (retraction) => retract(db, retraction),
    async record(subject, at) {
      const records = await subjectRecords(db, [subject], at);
      return records.get(subject) as SubjectRecord;
    },
    records: (subjects, at) => subjectRecords(db, subjects, at),
    verdicts: (subject) => verdictsOf(db, subject === undefined ? null : [subject]),
    verdictsOf: (subjects) => verdictsOf(db, subjects),
    putVerdicts: (verdicts) => putVerdicts(db, verdicts),
    addTransitions: (transitions) => addNew(db, 'transitions', transitions.map(transitionRow)),
    toReconsider: (now) => toReconsider(db, now),
    keepPolicy: (digest, policy) => addNew(db, 'policies', [{ digest, policy: toJson(policy) }]),
    async policy(digest) {
      const row = await db
        .selectFrom('policies')
        .select('policy')
        .where('digest', '=', digest)
        .executeTakeFirst();
      return row === undefined ? null : fromJson(row.policy);
    },
  };
}

function addClaims(db: Database, claims: readonly Claim[], at: Instant): Promise<void> {
  // A statement may not meet one row twice.
  const distinct = [...new Map(claims.map((claim) => [claim.key, claim])).values()];
  return atomically(db, async (tx) => {
    for (const chunk of chunksOf(distinct)) {
      await tx
        .insertInto('claims')
        .values(chunk.map((claim) => ({ ...CLAIM.rowOf(claim), known_at: at })))
        .onConflict((conflict) =>
          conflict
            .column('key')
            .doUpdateSet(({ ref }) => ({ known_at: ref('excluded.known_at') }))
            .whereRef('excluded.known_at', '<', 'claims.known_at'),
        )
        .execute();
    }
  });
}

/** Adds what is new, by id, and returns that. What others named first and a vendor names now becomes the vendor's own. */
function discover(db: Database, subjects: readonly Subject[]): Promise<readonly Subject[]> {
  return atomically(db, async (tx) => {
    const rows = await addedKeys(tx, 'subjects', subjects.map(SUBJECT.rowOf), ['id']);
    const added = new Set(rows.map(({ id }) => id));
    for (const subject of subjects) {
      if (added.has(subject.id) || subject.discovered?.firstHand !== true) continue;
      const { name, aliases, controls, discovered } = SUBJECT.rowOf(subject);
      await tx
        .updateTable('subjects')
        .set({ name, aliases, controls, discovered })
        .where('id', '=', subject.id)
        .where(sql<boolean>`discovered like '%"firstHand":false%'`)
        .execute();
    }
    return subjects.filter(({ id }) => added.delete(id));
  });
}

async function verdictsOf(
  db: Database,
  subjects: readonly string[] | null,
): Promise<readonly StoredVerdict[]> {
  const all = db.selectFrom('verdicts').selectAll().orderBy('subject').orderBy('claim');
  const rows =
    subjects === null
      ? await all.execute()
      : await inChunks(subjects, (chunk) => all.where('subject', 'in', chunk).execute());
  return rows.map(VERDICT.recordOf);
}

function putVerdicts(db: Database, verdicts: readonly StoredVerdict[]): Promise<void> {
  // A statement may not meet one row twice; the last word counts.
  const distinct = [...new Map(verdicts.map((verdict) => [verdict.claim, verdict])).values()];
  return atomically(db, async (tx) => {
    for (const chunk of chunksOf(distinct)) {
      const rows = chunk.map(VERDICT.rowOf);
      const { claim: _, ...found } = VERDICT.rowOf(chunk[0] as StoredVerdict);
      const columns = Object.keys(found) as (keyof typeof found)[];
      await tx
        .insertInto('verdicts')
        .values(rows)
        .onConflict((conflict) =>
          conflict
            .column('claim')
            .doUpdateSet(({ ref }) =>
              Object.fromEntries(columns.map((column) => [column, ref(`excluded.${column}`)])),
            ),
        )
        .execute();
    }
  });
}

function transitionRow({ from, to, ...transition }: Transition): TransitionRow {
  return {
    ...TRANSITION.rowOf(transition),
    ...{ from_level: from.level, from_status: from.status },
    ...{ to_level: to.level, to_status: to.status },
  };
}

export function transitionOf(row: TransitionRow): Transition {
  return {
    ...TRANSITION.recordOf(row),
    from: { level: row.from_level, status: row.from_status },
    to: { level: row.to_level, status: row.to_status },
  };
}

async function toReconsider(db: Database, now: Instant): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('verdicts')
    .select('subject')
    .distinct()
    .where('reconsider_at', '<=', moment(now))
    .where('reconsider_at', 'is not', null)
    .orderBy('subject')
    .execute();
  return rows.map(({ subject }) => subject);
}
