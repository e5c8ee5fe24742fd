import type { FetchFailure } from './errors.ts';
import type { Instant } from './time.ts';

/** One exchange of a recording: an answer, or a fetch that failed. */
export interface RecordedCapture {
  at: Instant;
  url: string;
  /** The address that answered, when redirects led elsewhere. */
  finalUrl: string;
  outcome:
    | {
        kind: 'answer';
        status: number;
        contentType: string;
        headers: Readonly<Record<string, string>>;
      }
    | { kind: 'failure'; failure: FetchFailure };
  /** The body's bytes, read when they are needed; empty for a failure. */
  body(): Promise<Uint8Array>;
}

/** Captures with their times, in any order; they are replayed by `at`. */
export interface Recording {
  name: string;
  captures: readonly RecordedCapture[];
}
