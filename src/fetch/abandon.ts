import { calledOff } from './faults.ts';

/** Stops waiting for work that goes on by itself when the caller is called off. Throws `FetchError` then. */
export function abandonable<T>(work: Promise<T>, url: string, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(calledOff(url, signal));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
