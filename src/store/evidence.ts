import { sql } from 'kysely';
import type { Claim } from '../domain/claim.ts';
import { NotFoundError } from '../domain/errors.ts';
import type { Evidence, Retraction, Sighting } from '../domain/evidence.ts';
import { groupedBy } from '../domain/groups.ts';
import type { EvidenceId, TargetId } from '../domain/ids.ts';
import type { SubjectRecord } from '../domain/subject-record.ts';
import type { Instant } from '../domain/time.ts';
import { fromJson, fromJsonOrNull, fromText, fromTextOrNull, moment, toJson } from './columns.ts';
import {
  addedKeys,
  addNew,
  atomically,
  chunksOf,
  consistently,
  type Database,
  inChunks,
  rowById,
} from './database.ts';
import type { EvidencePlace, QuotedEvidence } from './ports/claims.ts';
import { CLAIM, EVIDENCE, RETRACTION } from './records.ts';
import type { Tables } from './tables.ts';
import { edgesKnown, type Speaking } from './voice-edges.ts';

/** Adds what is new, by id, and returns that. */
export async function addEvidence(
  db: Database,
  evidence: readonly Evidence[],
): Promise<readonly Evidence[]> {
  const rows = await addedKeys(db, 'evidence', evidence.map(rowOf), ['id']);
  const added = new Set(rows.map(({ id }) => id));
  // A piece given twice is one piece.
  return evidence.filter(({ id }) => added.delete(id));
}

export function supersede(db: Database, ids: readonly EvidenceId[], at: Instant): Promise<void> {
  return atomically(db, async (tx) => {
    for (const chunk of chunksOf(ids)) {
      await tx
        .updateTable('evidence')
        .set({ superseded_at: at })
        .where('id', 'in', chunk)
        .where('superseded_at', 'is', null)
        .execute();
    }
  });
}

export async function evidenceById(db: Database, id: EvidenceId): Promise<Evidence | null> {
  const row = await rowById(db, 'evidence', id);
  return row === undefined ? null : evidenceOf(row);
}

export async function evidenceAfter(
  db: Database,
  place: EvidencePlace | null,
  limit: number,
): Promise<readonly QuotedEvidence[]> {
  const rows = await db
    .selectFrom('evidence')
    .select(['id', 'subject', 'item', 'snapshot', 'quote', 'span', 'extractor'])
    .select(['observed_at', 'known_at', 'rule', 'marks'])
    .$if(place !== null, (query) =>
      query.where(sql<boolean>`(snapshot, id) > (${place?.snapshot}, ${place?.id})`),
    )
    .orderBy('snapshot')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ quote, span, rule, marks, observed_at, known_at, ...row }) => ({
    ...{ ...row, quote: fromText(quote), span: fromJson(span), rule: fromTextOrNull(rule) },
    marks: fromJsonOrNull(marks) ?? [],
    ...{ observedAt: observed_at, knownAt: known_at },
  }));
}

export async function standingEvidence(
  db: Database,
  target: TargetId,
): Promise<readonly Evidence[]> {
  const rows = await db
    .selectFrom('evidence')
    .selectAll()
    .where('target', '=', target)
    .where('superseded_at', 'is', null)
    .orderBy('known_at')
    .orderBy('id')
    .execute();
  return rows.map(evidenceOf);
}

/** What was known of some subjects at a moment, as it was known then: an end that came later has not come. */
async function evidenceKnown(
  db: Database,
  subjects: readonly string[],
  at: Instant,
): Promise<readonly Evidence[]> {
  const rows = await inChunks(subjects, (chunk) =>
    db
      .selectFrom('evidence')
      .selectAll()
      .where('subject', 'in', chunk)
      .where('known_at', '<=', at)
      .orderBy('subject')
      .orderBy('known_at')
      .orderBy('id')
      .execute(),
  );
  return rows.map((row) => asKnown(evidenceOf(row), at));
}

function asKnown(evidence: Evidence, at: Instant): Evidence {
  const { supersededAt } = evidence;
  const isToCome = supersededAt !== null && supersededAt > at;
  return isToCome ? { ...evidence, supersededAt: null } : evidence;
}

function rowOf(evidence: Evidence): Tables['evidence'] {
  const marks = evidence.marks.length === 0 ? null : toJson(evidence.marks);
  return { ...EVIDENCE.rowOf(evidence), marks };
}

function evidenceOf(row: Tables['evidence']): Evidence {
  return { ...EVIDENCE.recordOf(row), marks: fromJsonOrNull(row.marks) ?? [] };
}

/** Takes a piece out of judgement, or puts it back. */
export function retract(db: Database, retraction: Retraction): Promise<void> {
  return atomically(db, async (tx) => {
    const known = await rowById(tx, 'evidence', retraction.evidence);
    if (known === undefined)
      throw new NotFoundError(`There is no evidence ${retraction.evidence}.`);
    await addNew(tx, 'retractions', [{ ...RETRACTION.rowOf(retraction), subject: known.subject }]);
  });
}

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
    const claims = groupedBy(await claimsKnown(tx, asked, until), subjectOf);
    const evidence = groupedBy(await evidenceKnown(tx, asked, until), subjectOf);
    const sightings = groupedBy(await sightingsKnown(tx, asked, until), subjectOf);
    const retractions = groupedBy(await retractionsKnown(tx, asked, until), subjectOf);
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

function subjectOf({ subject }: { subject: string }): string {
  return subject;
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
