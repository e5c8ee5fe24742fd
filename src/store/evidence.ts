import { sql } from 'kysely';
import { NotFoundError } from '../domain/errors.ts';
import type { Evidence, Retraction } from '../domain/evidence.ts';
import type { EvidenceId, TargetId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import { fromJson, fromJsonOrNull, fromText, fromTextOrNull, toJson } from './codec.ts';
import {
  addedKeys,
  addNew,
  atomically,
  chunksOf,
  type Database,
  inChunks,
  rowById,
} from './database.ts';
import type { EvidencePlace, QuotedEvidence } from './ports/claims.ts';
import { EVIDENCE, RETRACTION } from './records.ts';
import type { Tables } from './tables.ts';

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
export async function evidenceKnown(
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
