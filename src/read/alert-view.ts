import * as z from 'zod';
import { ALERT_KINDS, DELIVERY_STATES } from '../domain/alert.ts';
import { STORY_KINDS } from '../domain/story-kind.ts';

/** What `alerts` prints with `--json`. */

const instant = z.iso.datetime();

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

export const alertRow = z.strictObject({
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

export const alertsView = z.strictObject({
  alerts: z.array(alertRow),
  next: z.string().nullable(),
  /** Channels with something that waits or was given up. */
  channels: z.array(channelTrouble),
});

export type AlertRow = z.output<typeof alertRow>;
export type AlertsView = z.output<typeof alertsView>;
