import { isRetracted } from '../core/claims/validity.ts';
import { type Resolution, resolutionsOf } from '../core/outlet-score/resolution.ts';
import { type ScoreQuestion, sourceScores } from '../core/outlet-score/score.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { ItemVersionId } from '../domain/ids.ts';
import { DAY, type Instant } from '../domain/time.ts';
import { answerFor, type Known } from './known.ts';
import type { OutletsView } from './outlet-view.ts';

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
