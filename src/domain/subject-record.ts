import type { Check } from './check.ts';
import type { Claim } from './claim.ts';
import type { Evidence, Retraction, Sighting, VoiceEdge } from './evidence.ts';
import type { TargetId } from './ids.ts';
import type { SourceKind } from './source-kind.ts';
import type { Subject } from './subject.ts';

/** Everything on one subject that was known at a moment. */
export interface SubjectRecord {
  subject: string;
  claims: readonly Claim[];
  evidence: readonly Evidence[];
  sightings: readonly Sighting[];
  retractions: readonly Retraction[];
  edges: readonly VoiceEdge[];
}

/** What one primary target last answered, as of a moment. */
export interface TargetChecks {
  target: TargetId;
  kind: SourceKind;
  url: string;
  /** The subject of an exact-id page; null for a page about many. */
  subject: string | null;
  latest: Check;
  /** The last good check; the same as `latest` when that was good. */
  lastGood: Check | null;
}

/** What a verdict is made of: the record of a subject and the checks of the channels that could have told. */
export interface SubjectCase {
  subject: Subject;
  record: SubjectRecord;
  checks: readonly TargetChecks[];
}
