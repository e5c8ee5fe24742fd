import {
  composeChore,
  composeFault,
  composeHealth,
  composeHeartbeat,
} from '../core/alerts/system-messages.ts';
import { outageOf, withTurn } from '../core/stories/source-story.ts';
import type { Alert, Message } from '../domain/alert.ts';
import type { HealthState, TargetState } from '../domain/target.ts';
import { extractorOf, type Watcher } from '../domain/watcher.ts';
import type { ScheduledWork } from '../domain/worker.ts';
import type { TargetUpdate } from '../store/ports/work.ts';
import type { Store } from '../store/store.ts';
import type { PipelineContext } from './context.ts';
import type { EntryFault } from './interpret-items.ts';
import { queueAlert } from './tell-stories.ts';

/** Queues a message to those who run the program, in the same write as what it tells of; told twice, it is one alert. */
export async function queueOperatorAlert(
  context: Pick<PipelineContext, 'trace' | 'alertPolicy'>,
  tx: Store,
  message: Message,
): Promise<Alert> {
  return queueAlert(context, tx, message);
}

/** Tells of a source that stays unwell, once an episode, and of its recovery. */
export async function queueHealthAlert(
  context: Pick<PipelineContext, 'trace' | 'alertPolicy' | 'clock'>,
  tx: Store,
  watcher: Watcher,
  target: TargetState,
  { failures, health }: Pick<TargetUpdate, 'failures' | 'health'>,
): Promise<readonly Alert[]> {
  // An article behind a wall is no channel that went down.
  if (target.linkedFrom !== undefined) return [];
  if (failures === undefined || health === undefined || health === null) return [];
  const message = composeHealth(target, { failures, health }, watcher.vendor, context.clock.now());
  if (message === null) return [];
  const isRecovery = failures === 0;
  const reason = isRecovery ? 'It is well again.' : (health.reason ?? `It is ${health.state}.`);
  const turn = { message, url: target.url, reason, isRecovery };
  const { rows } = await tx.stories.list({ kind: 'source', limit: STORIES_OF_SOURCES });
  const { story, message: told } = withTurn(outageOf(rows, turn), turn);
  await tx.stories.put(story);
  return told === null ? [] : [await queueOperatorAlert(context, tx, told)];
}

/** Outages that are looked through for the one that goes on. */
const STORIES_OF_SOURCES = 50;

/** Tells of entries that were set aside because their reader has a fault; the same fault of one version is told once. */
export async function queueFaultAlerts(
  context: Pick<PipelineContext, 'trace' | 'alertPolicy' | 'clock' | 'log'>,
  tx: Store,
  watcher: Watcher,
  target: TargetState,
  faults: readonly EntryFault[],
): Promise<readonly Alert[]> {
  const alerts: Alert[] = [];
  const first = new Map([...faults].reverse().map((fault) => [fault.message, fault]));
  for (const fault of first.values()) {
    context.log.error({ target: target.id, entry: fault.key, reason: fault.message }, 'set aside');
    const source = { extractor: extractorOf(watcher), vendor: watcher.vendor, url: target.url };
    const message = composeFault({ ...fault, ...source }, context.clock.now());
    alerts.push(await queueOperatorAlert(context, tx, message));
  }
  return alerts;
}

/** Says that the program is alive, and how its sources and deliveries are. */
export async function queueHeartbeat(context: PipelineContext): Promise<Alert> {
  const { store, clock } = context;
  const targets = await store.targets.list();
  const { queued, dead } = await store.reads.outboxDepth();
  const counts: Partial<Record<HealthState, number>> = {};
  for (const { health } of targets) {
    if (health !== null) counts[health.state] = (counts[health.state] ?? 0) + 1;
  }
  const good = targets.flatMap(({ lastGoodAt }) => lastGoodAt ?? []).sort();
  const heartbeat = { targets: counts, lastGoodCheckAt: good.at(-1) ?? null, queued, dead };
  const message = composeHeartbeat(heartbeat, clock.now());
  return store.write((tx) => queueOperatorAlert(context, tx, message));
}

/** Tells of calendar work that begins to fail, and of its recovery. */
export async function queueWorkAlert(
  context: PipelineContext,
  before: Pick<ScheduledWork, 'name' | 'error' | 'lastAt'>,
  error: string | null,
): Promise<Alert | null> {
  const message = composeChore(before, error, context.clock.now());
  return message === null
    ? null
    : context.store.write((tx) => queueOperatorAlert(context, tx, message));
}
