import type { Artefact, Evidence, Retraction, Sighting } from '../../domain/evidence.ts';
import type { ClaimKey, TargetId } from '../../domain/ids.ts';
import type { Policy } from '../../domain/policy.ts';
import { elapsed, type Instant } from '../../domain/time.ts';
import { isLive } from './liveness.ts';

/** A stretch in which an artefact counted: until it was found gone, null while it stands. */
export interface Stretch {
  from: Instant;
  until: Instant | null;
}

/** What one target has shown of one claim over time: statements, repeats, misses, returns. */
export interface Chain {
  claim: ClaimKey;
  target: TargetId;
  artefact: Artefact;
  evidence: readonly Evidence[];
  stands: readonly Stretch[];
  /** A listing seen once waits for its second poll since then; null otherwise. */
  waitsSince: Instant | null;
  /** Missed once and not yet again, since then; null otherwise. */
  missedAt: Instant | null;
}

/** What is kept while a chain is followed from event to event. */
interface Progress {
  closed: readonly Stretch[];
  openFrom: Instant | null;
  waitsSince: Instant | null;
  missedAt: Instant | null;
}

type EventKind = 'ended' | 'missed' | 'gone' | 'stated' | 'seen';

interface Event {
  at: Instant;
  kind: EventKind;
}

const NOTHING_YET: Progress = { closed: [], openFrom: null, waitsSince: null, missedAt: null };

/** At one moment, what ends is taken before what begins. */
const ORDER: Record<EventKind, number> = { ended: 0, missed: 1, gone: 2, stated: 3, seen: 4 };

/**
 * Groups primary evidence into chains by claim and target, each followed through its sightings up to `at`
 * (verification policy, section 4, rows 1 and 2).
 */
export function chainsOf(
  primary: readonly Evidence[],
  sightings: readonly Sighting[],
  retractions: readonly Retraction[],
  at: Instant,
  policy: Policy,
): readonly Chain[] {
  const groups = new Map<string, Evidence[]>();
  for (const evidence of primary) {
    const key = `${evidence.claim} ${evidence.target}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [evidence]);
    else group.push(evidence);
  }
  return [...groups.values()].map((group) => chainOf(group, sightings, retractions, at, policy));
}

function chainOf(
  group: readonly Evidence[],
  sightings: readonly Sighting[],
  retractions: readonly Retraction[],
  at: Instant,
  policy: Policy,
): Chain {
  const { claim, target, artefact } = group[0] as Evidence;
  const kind = artefact ?? 'page';
  const seen = sightings.filter((one) => one.claim === claim && one.target === target);
  const events: Event[] = [...statements(group, retractions, at), ...seen]
    .filter((event) => event.at <= at)
    .sort(byMoment);
  let progress = NOTHING_YET;
  for (const event of events) progress = next(progress, event, kind, policy);
  const { closed, openFrom, waitsSince, missedAt } = progress;
  const stands = openFrom === null ? closed : [...closed, { from: openFrom, until: null }];
  return { claim, target, artefact: kind, evidence: group, stands, waitsSince, missedAt };
}

function byMoment(a: Event, b: Event): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return ORDER[a.kind] - ORDER[b.kind];
}

/** When something of the chain was in judgement again, and when nothing was: new versions, readings, retractions. */
function statements(
  group: readonly Evidence[],
  retractions: readonly Retraction[],
  at: Instant,
): Event[] {
  const ids = new Set<string>(group.map((evidence) => evidence.id));
  const moments = new Set<Instant>();
  for (const { knownAt, supersededAt } of group) {
    moments.add(knownAt);
    if (supersededAt !== null) moments.add(supersededAt);
  }
  for (const retraction of retractions) {
    if (ids.has(retraction.evidence)) moments.add(retraction.at);
  }
  return [...moments]
    .filter((moment) => moment <= at)
    .map((moment) => {
      const speaks = group.some((evidence) => isLive(evidence, retractions, moment));
      return { at: moment, kind: speaks ? 'stated' : 'ended' };
    });
}

function next(progress: Progress, event: Event, artefact: Artefact, policy: Policy): Progress {
  switch (event.kind) {
    case 'stated':
    case 'seen':
      return shown(progress, event.at, artefact, policy);
    case 'missed':
      return missed(progress, event.at, policy);
    case 'gone':
    case 'ended':
      return close(progress, event.at);
  }
}

/** A page counts when it is shown; a listing when it is shown again, long enough after the first time. */
function shown(progress: Progress, at: Instant, artefact: Artefact, policy: Policy): Progress {
  if (progress.openFrom !== null) return { ...progress, missedAt: null };
  if (artefact !== 'list') return { ...progress, openFrom: at, missedAt: null };
  if (progress.waitsSince === null) return { ...progress, waitsSince: at };
  if (elapsed(progress.waitsSince, at) < policy.listingRepeat) return progress;
  return { ...progress, openFrom: at, waitsSince: null, missedAt: null };
}

function missed(progress: Progress, at: Instant, policy: Policy): Progress {
  if (progress.openFrom === null) return { ...progress, waitsSince: null };
  if (progress.missedAt === null) return { ...progress, missedAt: at };
  return elapsed(progress.missedAt, at) < policy.goneRepeat ? progress : close(progress, at);
}

function close(progress: Progress, at: Instant): Progress {
  const { openFrom, closed } = progress;
  const stretches = openFrom === null ? closed : [...closed, { from: openFrom, until: at }];
  return { closed: stretches, openFrom: null, waitsSince: null, missedAt: null };
}
