import type { Claim } from './claim.ts';
import type { ClaimKey, EvidenceId, PolicyDigest, TransitionId, VerdictDigest } from './ids.ts';
import type { SourceKind } from './source-kind.ts';
import type { Instant } from './time.ts';

export const CONFIRMATION_LEVELS = [
  'unknown',
  'rumor',
  'secondary',
  'confirmed',
  'withdrawn',
  'contradicted',
] as const;

export type ConfirmationLevel = (typeof CONFIRMATION_LEVELS)[number];

export const CLAIM_STATUSES = [
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
] as const;

export type ClaimStatus = (typeof CLAIM_STATUSES)[number];

export const FLAGS = [
  'primary_silent',
  'primary_partially_checked',
  'primary_unreachable',
  'primary_check_stale',
  'disputed',
  'date_conflict',
  'circular',
  'interested_only',
  'alias_unverified',
  'source_self_contradiction',
  'single_source',
  'stale_denial',
  'primary_gone_pending',
  'listed_only',
] as const;

export type Flag = (typeof FLAGS)[number];

/** The row of the decision table that gave the level; see `docs/verdicts.md`. */
export const RULES = ['1', '2', '3', '4', '4b', '5', '6', '7', 'derived'] as const;

export type Rule = (typeof RULES)[number];

export const PRIMARY_STATES = [
  'present',
  'names_it',
  'silent',
  'partial',
  'unreachable',
  'stale',
  'never',
] as const;

export type PrimaryStateName = (typeof PRIMARY_STATES)[number];

/** What one mandatory channel last said about a claim. */
export interface ChannelState {
  kind: SourceKind;
  /** `names_it`: what it shows now names the subject and states nothing of the claim that can be read. */
  state: 'present' | 'names_it' | 'silent' | 'control_failed' | 'unreachable' | 'stale' | 'never';
  at: Instant | null;
  /** The siblings the same answer showed; what makes a silence count. */
  controls: readonly string[];
  url: string | null;
  reason: string | null;
}

/** Whether the mandatory channels were looked at, apart from the level. */
export interface PrimaryState {
  state: PrimaryStateName;
  checked: number;
  mandatory: number;
  at: Instant | null;
  channels: readonly ChannelState[];
  /** What was looked at beside them; shown, never counted. */
  beside: readonly ChannelState[];
}

/** What one independence group says about a claim. */
export interface Voice {
  group: string;
  stance: 'support' | 'hedged' | 'deny';
  evidence: readonly EvidenceId[];
  /** A denial only disputes support for what happened up to the day it speaks of. */
  inInterval: boolean;
}

/** The level of a claim at a moment, with everything that led to it. */
export interface Verdict {
  claim: Claim;
  asOf: Instant;
  level: ConfirmationLevel;
  status: ClaimStatus;
  rule: Rule;
  flags: readonly Flag[];
  /** When the level was reached, by the evidence; null for `unknown`. */
  since: Instant | null;
  /** When anything was first seen for the claim. */
  firstSeen: Instant | null;
  /** Pages and groups that support, without hedges. */
  voices: { pages: number; groups: number };
  primary: PrimaryState;
  heard: readonly Voice[];
  /** The evidence the level rests on. */
  decisive: readonly EvidenceId[];
  for: readonly EvidenceId[];
  against: readonly EvidenceId[];
  /** Evidence that was looked at and does not count, with the reason. */
  setAside: readonly { evidence: EvidenceId; reason: string }[];
  /** For `derived`, the claim the level comes from. */
  derivedFrom: ClaimKey | null;
  /** For `contradicted`, the claim that supersedes it. */
  supersededBy: ClaimKey | null;
  /** When time alone may change this verdict; null when only new evidence can. */
  reconsiderAt: Instant | null;
  policy: PolicyDigest;
}

/** A verdict as it is kept: what was found of it, by which engine under which policy. The next one is compared with it. */
export interface StoredVerdict
  extends Pick<Verdict, 'level' | 'status' | 'rule' | 'flags' | 'since' | 'reconsiderAt'> {
  claim: ClaimKey;
  subject: string;
  judgedAt: Instant;
  policy: PolicyDigest;
  /** Which version of the judging code found it. */
  engine: number;
  /** The hash of what was found; null for what was judged before it was kept. */
  digest: VerdictDigest | null;
}

/** A change of level or status: history, and what alerts hang on. */
export interface Transition {
  id: TransitionId;
  claim: ClaimKey;
  subject: string;
  at: Instant;
  from: { level: ConfirmationLevel; status: ClaimStatus };
  to: { level: ConfirmationLevel; status: ClaimStatus };
  rule: Rule;
  evidence: readonly EvidenceId[];
  /** Rests on a baseline or a second reading alone: kept, and alerts nobody. */
  quiet: boolean;
  policy: PolicyDigest;
}
