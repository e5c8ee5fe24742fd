import type { Claim, Qualifiers } from '../domain/claim.ts';
import type { Evidence, Retraction, Sighting } from '../domain/evidence.ts';
import type {
  ClaimKey,
  EvidenceId,
  ItemVersionId,
  PolicyDigest,
  SightingId,
  SnapshotId,
  TargetId,
  TransitionId,
  VerdictDigest,
} from '../domain/ids.ts';
import type { Alias, Discovery, Subject } from '../domain/subject.ts';
import type { Instant, Interval } from '../domain/time.ts';
import type { ClaimStatus, ConfirmationLevel, Flag as Mark, Rule } from '../domain/verdict.ts';
import type { Flag, Json } from './codec.ts';

export interface SubjectRow {
  id: string;
  vendor: string;
  kind: Subject['kind'];
  name: string;
  aliases: Json<readonly Alias[]>;
  controls: Json<readonly string[]>;
  moving: Flag;
  status: Subject['status'];
  discovered: Json<Discovery> | null;
}

export interface ClaimRow {
  key: ClaimKey;
  subject: string;
  facet: Claim['facet'];
  qualifiers: Json<Qualifiers>;
  value: string | null;
  criterion: string;
  known_at: Instant;
}

export interface EvidenceRow {
  id: EvidenceId;
  claim: ClaimKey;
  subject: string;
  target: TargetId;
  item: ItemVersionId;
  snapshot: SnapshotId;
  url: string;
  publisher: string;
  publisher_class: Evidence['publisherClass'];
  voice_group: string;
  source_kind: Evidence['sourceKind'];
  artefact: Evidence['artefact'];
  extractor: string;
  observed_at: Instant;
  known_at: Instant;
  superseded_at: Instant | null;
  baseline: Flag;
  polarity: Evidence['polarity'];
  force: Evidence['force'];
  evidentiality: Evidence['evidentiality'];
  effective: Json<Interval> | null;
  valid_time: Json<Interval> | null;
  quote: string;
  span: Json<Evidence['span']>;
  relays: string | null;
  silence_of: string | null;
  alias_claimed: Flag;
  rule: string | null;
  marks: Json<Evidence['marks']> | null;
}

export interface SightingRow {
  id: SightingId;
  claim: ClaimKey;
  target: TargetId;
  at: Instant;
  kind: Sighting['kind'];
  snapshot: SnapshotId | null;
}

export interface RetractionRow {
  evidence: EvidenceId;
  /** That of the evidence, so that a subject's record is one look-up. */
  subject: string;
  at: Instant;
  kind: Retraction['kind'];
  author: string;
  because: string;
}

export interface VoiceEdgeRow {
  a: string;
  b: string;
  /** Empty for an edge between whole groups. */
  item: ItemVersionId | '';
  observed_at: Instant;
  signals: Json<readonly string[]>;
}

export interface VoiceMarkRow {
  mark: string;
  item: ItemVersionId;
  voice_group: string;
}

export interface VerdictRow {
  claim: ClaimKey;
  subject: string;
  level: ConfirmationLevel;
  status: ClaimStatus;
  rule: Rule;
  flags: Json<readonly Mark[]>;
  since: Instant | null;
  reconsider_at: Instant | null;
  judged_at: Instant;
  policy: PolicyDigest;
  engine: number;
  digest: VerdictDigest | null;
}

export interface TransitionRow {
  id: TransitionId;
  claim: ClaimKey;
  subject: string;
  at: Instant;
  from_level: ConfirmationLevel;
  from_status: ClaimStatus;
  to_level: ConfirmationLevel;
  to_status: ClaimStatus;
  rule: Rule;
  evidence: Json<readonly EvidenceId[]>;
  quiet: Flag;
  policy: PolicyDigest;
}
