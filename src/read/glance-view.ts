import * as z from 'zod';
import { instant, surfaceView } from './surface-view.ts';

/** A sentence somebody wrote, with who wrote it and where it is kept. */
export const saidView = z.strictObject({
  quote: z.string(),
  publisher: z.string(),
  class: z.string(),
  at: instant,
  url: z.string(),
  evidence: z.string(),
});

export const glanceView = z.strictObject({
  /** The verdict in a word or two, and in a sentence. */
  verdict: z.string(),
  sentence: z.string(),
  /** The vendor by the name people know it by. */
  vendorName: z.string(),
  /** When the vendor's pages for this model were last read well; null for never. */
  readAt: instant.nullable(),
  /** Whether any of them was read recently enough for its silence to count. */
  isFresh: z.boolean(),
  /** The vendor's channels that could not be read, or not recently enough. */
  unread: z.array(
    z.strictObject({
      kind: z.string(),
      state: z.enum(['control_failed', 'unreachable', 'stale', 'never']),
      at: instant.nullable(),
      reason: z.string().nullable(),
    }),
  ),
  surfaces: z.array(surfaceView),
  /** The best sentence on each side; for what is confirmed, the vendor's own. */
  for: saidView.nullable(),
  against: saidView.nullable(),
});

export type GlanceView = z.output<typeof glanceView>;
export type SaidView = z.output<typeof saidView>;
