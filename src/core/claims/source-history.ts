import type { Artefact, Evidence, Retraction, Sighting } from '../../domain/evidence.ts';
import { groupedBy } from '../../domain/groups.ts';
import type { ClaimKey, TargetId } from '../../domain/ids.ts';
import type { Policy } from '../../domain/policy.ts';
import { elapsed, type Instant } from '../../domain/time.ts';

/** A stretch in which an artefact counted: until it was found gone or taken out of judgement, null while it stands. */
export interface Stretch extends Shown {
  /** How it ended: the source no longer showed it, or what we read of it was taken out of judgement. */
  end: 'found_gone' | 'taken_out' | null;
}

/** What is open about an artefact. */
interface Pending {
  /** A listing seen once waits for its second poll since then; null otherwise. */
  waitsSince: Instant | null;
  /** Missed once and not yet again, since then; null otherwise. */
  missedAt: Instant | null;
}

/** What one target has shown of one claim over time: statements, repeats, misses, returns. */
export interface SourceHistory extends Pending {
  claim: ClaimKey;
  target: TargetId;
  artefact: Artefact;
  evidence: readonly Evidence[];
  stretches: readonly Stretch[];
}

/**
 * Groups primary evidence into histories by claim and target, each followed through its sightings up to `at`
 * (docs/verdicts.md). An artefact counts while it is shown and something read of it is in
 * judgement.
 */
export function sourceHistories(
  primary: readonly Evidence[],
  sightings: readonly Sighting[],
  retractions: readonly Retraction[],
  at: Instant,
  policy: Policy,
): readonly SourceHistory[] {
  if (primary.length === 0) return [];
  const seen = groupedBy(sightings, placeOf);
  return [...groupedBy(primary, placeOf)].map(([place, group]) =>
    sourceHistory(group, seen.get(place) ?? [], retractions, at, policy),
  );
}

function placeOf({ claim, target }: Pick<Evidence, 'claim' | 'target'>): string {
  return `${claim} ${target}`;
}

/** Whether an artefact counts by now. */
export function isOpen({ stretches }: SourceHistory): boolean {
  return stretches.at(-1)?.until === null;
}

function sourceHistory(
  group: readonly Evidence[],
  sightings: readonly Sighting[],
  retractions: readonly Retraction[],
  at: Instant,
  policy: Policy,
): SourceHistory {
  const { claim, target, artefact } = group[0] as Evidence;
  const kind = artefact ?? 'page';
  const { shown, waitsSince, missedAt } = presenceOver(group, sightings, kind, at, policy);
  const heard = inJudgement(group, retractions, at);
  const stretches = shown.flatMap((stretch) => heard.flatMap((span) => both(stretch, span)));
  const speaks = heard.at(-1)?.until === null;
  return {
    claim,
    target,
    artefact: kind,
    evidence: group,
    stretches,
    waitsSince: speaks ? waitsSince : null,
    missedAt: speaks ? missedAt : null,
  };
}

/** The stretches in which something of a history was in judgement: known, and neither superseded nor retracted. */
function inJudgement(
  group: readonly Evidence[],
  retractions: readonly Retraction[],
  at: Instant,
): readonly Shown[] {
  const ids = new Set<string>(group.map(({ id }) => id));
  const own = retractions.filter(({ evidence }) => ids.has(evidence));
  const moments = new Set<Instant>(own.map((retraction) => retraction.at));
  for (const { knownAt, supersededAt } of group) {
    moments.add(knownAt);
    if (supersededAt !== null) moments.add(supersededAt);
  }
  const spans: Shown[] = [];
  let from: Instant | null = null;
  for (const moment of [...moments].filter((one) => one <= at).sort()) {
    const speaks = group.some((evidence) => isLive(evidence, own, moment));
    if (speaks) from ??= moment;
    else if (from !== null) {
      spans.push({ from, until: moment });
      from = null;
    }
  }
  return from === null ? spans : [...spans, { from, until: null }];
}

