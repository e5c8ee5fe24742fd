import type { Artefact, Evidence, Sighting } from '../../domain/evidence.ts';
import type { Policy } from '../../domain/policy.ts';
import { elapsed, type Instant } from '../../domain/time.ts';

/** A stretch of time; `until` is null while it lasts. */
export interface Shown {
  from: Instant;
  until: Instant | null;
}

/** What a source did with an artefact: when it showed it, and what is still open about it. */
export interface Presence {
  shown: readonly Shown[];
  /** A listing seen once waits for its second poll since then; null otherwise. */
  waitsSince: Instant | null;
  /** Missed once and not yet again, since then; null otherwise. */
  missedAt: Instant | null;
}

/** What is kept while an artefact is followed from event to event. */
interface Progress {
  closed: readonly Shown[];
  openFrom: Instant | null;
  waitsSince: Instant | null;
  missedAt: Instant | null;
}

type EventKind = 'missed' | 'gone' | 'stated' | 'seen';

interface Event {
  at: Instant;
  kind: EventKind;
}

const NOTHING_YET: Progress = { closed: [], openFrom: null, waitsSince: null, missedAt: null };

/** At one moment, what ends is taken before what begins. */
const ORDER: Record<EventKind, number> = { missed: 0, gone: 1, stated: 2, seen: 3 };

/** Follows an artefact through what a source said of it and through its sightings, up to a moment. */
export function presenceOver(
  statements: readonly Pick<Evidence, 'knownAt'>[],
  sightings: readonly Sighting[],
  artefact: Artefact,
  at: Instant,
  policy: Policy,
): Presence {
  const stated = statements.map(({ knownAt }): Event => ({ at: knownAt, kind: 'stated' }));
  const events = [...stated, ...sightings].filter((event) => event.at <= at).sort(byMoment);
  let progress = NOTHING_YET;
  for (const event of events) progress = next(progress, event, artefact, policy);
  const { closed, openFrom, waitsSince, missedAt } = progress;
  const shown = openFrom === null ? closed : [...closed, { from: openFrom, until: null }];
  return { shown, waitsSince, missedAt };
}

function byMoment(a: Event, b: Event): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return ORDER[a.kind] - ORDER[b.kind];
}

function next(progress: Progress, event: Event, artefact: Artefact, policy: Policy): Progress {
  switch (event.kind) {
    case 'stated':
    case 'seen':
      return seen(progress, event.at, artefact, policy);
    case 'missed':
    case 'gone':
      return missed(progress, event.at, policy);
  }
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
  if (progress.openFrom === null) return { ...progress, waitsSince: null };
  if (progress.missedAt === null) return { ...progress, missedAt: at };
  return elapsed(progress.missedAt, at) < policy.goneRepeat ? progress : close(progress, at);
}

function close({ openFrom, closed }: Progress, at: Instant): Progress {
  const ended = openFrom === null ? closed : [...closed, { from: openFrom, until: at }];
  return { closed: ended, openFrom: null, waitsSince: null, missedAt: null };
}
