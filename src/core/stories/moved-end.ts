import { facetLabel } from '../../domain/claim.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { idOf } from '../../domain/ids.ts';
import type { StoryEvent } from '../../domain/story.ts';
import { type Day, dayOf, type Instant } from '../../domain/time.ts';
import type { Verdict } from '../../domain/verdict.ts';
import type { Assessed, SubjectUpdate } from './family.ts';

/** The day that the latest of the deciding evidence sets for an end; null where none sets one. */
export function dayOfEnd(
  { decisive }: Pick<Verdict, 'decisive'>,
  evidence: SubjectUpdate['evidence'],
): Day | null {
  const dated = decisive
    .flatMap((id) => evidence.get(id) ?? [])
    .flatMap(({ validTime, observedAt }) =>
      validTime === null ? [] : [{ day: dayOf(validTime.from), observedAt }],
    )
    .sort((a, b) =>
      a.observedAt === b.observedAt ? compare(a.day, b.day) : compare(b.observedAt, a.observedAt),
    );
  return dated[0]?.day ?? null;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Ends whose day a vendor's page has moved at this check, while the level stands as it did. */
export function movedEnds(update: SubjectUpdate): readonly StoryEvent[] {
  const { at, subject, transitions, verdicts, evidence } = update;
  const moved = new Set<string>(transitions.map(({ claim }) => claim));
  return verdicts
    .filter(({ level, status }) => level === 'confirmed' && status === 'scheduled')
    .filter(({ claim }) => claim.facet === 'retired' && !moved.has(claim.key))
    .flatMap((verdict): readonly StoryEvent[] => {
      const day = dayOfEnd(verdict, evidence);
      if (day === null || dayBefore(verdict, update, at) === null) return [];
      const { claim, level, status } = verdict;
      const transition = idOf('tr', claim.key, day, at);
      const move = { transition, facet: facetLabel(claim), from: level, to: level, status };
      return [
        {
          ...{ ref: transition, subject: subject.id, name: subject.name, at, weight: 'opens' },
          ...{ rule: null, move, change: null, day, alert: null },
        },
      ];
    });
}

/** The day that the same page set for an end until a moment, where that was another one. */
export function dayBefore(
  verdict: Pick<Verdict, 'claim' | 'decisive'>,
  { evidence }: Pick<Assessed, 'evidence'>,
  at: Instant,
): Day | null {
  const day = dayOfEnd(verdict, evidence);
  const targets = new Set(verdict.decisive.flatMap((id) => evidence.get(id)?.target ?? []));
  const wasThere = ({ claim, target, supersededAt, observedAt, polarity }: Evidence) =>
    claim === verdict.claim.key &&
    polarity === 'support' &&
    targets.has(target) &&
    supersededAt !== null &&
    supersededAt >= at &&
    observedAt < at;
  const days = [...evidence.values()]
    .filter(wasThere)
    .flatMap(({ validTime }) => (validTime === null ? [] : dayOf(validTime.from)));
  const others = [...new Set(days)].filter((one) => one !== day);
  return day === null || days.includes(day) ? null : (others.at(-1) ?? null);
}
