import type { Capture, Validators } from '../domain/capture.ts';
import type { FetchError } from '../domain/errors.ts';
import type { Via } from '../domain/watcher.ts';

export interface FetchRequest {
  url: string;
  via: Via;
  /** Set to make the request conditional. */
  validators: Validators | null;
}

/** How a fetch ended, as a value: nothing here is thrown. */
export type FetchOutcome =
  | { kind: 'fetched'; capture: Capture }
  /** 304: what was read last time still stands. */
  | { kind: 'not-modified' }
  /** 404 or 410: for an exact-id page a statement of its own, so the answer is kept. */
  | { kind: 'gone'; capture: Capture }
  | { kind: 'failed'; error: FetchError };

export interface Fetcher {
  fetch(request: FetchRequest, signal: AbortSignal): Promise<FetchOutcome>;
  close(): Promise<void>;
}
