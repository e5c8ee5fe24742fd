import type { Evidence } from '../../domain/evidence.ts';
import type { BodyHash, EvidenceId, SnapshotId } from '../../domain/ids.ts';
import type { Subject } from '../../domain/subject.ts';
import type { Instant } from '../../domain/time.ts';
import type { Transition, Verdict } from '../../domain/verdict.ts';

/** What is known of a subject at a moment. */
export interface Assessed {
  subject: Subject;
  /** All verdicts as they stand. */
  verdicts: readonly Verdict[];
  evidence: ReadonlyMap<EvidenceId, Evidence>;
}

/** What happened to one subject at one check. */
export interface SubjectUpdate extends Assessed {
  at: Instant;
  transitions: readonly Transition[];
  interest: Interest;
  /** The picture that was taken of the page just read, by its snapshot. */
  pictures?: ReadonlyMap<SnapshotId, BodyHash> | undefined;
}

/**
 * How much somebody wants to hear of a subject: `followed` by name or because a vendor revealed it, `listed` for
 * everything else of a vendor, `none` for what is muted for good.
 */
export type Interest = 'followed' | 'listed' | 'none';
