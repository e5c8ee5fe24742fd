import { facetLabel } from '../domain/claim.ts';
import { elapsed, HOUR, type Instant, MINUTE } from '../domain/time.ts';
import { type Answer, answerNamed, type Known } from './known.ts';
import type { TimelineView } from './views.ts';

/** Every transition of a subject and the first sighting at each channel, with its lead or lag to the confirmation. */
export async function timelineOf(
  known: Known,
  typed: string,
  asOf: Instant,
): Promise<TimelineView> {
  return timelineIn(known, await answerNamed(known, typed, asOf));
}

/** The timeline of a subject that is judged already. */
export async function timelineIn(
  known: Known,
  { subject, asOf, record, verdicts }: Answer,
): Promise<TimelineView> {
  const labels = new Map<string, string>(
    [...record.claims, ...verdicts.map(({ claim }) => claim)].map((claim) => [
      claim.key,
      facetLabel(claim),
    ]),
  );
  const pieces = new Map(record.evidence.map((piece) => [piece.id, piece]));
  const transitions = await known.store.reads.transitions({ subject: subject.id, until: asOf });
  const confirmedAt =
    transitions
      .filter(({ to }) => to.level === 'confirmed')
      .map(({ at }) => at)
      .sort()[0] ?? null;
  const sightings = await known.store.reads.firstSightings(subject.id, asOf);
  return {
    subject: subject.id,
    asOf,
    confirmedAt,
    transitions: transitions.map((transition) => ({
      at: transition.at,
      claim: labels.get(transition.claim) ?? transition.claim,
      from: transition.from.level,
      to: transition.to.level,
      status: transition.to.status,
      rule: transition.rule,
      quiet: transition.quiet,
      evidence: [...transition.evidence],
    })),
    retractions: record.retractions.map(({ at, kind, evidence, by, because }) => ({
      ...{ at, kind, evidence, by, because },
      claim: labels.get(pieces.get(evidence)?.claim ?? '') ?? '',
    })),
    sightings: sightings.map(({ at, publisher, target, evidence }) => ({
      at,
      publisher: known.publisherName(publisher),
      target,
      evidence,
      denies: pieces.get(evidence)?.polarity === 'deny',
      lag: confirmedAt === null ? null : hoursBetween(confirmedAt, at),
    })),
  };
}

/** To the minute, which is how finely the places are told of. */
function hoursBetween(from: Instant, to: Instant): number {
  return Math.round(elapsed(from, to) / MINUTE) / (HOUR / MINUTE);
}
