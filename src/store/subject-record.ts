import type { Claim } from '../domain/claim.ts';
import { NotFoundError } from '../domain/errors.ts';
import type { Retraction, Sighting } from '../domain/evidence.ts';
import type { TargetId } from '../domain/ids.ts';
import type { SubjectRecord } from '../domain/subject-record.ts';
import type { Instant } from '../domain/time.ts';
import type { ClaimRow, SightingRow } from './claim-tables.ts';
import { fromJson, fromText, fromTextOrNull, toJson, toText, toTextOrNull } from './codec.ts';
import { atomically, chunksOf, consistently, type Database, moment } from './database.ts';
import { evidenceKnown } from './evidence.ts';
import { edgesKnown } from './voice-edges.ts';

/** What was known of a subject at a moment: five questions, each by an index, over one state of the database. */
export async function subjectRecord(
  db: Database,
  subject: string,
  at: Instant,
): Promise<SubjectRecord> {
  const until = moment(at);
  return consistently(db, async (tx) => {
    const evidence = await evidenceKnown(tx, subject, until);
    const groups = [...new Set(evidence.map(({ group }) => group))];
    return {
      subject,
      claims: await claimsKnown(tx, subject, until),
      evidence,
      sightings: await sightingsKnown(tx, subject, until),
      retractions: await retractionsKnown(tx, subject, until),
      edges: await edgesKnown(tx, subject, groups, until),
    };
  });
}

async function claimsKnown(
  db: Database,
  subject: string,
  until: Instant,
): Promise<readonly Claim[]> {
  const rows = await db
    .selectFrom('claims')
    .selectAll()
    .where('subject', '=', subject)
    .where('known_at', '<=', until)
    .orderBy('known_at')
    .orderBy('key')
    .execute();
  return rows.map(claimOf);
}

async function sightingsKnown(
  db: Database,
  subject: string,
  until: Instant,
): Promise<readonly Sighting[]> {
  return db
    .selectFrom('sightings')
    .selectAll()
    .where('claim', 'in', (claims) =>
      claims.selectFrom('claims').select('key').where('subject', '=', subject),
    )
    .where('at', '<=', until)
    .orderBy('at')
    .orderBy('id')
    .execute();
}

async function retractionsKnown(
  db: Database,
  subject: string,
  until: Instant,
): Promise<readonly Retraction[]> {
  const rows = await db
    .selectFrom('retractions')
    .select(['evidence', 'at', 'kind', 'author', 'because'])
    .where('subject', '=', subject)
    .where('at', '<=', until)
    .orderBy('at')
    .orderBy('evidence')
    .execute();
  return rows.map(({ evidence, at, kind, author, because }) => ({
    ...{ evidence, at, kind },
    by: fromText(author),
    because: fromText(because),
  }));
}

export function addSightings(db: Database, sightings: readonly Sighting[]): Promise<void> {
  return atomically(db, async (tx) => {
    for (const chunk of chunksOf(sightings)) {
      await tx
        .insertInto('sightings')
        .values(chunk.map(sightingRow))
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  });
}

export async function sightingsAt(db: Database, target: TargetId): Promise<readonly Sighting[]> {
  return db
    .selectFrom('sightings')
    .selectAll()
    .where('target', '=', target)
    .orderBy('at')
    .orderBy('id')
    .execute();
}

function sightingRow({ id, claim, target, at, kind, snapshot }: Sighting): SightingRow {
  return { id, claim, target, at, kind, snapshot };
}

export function retract(db: Database, retraction: Retraction): Promise<void> {
  const { evidence, at, kind, by, because } = retraction;
  return atomically(db, async (tx) => {
    const known = await tx
      .selectFrom('evidence')
      .select('subject')
      .where('id', '=', evidence)
      .executeTakeFirst();
    if (known === undefined) throw new NotFoundError(`There is no evidence ${evidence}.`);
    await tx
      .insertInto('retractions')
      .values({
        ...{ evidence, subject: known.subject, at, kind },
        author: toText(by),
        because: toText(because),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

export function claimRow(claim: Claim, knownAt: Instant): ClaimRow {
  return {
    key: claim.key,
    subject: claim.subject,
    facet: claim.facet,
    qualifiers: toJson(claim.qualifiers),
    value: toTextOrNull(claim.value),
    criterion: claim.criterion,
    known_at: knownAt,
  };
}

export function claimOf(row: ClaimRow): Claim {
  return {
    key: row.key,
    subject: row.subject,
    facet: row.facet,
    qualifiers: fromJson(row.qualifiers),
    value: fromTextOrNull(row.value),
    criterion: row.criterion,
  };
}
