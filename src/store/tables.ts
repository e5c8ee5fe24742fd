import type { Evidence } from '../domain/evidence.ts';
import type {
  AlertId,
  BodyHash,
  ItemVersionId,
  PolicyDigest,
  SnapshotId,
  StoryId,
  TargetId,
} from '../domain/ids.ts';
import type { Item } from '../domain/item.ts';
import type { Policy } from '../domain/policy.ts';
import type { StoryEvent } from '../domain/story.ts';
import type { LinkOrigin } from '../domain/target.ts';
import type { Day, Instant } from '../domain/time.ts';
import type { ClaimStatus, ConfirmationLevel } from '../domain/verdict.ts';
import type { Flag, Json, RowOf } from './columns.ts';
import type {
  ALERT,
  CAPTURE,
  CHANGE,
  CHECK,
  CLAIM,
  DELIVERY,
  EVIDENCE,
  ITEM,
  PROPOSAL,
  RETRACTION,
  SCHEDULED_WORK,
  SIGHTING,
  STORY,
  SUBJECT,
  TARGET,
  TRANSITION,
  VERDICT,
  VERSION,
  WORKER,
} from './records.ts';

/** The tables as both databases hold them: instants and JSON as text, booleans as 0 and 1. */
export interface Tables {
  targets: TargetRow;
  first_passes: { watcher: string; at: Instant };
  bodies: BodyRow;
  spare_objects: { place: string; since: Instant; leaving: Flag };
  snapshots: SnapshotRow;
  item_versions: RowOf<typeof VERSION> & RowOf<typeof ITEM>;
  changes: RowOf<typeof CHANGE>;
  subjects: RowOf<typeof SUBJECT>;
  claims: RowOf<typeof CLAIM> & { known_at: Instant };
  evidence: RowOf<typeof EVIDENCE> & { marks: Json<Evidence['marks']> | null };
  sightings: RowOf<typeof SIGHTING>;
  /** `subject` is that of the evidence, so that a subject's record is one look-up. */
  retractions: RowOf<typeof RETRACTION> & { subject: string };
  voice_edges: VoiceEdgeRow;
  voice_groups: { voice_group: string };
  voice_pages: { item: ItemVersionId; origin: Json<Item['fields']> };
  voice_marks: { mark: string; item: ItemVersionId; voice_group: string };
  verdicts: RowOf<typeof VERDICT>;
  transitions: TransitionRow;
  policies: { digest: PolicyDigest; policy: Json<Policy> };
  checks: CheckRow;
  shown: { hash: string; subjects: Json<readonly string[]> };
  alerts: RowOf<typeof ALERT>;
  deliveries: DeliveryRow;
  scheduled_work: RowOf<typeof SCHEDULED_WORK> & Lease;
  proposals: RowOf<typeof PROPOSAL>;
  stories: RowOf<typeof STORY>;
  story_events: {
    story: StoryId;
    ref: string;
    subject: string;
    at: Instant;
    alert: AlertId | null;
    event: Json<StoryEvent>;
  };
  model_days: { day: Day; tokens: number };
  workers: RowOf<typeof WORKER>;
  host_turns: { host: string; owner: string | null; until: Instant | null; free_at: Instant };
  marks: { name: string; value: string };
  robots_files: { origin: string; rules: string | null; read_at: Instant };
  follows: { subject: string; followed: Flag; at: Instant };
  silences: { subject: string; from: Instant; until: Instant; because: string };
  holds: { channel: string; until: Instant; because: string };
}

interface Lease {
  lease_owner: string | null;
  lease_until: Instant | null;
}

export interface TargetRow extends RowOf<typeof TARGET>, Lease {
  host: string;
  /** How often in a row it was leased and not settled. */
  lease_tries: number;
  linked_from: Json<LinkOrigin> | null;
}

export interface BodyRow {
  hash: BodyHash;
  encoding: 'br' | 'raw';
  raw_size: number;
  stored_size: number;
  /** Packed; none where they lie at a place outside. */
  bytes: Uint8Array;
  /** The name of the object that holds them there; null where the row does. */
  place: string | null;
}

export interface SnapshotRow extends RowOf<typeof CAPTURE> {
  id: SnapshotId;
  target: TargetId;
  size: number;
  read_at: Instant | null;
  /** The body of a screenshot of the page. */
  screenshot: BodyHash | null;
}

export interface TransitionRow extends RowOf<typeof TRANSITION> {
  from_level: ConfirmationLevel;
  from_status: ClaimStatus;
  to_level: ConfirmationLevel;
  to_status: ClaimStatus;
}

export interface CheckRow extends RowOf<typeof CHECK> {
  /** A short list as JSON, a long one as the hash of its row in `shown`; null for none. */
  shows: string | null;
}

export interface DeliveryRow extends RowOf<typeof DELIVERY>, Lease {
  /** That of the message, so that the first message of a thread is one look-up. */
  thread: string;
  /** The moment of the alert: what is oldest goes first, whatever its next try. */
  queued_at: Instant;
  /** The context of the trace in which it was queued. */
  trace: string | null;
}

export interface VoiceEdgeRow {
  a: string;
  b: string;
  /** Empty for an edge between whole groups. */
  item: ItemVersionId | '';
  observed_at: Instant;
  signals: Json<readonly string[]>;
}
