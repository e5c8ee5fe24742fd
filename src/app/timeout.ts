import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What work gives, or what `late` gives when it takes longer than so many milliseconds. It is called off then, and not
 * waited for: some of what the system does cannot be called off.
 */
export async function withTimeout<T>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<T>,
  late: () => T,
): Promise<T> {
  const waiting = new AbortController();
  const working = new AbortController();
  const { signal } = waiting;
  const timer = sleep(milliseconds, undefined, { signal }).then(
    () => {
      working.abort(new DOMException('It took too long.', 'TimeoutError'));
      return late();
    },
    () => late(),
  );
  const worked = work(working.signal);
  // What comes of it afterwards interests nobody.
  worked.catch(() => undefined);
  try {
    return await Promise.race([worked, timer]);
  } finally {
    waiting.abort();
  }
}
