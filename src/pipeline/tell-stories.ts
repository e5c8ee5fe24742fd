import { decideAlert, floodSince } from '../core/alerts/decide-alert.ts';
import { fits } from '../core/alerts/route.ts';
import type { ItemChange } from '../core/alerts/source-changes.ts';
import { changeEvents, type Named } from '../core/stories/change-events.ts';
import { tellStory } from '../core/stories/compose.ts';
import type { Assessed, SubjectUpdate } from '../core/stories/family.ts';
import { gather } from '../core/stories/gather.ts';
import { type Candidate, levelEvents } from '../core/stories/level-events.ts';
import type { Alert, Message } from '../domain/alert.ts';
import { groupedBy } from '../domain/groups.ts';
import type { Story } from '../domain/story.ts';
import { type Instant, plus } from '../domain/time.ts';
import type { Store } from '../store/store.ts';
import { traced } from '../tracing.ts';
import type { OfflineContext } from './context.ts';

/** What one check came to, for those who are told. */
export interface Told {
  at: Instant;
  updates: readonly SubjectUpdate[];
  /** What changed at pages of vendors. */
  changes: readonly ItemChange[];
  pictures: SubjectUpdate['pictures'];
}

/** Judges subjects as they stand, and writes nothing. */
export type Assess = (
  tx: Store,
  subjects: readonly string[],
  at: Instant,
) => Promise<readonly Assessed[]>;

/** Puts what one check came to into stories, and queues what is told at once, in the same write. */
export async function tellStories(
  context: OfflineContext,
  tx: Store,
  { at, updates, changes, pictures }: Told,
  assess: Assess,
): Promise<readonly Alert[]> {
  const alerts: Alert[] = [];
  const silences = await tx.outbox.silences(at);
  const isMuted = (subject: string) => silences.some((silence) => fits(subject, silence.subject));
  const merelyNamed = await namedOnly(context, changes, (ids) => assess(tx, ids, at));
  for (const [vendor, all] of byVendor(context, { at, updates, changes }, merelyNamed)) {
    const rules = context.alertPolicy.quiet;
    const recent = await tx.stories.recent(vendor, plus(at, -4 * rules.storyWindow));
    const told = await tx.stories.told(all.map(({ event }) => event.subject));
    // What is muted has stories of its own: it neither speaks nor keeps another from speaking.
    for (const muted of [false, true]) {
      const candidates = all.filter(({ event }) => isMuted(event.subject) === muted);
      const open = recent.filter(({ subjects }) => subjects.every(isMuted) === muted);
      for (const story of gather(candidates, open, { at, vendor, rules, told })) {
        const alert = await tellIfDue(context, tx, story, { at, pictures, assess });
        if (alert !== null) alerts.push(alert);
      }
    }
  }
  return alerts;
}

/** Models that a vendor's pages revealed by their names alone, as an example does: what is written of them is no news yet. */
async function namedOnly(
  { alertPolicy, reader }: OfflineContext,
  changes: readonly ItemChange[],
  assess: (ids: readonly string[]) => Promise<readonly Assessed[]>,
): Promise<ReadonlySet<string>> {
  const named = new Set(changes.flatMap(({ after }) => after?.mentions ?? []));
  const revealed = [...named].filter(
    (id) => reader.subject(id)?.discovered != null && !alertPolicy.isFollowed(id),
  );
  const assessed = revealed.length === 0 ? [] : await assess(revealed);
  const isUnheard = ({ verdicts }: Assessed) => verdicts.every(({ level }) => level === 'unknown');
  return new Set(assessed.filter(isUnheard).map(({ subject }) => subject.id));
}

function byVendor(
  { alertPolicy, reader }: OfflineContext,
  { at, updates, changes }: Pick<Told, 'at' | 'updates' | 'changes'>,
  merelyNamed: ReadonlySet<string>,
): ReadonlyMap<string, readonly Candidate[]> {
  const levels = updates.flatMap((update) => levelEvents(update));
  const told = new Set(levels.filter(isTold).map(({ event }) => event.subject));
  const named = (id: string): Named | null => {
    const subject = reader.subject(id);
    if (subject === null) return null;
    const interest = merelyNamed.has(id) ? 'listed' : alertPolicy.interestIn(id);
    return { id, name: subject.name, kind: subject.kind, interest };
  };
  const candidates = [...levels, ...changeEvents(changes, { at, named, told, updates })];
  return groupedBy(
    candidates,
    ({ event }) => reader.subject(event.subject)?.vendor ?? vendorOf(changes),
  );
}

function isTold({ event }: Candidate): boolean {
  return event.weight !== 'notes';
}

/** Whose page it is that brings out something nobody knows. */
function vendorOf(changes: readonly ItemChange[]): string {
  return changes[0]?.target.watcher.split('-')[0] ?? '';
}

interface Moment {
  at: Instant;
  pictures?: SubjectUpdate['pictures'];
  assess: Assess;
}

async function tellIfDue(
  context: OfflineContext,
  tx: Store,
  story: Story,
  { at, pictures, assess }: Moment,
): Promise<Alert | null> {
  if (story.dueAt === null || story.dueAt > at) {
    await tx.stories.put(story);
    return null;
  }
  const assessed = await assess(tx, story.subjects, at);
  const { nameOf, vendorName, isFollowed } = context.alertPolicy;
  const told = tellStory(story, { at, assessed, nameOf, vendorName, isFollowed, pictures });
  const alert = told.message === null ? null : await queueAlert(context, tx, told.message);
  await tx.stories.put(told.story);
  return alert;
}

/** Tells what has waited long enough: what gathered around a launch, and the rest of a day. */
export async function tellDueStories(
  context: OfflineContext,
  assess: Assess,
): Promise<readonly Alert[]> {
  const at = context.clock.now();
  const alerts: Alert[] = [];
  for (const { id } of await context.store.stories.due(at)) {
    const alert = await context.store.write(async (tx) => {
      // Read again inside the write: another process may have told it by now.
      const story = await tx.stories.get(id);
      return story === null ? null : tellIfDue(context, tx, story, { at, assess });
    });
    if (alert !== null) alerts.push(alert);
  }
  return alerts;
}

/** Queues a message by the routes, in the same write as what it tells of; told twice, it is one alert. */
export async function queueAlert(
  { alertPolicy, trace }: Pick<OfflineContext, 'alertPolicy' | 'trace'>,
  tx: Store,
  message: Message,
): Promise<Alert> {
  const silences = await tx.outbox.silences(message.at);
  const had = await tx.outbox.givenAtOnce(floodSince(message.at));
  const { alert, deliveries } = decideAlert(message, { ...alertPolicy, silences, had });
  const fields = { alert: alert.id, kind: alert.kind, deliveries: deliveries.length };
  // Whoever delivers goes on from here, in whichever process.
  await traced(trace, 'outbox', (span) => tx.outbox.enqueue(alert, deliveries, span.context), {
    fields,
  });
  return alert;
}
