import type { Claim } from '../../domain/claim.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { groupedBy } from '../../domain/groups.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Subject } from '../../domain/subject.ts';
import type { SubjectCase } from '../../domain/subject-record.ts';
import type { Instant } from '../../domain/time.ts';
import type { Verdict, Voice } from '../../domain/verdict.ts';
import { isReadByModelAlone } from '../../domain/watcher.ts';
import { denies, supports } from '../claims/entailment.ts';
import { isLive, isOpen, type SourceHistory, sourceHistories } from '../claims/source-history.ts';
import { isUnhedged, reasonToSetAside, voicesOf } from '../provenance/independent-voices.ts';
import { countGroups, type Origins, originsOf } from '../provenance/origins.ts';
import { areCompatibleDates } from './values.ts';

type SetAside = Verdict['setAside'][number];

/** What bears on a claim, sorted. */
interface Sorted<Pieces = readonly Evidence[], Aside = readonly SetAside[]> {
  /** Live statements for it that do not rest on an authority. */
  support: Pieces;
  against: Pieces;
  /** Live denials by an authority. */
  primaryAgainst: Pieces;
  /** Live statements by an authority of another, incompatible value. */
  rivals: Pieces;
  /** Live statements by an authority of other figures for the same thing. */
  otherFigures: Pieces;
  setAside: Aside;
}

/** While it is sorted; `primary` is what authorities ever said for it. */
type Sorting = Sorted<Evidence[], SetAside[]> & { primary: Evidence[] };

/** Everything said on one claim at one moment, sorted into what counts, what does not and why. */
export interface Assessment extends Sorted {
  claim: Claim;
  at: Instant;
  policy: Policy;
  /** Who may confirm it and does, each followed through its sightings. */
  histories: readonly SourceHistory[];
  voices: readonly Voice[];
  origins: Origins;
}

/** The record of a subject prepared for judging all its claims at one moment. */
export interface EvidenceIndex {
  subjectCase: SubjectCase;
  at: Instant;
  policy: Policy;
  claims: ReadonlyMap<string, Claim>;
  origins: Origins;
  /** Evidence by facet: a claim is assessed only against its own. */
  byFacet: ReadonlyMap<string, readonly Evidence[]>;
}

export function indexEvidence(
  subjectCase: SubjectCase,
  at: Instant,
  policy: Policy,
): EvidenceIndex {
  const { record } = subjectCase;
  const claims = new Map(record.claims.map((claim) => [claim.key as string, claim]));
  const known = record.evidence.filter(({ knownAt }) => knownAt <= at);
  const byFacet = groupedBy(known, ({ claim }) => claims.get(claim)?.facet ?? '');
  return { subjectCase, at, policy, claims, origins: originsOf(record.edges, at), byFacet };
}

/** Assesses one claim: every piece of evidence of its facet that bears on it. */
export function assess(index: EvidenceIndex, claim: Claim): Assessment {
  const { at, policy, origins } = index;
  const { sightings, retractions } = index.subjectCase.record;
  const { primary, ...heard } = sort(index, claim);
  const histories = sourceHistories(primary, sightings, retractions, at, policy);
  return {
    ...{ claim, at, policy, origins, histories, ...heard },
    setAside: [...heard.setAside, ...waiting(histories)],
    voices: voicesOf(heard.support, heard.against, origins),
  };
}

/** What the authorities that state a claim now have said of it. */
export function openPrimary({ histories }: Pick<Assessment, 'histories'>): readonly Evidence[] {
  return histories.filter(isOpen).flatMap(({ evidence }) => evidence);
}

/** The pages that support a claim without a hedge, and the voices they are; the authorities that state it among them. */
export function countVoices(
  assessment: Pick<Assessment, 'histories' | 'support' | 'origins'>,
): Verdict['voices'] {
  const counted = [...openPrimary(assessment), ...assessment.support.filter(isUnhedged)];
  return {
    pages: new Set(counted.map(({ url }) => url)).size,
    groups: countGroups(counted, assessment.origins),
  };
}

