import { composeRetirement } from '../core/alerts/system-messages.ts';
import { threadOf } from '../core/alerts/thread.ts';
import { isLive } from '../core/claims/validity.ts';
import { remindedStory } from '../core/stories/reminder.ts';
import type { Alert, Message } from '../domain/alert.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Subject } from '../domain/subject.ts';
import { type Day, dayOf, type Instant } from '../domain/time.ts';
import type { Store } from '../store/store.ts';
import type { PipelineContext } from './context.ts';
import { queueOperatorAlert } from './operator-alerts.ts';

/** Reminds people of retirements that a primary source has set a day for: once for each number of days before it. */
export async function remindOfRetirements(
  context: PipelineContext,
  days: readonly number[],
): Promise<readonly Alert[]> {
  const at = context.clock.now();
  const told: Alert[] = [];
  for (const subject of await scheduledSubjects(context)) {
    if (context.alertPolicy.interestIn(subject.id) !== 'followed') continue;
    const reminder = await reminderFor(context, subject, at, days);
    if (reminder === null) continue;
    const alert = await context.store.write((tx) => remind(context, tx, reminder));
    if (alert !== null) told.push(alert);
  }
  return told;
}

interface Reminder {
  message: Message;
  day: Day;
}

/** Queues a reminder and puts it into the story of its retirement; null when it was told before. */
async function remind(
  context: PipelineContext,
  tx: Store,
  { message, day }: Reminder,
): Promise<Alert | null> {
  if ((await tx.outbox.get(message.alert)) !== null) return null;
  const alert = await queueOperatorAlert(context, tx, message);
  const { subject } = message;
  const { rows } = await tx.stories.list({ kind: 'retirement', subject, limit: 1 });
  await tx.stories.put(remindedStory(rows[0] ?? null, message, day));
  return alert;
}

async function scheduledSubjects({ store, reader }: PipelineContext): Promise<readonly Subject[]> {
  const scheduled = (await store.claims.verdicts()).filter(({ status }) => status === 'scheduled');
  const ids = new Set(scheduled.map(({ subject }) => subject));
  return [...ids].flatMap((id) => reader.subject(id) ?? []);
}

async function reminderFor(
  { store }: PipelineContext,
  subject: Subject,
  at: Instant,
  days: readonly number[],
): Promise<Reminder | null> {
  const latest = await lastWord(store, subject.id, at);
  const from = latest?.validTime?.from;
  if (latest === null || from === undefined) return null;
  const day = dayOf(from);
  const { rows } = await store.reads.alerts({ subject: subject.id, limit: 1 });
  const thread = threadOf(subject.id, at, rows[0]?.alert.message ?? null);
  const scheduled = { subject, day, thread };
  const message = composeRetirement(scheduled, at, days);
  // What was already as near when a target was first seen is known, and alerts nobody.
  const known = latest.baseline ? composeRetirement(scheduled, latest.knownAt, days) : null;
  return message === null || message.alert === known?.alert ? null : { message, day };
}

/** The latest that a primary source says of the day of a retirement. */
async function lastWord(store: Store, subject: string, at: Instant): Promise<Evidence | null> {
  const { claims, evidence, retractions } = await store.claims.record(subject, at);
  const retired = new Set(claims.filter(({ facet }) => facet === 'retired').map(({ key }) => key));
  const words = evidence.filter(
    (piece) =>
      retired.has(piece.claim) &&
      piece.artefact !== null &&
      piece.polarity === 'support' &&
      piece.validTime !== null &&
      isLive(piece, retractions, at),
  );
  return words.reduce<Evidence | null>(
    (best, one) => (best === null || one.observedAt > best.observedAt ? one : best),
    null,
  );
}