/** Where an artefact was shown and in judgement at once, as the stretch it makes; nothing where it never was. */
function both(shown: Shown, heard: Shown): readonly Stretch[] {
  const from = shown.from > heard.from ? shown.from : heard.from;
  const isGone = shown.until !== null && (heard.until === null || shown.until <= heard.until);
  const until = isGone ? shown.until : heard.until;
  if (until !== null && until <= from) return [];
  if (until === null) return [{ from, until, end: null }];
  return [{ from, until, end: isGone ? 'found_gone' : 'taken_out' }];
}

/** A stretch of time; `until` is null while it lasts. */
interface Shown {
  from: Instant;
  until: Instant | null;
}

/** What is kept while an artefact is followed from event to event. */
interface Progress extends Pending {
  closed: readonly Shown[];
  openFrom: Instant | null;
}

interface Event {
  at: Instant;
  kind: Sighting['kind'] | 'stated';
}

const NOTHING_YET: Progress = { closed: [], openFrom: null, waitsSince: null, missedAt: null };

/** At one moment, what ends is taken before what begins. */
const ORDER: Record<Event['kind'], number> = { missed: 0, gone: 1, stated: 2, seen: 3 };

/** Follows an artefact through what a source said of it and through its sightings, up to a moment. */
function presenceOver(
  statements: readonly Pick<Evidence, 'knownAt'>[],
  sightings: readonly Sighting[],
  artefact: Artefact,
  at: Instant,
  policy: Policy,
): Pending & { shown: readonly Shown[] } {
  const stated = statements.map(({ knownAt }): Event => ({ at: knownAt, kind: 'stated' }));
  const events = [...stated, ...sightings].filter((event) => event.at <= at).sort(byMoment);
  let progress = NOTHING_YET;
  for (const event of events) {
    const isShown = event.kind === 'stated' || event.kind === 'seen';
    progress = isShown
      ? seen(progress, event.at, artefact, policy)
      : missed(progress, event.at, policy);
  }
  const { closed, openFrom, waitsSince, missedAt } = progress;
  const shown = openFrom === null ? closed : [...closed, { from: openFrom, until: null }];
  return { shown, waitsSince, missedAt };
}

function byMoment(a: Event, b: Event): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return ORDER[a.kind] - ORDER[b.kind];
}

/** A page counts when it is shown; a listing when it is shown again, long enough after the first time. */
function seen(progress: Progress, at: Instant, artefact: Artefact, policy: Policy): Progress {
  if (progress.openFrom !== null) return { ...progress, missedAt: null };
  if (artefact !== 'list') return { ...progress, openFrom: at, missedAt: null };
  if (progress.waitsSince === null) return { ...progress, waitsSince: at };
  if (elapsed(progress.waitsSince, at) < policy.listingRepeat) return progress;
  return { ...progress, openFrom: at, waitsSince: null, missedAt: null };
}

/** The first miss, an explicit 404 included, only waits for a second one long enough after it: sites have bad minutes. */
function missed(progress: Progress, at: Instant, policy: Policy): Progress {
  const { openFrom, missedAt, closed } = progress;
  if (openFrom === null) return { ...progress, waitsSince: null };
  if (missedAt === null) return { ...progress, missedAt: at };
  if (elapsed(missedAt, at) < policy.goneRepeat) return progress;
  return { ...NOTHING_YET, closed: [...closed, { from: openFrom, until: at }] };
}

/** Whether a piece of evidence was taken out of judgement: the last word up to the moment counts, of two at once the restoring. */
export function isRetracted(
  evidence: Pick<Evidence, 'id'>,
  retractions: readonly Retraction[],
  at: Instant,
): boolean {
  let last: Retraction | null = null;
  for (const retraction of retractions) {
    if (retraction.evidence !== evidence.id || retraction.at > at) continue;
    const isLater = last === null || retraction.at > last.at;
    if (isLater || (retraction.at === last?.at && retraction.kind === 'restore')) last = retraction;
  }
  return last?.kind === 'retract';
}

/** Whether a piece of evidence speaks at a moment: known, not superseded by a newer version, not retracted. */
export function isLive(
  evidence: Evidence,
  retractions: readonly Retraction[],
  at: Instant,
): boolean {
  return (
    evidence.knownAt <= at &&
    (evidence.supersededAt === null || evidence.supersededAt > at) &&
    !isRetracted(evidence, retractions, at)
  );
}
