import * as z from 'zod';
import { isRetracted } from '../core/claims/source-history.ts';
import {
  type Resolution,
  resolutionsOf,
  type ScoreQuestion,
  sourceScores,
} from '../core/outlet-score/score.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { ItemVersionId } from '../domain/ids.ts';
import { DAY, type Instant } from '../domain/time.ts';
import { answerFor, type Known } from './known.ts';

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

/** How each outlet did on claims that are settled, the best first; shown, and never an influence on a level. */
export async function outletsOf(known: Known, asOf: Instant): Promise<OutletsView> {
  const { evidence, resolutions, passedOn } = await everythingSaid(known, asOf);
  const tolerance = known.policy.dateTolerance * DAY;
  const outlets = sourceScores({ evidence, resolutions, passedOn, tolerance }).map((record) => ({
    ...record,
    name: known.publisherName(record.outlet),
  }));
  // Those that earned a letter come before those that are too little known.
  outlets.sort(
    (a, b) => Number(a.grade === null) - Number(b.grade === null) || a.brier.mean - b.brier.mean,
  );
  return { asOf, settled: resolutions.length, outlets };
}

async function everythingSaid(
  known: Known,
  asOf: Instant,
): Promise<Omit<ScoreQuestion, 'tolerance'>> {
  const targets = await known.store.targets.list();
  const history = await known.store.reads.transitions({ until: asOf });
  const evidence: Evidence[] = [];
  const resolutions: Resolution[] = [];
  const passedOn = new Set<ItemVersionId>();
  for (const { subject: id } of await known.store.reads.activity()) {
    const subject = known.subject(id);
    if (subject === null) continue;
    const { record, verdicts } = await answerFor(known, subject, asOf, targets);
    const { retractions } = record;
    resolutions.push(...resolutionsOf(verdicts, history));
    evidence.push(...record.evidence.filter((one) => !isRetracted(one, retractions, asOf)));
    for (const { item } of record.edges) if (item !== null) passedOn.add(item);
  }
  return { evidence, resolutions, passedOn };
}
