import type { StoredVerdict, Transition } from '../domain/verdict.ts';
import type { TransitionRow, VerdictRow } from './claim-tables.ts';
import { fromJson, toFlag, toJson } from './codec.ts';
import { atomically, chunksOf, type Database } from './database.ts';

export async function verdictsOf(
  db: Database,
  subjects: readonly string[] | null,
): Promise<readonly StoredVerdict[]> {
  const all = db.selectFrom('verdicts').selectAll().orderBy('subject').orderBy('claim');
  if (subjects === null) return (await all.execute()).map(verdictOf);
  const found: StoredVerdict[] = [];
  for (const chunk of chunksOf(subjects)) {
    const rows = await all.where('subject', 'in', chunk).execute();
    for (const row of rows) found.push(verdictOf(row));
  }
  return found;
}

export function putVerdicts(db: Database, verdicts: readonly StoredVerdict[]): Promise<void> {
  // A statement may not meet one row twice; the last word counts.
  const distinct = [...new Map(verdicts.map((verdict) => [verdict.claim, verdict])).values()];
  return atomically(db, async (tx) => {
    for (const chunk of chunksOf(distinct)) {
      await tx
        .insertInto('verdicts')
        .values(chunk.map(verdictRow))
        .onConflict((conflict) =>
          conflict.column('claim').doUpdateSet(({ ref }) => ({
            subject: ref('excluded.subject'),
            level: ref('excluded.level'),
            status: ref('excluded.status'),
            rule: ref('excluded.rule'),
            flags: ref('excluded.flags'),
            since: ref('excluded.since'),
            reconsider_at: ref('excluded.reconsider_at'),
            judged_at: ref('excluded.judged_at'),
            policy: ref('excluded.policy'),
            engine: ref('excluded.engine'),
            digest: ref('excluded.digest'),
          })),
        )
        .execute();
    }
  });
}

export function addTransitions(db: Database, transitions: readonly Transition[]): Promise<void> {
  return atomically(db, async (tx) => {
    for (const chunk of chunksOf(transitions)) {
      await tx
        .insertInto('transitions')
        .values(chunk.map(transitionRow))
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  });
}

function verdictRow(verdict: StoredVerdict): VerdictRow {
  return {
    claim: verdict.claim,
    subject: verdict.subject,
    level: verdict.level,
    status: verdict.status,
    rule: verdict.rule,
    flags: toJson(verdict.flags),
    since: verdict.since,
    reconsider_at: verdict.reconsiderAt,
    judged_at: verdict.judgedAt,
    policy: verdict.policy,
    engine: verdict.engine,
    digest: verdict.digest,
  };
}

function verdictOf(row: VerdictRow): StoredVerdict {
  return {
    claim: row.claim,
    subject: row.subject,
    level: row.level,
    status: row.status,
    rule: row.rule,
    flags: fromJson(row.flags),
    since: row.since,
    reconsiderAt: row.reconsider_at,
    judgedAt: row.judged_at,
    policy: row.policy,
    engine: row.engine,
    digest: row.digest,
  };
}

function transitionRow(transition: Transition): TransitionRow {
  return {
    id: transition.id,
    claim: transition.claim,
    subject: transition.subject,
    at: transition.at,
    from_level: transition.from.level,
    from_status: transition.from.status,
    to_level: transition.to.level,
    to_status: transition.to.status,
    rule: transition.rule,
    evidence: toJson(transition.evidence),
    quiet: toFlag(transition.quiet),
    policy: transition.policy,
  };
}

export function transitionOf(row: TransitionRow): Transition {
  return {
    id: row.id,
    claim: row.claim,
    subject: row.subject,
    at: row.at,
    from: { level: row.from_level, status: row.from_status },
    to: { level: row.to_level, status: row.to_status },
    rule: row.rule,
    evidence: fromJson(row.evidence),
    quiet: row.quiet === 1,
    policy: row.policy,
  };
}
