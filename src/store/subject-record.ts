import type { Claim } from '../domain/claim.ts';
import type { Evidence, Retraction, Sighting } from '../domain/evidence.ts';
import type { SubjectRecord } from '../domain/subject-record.ts';
import type { Instant } from '../domain/time.ts';
import { moment } from './codec.ts';
import { consistently, type Database, inChunks } from './database.ts';
import { evidenceKnown } from './evidence.ts';
import { CLAIM, RETRACTION } from './records.ts';
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
  const rows = await inChunks(subjects, (chunk) =>
    db
      .selectFrom('claims')
      .selectAll()
      .where('subject', 'in', chunk)
      .where('known_at', '<=', until)
      .orderBy('known_at')
      .orderBy('key')
      .execute(),
  );
  return rows.map(CLAIM.recordOf);
}

function sightingsKnown(
  db: Database,
  subjects: readonly string[],
  until: Instant,
): Promise<readonly (Sighting & { subject: string })[]> {
  return inChunks(subjects, (chunk) =>
    db
      .selectFrom('claims')
      .innerJoin('sightings', 'sightings.claim', 'claims.key')
      .selectAll('sightings')
      .select('claims.subject')
      .where('claims.subject', 'in', chunk)
      .where('sightings.at', '<=', until)
      .orderBy('sightings.at')
      .orderBy('sightings.id')
      .execute(),
  );
}

async function retractionsKnown(
  db: Database,
  subjects: readonly string[],
  until: Instant,
): Promise<readonly (Retraction & { subject: string })[]> {
  const rows = await inChunks(subjects, (chunk) =>
    db
      .selectFrom('retractions')
      .selectAll()
      .where('subject', 'in', chunk)
      .where('at', '<=', until)
      .orderBy('at')
      .orderBy('evidence')
      .execute(),
  );
  return rows.map((row) => ({ ...RETRACTION.recordOf(row), subject: row.subject }));
}
