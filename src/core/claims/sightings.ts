import type { Evidence, Sighting } from '../../domain/evidence.ts';
import {
  type ClaimKey,
  type EvidenceId,
  type ItemVersionId,
  idOf,
  type SnapshotId,
  type TargetId,
} from '../../domain/ids.ts';
import type { ItemVersion } from '../../domain/item.ts';
import type { Policy } from '../../domain/policy.ts';
import { elapsed, type Instant } from '../../domain/time.ts';
import { isOpen, type SourceHistory, sourceHistories } from './source-history.ts';

export interface FollowUpQuestion {
  target: TargetId;
  at: Instant;
  snapshot: SnapshotId | null;
  /** Primary evidence from this target that stood before the check, with what the check added. */
  evidence: readonly Evidence[];
  sightings: readonly Sighting[];
  /** The claims that the target states at this check. */
  stated: ReadonlySet<ClaimKey>;
  /** Claims whose artefact is out of this answer's sight: rolled off, so neither stated nor missed. */
  outOfSight: ReadonlySet<ClaimKey>;
  /** The answer was an explicit 404 or 410. */
  gone: boolean;
  policy: Policy;
}

export interface FollowUp {
  sightings: readonly Sighting[];
  /** Something waits for a repeat, so even an unchanged answer must be followed up next time. */
  awaitsRepeat: boolean;
}

/**
 * What a good check says about primary artefacts seen before: the repeat a listing waits for, the first and second
 * miss, an exact-id page that is gone included. What would change no verdict is not written.
 */
export function followUp(question: FollowUpQuestion): FollowUp {
  const { evidence, target, at, snapshot, policy } = question;
  const histories = sourceHistories(evidence, question.sightings, [], at, policy);
  const sightings = histories.flatMap((history): readonly Sighting[] => {
    const kind = sightingOf(history, question);
    const { claim } = history;
    if (kind === null) return [];
    return [{ id: idOf('si', claim, target, at, kind), claim, target, at, kind, snapshot }];
  });
  const after = sourceHistories(evidence, [...question.sightings, ...sightings], [], at, policy);
  const awaitsRepeat = after.some(
    (history) => history.waitsSince !== null || history.missedAt !== null,
  );
  return { sightings, awaitsRepeat };
}

function sightingOf(history: SourceHistory, question: FollowUpQuestion): Sighting['kind'] | null {
  if (question.gone) return whenMissing(history, question) === null ? null : 'gone';
  if (question.outOfSight.has(history.claim)) return null;
  return question.stated.has(history.claim)
    ? whenStated(history, question)
    : whenMissing(history, question);
}

function whenStated(history: SourceHistory, { at, policy }: FollowUpQuestion): 'seen' | null {
  const { waitsSince, missedAt } = history;
  const repeats = waitsSince !== null && elapsed(waitsSince, at) >= policy.listingRepeat;
  return repeats || missedAt !== null ? 'seen' : null;
}

function whenMissing(history: SourceHistory, { at, policy }: FollowUpQuestion): 'missed' | null {
  if (history.waitsSince !== null) return 'missed';
  if (!isOpen(history)) return null;
  if (history.missedAt === null) return 'missed';
  return elapsed(history.missedAt, at) >= policy.goneRepeat ? 'missed' : null;
}

/** The evidence of ended versions that a newer version of the same page replaces. */
export function replaced(
  standing: readonly Evidence[],
  ended: ReadonlySet<string>,
  stated: ReadonlySet<ClaimKey>,
): readonly EvidenceId[] {
  return standing
    .filter((one) => ended.has(one.item) && (one.artefact === null || stated.has(one.claim)))
    .map(({ id }) => id);
}

/** What of what is known a good answer still holds. */
interface Sight {
  /** The item versions in sight. */
  current: ReadonlySet<ItemVersionId>;
  /** The claims they state. */
  stated: ReadonlySet<ClaimKey>;
}

export function sightOf(
  versions: ReadonlyMap<string, ItemVersion>,
  standing: readonly Evidence[],
  fresh: readonly Evidence[],
): Sight {
  const current = new Set([...versions.values()].map(({ id }) => id));
  const inSight = standing.filter(({ item }) => current.has(item));
  return { current, stated: new Set([...fresh, ...inSight].map(({ claim }) => claim)) };
}

/** Whose verdicts may be others now: those spoken of anew, seen again, missed, or no longer spoken of. */
export function subjectsMoved(
  known: readonly Evidence[],
  fresh: readonly Evidence[],
  sightings: readonly Sighting[],
  superseded: readonly EvidenceId[],
): readonly string[] {
  const claims = new Set(sightings.map(({ claim }) => claim));
  const ended = new Set(superseded);
  const moved = known.filter(({ id, claim }) => claims.has(claim) || ended.has(id));
  return [...new Set([...fresh, ...moved].map(({ subject }) => subject))].sort();
}
