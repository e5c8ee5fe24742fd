import * as z from 'zod';

export const instant = z.iso.datetime();
export const level = z.enum([
  'unknown',
  'rumor',
  'secondary',
  'confirmed',
  'withdrawn',
  'contradicted',
]);
export const status = z.enum([
  'current',
  'in_effect',
  'scheduled',
  'due',
  'withdrawn',
  'contradicted',
  'denied',
  'never_reported',
  'stale',
  'expired',
]);

/** What the channels that would have to state a claim last showed. */
export const primary = z.strictObject({
  state: z.enum(['present', 'names_it', 'silent', 'partial', 'unreachable', 'stale', 'never']),
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
