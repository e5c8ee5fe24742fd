const waiting: (() => void)[] = [];

/**
 * Waits for a turn of the event loop of one's own. Checks that end together would otherwise read, judge and write one after
 * the other without letting anybody else in: with a turn before each step, whoever asks the daemon how it is waits for one
 * step at most, and not for all of them.
 */
export function ownTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(begin);
  });
}

/** What follows the wait runs before the next turn begins. */
function begin(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(begin);
}
