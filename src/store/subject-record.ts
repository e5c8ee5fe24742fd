import type { Claim } from '../domain/claim.ts';
import { NotFoundError } from '../domain/errors.ts';
import type { Evidence, Retraction, Sighting, VoiceEdge } from '../domain/evidence.ts';
import type { TargetId } from '../domain/ids.ts';
import type { SubjectRecord } from '../domain/subject-record.ts';
import type { Instant } from '../domain/time.ts';
import type { ClaimRow, SightingRow, VoiceEdgeRow } from './claim-tables.ts';
import { fromJson, fromText, fromTextOrNull, toJson, toText, toTextOrNull } from './codec.ts';
import { atomically, chunksOf, consistently, type Database, moment } from './database.ts';
import { evidenceKnown } from './evidence.ts';

/** What was known of a subject at a moment: five questions, each by an index, over one state of the database. */
export async function subjectRecord(
  db: Database,
  subject: string,
  at: Instant,
): Promise<SubjectRecord> {
  const until = moment(at);
  return consistently(db, async (tx) => {
    const evidence = await evidenceKnown(tx, subject, until);
    return {
      subject,
      claims: await claimsKnown(tx, subject, until),
      evidence,
      sightings: await sightingsKnown(tx, subject, until),
      retractions: await retractionsKnown(tx, subject, until),
      edges: await edgesKnown(tx, evidence, until),
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
    .select(['evidence', 'at', 'kind', 'because'])
    .where('subject', '=', subject)
    .where('at', '<=', until)
    .orderBy('at')
    .orderBy('evidence')
    .execute();
  return rows.map((row) => ({ ...row, because: fromText(row.because) }));
}

/** The edges that join any voice of the subject, over others that are silent on it too. */
async function edgesKnown(
  db: Database,
  evidence: readonly Evidence[],
  until: Instant,
): Promise<readonly VoiceEdge[]> {
  const found = new Map<string, VoiceEdgeRow>();
  const asked = new Set<string>();
  let groups = [...new Set(evidence.map(({ group }) => group))];
  while (groups.length > 0) {
    for (const group of groups) asked.add(group);
    for (const row of await edgesOf(db, groups, until)) {
      found.set(JSON.stringify([row.a, row.b, row.item]), row);
    }
    const reached = [...found.values()].flatMap(({ a, b }) => [a, b]);
    groups = [...new Set(reached)].filter((group) => !asked.has(group));
  }
  const rows = [...found.values()];
  rows.sort((one, other) => (edgeOrder(one) < edgeOrder(other) ? -1 : 1));
  return rows.map(edgeOf);
}

function edgeOrder(row: VoiceEdgeRow): string {
  return JSON.stringify([row.observed_at, row.a, row.b, row.item]);
}

async function edgesOf(
  db: Database,
  groups: readonly string[],
  until: Instant,
): Promise<readonly VoiceEdgeRow[]> {
  const rows: VoiceEdgeRow[] = [];
  for (const chunk of chunksOf(groups)) {
    const touching = await db
      .selectFrom('voice_edges')
      .selectAll()
      .where((edge) => edge.or([edge('a', 'in', chunk), edge('b', 'in', chunk)]))
      .where('observed_at', '<=', until)
      .execute();
    rows.push(...touching);
  }
  return rows;
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
  const { evidence, at, kind, because } = retraction;
  return atomically(db, async (tx) => {
    const known = await tx
      .selectFrom('evidence')
      .select('subject')
      .where('id', '=', evidence)
      .executeTakeFirst();
    if (known === undefined) throw new NotFoundError(`There is no evidence ${evidence}.`);
    await tx
      .insertInto('retractions')
      .values({ evidence, subject: known.subject, at, kind, because: toText(because) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

export function addEdges(db: Database, edges: readonly VoiceEdge[]): Promise<void> {
  return atomically(db, async (tx) => {
    for (const chunk of chunksOf(edges)) {
      await tx
        .insertInto('voice_edges')
        .values(chunk.map(edgeRow))
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  });
}

function edgeRow({ a, b, item, observedAt, signals }: VoiceEdge): VoiceEdgeRow {
  return { a, b, item: item ?? '', observed_at: observedAt, signals: toJson(signals) };
}

function edgeOf({ a, b, item, observed_at, signals }: VoiceEdgeRow): VoiceEdge {
  const page = item === '' ? null : item;
  return { a, b, item: page, observedAt: observed_at, signals: fromJson(signals) };
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
