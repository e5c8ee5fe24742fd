import type { Alert } from '../../domain/alert.ts';
import type { AlertId, StoryId } from '../../domain/ids.ts';
import type { Story, StoryEvent } from '../../domain/story.ts';
import type { StoryKind } from '../../domain/story-kind.ts';
import type { Instant } from '../../domain/time.ts';
import type { PageOf } from './reads.ts';

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
