import type { Capture, Validators } from '../domain/capture.ts';
import type { FetchError } from '../domain/errors.ts';
import type { Via } from '../domain/watcher.ts';

export interface FetchRequest {
  url: string;
  via: Via;
  /** Set to make the request conditional. */
  validators: Validators | null;
  /** A header that must be configured for the host of the address; without it the fetch is off. */
  needs?: string;
  /** The parameter that names the last entry of the page before, for a list that comes in pages. */
  pages?: string;
  /** Asks for a picture of the page too, where the tier that answers can take one. */
  screenshot?: boolean;
}

/** How a fetch ended, as a value: nothing here is thrown. */
export type FetchOutcome =
  /** `screenshot` holds PNG bytes when one was asked for and taken; it is no part of the capture, whose bytes are the proof. */
  | { kind: 'fetched'; capture: Capture; screenshot?: Uint8Array }
  /** 304: what was read last time still stands. */
  | { kind: 'not-modified' }
  /** 404 or 410: for an exact-id page a statement of its own, so the answer is kept. */
  | { kind: 'gone'; capture: Capture }
  | { kind: 'failed'; error: FetchError };

export interface Fetcher {
  fetch(request: FetchRequest, signal: AbortSignal): Promise<FetchOutcome>;
  /** How long a host still wants to be left alone before the next request, in milliseconds. */
  restOf?(host: string): number;
  close(): Promise<void>;
}
