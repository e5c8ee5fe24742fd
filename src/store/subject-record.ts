import type { Claim } from '../domain/claim.ts';
import { NotFoundError } from '../domain/errors.ts';
import type { Evidence, Retraction, Sighting } from '../domain/evidence.ts';
import type { TargetId } from '../domain/ids.ts';
import type { SubjectRecord } from '../domain/subject-record.ts';
import type { Instant } from '../domain/time.ts';
import type { ClaimRow, SightingRow } from './claim-tables.ts';
import { fromJson, fromText, fromTextOrNull, toJson, toText, toTextOrNull } from './codec.ts';
import { atomically, chunksOf, consistently, type Database, moment } from './database.ts';
import { evidenceKnown } from './evidence.ts';
import { edgesKnown, type Speaking } from './voice-edges.ts';

/**
 * What was known of some subjects at a moment: a few questions, each by an index, over one state of the database. Asked
 * together they are answered faster than one by one.
 */
export async function subjectRecords(
  db: Database,
  subjects: readonly string[],
  at: Instant,
): Promise<ReadonlyMap<string, SubjectRecord>> {
  const until = moment(at);
  const asked = [...new Set(subjects)];
  return consistently(db, async (tx) => {
    const claims = grouped(await claimsKnown(tx, asked, until));
    const evidence = grouped(await evidenceKnown(tx, asked, until));
    const sightings = grouped(await sightingsKnown(tx, asked, until));
    const retractions = grouped(await retractionsKnown(tx, asked, until));
    const edges = await edgesKnown(tx, speakingOf(asked, evidence), until);
    const records = asked.map((subject): [string, SubjectRecord] => [
      subject,
      {
        subject,
        claims: claims.get(subject) ?? [],
        evidence: evidence.get(subject) ?? [],
        sightings: (sightings.get(subject) ?? []).map(withoutSubject),
        retractions: (retractions.get(subject) ?? []).map(withoutSubject),
        edges: edges.get(subject) ?? [],
      },
    ]);
    return new Map(records);
  });
}

function speakingOf(
  subjects: readonly string[],
  evidence: ReadonlyMap<string, readonly Evidence[]>,
): ReadonlyMap<string, Speaking> {
  return new Map(
    subjects.map((subject) => {
      const pieces = evidence.get(subject) ?? [];
      const groups = new Set(pieces.map(({ group }) => group));
      return [subject, { groups, items: new Set(pieces.map(({ item }) => item)) }];
    }),
  );
}

function grouped<T extends { subject: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const known = groups.get(row.subject);
    if (known === undefined) groups.set(row.subject, [row]);
    else known.push(row);
  }
  return groups;
}

function withoutSubject<T extends { subject: string }>({
  subject: _,
  ...rest
}: T): Omit<T, 'subject'> {
  return rest;
}

async function claimsKnown(
  db: Database,
  subjects: readonly string[],
  until: Instant,
): Promise<readonly Claim[]> {
  const found: Claim[] = [];
  for (const chunk of chunksOf(subjects)) {
    const rows = await db
      .selectFrom('claims')
      .selectAll()
      .where('subject', 'in', chunk)
      .where('known_at', '<=', until)
      .orderBy('known_at')
      .orderBy('key')
      .execute();
    for (const row of rows) found.push(claimOf(row));
  }
  return found;
}

async function sightingsKnown(
  db: Database,
  subjects: readonly string[],
  until: Instant,
): Promise<readonly (Sighting & { subject: string })[]> {
  const found: (Sighting & { subject: string })[] = [];
  for (const chunk of chunksOf(subjects)) {
    const rows = await db
      .selectFrom('claims')
      .innerJoin('sightings', 'sightings.claim', 'claims.key')
      .selectAll('sightings')
      .select('claims.subject')
      .where('claims.subject', 'in', chunk)
      .where('sightings.at', '<=', until)
      .orderBy('sightings.at')
      .orderBy('sightings.id')
      .execute();
    found.push(...rows);
  }
  return found;
}

async function retractionsKnown(
  db: Database,
  subjects: readonly string[],
  until: Instant,
): Promise<readonly (Retraction & { subject: string })[]> {
  const found: (Retraction & { subject: string })[] = [];
  for (const chunk of chunksOf(subjects)) {
    const rows = await db
      .selectFrom('retractions')
      .select(['subject', 'evidence', 'at', 'kind', 'author', 'because'])
      .where('subject', 'in', chunk)
      .where('at', '<=', until)
      .orderBy('at')
      .orderBy('evidence')
      .execute();
    for (const { author, because, ...row } of rows) {
      found.push({ ...row, by: fromText(author), because: fromText(because) });
    }
  }
  return found;
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
