import type { PipelineContext } from '../pipeline/context.ts';

/** Something in the database that is not as it must be. */
export interface Finding {
  kind: 'file' | 'body' | 'quote' | 'reading' | 'verdict' | 'time';
  /** What it is about: an id, a hash, a claim. */
  about: string;
  message: string;
}

/** What was looked at so far. */
export interface Tally {
  bodies: number;
  evidence: number;
  /** Pieces whose text was made again from the stored bytes; the others were read by another version of their watcher. */
  reread: number;
  verdicts: number;
  /** Verdicts that another engine found: their digests are checked, and they are not derived again. */
  engineChanged: number;
  findings: Finding[];
}

export type Verifying = Omit<PipelineContext, 'fetcher' | 'clock'>;
