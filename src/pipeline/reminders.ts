import {
  composeRetirement,
  leadOf,
  remindedStory,
  reminderId,
} from '../core/alerts/retirement-reminder.ts';
import { isLive } from '../core/claims/source-history.ts';
import type { Alert } from '../domain/alert.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Story } from '../domain/story.ts';
import type { Subject } from '../domain/subject.ts';
import { type Day, dayOf, type Instant } from '../domain/time.ts';
import type { Store } from '../store/store.ts';
import type { OfflineContext } from './context.ts';
import { queueOperatorAlert } from './operator-alerts.ts';

/** Reminds people of retirements that a primary source has set a day for: once for each number of days before it, all of one day in one message. */
export async function remindOfRetirements(
  context: OfflineContext,
  days: readonly number[],
): Promise<readonly Alert[]> {
  const at = context.clock.now();
  const groups = new Map<string, Near[]>();
  for (const subject of await scheduledSubjects(context)) {
    if (context.alertPolicy.interestIn(subject.id) !== 'followed') continue;
    const near = await nearEnd(context, subject, at, days);
    if (near === null) continue;
    const key = `${subject.vendor} ${near.day} ${near.lead}`;
    groups.set(key, [...(groups.get(key) ?? []), near]);
  }
  const told: Alert[] = [];
  for (const group of groups.values()) {
    const alert = await context.store.write((tx) => remind(context, tx, group, at));
    if (alert !== null) told.push(alert);
  }
  return told;
}

/** A retirement that is as near as people want to be reminded of it. */
interface Near {
  subject: Subject;
  day: Day;
  lead: number;
}

/** Queues a reminder and puts it into the stories of its retirements; null when all of them were told before. */
async function remind(
  context: OfflineContext,
  tx: Store,
  group: readonly Near[],
  at: Instant,
): Promise<Alert | null> {
  const fresh: Near[] = [];
  for (const near of group) if (!(await wasReminded(tx, near))) fresh.push(near);
  const [first] = fresh;
  if (first === undefined) return null;
  const { day, lead } = first;
  const subjects = fresh.map(({ subject: { id, name } }) => ({ id, name }));
  const homes = new Map<string, Story | null>();
  for (const { id } of subjects) {
    const { rows } = await tx.stories.list({ kind: 'retirement', subject: id, limit: 1 });
    homes.set(id, rows[0] ?? null);
  }
  const [home = null] = homes.values();
  const thread = home?.thread ?? `${first.subject.id}@${at}`;
  const { vendor } = first.subject;
  const message = composeRetirement({ subjects, vendor, day, lead, thread }, at);
  const alert = await queueOperatorAlert(context, tx, message);
  const ids = new Set([...homes.values()].map((story) => story?.id ?? null));
  for (const id of ids) {
    const story = [...homes.values()].find((one) => (one?.id ?? null) === id) ?? null;
    const here = subjects.filter((one) => (homes.get(one.id)?.id ?? null) === id);
    const reminded = here.map((one) => ({ ...one, ref: reminderId(one.id, day, lead) }));
    await tx.stories.put(remindedStory(story, message, day, reminded));
  }
  return alert;
}

/** Whether people were reminded of it, alone or with others. */
async function wasReminded(tx: Store, { subject: { id }, day, lead }: Near): Promise<boolean> {
  const ref = reminderId(id, day, lead);
  if ((await tx.outbox.get(ref)) !== null) return true;
  return (await tx.stories.told([id])).some((event) => event.ref === ref);
}

async function scheduledSubjects({ store, reader }: OfflineContext): Promise<readonly Subject[]> {
  const scheduled = (await store.claims.verdicts()).filter(({ status }) => status === 'scheduled');
  const ids = new Set(scheduled.map(({ subject }) => subject));
  return [...ids].flatMap((id) => reader.subject(id) ?? []);
}

async function nearEnd(
  { store }: OfflineContext,
  subject: Subject,
  at: Instant,
  days: readonly number[],
): Promise<Near | null> {
  const latest = await lastWord(store, subject.id, at);
  const from = latest?.validTime?.from;
  if (latest === null || from === undefined) return null;
  const day = dayOf(from);
  const lead = leadOf(day, at, days);
  // What was already as near when a target was first seen is known, and alerts nobody.
  const known = latest.baseline ? leadOf(day, latest.knownAt, days) : null;
  return lead === null || lead === known ? null : { subject, day, lead };
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
