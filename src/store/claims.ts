import type { Claim } from '../domain/claim.ts';
import type { SubjectRecord } from '../domain/subject-record.ts';
import type { Instant } from '../domain/time.ts';
import { fromJson, toJson } from './codec.ts';
import { atomically, chunksOf, type Database, moment } from './database.ts';
import {
  addEvidence,
  evidenceAfter,
  evidenceById,
  standingEvidence,
  supersede,
} from './evidence.ts';
import type { Claims } from './ports/claims.ts';
import {
  addSightings,
  claimOf,
  claimRow,
  retract,
  sightingsAt,
  subjectRecords,
} from './subject-record.ts';
import { discover, knownSubjects } from './subjects.ts';
import { addTransitions, putVerdicts, verdictsOf } from './verdicts.ts';

export function claimsIn(db: Database): Claims {
  return {
    add: (claims, at) => addClaims(db, claims, at),
    async get(key) {
      const row = await db
        .selectFrom('claims')
        .selectAll()
        .where('key', '=', key)
        .executeTakeFirst();
      return row === undefined ? null : claimOf(row);
    },
    subjects: () => knownSubjects(db),
    discover: (subjects) => discover(db, subjects),
    addEvidence: (evidence) => addEvidence(db, evidence),
    supersede: (ids, at) => supersede(db, ids, at),
    evidence: (id) => evidenceById(db, id),
    evidenceAfter: (place, limit) => evidenceAfter(db, place, limit),
    standing: (target) => standingEvidence(db, target),
    addSightings: (sightings) => addSightings(db, sightings),
    sightings: (target) => sightingsAt(db, target),
    retract: (retraction) => retract(db, retraction),
    async record(subject, at) {
      const records = await subjectRecords(db, [subject], at);
      return records.get(subject) as SubjectRecord;
    },
    records: (subjects, at) => subjectRecords(db, subjects, at),
    verdicts: (subject) => verdictsOf(db, subject === undefined ? null : [subject]),
    verdictsOf: (subjects) => verdictsOf(db, subjects),
    putVerdicts: (verdicts) => putVerdicts(db, verdicts),
    addTransitions: (transitions) => addTransitions(db, transitions),
    toReconsider: (now) => toReconsider(db, now),
    async keepPolicy(digest, policy) {
      await db
        .insertInto('policies')
        .values({ digest, policy: toJson(policy) })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
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
        .values(chunk.map((claim) => claimRow(claim, at)))
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
