import { sql } from 'kysely';
import type { Evidence } from '../domain/evidence.ts';
import type { EvidenceId, TargetId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import type { EvidenceRow } from './claim-tables.ts';
import {
  fromJson,
  fromJsonOrNull,
  fromText,
  fromTextOrNull,
  toFlag,
  toJson,
  toJsonOrNull,
  toText,
  toTextOrNull,
} from './codec.ts';
import { atomically, chunksOf, type Database } from './database.ts';
import type { EvidencePlace, QuotedEvidence } from './ports/claims.ts';

/** Adds what is new, by id, and returns that. */
export async function addEvidence(
  db: Database,
  evidence: readonly Evidence[],
): Promise<readonly Evidence[]> {
  const added = new Set<EvidenceId>();
  await atomically(db, async (tx) => {
    for (const chunk of chunksOf(evidence)) {
      const rows = await tx
        .insertInto('evidence')
        .values(chunk.map(rowOf))
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .execute();
      for (const { id } of rows) added.add(id);
    }
  });
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
  const row = await db.selectFrom('evidence').selectAll().where('id', '=', id).executeTakeFirst();
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
  const found: Evidence[] = [];
  for (const chunk of chunksOf(subjects)) {
    const rows = await db
      .selectFrom('evidence')
      .selectAll()
      .where('subject', 'in', chunk)
      .where('known_at', '<=', at)
      .orderBy('subject')
      .orderBy('known_at')
      .orderBy('id')
      .execute();
    for (const row of rows) found.push(asKnown(evidenceOf(row), at));
  }
  return found;
}

function asKnown(evidence: Evidence, at: Instant): Evidence {
  const { supersededAt } = evidence;
  const isToCome = supersededAt !== null && supersededAt > at;
  return isToCome ? { ...evidence, supersededAt: null } : evidence;
}

function rowOf(evidence: Evidence): EvidenceRow {
  return {
    id: evidence.id,
    claim: evidence.claim,
    subject: evidence.subject,
    target: evidence.target,
    item: evidence.item,
    snapshot: evidence.snapshot,
    url: toText(evidence.url),
    publisher: evidence.publisher,
    publisher_class: evidence.publisherClass,
    voice_group: evidence.group,
    source_kind: evidence.sourceKind,
    artefact: evidence.artefact,
    extractor: evidence.extractor,
    observed_at: evidence.observedAt,
    known_at: evidence.knownAt,
    superseded_at: evidence.supersededAt,
    baseline: toFlag(evidence.baseline),
    polarity: evidence.polarity,
    force: evidence.force,
    evidentiality: evidence.evidentiality,
    effective: toJsonOrNull(evidence.effective),
    valid_time: toJsonOrNull(evidence.validTime),
    quote: toText(evidence.quote),
    span: toJson(evidence.span),
    relays: toTextOrNull(evidence.relays),
    silence_of: toTextOrNull(evidence.silenceOf),
    alias_claimed: toFlag(evidence.aliasClaimed),
    rule: toTextOrNull(evidence.rule),
    marks: evidence.marks.length === 0 ? null : toJson(evidence.marks),
  };
}

function evidenceOf(row: EvidenceRow): Evidence {
  return {
    id: row.id,
    claim: row.claim,
    subject: row.subject,
    target: row.target,
    item: row.item,
    snapshot: row.snapshot,
    url: fromText(row.url),
    publisher: row.publisher,
    publisherClass: row.publisher_class,
    group: row.voice_group,
    sourceKind: row.source_kind,
    artefact: row.artefact,
    extractor: row.extractor,
    observedAt: row.observed_at,
    knownAt: row.known_at,
    supersededAt: row.superseded_at,
    baseline: row.baseline === 1,
    polarity: row.polarity,
    force: row.force,
    evidentiality: row.evidentiality,
    effective: fromJsonOrNull(row.effective),
    validTime: fromJsonOrNull(row.valid_time),
    quote: fromText(row.quote),
    span: fromJson(row.span),
    relays: fromTextOrNull(row.relays),
    silenceOf: fromTextOrNull(row.silence_of),
    aliasClaimed: row.alias_claimed === 1,
    rule: fromTextOrNull(row.rule),
    marks: fromJsonOrNull(row.marks) ?? [],
  };
}
