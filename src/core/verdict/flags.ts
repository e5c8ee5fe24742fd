import type { Evidence } from '../../domain/evidence.ts';
import type { Instant } from '../../domain/time.ts';
import type { ConfirmationLevel, Flag, PrimaryState, Rule } from '../../domain/verdict.ts';
import { isUnhedged } from '../provenance/independent-voices.ts';
import { countGroups } from '../provenance/origins.ts';
import type { Assessment } from './assessment.ts';
import { isWeighty } from './rules.ts';
import { areCompatibleDates } from './values.ts';

export interface FlagQuestion {
  assessment: Assessment;
  level: ConfirmationLevel;
  rule: Rule;
  since: Instant | null;
  primary: PrimaryState;
  /** Dates given for the same thing, whoever gives them. */
  dates: readonly string[];
}

/** The flags of a verdict: marks beside the level that never change it. */
export function flagsOf(question: FlagQuestion): readonly Flag[] {
  const { level, assessment } = question;
  const isUndecided = level === 'rumor' || level === 'secondary';
  return [
    ...(isUndecided ? undecidedFlags(question) : []),
    ...raised([
      ['stale_denial', level === 'confirmed' && hasStaleDenial(question)],
      ['date_conflict', hasDateConflict(question)],
      ['primary_gone_pending', assessment.histories.some(({ missedAt }) => missedAt !== null)],
      ['source_self_contradiction', contradictsItself(assessment)],
    ]),
  ];
}

function raised(flags: readonly (readonly [Flag, boolean])[]): readonly Flag[] {
  return flags.flatMap(([flag, isRaised]) => (isRaised ? [flag] : []));
}

const PRIMARY_FLAGS: Partial<Record<PrimaryState['state'], Flag>> = {
  silent: 'primary_silent',
  partial: 'primary_partially_checked',
  unreachable: 'primary_unreachable',
  stale: 'primary_check_stale',
};

/** While nothing is proven it matters whether the vendor was asked, who disagrees and who profits. */
function undecidedFlags({ assessment, rule, primary }: FlagQuestion): readonly Flag[] {
  const { support, voices, origins } = assessment;
  const ofPrimary = primary.mandatory > 0 ? PRIMARY_FLAGS[primary.state] : undefined;
  const pages = new Set(support.map(({ url }) => url)).size;
  const areAll = (test: (one: Evidence) => boolean) => support.length > 0 && support.every(test);
  return [
    ...(ofPrimary === undefined ? [] : [ofPrimary]),
    ...raised([
      ['disputed', voices.some(({ stance, inInterval }) => stance === 'deny' && inInterval)],
      ['circular', pages > countGroups(support, origins)],
      ['interested_only', areAll(({ publisherClass }) => publisherClass === 'S4')],
      ['alias_unverified', areAll(({ aliasClaimed }) => aliasClaimed)],
      ['single_source', rule === '4b' && countGroups(support.filter(weighs), origins) === 1],
    ]),
  ];
}

/** What a level can rest on; a hedge beside it makes no second source. */
function weighs(evidence: Evidence): boolean {
  return isUnhedged(evidence) || isWeighty(evidence);
}

/** A denial first seen after the confirmation is old news, not a dispute. */
function hasStaleDenial({ assessment, since }: FlagQuestion): boolean {
  return since !== null && assessment.against.some((denial) => denial.observedAt > since);
}

function hasDateConflict({ assessment, dates }: FlagQuestion): boolean {
  const own = assessment.claim.value;
  const pairs = own === null ? dates : [own];
  const tolerance = assessment.policy.dateTolerance;
  return pairs.some((a) => dates.some((b) => areCompatibleDates(a, b, tolerance) === false));
}

/** One page that says both, firmly. */
function contradictsItself({ support, against }: Assessment): boolean {
  const says = new Set(support.filter(isUnhedged).map(({ item }: Evidence) => item as string));
  return against.some((denial) => isUnhedged(denial) && says.has(denial.item));
}
