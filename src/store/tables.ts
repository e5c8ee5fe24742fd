import type { AlertKind, DeliveryState, Message, Routing } from '../domain/alert.ts';
import type { Capture, Validators } from '../domain/capture.ts';
import type { Check, CheckOutcome } from '../domain/check.ts';
import type {
  AlertId,
  BodyHash,
  ChangeId,
  CheckId,
  DeliveryId,
  ItemVersionId,
  PolicyDigest,
  ProposalId,
  SnapshotId,
  StoryId,
  TargetId,
  TransitionId,
} from '../domain/ids.ts';
import type { Change, Item, ItemKind } from '../domain/item.ts';
import type { Policy } from '../domain/policy.ts';
import type { Proposal, ProposalOutcome } from '../domain/proposal.ts';
import type { StoryEvent } from '../domain/story.ts';
import type { StoryKind } from '../domain/story-kind.ts';
import type { Health, LinkOrigin, Target } from '../domain/target.ts';
import type { Day, Instant, Interval } from '../domain/time.ts';
import type { Worker } from '../domain/worker.ts';
import type {
  ClaimRow,
  EvidenceRow,
  RetractionRow,
  SightingRow,
  SubjectRow,
  TransitionRow,
  VerdictRow,
  VoiceEdgeRow,
  VoiceMarkRow,
} from './claim-tables.ts';
import type { Flag, Json } from './codec.ts';

export interface RobotsFileRow {
  origin: string;
  rules: string | null;
  read_at: Instant;
}

/** The tables as both databases hold them: instants and JSON as text, booleans as 0 and 1. */
export interface Tables {
  targets: TargetRow;
  first_passes: { watcher: string; at: Instant };
  bodies: BodyRow;
  spare_objects: { place: string; since: Instant; leaving: Flag };
  snapshots: SnapshotRow;
  item_versions: ItemVersionRow;
  changes: ChangeRow;
  subjects: SubjectRow;
  claims: ClaimRow;
  evidence: EvidenceRow;
  sightings: SightingRow;
  retractions: RetractionRow;
  voice_edges: VoiceEdgeRow;
  voice_groups: { voice_group: string };
  voice_pages: { item: ItemVersionId; origin: Json<Item['fields']> };
  voice_marks: VoiceMarkRow;
  verdicts: VerdictRow;
  transitions: TransitionRow;
  policies: { digest: PolicyDigest; policy: Json<Policy> };
  checks: CheckRow;
  shown: { hash: string; subjects: Json<readonly string[]> };
  alerts: AlertRow;
  deliveries: DeliveryRow;
  scheduled_work: ScheduledWorkRow;
  proposals: ProposalRow;
  stories: StoryRow;
  story_events: StoryEventRow;
  model_days: { day: Day; tokens: number };
  workers: WorkerRow;
  host_turns: { host: string; owner: string | null; until: Instant | null; free_at: Instant };
  marks: { name: string; value: string };
  robots_files: RobotsFileRow;
  follows: { subject: string; followed: Flag; at: Instant };
  silences: { subject: string; from: Instant; until: Instant; because: string };
  holds: { channel: string; until: Instant; because: string };
}

export interface WorkerRow {
  owner: string;
  machine: string;
  version: string;
  started_at: Instant;
  seen_at: Instant;
  room: number;
  checks: Json<Worker['checks']>;
}

export interface TargetRow {
  id: TargetId;
  watcher: string;
  kind: Target['kind'];
  url: string;
  subject: string | null;
  created_at: Instant;
  due_at: Instant;
  last_check_at: Instant | null;
  last_good_at: Instant | null;
  last_change_at: Instant | null;
  baseline_at: Instant | null;
  health: Json<Health> | null;
  failures: number;
  validators: Json<Validators> | null;
  read_by: string | null;
  body_hash: BodyHash | null;
  item_count: number | null;
  suspect_hash: BodyHash | null;
  awaits_repeat: Flag;
  lease_owner: string | null;
  lease_until: Instant | null;
  host: string;
  /** How often in a row it was leased and not settled. */
  lease_tries: number;
  linked_from: Json<LinkOrigin> | null;
  full_at: Instant | null;
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

export interface SnapshotRow {
  id: SnapshotId;
  target: TargetId;
  url: string;
  final_url: string;
  redirects: Json<readonly string[]>;
  status: number;
  headers: Json<Capture['headers']>;
  content_type: string;
  body_hash: BodyHash;
  fetched_at: Instant;
  via: Capture['via'];
  size: number;
  read_at: Instant | null;
  /** The body of a screenshot of the page. */
  screenshot: BodyHash | null;
}

export interface ItemVersionRow {
  id: ItemVersionId;
  target: TargetId;
  key: string;
  kind: ItemKind;
  title: string;
  text: string;
  url: string;
  published: Json<Interval> | null;
  fields: Json<Item['fields']>;
  snapshot: SnapshotId;
  mentions: Json<readonly string[]>;
  first_seen_at: Instant;
  superseded_at: Instant | null;
}

export interface ChangeRow {
  id: ChangeId;
  target: TargetId;
  at: Instant;
  kind: Change['kind'];
  key: string;
  title: string;
  before: ItemVersionId | null;
  after: ItemVersionId | null;
  snapshot: SnapshotId;
  technical: Flag;
  baseline: Flag;
}

export interface CheckRow {
  id: CheckId;
  target: TargetId;
  watcher: string;
  at: Instant;
  outcome: CheckOutcome;
  failure: Json<NonNullable<Check['failure']>> | null;
  snapshot: SnapshotId | null;
  /** A short list as JSON, a long one as the hash of its row in `shown`; null for none. */
  shows: string | null;
}

export interface AlertRow {
  id: AlertId;
  kind: AlertKind;
  subject: string;
  at: Instant;
  transitions: Json<readonly TransitionId[]>;
  message: Json<Message>;
  routing: Json<Routing> | null;
}

export interface DeliveryRow {
  id: DeliveryId;
  alert: AlertId;
  channel: string;
  /** That of the message, so that the first message of a thread is one look-up. */
  thread: string;
  state: DeliveryState;
  /** The moment of the alert: what is oldest goes first, whatever its next try. */
  queued_at: Instant;
  attempts: number;
  due_at: Instant;
  digest: string | null;
  error: string | null;
  sent_at: Instant | null;
  receipt: string | null;
  lease_owner: string | null;
  lease_until: Instant | null;
  /** The context of the trace in which it was queued. */
  trace: string | null;
}

export interface ProposalRow {
  id: ProposalId;
  model: string;
  prompt: number;
  at: Instant;
  outcome: ProposalOutcome;
  statements: Json<Proposal['statements']>;
  tokens: number;
}

export interface StoryRow {
  id: StoryId;
  kind: StoryKind;
  vendor: string;
  family: string;
  title: string;
  subjects: Json<readonly string[]>;
  thread: string;
  opened_at: Instant;
  updated_at: Instant;
  due_at: Instant | null;
}

export interface StoryEventRow {
  story: StoryId;
  ref: string;
  subject: string;
  at: Instant;
  alert: AlertId | null;
  event: Json<StoryEvent>;
}

export interface ScheduledWorkRow {
  name: string;
  cadence: string;
  due_at: Instant;
  last_at: Instant | null;
  error: string | null;
  lease_owner: string | null;
  lease_until: Instant | null;
}
