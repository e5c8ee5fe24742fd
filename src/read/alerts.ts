import * as z from 'zod';
import type { Alert, Delivery } from '../domain/alert.ts';
import { ALERT_KINDS, DELIVERY_STATES } from '../domain/alert.ts';
import { NotFoundError } from '../domain/errors.ts';
import type { AlertId, DeliveryId, StoryId } from '../domain/ids.ts';
import { STORY_KINDS } from '../domain/story-kind.ts';
import type { Instant } from '../domain/time.ts';
import type { AlertFilter } from '../store/ports/reads.ts';
import type { Store } from '../store/store.ts';
import { instant } from './surface-view.ts';

/** What `alerts` prints with `--json`. */

const deliveryView = z.strictObject({
  id: z.string(),
  channel: z.string(),
  state: z.enum(DELIVERY_STATES),
  attempts: z.int(),
  /** When it is tried next, or was due. */
  dueAt: instant,
  digest: z.string().nullable(),
  sentAt: instant.nullable(),
  error: z.string().nullable(),
});

const alertRow = z.strictObject({
  id: z.string(),
  at: instant,
  kind: z.enum(ALERT_KINDS),
  subject: z.string(),
  title: z.string(),
  /** The conversation it is part of. */
  thread: z.string(),
  /** The story it tells of, of which kind, and which telling it is; null for an alert of none. */
  story: z
    .strictObject({
      id: z.string(),
      kind: z.enum(STORY_KINDS),
      part: z.enum(['opening', 'growth', 'follow-up']),
    })
    .nullable(),
  deliveries: z.array(deliveryView),
});

const channelTrouble = z.strictObject({
  channel: z.string(),
  queued: z.int(),
  dead: z.int(),
  nextAt: instant.nullable(),
  error: z.string().nullable(),
  /** Until when nothing is tried there; null when it is not on hold. */
  heldUntil: instant.nullable(),
});

const alertsView = z.strictObject({
  alerts: z.array(alertRow),
  next: z.string().nullable(),
  /** Channels with something that waits or was given up. */
  channels: z.array(channelTrouble),
});

export type AlertRow = z.output<typeof alertRow>;
export type AlertsView = z.output<typeof alertsView>;

/** What was told to whom, the newest first, and what each channel has not delivered. */
export async function alertsOf(
  { reads, outbox }: Pick<Store, 'reads' | 'outbox'>,
  question: AlertFilter,
  now: Instant,
): Promise<AlertsView> {
  const [{ rows, next }, tallies, holds] = await Promise.all([
    reads.alerts(question),
    reads.outboxTallies(),
    outbox.holds(now),
  ]);
  const heldUntil = new Map(holds.map(({ channel, until }) => [channel, until]));
  return {
    alerts: rows.map(({ alert, deliveries }) => alertRowOf(alert, deliveries)),
    next,
    channels: tallies.map((tally) => ({
      ...tally,
      heldUntil: heldUntil.get(tally.channel) ?? null,
    })),
  };
}

function storyIn({ story }: Alert['message']): AlertRow['story'] {
  return story === undefined ? null : { id: story.id, kind: story.kind, part: story.part };
}

export function alertRowOf(alert: Alert, deliveries: readonly Delivery[]): AlertRow {
  const { id, at, kind, subject, message } = alert;
  return {
    ...{ id, at, kind, subject, title: message.title, thread: message.thread },
    story: storyIn(message),
    deliveries: deliveries.map((delivery) => {
      const { id: own, channel, state, attempts, dueAt, digest, sentAt, error } = delivery;
      return { id: own, channel, state, attempts, dueAt, digest, sentAt, error };
    }),
  };
}

/** The alert a person means: by its own id, that of one of its deliveries, or that of the story it told last of. Throws `NotFoundError`. */
export async function alertNamed(
  { reads, stories }: Pick<Store, 'reads' | 'stories'>,
  id: string,
): Promise<{ alert: Alert; deliveries: readonly Delivery[] }> {
  const story = id.startsWith('st_') ? await stories.get(id as StoryId) : null;
  const last = story?.events.findLast(({ alert }) => alert !== null)?.alert ?? null;
  const alert = last ?? (id as AlertId);
  const meant = id.startsWith('dl_') ? { delivery: id as DeliveryId } : { alert };
  const { rows } = await reads.alerts({ ...meant, limit: 1 });
  const [found] = rows;
  if (found !== undefined) return found;
  throw new NotFoundError(`There is no alert ${id}. "firsthand alerts" lists them.`);
}
