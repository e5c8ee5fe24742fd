import { userInfo } from 'node:os';
import { openPipeline } from '../app/build-pipeline.ts';
import type { AppOptions } from '../app/options.ts';
import type { Alert } from '../domain/alert.ts';
import { facetLabel } from '../domain/claim.ts';
import { systemClock } from '../domain/clock.ts';
import { closing } from '../domain/closing.ts';
import { NotFoundError, UsageError } from '../domain/errors.ts';
import type { Retraction } from '../domain/evidence.ts';
import type { EvidenceId } from '../domain/ids.ts';
import type { ConfirmationLevel, Transition } from '../domain/verdict.ts';
import { judgeSubjects } from '../pipeline/judge-subjects.ts';
import type { Store } from '../store/store.ts';

export interface RetractCommand {
  evidence: string;
  kind: Retraction['kind'];
  because: string;
  /** Who does it; the name of the account when null. */
  by: string | null;
}

export interface Retracted extends Retraction {
  subject: string;
  quote: string;
  /** What moved because of it. */
  moves: readonly RetractMove[];
  alerts: readonly Pick<Alert, 'id' | 'kind'>[];
}

export interface RetractMove {
  claim: string;
  from: ConfirmationLevel;
  to: ConfirmationLevel;
}

/**
 * Takes a piece of evidence out of judgement from now on, or back in, and judges its subject again in the same write.
 * The levels that change by it are told like any others. Throws `NotFoundError` where there is no such piece, and
 * `UsageError` where it is out of judgement, or in it, already.
 */
export async function retractEvidence(
  options: AppOptions,
  { evidence, kind, because, by }: RetractCommand,
): Promise<Retracted> {
  return closing(await openPipeline(options), async (open) => {
    const { store } = open;
    const id = evidence as EvidenceId;
    const context = { ...open.context, clock: systemClock };
    return await store.write(async (tx) => {
      const at = systemClock.now();
      const piece = await tx.claims.evidence(id);
      if (piece === null) throw new NotFoundError(`There is no evidence ${evidence}.`);
      const { retractions } = await tx.claims.record(piece.subject, at);
      const last = retractions.filter((one) => one.evidence === id).at(-1) ?? null;
      refuseTwice(evidence, kind, last);
      const said = { evidence: id, at, kind, by: by ?? accountName(), because };
      await tx.claims.retract(said);
      const input = { subjects: [piece.subject], changes: [], at, technical: false };
      const { transitions, alerts } = await judgeSubjects(context, tx, input);
      return {
        ...{ ...said, subject: piece.subject, quote: piece.quote },
        moves: await Promise.all(transitions.map((transition) => moveOf(tx, transition))),
        alerts: alerts.map(({ id, kind }) => ({ id, kind })),
      };
    });
  });
}

async function moveOf(tx: Store, { claim: key, from, to }: Transition): Promise<RetractMove> {
  const claim = await tx.claims.get(key);
  return { claim: claim === null ? key : facetLabel(claim), from: from.level, to: to.level };
}

function refuseTwice(id: string, kind: Retraction['kind'], last: Retraction | null): void {
  const isOut = last?.kind === 'retract';
  if (kind === 'retract' && isOut) {
    throw new UsageError(
      `${id} is out of judgement since ${last.at}, by ${last.by}: ${last.because}`,
    );
  }
  if (kind === 'restore' && !isOut) throw new UsageError(`${id} is in judgement already.`);
}

/** An account in a container may have no name. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'somebody without a name';
  }
}
