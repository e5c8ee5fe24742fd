import type { Alert, AlertKind, Delivery, DeliveryState, OutboxDepth } from '../../domain/alert.ts';
import type { AlertId, DeliveryId, EvidenceId, StoryId, TargetId } from '../../domain/ids.ts';
import type { Change } from '../../domain/item.ts';
import type { Story, StoryEvent } from '../../domain/story.ts';
import type { StoryKind } from '../../domain/story-kind.ts';
import type { Instant } from '../../domain/time.ts';
import type { ClaimStatus, ConfirmationLevel, Transition } from '../../domain/verdict.ts';

/** One page of a long answer; `next` continues it. */
export interface PageOf<T> {
  rows: readonly T[];
  next: string | null;
}

/** What one channel has not delivered. */
export interface OutboxTally {
  channel: string;
  queued: number;
  dead: number;
  /** When the next of the queued is due; null when none is. */
  nextAt: Instant | null;
  /** What the latest failure said. */
  error: string | null;
}

export interface ChangeFilter {
  since?: Instant;
  until?: Instant;
  target?: string;
  /** Whether what the first good answers held is listed too. */
  includeBaseline?: boolean;
  limit: number;
  cursor?: string;
}

export interface AlertFilter {
  subject?: string;
  kind?: AlertKind;
  alert?: AlertId;
  delivery?: DeliveryId;
  channel?: string;
  state?: DeliveryState;
  limit: number;
  cursor?: string;
}

export interface Reads {
  /** Subjects that have claims or evidence, with when something last moved for each, baselines and re-readings apart. */
  activity(): Promise<
    readonly { subject: string; evidence: number; lastTransitionAt: Instant | null }[]
  >;
  transitions(filter: {
    subject?: string;
    until?: Instant;
    since?: Instant;
  }): Promise<readonly Transition[]>;
  changes(filter: ChangeFilter): Promise<PageOf<Change>>;
  /** The first sighting of a subject at each target, the earliest first. */
  firstSightings(
    subject: string,
    until: Instant,
  ): Promise<readonly { target: TargetId; publisher: string; at: Instant; evidence: EvidenceId }[]>;
  /** The newest first, each with all its deliveries; `delivery`, `channel` and `state` ask for one delivery like that. */
  alerts(filter: AlertFilter): Promise<PageOf<{ alert: Alert; deliveries: readonly Delivery[] }>>;
  outboxDepth(): Promise<OutboxDepth>;
  /** What waits and what is given up, for each channel with either. */
  outboxTallies(): Promise<readonly OutboxTally[]>;
  levels(): Promise<readonly { level: ConfirmationLevel; status: ClaimStatus; count: number }[]>;
}

export interface StoryFilter {
  kind?: StoryKind;
  /** Stories this subject has a part in. */
  subject?: string;
  limit: number;
  cursor?: string;
}

export interface ToldStoryFilter {
  id?: StoryId;
  vendor?: string;
  /** Stories in which something of this subject was told. */
  subject?: string;
  /** Without stories of sources that could not be read. */
  isNews?: boolean;
  /** Only stories told of after it. */
  since?: Instant;
  until: Instant;
  limit: number;
}

/** A story with what people were told of it. */
export interface StoryWithAlerts extends Pick<Story, 'id' | 'kind' | 'vendor' | 'openedAt'> {
  /** The newest first; there is at least one. */
  alerts: readonly [Alert, ...Alert[]];
}

/** Stories with what happened in each; a story that grows keeps its id. */
export interface Stories {
  /** Stories of a vendor in which something happened since a moment, the one that grew last first. */
  recent(vendor: string, since: Instant): Promise<readonly Story[]>;
  /** Stories in which something waits that is to be told by now. */
  due(now: Instant): Promise<readonly Story[]>;
  /** Everything that was told of these subjects, in whatever story, the oldest first. */
  told(subjects: readonly string[]): Promise<readonly StoryEvent[]>;
  /** Writes a story as it stands; what it held before is replaced. */
  put(story: Story): Promise<void>;
  /** Nothing that waits is told any more. */
  dropPending(): Promise<void>;
  get(id: StoryId): Promise<Story | null>;
  /** The story an alert told of; null for an alert of none. */
  ofAlert(alert: AlertId): Promise<Story | null>;
  /** Stories that people were told of by a moment, the one told last first; alerts after it are left out. */
  toldBy(filter: ToldStoryFilter): Promise<readonly StoryWithAlerts[]>;
  /** The one that grew last first. */
  list(filter: StoryFilter): Promise<PageOf<Story>>;
}
