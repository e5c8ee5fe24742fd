import type { FetchFailure } from './errors.ts';
import type { BodyHash, SnapshotId, TargetId } from './ids.ts';
import type { Instant } from './time.ts';

/** What lets the next request be conditional. */
export interface Validators {
  etag: string | null;
  lastModified: string | null;
}

/** No body is larger, decompressed, in bytes: what is larger is a mistake or an attack, and is not read. */
export const LARGEST_BODY = 20 * 1024 * 1024;

/** One exchange as it came: nothing in it is interpreted but the transfer and content encodings. */
export interface Capture {
  /** The address that was asked for. */
  url: string;
  /** The address that answered, after redirects. */
  finalUrl: string;
  /** Every address on the way, the first one asked for included. */
  redirects: readonly string[];
  status: number;
  /** Lower-case names; values joined by `, `. Cookies and credentials are left out. */
  headers: Readonly<Record<string, string>>;
  /** The media type with its parameters, as sent; empty when none was. */
  contentType: string;
  body: Uint8Array;
  bodyHash: BodyHash;
  fetchedAt: Instant;
  via: 'http' | 'browser' | 'model-list' | 'npm' | 'recording';
}

/** A stored capture; immutable. Its body is held once per hash, whoever sent it. */
export interface Snapshot {
  id: SnapshotId;
  target: TargetId;
  capture: Omit<Capture, 'body'>;
  size: number;
}

export function validatorsOf(headers: Readonly<Record<string, string>>): Validators {
  return { etag: headers['etag'] ?? null, lastModified: headers['last-modified'] ?? null };
}

/** The far side says outright that the page is not there. */
export function isGone(status: number): boolean {
  return status === 404 || status === 410;
}

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
