import type {
  AlertId,
  BodyHash,
  ChangeId,
  DeliveryId,
  SnapshotId,
  StoryId,
  TransitionId,
} from './ids.ts';
import type { StoryKind, StoryPart } from './story-kind.ts';
import type { Instant } from './time.ts';
import type { ClaimStatus, ConfirmationLevel } from './verdict.ts';

/**
 * What an alert tells: a level moved, a primary source changed, a model was found first-hand, a retirement is near,
 * a watched target's health moved, the program is alive; a digest of several of these; a try of a channel.
 */
export const ALERT_KINDS = [
  'level',
  'source',
  'discovery',
  'retirement',
  'health',
  'heartbeat',
  'digest',
  'test',
] as const;

export type AlertKind = (typeof ALERT_KINDS)[number];

/** One line of an alert: a claim whose level or status moved. */
export interface Move {
  transition: TransitionId;
  facet: string;
  from: ConfirmationLevel;
  to: ConfirmationLevel;
  status: ClaimStatus;
}

/** The words that prove it, and where they stand. */
export interface Proof {
  quote: string;
  url: string;
  publisher: string;
  publisherClass: string;
  observedAt: Instant;
  snapshot: SnapshotId;
  /** The picture of the page that is kept beside the snapshot; absent when there is none. */
  picture?: BodyHash;
}

/** One part of a word diff, for people. */
export interface DiffPart {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** What changed at a source, as a person would want to read it. */
export interface SourceChange {
  change: ChangeId;
  kind: 'added' | 'revised' | 'withdrawn';
  title: string;
  url: string;
  watcher: string;
  parts: readonly DiffPart[];
}

/** One neutral message; each channel renders it its own way and escapes it for where it lands. */
export interface Message {
  alert: AlertId;
  kind: AlertKind;
  at: Instant;
  /**
   * The conversation it belongs to, `<subject>@<start of the launch window>`: alerts of one launch share it, so that a
   * mail client or a chat shows them as one that grows.
   */
  thread: string;
  /** One line, plain text, no markup. */
  title: string;
  subject: string;
  name: string;
  vendor: string;
  moves: readonly Move[];
  proofs: readonly Proof[];
  changes: readonly SourceChange[];
  /** What could not be checked, a sentence each. */
  unchecked: readonly string[];
  /** The rule in words: why the level is what it is. */
  because: readonly string[];
  /** The messages a digest gathers; empty in all others. */
  entries: readonly Message[];
  /** The story it tells of; absent where it tells of none, and from before there were stories. */
  story?: StoryMessage;
  /** Said at its head when it goes out late. */
  late?: string;
}

/** One line of what a story has come to: a surface, since when, and the words that prove it. */
export interface StoryFact {
  /** `In the API`, `Announced`. */
  surface: string;
  /** `since 24 April 2026, 18:25 UTC`, a price, a level. */
  words: string;
  /** Null where nothing was said in words. */
  proof: Proof | null;
  /** The words on the others that it is about, where each has its own. */
  further?: readonly Proof[];
  /** Happened since the story was told last. */
  isNew: boolean;
}

/** What a message says of its story, in sentences. */
export interface StoryMessage {
  id: StoryId;
  kind: StoryKind;
  part: StoryPart;
  /** Everything the story is about; the first one is the subject of the message. */
  subjects: readonly { id: string; name: string }[];
  /** What happened, in one or two sentences. */
  lead: string;
  facts: readonly StoryFact[];
  /** One sentence each: snapshots, what was seen beside it. */
  also: readonly string[];
  /** What was said before and has turned out wrong, a sentence each. */
  corrections: readonly string[];
}

/** Something worth telling, told once. */
export interface Alert {
  id: AlertId;
  kind: AlertKind;
  subject: string;
  at: Instant;
  transitions: readonly TransitionId[];
  message: Message;
  /** Where it went and why; null for one that was told before this was kept. */
  routing: Routing | null;
}

/**
 * `handed-over`: its channel could not make it, and the fallback has it. `dead`: given up, and nobody has it.
 * `cancelled`: taken back before it was sent, because it stopped being true.
 */
export const DELIVERY_STATES = ['queued', 'sent', 'handed-over', 'dead', 'cancelled'] as const;

export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One alert on its way through one channel. Its id travels as Message-ID or Idempotency-Key. */
export interface Delivery {
  id: DeliveryId;
  alert: AlertId;
  channel: string;
  state: DeliveryState;
  attempts: number;
  dueAt: Instant;
  /** Due deliveries of one channel with the same digest go out as one message; null goes out alone. */
  digest: string | null;
  error: string | null;
  sentAt: Instant | null;
  /** What the channel wants to find again: a sent message to reply to, or who already has this one. */
  receipt: string | null;
}

/** How much waits to be delivered, and how much was given up. */
export interface OutboxDepth {
  queued: number;
  dead: number;
  /** Since when the oldest queued delivery could have gone out, or will be able to; null when none is queued. */
  waitingSince: Instant | null;
}

/** Subjects nobody is told about until a moment. */
export interface Silence {
  /** A subject id; `*` stands for any run of characters. */
  subject: string;
  from: Instant;
  until: Instant;
  because: string;
}

/** One way an alert goes: through which channel, when, alone or in a digest. */
export interface Plan {
  channel: string;
  dueAt: Instant;
  digest: string | null;
  because: string;
}

/** What a route made of an alert, with the reason in words. */
export interface RouteDecision {
  route: string;
  matched: boolean;
  because: string;
  plans: readonly Plan[];
}

/** Where an alert went and why, as it was decided when it was told. */
export interface Routing {
  /** The silence that keeps the alert from going anywhere. */
  silence: Silence | null;
  decisions: readonly RouteDecision[];
}
