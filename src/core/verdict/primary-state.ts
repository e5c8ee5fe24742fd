import { isGood } from '../../domain/check.ts';
import type { Claim } from '../../domain/claim.ts';
import type { Policy } from '../../domain/policy.ts';
import type { SourceKind } from '../../domain/source-kind.ts';
import type { Subject } from '../../domain/subject.ts';
import type { TargetChecks } from '../../domain/subject-record.ts';
import { earliest, elapsed, type Instant } from '../../domain/time.ts';
import type { ChannelState, PrimaryState, PrimaryStateName } from '../../domain/verdict.ts';

/** The states of a channel that was read and understood. */
const ANSWERS = new Set<ChannelState['state']>(['present', 'names_it', 'silent']);

export interface PrimaryQuestion {
  claim: Pick<Claim, 'facet'>;
  subject: Subject;
  checks: readonly TargetChecks[];
  /** The source kinds that state the claim now. */
  statedBy: ReadonlySet<SourceKind>;
  at: Instant;
  policy: Policy;
}

/**
 * Whether every channel that would have to speak of a claim was looked at, and what it said. Silence needs a fresh
 * good answer that shows a known sibling and does not name the subject itself; anything else is "could not be checked",
 * never "nothing there".
 */
export function primaryState(question: PrimaryQuestion): PrimaryState {
  const mandatory = question.policy.mandatory[question.claim.facet] ?? [];
  const channels = mandatory.map((kind) => channelState(kind, question));
  const corroborating = mandatory.length === 0 ? [] : question.policy.corroborating;
  const answered = channels.filter(({ state }) => ANSWERS.has(state));
  return {
    state: overall(channels),
    checked: answered.length,
    mandatory: mandatory.length,
    at: earliest(answered.map(({ at }) => at)),
    channels,
    beside: corroborating
      .map((kind) => channelState(kind, question))
      .filter(({ state }) => state !== 'never'),
  };
}

function overall(channels: readonly ChannelState[]): PrimaryStateName {
  const states = channels.map(({ state }) => state);
  if (states.includes('present')) return 'present';
  if (states.includes('names_it')) return 'names_it';
  if (states.length === 0) return 'never';
  if (states.every((state) => state === 'silent')) return 'silent';
  if (states.includes('silent')) return 'partial';
  if (states.some((state) => state === 'unreachable' || state === 'control_failed')) {
    return 'unreachable';
  }
  return states.includes('stale') ? 'stale' : 'never';
}

function channelState(kind: SourceKind, question: PrimaryQuestion): ChannelState {
  const { subject, checks, at, policy } = question;
  const ofKind = checks.filter((one) => one.kind === kind);
  const isStated = question.statedBy.has(kind);
  const own = ofKind.filter((one) => speaksOf(one, subject, isStated));
  const newest = own.reduce<TargetChecks | null>(
    (best, one) => (best === null || one.latest.at > best.latest.at ? one : best),
    null,
  );
  const none: ChannelState = {
    kind,
    state: 'never',
    at: null,
    controls: [],
    url: newest?.url ?? null,
    reason: 'it was never checked',
  };
  if (newest === null) return none;
  const { latest } = newest;
  const found = { ...none, at: latest.at };
  if (isStated) return { ...found, state: 'present', reason: null };
  if (!isGood(latest.outcome)) {
    const reason = latest.failure?.message ?? latest.outcome;
    return { ...found, state: 'unreachable', reason };
  }
  const isFresh = (one: TargetChecks) =>
    isGood(one.latest.outcome) && elapsed(one.latest.at, at) <= (policy.freshness[kind] ?? 0);
  if (!isFresh(newest)) {
    const reason = 'the last good check is too old to count as silence';
    return { ...found, state: 'stale', reason };
  }
  // Any page of the channel will do: the subject may be named on one that is not the last to be read.
  const naming = own.find((one) => isFresh(one) && one.latest.shows.includes(subject.id));
  if (naming !== undefined) {
    const reason = 'it says nothing of it that can be read';
    return { ...none, state: 'names_it', at: naming.latest.at, url: naming.url, reason };
  }
  const controls = controlsSeen(newest, ofKind, question);
  if (controls.length === 0) {
    const siblings = subject.controls.join(', ') || 'its known siblings';
    return { ...found, state: 'control_failed', reason: `it shows none of ${siblings}` };
  }
  return { ...found, state: 'silent', controls, reason: null };
}

/** The page of one model is silent about no other, whether it is known which model that is or not. */
function speaksOf(
  { kind, subject: of, lastGood }: TargetChecks,
  { id }: Subject,
  isStated: boolean,
): boolean {
  if (of !== null) return of === id;
  return kind !== 'model-page' || isStated || lastGood?.shows.includes(id) === true;
}

/** The siblings that make a silence count: on the page itself, or on their own pages read about the same time. */
function controlsSeen(
  checked: TargetChecks,
  ofKind: readonly TargetChecks[],
  { subject, policy }: PrimaryQuestion,
): readonly string[] {
  const { controls, id } = subject;
  // A subject nobody catalogued has no known siblings yet: then any other subject the channel shows must do.
  const isControl = (one: string) => (controls.length === 0 ? one !== id : controls.includes(one));
  if (checked.subject === null) return checked.latest.shows.filter(isControl);
  return ofKind.flatMap(({ subject: other, lastGood }) => {
    if (other === null || !isControl(other) || lastGood?.outcome !== 'present') return [];
    const apart = Math.abs(elapsed(checked.latest.at, lastGood.at));
    return apart <= policy.siblingWindow ? [other] : [];
  });
}
