import * as z from 'zod';

/** How each outlet did on claims that are settled: what `sources score --json` prints. */
export const outletsView = z.strictObject({
  asOf: z.iso.datetime(),
  /** Claims that are settled, whoever spoke of them. */
  settled: z.int(),
  outlets: z.array(
    z.strictObject({
      outlet: z.string(),
      name: z.string(),
      claims: z.int(),
      brier: z.strictObject({ mean: z.number(), low: z.number(), high: z.number() }),
      grade: z.enum(['A', 'B', 'C', 'D', 'E']).nullable(),
      leadHours: z.number().nullable(),
      premature: z.int(),
      stale: z.int(),
      pages: z.int(),
      /** When it last said anything on a settled claim. */
      lastAt: z.iso.datetime(),
      copiedShare: z.number(),
    }),
  ),
});

export type OutletsView = z.output<typeof outletsView>;
