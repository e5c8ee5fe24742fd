import type { Alert, AlertKind, Delivery, DeliveryState } from '../domain/alert.ts';
import { NotFoundError } from '../domain/errors.ts';
import type { AlertId, DeliveryId, StoryId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import type { Store } from '../store/store.ts';
import type { AlertRow, AlertsView } from './alert-view.ts';

export interface AlertsQuestion {
  subject?: string;
  kind?: AlertKind;
  channel?: string;
  state?: DeliveryState;
  limit: number;
  cursor?: string;
}

/** What was told to whom, the newest first, and what each channel has not delivered. */
export async function alertsOf(
  { reads, outbox }: Pick<Store, 'reads' | 'outbox'>,
  question: AlertsQuestion,
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
