import * as z from 'zod';
import { instant } from './surface-view.ts';

/** What `evidence` prints with `--json`. */

/** Which piece was taken out of judgement or put back, by whom and why. */
export const retraction = z.strictObject({
  evidence: z.string(),
  claim: z.string(),
  by: z.string(),
  because: z.string(),
});

export const evidenceRow = z.strictObject({
  id: z.string(),
  claim: z.string(),
  subject: z.string(),
  publisher: z.string(),
  publisherName: z.string(),
  class: z.string(),
  /** Who said it, where the page only passes it on. */
  relays: z.string().nullable(),
  voice: z.string(),
  polarity: z.enum(['support', 'deny']),
  force: z.string(),
  evidentiality: z.string(),
  quote: z.string(),
  url: z.string(),
  observedAt: instant,
  effective: z
    .strictObject({ from: z.string(), to: z.string().nullable(), precision: z.string() })
    .nullable(),
  snapshot: z.string(),
  extractor: z.string(),
  /** The rule that found it; null where it was read before rules were recorded. */
  rule: z.string().nullable(),
  /** The parts of the sentence that carry it, by offsets in the quote. */
  marks: z.array(
    z.strictObject({ part: z.enum(['predicate', 'model', 'agent']), from: z.int(), to: z.int() }),
  ),
  /** In judgement at the time asked for; otherwise why not. */
  standing: z.enum(['speaks', 'superseded', 'retracted']),
  /** By whom, when and why it was taken out of judgement; null while it is in it. */
  retraction: z.strictObject({ at: instant, by: z.string(), because: z.string() }).nullable(),
});

export const evidenceView = z.strictObject({
  subject: z.string(),
  asOf: instant,
  evidence: z.array(evidenceRow),
});

export const evidenceDetail = z.strictObject({
  ...evidenceRow.shape,
  before: z.string(),
  after: z.string(),
  title: z.string(),
  finalUrl: z.string(),
  fetchedAt: instant,
  bodyHash: z.string(),
  /** For a published package: which version the bytes are, and the hash its registry vouches for. */
  artefact: z
    .object({ name: z.string(), version: z.string(), integrity: z.string().nullable() })
    .nullable(),
  /** The picture of the page kept beside it, by hash; null when none was taken. */
  picture: z.string().nullable(),
  /** The stored body hashes to its name, and the quote stands where the evidence says. */
  verified: z.boolean(),
});

export type EvidenceRow = z.output<typeof evidenceRow>;
export type EvidenceView = z.output<typeof evidenceView>;
export type EvidenceDetail = z.output<typeof evidenceDetail>;
