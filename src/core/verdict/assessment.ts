import type { Claim } from '../../domain/claim.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { EvidenceId } from '../../domain/ids.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Subject } from '../../domain/subject.ts';
import type { SubjectCase } from '../../domain/subject-record.ts';
import type { Instant } from '../../domain/time.ts';
import type { Voice } from '../../domain/verdict.ts';
import { denies, supports } from '../claims/entailment.ts';
import { type Chain, chainsOf } from '../claims/source-history.ts';
import { isLive } from '../claims/validity.ts';
import { reasonToSetAside, voicesOf } from '../provenance/independent-voices.ts';
import { type Origins, originsOf } from '../provenance/origins.ts';
import { mayConfirm } from './authority.ts';
import { areCompatibleDates } from './values.ts';

export interface SetAside {
  evidence: EvidenceId;
  reason: string;
}

/** Everything heard on one claim at one moment, sorted into what counts, what does not and why. */
export interface Hearing {
  claim: Claim;
  at: Instant;
  policy: Policy;
  /** Who may confirm it and does, each followed through its sightings. */
  chains: readonly Chain[];
  /** Live statements for it that do not rest on an authority. */
  support: readonly Evidence[];
  against: readonly Evidence[];
  /** Live denials by an authority. */
  primaryAgainst: readonly Evidence[];
  /** Live statements by an authority of another, incompatible value. */
  rivals: readonly Evidence[];
  /** Live statements by an authority of other figures for the same thing. */
  otherFigures: readonly Evidence[];
  setAside: readonly SetAside[];
  voices: readonly Voice[];
  origins: Origins;
}

/** The database of a subject prepared for judging all its claims at one moment. */
export interface Bench {
  subjectCase: SubjectCase;
  at: Instant;
  policy: Policy;
  claims: ReadonlyMap<string, Claim>;
  origins: Origins;
  /** Evidence by facet: a claim is only heard against its own. */
  byFacet: ReadonlyMap<string, readonly Evidence[]>;
}

export function benchOf(subjectCase: SubjectCase, at: Instant, policy: Policy): Bench {
  const { record } = subjectCase;
  const claims = new Map(record.claims.map((claim) => [claim.key as string, claim]));
  const byFacet = new Map<string, Evidence[]>();
  for (const evidence of record.evidence) {
    const facet = claims.get(evidence.claim)?.facet;
    if (facet === undefined || evidence.knownAt > at) continue;
    const known = byFacet.get(facet);
    if (known === undefined) byFacet.set(facet, [evidence]);
    else known.push(evidence);
  }
  return { subjectCase, at, policy, claims, origins: originsOf(record.edges, at), byFacet };
}

/** Hears one claim: every piece of evidence of its facet that bears on it. */
export function hear(bench: Bench, claim: Claim): Hearing {
  const { at, policy, origins } = bench;
  const { sightings, retractions } = bench.subjectCase.record;
  const heard = sort(bench, claim);
  const chains = chainsOf(heard.primary, sightings, retractions, at, policy);
  return {
    claim,
    at,
    policy,
    origins,
    chains,
    support: heard.support,
    against: heard.against,
    primaryAgainst: heard.primaryAgainst,
    rivals: heard.rivals,
    otherFigures: heard.otherFigures,
    setAside: [...heard.setAside, ...waiting(chains)],
    voices: voicesOf(heard.support, heard.against, origins),
  };
}

/** What the authorities that state a claim now have said of it. */
export function openPrimary({ chains }: Pick<Hearing, 'chains'>): readonly Evidence[] {
  return chains
    .filter((chain) => chain.stands.at(-1)?.until === null)
    .flatMap((chain) => chain.evidence);
}

interface Sorted {
  primary: Evidence[];
  support: Evidence[];
  against: Evidence[];
  primaryAgainst: Evidence[];
  rivals: Evidence[];
  otherFigures: Evidence[];
  setAside: SetAside[];
}

function sort(bench: Bench, claim: Claim): Sorted {
  const sorted: Sorted = {
    primary: [],
    support: [],
    against: [],
    primaryAgainst: [],
    rivals: [],
    otherFigures: [],
    setAside: [],
  };
  for (const evidence of bench.byFacet.get(claim.facet) ?? []) {
    const said = bench.claims.get(evidence.claim);
    if (said !== undefined) place(sorted, evidence, said, claim, bench);
  }
  return sorted;
}

function place(sorted: Sorted, evidence: Evidence, said: Claim, claim: Claim, bench: Bench): void {
  const { at, policy, subjectCase } = bench;
  const isSupport = evidence.polarity === 'support';
  const authorised = mayConfirm(evidence, said, policy);
  // A chain needs its whole past, what has ended included, to know what once stood.
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
  if (reason === null) weigh(sorted, evidence, authorised);
  else sorted.setAside.push({ evidence: evidence.id, reason });
}

function weigh(sorted: Sorted, evidence: Evidence, authorised: boolean): void {
  if (evidence.polarity === 'support') {
    sorted.support.push(evidence);
    return;
  }
  sorted.against.push(evidence);
  if (authorised) sorted.primaryAgainst.push(evidence);
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

function waiting(chains: readonly Chain[]): readonly SetAside[] {
  return chains
    .filter((chain) => chain.waitsSince !== null)
    .flatMap((chain) => chain.evidence)
    .map((evidence) => ({
      evidence: evidence.id,
      reason: 'seen in one poll; it counts when a later poll shows it again',
    }));
}
