import type { Watcher } from '../../domain/watcher.ts';
import { unreadable } from './failure.ts';

/** What an answer held, to be compared with what a healthy one holds. */
export interface Answer {
  /** The decoded body. */
  text: string;
  items: number;
  /** How many items the last good answer held; null before the first. */
  lastItems: number | null;
}

/**
 * Throws an `ExtractError` when an answer has lost the shape a watcher knows: of kind `shape` when a landmark is
 * missing or nothing was read (the source has drifted), of kind `shrunk` when it lost too much at once (it is held
 * until later polls repeat it).
 */
export function checkShape(
  watcher: Pick<Watcher, 'id' | 'shape' | 'mayBeEmpty'>,
  answer: Answer,
): void {
  const missing = watcher.shape.landmarks.find((landmark) => !landmark.test(answer.text));
  if (missing !== undefined) {
    throw unreadable(
      'shape',
      `The answer lacks ${String(missing)}, which every healthy answer of ${watcher.id} holds. Its layout may have changed.`,
    );
  }
  if (answer.items === 0 && !watcher.mayBeEmpty) {
    throw unreadable(
      'shape',
      `The answer is well-formed and holds nothing, which ${watcher.id} never does. Nothing is taken as withdrawn.`,
    );
  }
  const least = (answer.lastItems ?? 0) * watcher.shape.share;
  if (answer.items < least) {
    throw unreadable(
      'shrunk',
      `The answer holds ${answer.items} entries; the last good one held ${answer.lastItems}. It is held until two later checks repeat it.`,
    );
  }
}
