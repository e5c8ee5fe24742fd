import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenDatabase } from '../app/open-database.ts';
import { parseDuration } from '../core/schedule/timetable.ts';
import { facetLabel } from '../domain/claim.ts';
import { systemClock } from '../domain/clock.ts';
import { UsageError } from '../domain/errors.ts';
import { elapsed, HOUR, type Instant, plus, SECOND } from '../domain/time.ts';
import { subjectNamed } from '../read/known.ts';
import { claimsMeant, statusOf } from '../read/status.ts';
import type { ClaimView } from '../read/views.ts';

/** The levels one can wait for, the lowest first. */
export const WAITED_LEVELS = ['rumor', 'secondary', 'confirmed'] as const;

const HEADLINE = 'released';

export interface WaitCommand {
  subject: string;
  /** One claim, as `status --facet` takes it; null for the headline. */
  facet: string | null;
  level: (typeof WAITED_LEVELS)[number];
  timeout: string;
  signal: AbortSignal;
  /** Called once, when the level is not reached at the first look. */
  unmet?: () => Promise<void>;
}

export interface Waited {
  subject: string;
  /** The claim that was waited for, as people write it. */
  claim: string;
  wanted: string;
  /** The level as it was seen last. */
  level: ClaimView['level'];
  status: ClaimView['status'];
  reached: boolean;
  since: Instant | null;
  asOf: Instant;
  /** Seconds. */
  waited: number;
}

/** How often the database is looked at, in milliseconds: what another process wrote is seen within this. */
const LOOK = SECOND;

/** Looks at the database again and again, whoever writes to it, until a level is reached or the time is over. */
export async function waitFor(open: OpenDatabase, command: WaitCommand): Promise<Waited> {
  const rank = rankOf(command.level);
  const timeout = parseDuration(command.timeout);
  if (timeout === null) {
    throw new UsageError(`--timeout "${command.timeout}" is no time such as 90s, 30m or 2h.`);
  }
  const begun = systemClock.now();
  let isFirst = true;
  for (;;) {
    const now = systemClock.now();
    const { level, ...seen } = await look(open, command, now);
    const waited = elapsed(begun, now);
    const reached = rankOf(level) >= rank;
    if (reached || waited >= timeout || command.signal.aborted) {
      const { level: wanted } = command;
      return { ...seen, level, wanted, reached, asOf: now, waited: Math.round(waited / SECOND) };
    }
    if (isFirst) await command.unmet?.();
    isFirst = false;
    const pause = Math.min(LOOK, timeout - waited);
    await sleep(pause, undefined, { signal: command.signal }).catch(() => undefined);
  }
}

function rankOf(level: string): number {
  return (WAITED_LEVELS as readonly string[]).indexOf(level);
}

async function look(
  open: OpenDatabase,
  { subject: typed, facet }: WaitCommand,
  now: Instant,
): Promise<Pick<Waited, 'subject' | 'claim' | 'level' | 'status' | 'since'>> {
  const { known, store, names } = open;
  const found = await store.claims.subjects();
  names.learn(found.filter(({ id }) => known.subject(id) === null));
  const id = known.resolve(typed);
  // A model may be waited for before anybody names it, when its id is one that a vendor would give.
  const isAwaited = id !== null && known.subject(id) === null;
  const subject = isAwaited ? id : subjectNamed(known, typed).id;
  const view = isAwaited ? null : await statusOf(known, subject, now);
  const claim = view === null ? undefined : claimsMeant(view, facet ?? HEADLINE)[0];
  return {
    subject,
    claim: claim === undefined ? (facet ?? HEADLINE) : facetLabel(claim),
    level: claim?.level ?? 'unknown',
    status: claim?.status ?? 'never_reported',
    since: claim?.since ?? null,
  };
}

/** Why waiting may be in vain: no source has been read for an hour. Null while one is. */
export async function vainHope({
  store,
}: Pick<OpenDatabase, 'store'>): Promise<{ lastReadAt: Instant | null } | null> {
  const checks = (await store.targets.list()).flatMap(({ lastCheckAt }) => lastCheckAt ?? []);
  const last = checks.sort().at(-1) ?? null;
  return last === null || last < plus(systemClock.now(), -HOUR) ? { lastReadAt: last } : null;
}
