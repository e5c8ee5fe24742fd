import type { Artefact, Evidence, Retraction, Sighting } from '../../domain/evidence.ts';
import type { ClaimKey, TargetId } from '../../domain/ids.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Instant } from '../../domain/time.ts';
import { presenceOver, type Shown } from './presence.ts';
import { isLive } from './validity.ts';

/** A stretch in which an artefact counted: until it was found gone or taken out of judgement, null while it stands. */
export interface Stretch extends Shown {
  /** How it ended: the source no longer showed it, or what we read of it was taken out of judgement. */
  end: 'found_gone' | 'taken_out' | null;
}

/** What one target has shown of one claim over time: statements, repeats, misses, returns. */
export interface SourceHistory {
  claim: ClaimKey;
  target: TargetId;
  artefact: Artefact;
  evidence: readonly Evidence[];
  stretches: readonly Stretch[];
  /** A listing seen once waits for its second poll since then; null otherwise. */
  waitsSince: Instant | null;
  /** Missed once and not yet again, since then; null otherwise. */
  missedAt: Instant | null;
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
  const seen = byPlace(sightings);
  return [...byPlace(primary)].map(([place, group]) =>
    sourceHistory(group, seen.get(place) ?? [], retractions, at, policy),
  );
}

function byPlace<T extends { claim: ClaimKey; target: TargetId }>(
  all: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const places = new Map<string, T[]>();
  for (const one of all) {
    const place = `${one.claim} ${one.target}`;
    const known = places.get(place);
    if (known === undefined) places.set(place, [one]);
    else known.push(one);
  }
  return places;
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
