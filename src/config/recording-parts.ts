import type { Flaw } from './recording-schema.ts';

/** One piece of a recording file as it was written, and how to find the line of a key in it. */
export type RecordingPart =
  | { kind: 'head'; raw: unknown; line: LineOf }
  | { kind: 'capture'; raw: unknown; line: LineOf }
  /** A stretch that could not be read at all; a capture is counted even so. */
  | { kind: 'broken'; flaw: Flaw; line: number | null; isCapture: boolean };

/** The line on which a key of the part stands, counted from 1; of the nearest thing around it when it is missing. */
export type LineOf = (path: Flaw['path']) => number | null;

export function broken(
  message: string,
  line: number | null,
  advice: string | null,
  isCapture = false,
): RecordingPart {
  return { kind: 'broken', flaw: { path: [], message, suggestion: advice }, line, isCapture };
}