function sort(index: EvidenceIndex, claim: Claim): Sorting {
  const sorted: Sorting = {
    ...{ primary: [], support: [], against: [], primaryAgainst: [] },
    ...{ rivals: [], otherFigures: [], setAside: [] },
  };
  for (const evidence of index.byFacet.get(claim.facet) ?? []) {
    const said = index.claims.get(evidence.claim);
    if (said !== undefined) place(sorted, evidence, said, claim, index);
  }
  return sorted;
}

function place(
  sorted: Sorting,
  evidence: Evidence,
  said: Claim,
  claim: Claim,
  index: EvidenceIndex,
): void {
  const { at, policy, subjectCase } = index;
  const isSupport = evidence.polarity === 'support';
  const authorised = mayConfirm(evidence, said, policy);
  // A history needs its whole past, what has ended included, to know what once stood.
  if (isSupport && authorised && supports(said, claim)) {
    sorted.primary.push(evidence);
    return;
  }
  if (!isLive(evidence, subjectCase.record.retractions, at)) return;
  if (isSupport && authorised && isRival(said, claim, policy)) sorted.rivals.push(evidence);
  if (isSupport && authorised && isOtherFigure(said, claim)) sorted.otherFigures.push(evidence);
  const bears = isSupport ? supports(said, claim) : denies(said, claim);
  if (!bears) return;
  const reason = reasonToSetAside(evidence) ?? reasonInSubject(subjectCase.subject, claim);
  if (reason !== null) sorted.setAside.push({ evidence: evidence.id, reason });
  else if (isSupport) sorted.support.push(evidence);
  else {
    sorted.against.push(evidence);
    if (authorised) sorted.primaryAgainst.push(evidence);
  }
}

/** A moving alias is pointed elsewhere from time to time: that is told of it, and it is never itself released. */
function reasonInSubject({ moving }: Subject, { facet }: Claim): string | null {
  return moving && facet === 'released' ? 'a moving alias is never itself released' : null;
}

/** Another value for the same thing: only dates exclude each other. */
function isRival(said: Claim, claim: Claim, policy: Policy): boolean {
  if (claim.value === null || said.value === null) return false;
  const sameThing = supports({ ...said, value: claim.value }, claim);
  return sameThing && areCompatibleDates(said.value, claim.value, policy.dateTolerance) === false;
}

/** Two figures for one price do not exclude each other by what they are: it is the page that now gives another one. */
function isOtherFigure(said: Claim, claim: Claim): boolean {
  if (claim.facet !== 'priced' || claim.value === null || said.value === null) return false;
  return said.value !== claim.value && supports({ ...said, value: claim.value }, claim);
}

function waiting(histories: readonly SourceHistory[]): readonly SetAside[] {
  return histories
    .filter((history) => history.waitsSince !== null)
    .flatMap((history) => history.evidence)
    .map((evidence) => ({
      evidence: evidence.id,
      reason: 'seen in one poll; it counts when a later poll shows it again',
    }));
}

/** What is open to some is said plainly too; what is hedged, foretold or reported proves nothing, whoever says it. */
const ASSERTS = new Set<Evidence['force']>(['assert', 'assert_partial']);

/** Whether a piece of evidence is a primary statement by somebody who may confirm this facet. */
function mayConfirm(evidence: Evidence, claim: Claim, policy: Policy): boolean {
  if (evidence.evidentiality !== 'primary_artefact' || evidence.aliasClaimed) return false;
  if (!ASSERTS.has(evidence.force) || isReadByModelAlone(evidence)) return false;
  const byClass = policy.confirms[evidence.publisherClass] ?? [];
  if (byClass.includes(claim.facet)) return true;
  if (evidence.publisherClass === 'P0' || evidence.publisherClass === 'P1') {
    return (policy.alsoConfirms[evidence.sourceKind] ?? []).includes(claim.facet);
  }
  return evidence.publisherClass === 'Q' && isOwnSurface(evidence, claim);
}

/** A partner is an authority on what its own surface or venue offers, and on nothing else. */
function isOwnSurface(evidence: Evidence, claim: Claim): boolean {
  const place = claim.qualifiers.surface ?? claim.qualifiers.venue;
  const offered = claim.facet === 'product_available' || claim.facet === 'limited_test';
  return offered && (place === evidence.publisher || place === evidence.group);
}
