import { type Claim, facetLabel, type Qualifiers } from '../../domain/claim.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { Facet } from '../../domain/facet.ts';
import type { PolicyDigest } from '../../domain/ids.ts';
import type { Policy } from '../../domain/policy.ts';
import { remembered } from '../../domain/remembered.ts';
import type { Subject } from '../../domain/subject.ts';
import type { SubjectCase } from '../../domain/subject-record.ts';
import { earliest, type Instant } from '../../domain/time.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { isLive } from '../claims/source-history.ts';
import { makeClaim } from '../claims/to-evidence.ts';
import { reasonToSetAside } from '../provenance/independent-voices.ts';
import { timedStatus } from './ageing.ts';
import {
  assess,
  countVoices,
  type EvidenceIndex,
  indexEvidence,
  openPrimary,
} from './assessment.ts';
import { deriveReleased, type Judged } from './derived.ts';
import { flagsOf } from './flags.ts';
import { policyDigest } from './policy.ts';
import { primaryState } from './primary-state.ts';
import { decide } from './rules.ts';
import { isDate } from './values.ts';

/**
 * Judges every claim of a subject as of a moment. A pure function of what was known by then: judged twice, it agrees;
 * later records never change it. `released` is always among the verdicts.
 */
export function judgeSubject(
  subjectCase: SubjectCase,
  at: Instant,
  policy: Policy,
): readonly Verdict[] {
  const index = indexEvidence(subjectCase, at, policy);
  const digest = policyDigest(policy);
  const [released, ...standard] = standardClaims(subjectCase.subject);
  const claims = new Map(index.claims);
  const implied = [released, ...standard, ...bareClaims(claims.values())];
  for (const claim of implied) claims.set(claim.key, claim);
  const dates = new Map(
    [...index.byFacet].map(([facet, said]) => [facet, datesGiven(index, said)]),
  );
  const judged = [...claims.values()].map((claim) => judge(index, claim, digest, dates));
  // A moving alias is pointed elsewhere from time to time; that it is listed releases nothing.
  const derives = ({ verdict }: Judged) =>
    verdict.claim.key === released.key && !subjectCase.subject.moving;
  return judged.map((one) => (derives(one) ? deriveReleased(one, judged, index) : one.verdict));
}

/** What everybody asks of a model beside the headline, whether anybody has spoken of it or not. */
const STANDARD: readonly Facet[] = [
  'announced',
  'documented',
  'api_listed',
  'product_available',
  'priced',
  'sdk_typed',
  'deprecated',
  'retired',
];

/** The headline and the claims beside it, the same each time: hashing them again would cost as much as judging. */
const standardClaims = remembered(({ id: subject }: Subject): readonly [Claim, ...Claim[]] => {
  const claimOn = (facet: Facet) => makeClaim({ subject, facet, qualifiers: {}, value: null });
  return [claimOn('released'), ...STANDARD.map(claimOn)];
});

/** A claim with a value or qualifiers stands beside the wider ones, which take the best of those under them. */
function bareClaims(claims: Iterable<Claim>): readonly Claim[] {
  const bare = new Map<string, Claim>();
  for (const claim of claims) {
    const { facet, value, qualifiers } = claim;
    if (facet === 'identity' || qualifiers.rollout !== undefined) continue;
    const wider = value === null ? widened(qualifiers) : [qualifiers, ...widened(qualifiers)];
    for (const one of wider) {
      // Ten dates have one bare facet: it is made once.
      const label = facetLabel({ facet, qualifiers: one, value: null });
      if (!bare.has(label)) bare.set(label, makeClaim({ ...claim, qualifiers: one, value: null }));
    }
  }
  return [...bare.values()];
}

/** What holds for one plan or region of a surface holds for the surface, and for some surface. */
function widened({ surface, venue, ...narrower }: Qualifiers): readonly Qualifiers[] {
  const place: Qualifiers = {};
  if (surface !== undefined) place.surface = surface;
  if (venue !== undefined) place.venue = venue;
  const isPlaced = Object.keys(place).length > 0;
  if (Object.keys(narrower).length > 0) return isPlaced ? [place, {}] : [{}];
  return isPlaced ? [{}] : [];
}

function datesGiven(index: EvidenceIndex, heard: readonly Evidence[]): readonly string[] {
  const { retractions } = index.subjectCase.record;
  const speaks = (piece: Evidence) =>
    piece.polarity === 'support' &&
    isLive(piece, retractions, index.at) &&
    reasonToSetAside(piece) === null;
  const values = heard.filter(speaks).map(({ claim }) => index.claims.get(claim)?.value ?? '');
  return [...new Set(values.filter(isDate))];
}

function judge(
  index: EvidenceIndex,
  claim: Claim,
  digest: PolicyDigest,
  datesOf: ReadonlyMap<string, readonly string[]>,
): Judged {
  const assessment = assess(index, claim);
  const finding = decide(assessment);
  const stated = finding.level === 'confirmed' ? openPrimary(assessment) : [];
  const { at, policy, subjectCase } = index;
  const { subject, checks } = subjectCase;
  const primary = primaryState({
    ...{ claim, subject, checks, at, policy },
    statedBy: new Set(stated.map(({ sourceKind }) => sourceKind)),
  });
  const dates = datesOf.get(claim.facet) ?? [];
  const { level, rule, since, decisive, supersededBy } = finding;
  const { status, reconsiderAt } = timedStatus({ assessment, finding, primary, checks });
  const { histories, support, against, rivals, voices, setAside } = assessment;
  const seen = [...histories.flatMap(({ evidence }) => evidence), ...support];
  const shown = histories.filter(({ stretches }) => stretches.length > 0);
  const verdict: Verdict = {
    ...{ claim, asOf: at, level, status, rule },
    flags: flagsOf({ assessment, level, rule, since, primary, dates }),
    since,
    firstSeen: earliest(seen.map(({ observedAt }) => observedAt)),
    voices: countVoices(assessment),
    ...{ primary, heard: voices, decisive },
    for: [...shown.flatMap(({ evidence }) => evidence), ...support].map(({ id }) => id),
    against: [...against, ...rivals].map(({ id }) => id),
    ...{ setAside, derivedFrom: null, supersededBy, reconsiderAt, policy: digest },
  };
  return { assessment, verdict };
}
