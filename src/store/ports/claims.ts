import type { Claim } from '../../domain/claim.ts';
import type { Evidence, Retraction, Sighting, VoiceEdge } from '../../domain/evidence.ts';
import type {
  ClaimKey,
  EvidenceId,
  ItemVersionId,
  PolicyDigest,
  ProposalId,
  TargetId,
} from '../../domain/ids.ts';
import type { Item } from '../../domain/item.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Proposal } from '../../domain/proposal.ts';
import type { Subject } from '../../domain/subject.ts';
import type { SubjectRecord } from '../../domain/subject-record.ts';
import type { Day, Instant } from '../../domain/time.ts';
import type { StoredVerdict, Transition } from '../../domain/verdict.ts';

/** Where a page of evidence ended. */
export type EvidencePlace = Pick<Evidence, 'snapshot' | 'id'>;

/** A piece of evidence as far as its quote is concerned. */
export type QuotedEvidence = Pick<
  Evidence,
  | 'id'
  | 'subject'
  | 'item'
  | 'snapshot'
  | 'quote'
  | 'span'
  | 'extractor'
  | 'observedAt'
  | 'knownAt'
  | 'rule'
  | 'marks'
>;

export interface Claims {
  /** Adds claims that are new, known from `at` on; one that turns out to have been known before is known from then. */
  add(claims: readonly Claim[], at: Instant): Promise<void>;
  get(key: ClaimKey): Promise<Claim | null>;
  subjects(): Promise<readonly Subject[]>;
  /** Adds subjects that are new; returns those. */
  discover(subjects: readonly Subject[]): Promise<readonly Subject[]>;
  /** Adds evidence that is new, by id; returns those pieces. */
  addEvidence(evidence: readonly Evidence[]): Promise<readonly Evidence[]>;
  /** Ends the standing of pieces of evidence from a moment on; what has ended keeps its first end. */
  supersede(ids: readonly EvidenceId[], at: Instant): Promise<void>;
  evidence(id: EvidenceId): Promise<Evidence | null>;
  /** All evidence in the order of its snapshots, so many pieces after a place; from the first one for null. */
  evidenceAfter(place: EvidencePlace | null, limit: number): Promise<readonly QuotedEvidence[]>;
  /** Evidence that stands now, read from the given target. */
  standing(target: TargetId): Promise<readonly Evidence[]>;
  addSightings(sightings: readonly Sighting[]): Promise<void>;
  /** The sightings of what a target showed, the oldest first. */
  sightings(target: TargetId): Promise<readonly Sighting[]>;
  /** Throws `NotFoundError` when there is no such evidence. */
  retract(retraction: Retraction): Promise<void>;
  /**
   * What was known of a subject at a moment (`knownAt`, `at` and `observedAt` not after it). Evidence that had ended
   * by then is part of it, with its end; an end that came later is not known yet and is null.
   */
  record(subject: string, at: Instant): Promise<SubjectRecord>;
  /** The same of several subjects, by subject. */
  records(subjects: readonly string[], at: Instant): Promise<ReadonlyMap<string, SubjectRecord>>;
  /** The verdicts as last judged, of one subject or of all. */
  verdicts(subject?: string): Promise<readonly StoredVerdict[]>;
  /** The verdicts of several subjects as last judged. */
  verdictsOf(subjects: readonly string[]): Promise<readonly StoredVerdict[]>;
  putVerdicts(verdicts: readonly StoredVerdict[]): Promise<void>;
  addTransitions(transitions: readonly Transition[]): Promise<void>;
  /** Subjects with a verdict that time alone may have changed by now. */
  toReconsider(now: Instant): Promise<readonly string[]>;
  keepPolicy(digest: PolicyDigest, policy: Policy): Promise<void>;
  policy(digest: PolicyDigest): Promise<Policy | null>;
}

/** A page of somebody else with the marks by which pages of one origin are looked up. */
export interface MarkedPage {
  item: ItemVersionId;
  group: string;
  marks: readonly string[];
  /** What its markup showed of where it comes from; kept beside the item, whose versions it does not make. */
  origin: Item['fields'];
}

/** A page that shares marks with another. */
export type SharingPage = Omit<MarkedPage, 'marks'>;

/** Where reports come from: the marks of pages, and the edges found by them. */
export interface Voices {
  /** Keeps the marks of a page; keeping it again changes nothing. */
  keep(page: MarkedPage): Promise<void>;
  /** Pages of other groups that share marks, those that share most first, a few of each group. */
  sharing(marks: readonly string[], group: string, limit: number): Promise<readonly SharingPage[]>;
  /** How many groups there are pages of, counted up to 50. */
  groups(): Promise<number>;
  /** How many groups carry each mark; what nobody carries is left out. */
  spread(marks: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Adds edges that are new and returns those; one that is known keeps the moment it was first seen. */
  addEdges(edges: readonly VoiceEdge[]): Promise<readonly VoiceEdge[]>;
  /** Subjects of which two or more of some groups speak, or of the houses they belong to. */
  subjectsBetween(groups: readonly string[]): Promise<readonly string[]>;
}

/** What language models answered, and what it cost. */
export interface Proposals {
  /** The answer to a question; null when nobody has asked it. */
  get(id: ProposalId): Promise<Proposal | null>;
  /** The first answer to a question stays. */
  keep(proposal: Proposal): Promise<void>;
  /**
   * Takes tokens from what may be spent on a day, however many ask at once; false, with nothing taken, when that is
   * more than is left.
   */
  reserve(day: Day, tokens: number, limit: number): Promise<boolean>;
  /** Corrects what was taken by what it came to: gives back when `difference` is negative. */
  settle(day: Day, difference: number): Promise<void>;
  spent(day: Day): Promise<number>;
}
