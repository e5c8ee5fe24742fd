import * as z from 'zod';
import { CLAIM_STATUSES, CONFIRMATION_LEVELS, PRIMARY_STATES } from '../domain/verdict.ts';

export const instant = z.iso.datetime();
export const level = z.enum(CONFIRMATION_LEVELS);
export const status = z.enum(CLAIM_STATUSES);

/** What the channels that would have to state a claim last showed. */
export const primary = z.strictObject({
  state: z.enum(PRIMARY_STATES),
  checked: z.int(),
  mandatory: z.int(),
  at: instant.nullable(),
});

/** Where a model stands in one place: the API, a product, the documentation, the price list. */
export const surfaceView = z.strictObject({
  /** `api`, `product:<name>`, `sdk`, `announced`, `documented`, `priced`, `retired`. */
  surface: z.string(),
  label: z.string(),
  level,
  status,
  since: instant.nullable(),
  /** Whether it was there when its source was first read: since when, nobody here can say. */
  isFirstSight: z.boolean(),
  /** The days that are given for it, the one that counts first, each with who gives it. */
  days: z.array(
    z.strictObject({ day: z.string(), isVendors: z.boolean(), by: z.array(z.string()) }),
  ),
  /** The day on which the vendor's list says that it was made, where nothing but the list shows it; no day of release. */
  listedAs: z.string().nullable(),
  /** A price as the vendor writes it, or the day a retirement is dated; null where there is neither. */
  value: z.string().nullable(),
  /** What the channels that would have to say so last showed, and when they were read. */
  checked: primary,
  /** When any of those channels was last read well, however long ago; null for never. */
  readAt: instant.nullable(),
});

export type SurfaceView = z.output<typeof surfaceView>;

/** A sentence somebody wrote, with who wrote it and where it is kept. */
const saidView = z.strictObject({
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
