import { composeHealth } from '../core/alerts/notice.ts';
import { tellMessage } from '../core/alerts/tell.ts';
import type { Alert, Message } from '../domain/alert.ts';
import type { TargetState } from '../domain/target.ts';
import type { Watcher } from '../domain/watcher.ts';
import type { Store, TargetUpdate } from '../store/store.ts';
import type { Line } from './line.ts';

/** Queues a message to those who run the program, in the same write as what it tells of; told twice, it is one alert. */
export async function tellOperator(
  line: Pick<Line, 'telling'>,
  tx: Store,
  message: Message,
): Promise<Alert> {
  const silences = await tx.outbox.silences(message.at);
  const { alert, deliveries } = tellMessage(message, { ...line.telling, silences });
  await tx.outbox.enqueue(alert, deliveries);
  return alert;
}

/** Tells of a source that stays unwell, once an episode, and of its recovery. */
export async function tellHealth(
  line: Pick<Line, 'telling' | 'clock'>,
  tx: Store,
  watcher: Watcher,
  target: TargetState,
  { failures, health }: Pick<TargetUpdate, 'failures' | 'health'>,
): Promise<readonly Alert[]> {
  if (failures === undefined || health === undefined || health === null) return [];
  const message = composeHealth(target, { failures, health }, watcher.vendor, line.clock.now());
  return message === null ? [] : [await tellOperator(line, tx, message)];
}
