import type { OpenDatabase } from '../app/open-database.ts';
import { parseDuration } from '../core/schedule/duration.ts';
import type { Silence } from '../domain/alert.ts';
import { systemClock } from '../domain/clock.ts';
import { NotFoundError, UsageError } from '../domain/errors.ts';
import type { TargetId } from '../domain/ids.ts';
import { DAY, plus } from '../domain/time.ts';
import { subjectNamed } from '../read/known.ts';

type Asked = Pick<OpenDatabase, 'known' | 'store'>;

/** Longer than this somebody means to unfollow it. */
const LONGEST = 366 * DAY;

/** The silences that hold now. */
export function silencesNow({ store }: Asked): Promise<readonly Silence[]> {
  return store.outbox.silences(systemClock.now());
}

/** Mutes alerts on a subject, a source or a pattern for a time. Throws `NotFoundError` or `UsageError`. */
export async function silence(
  open: Asked,
  typed: string,
  { lasting, because }: { lasting: string; because: string | null },
): Promise<Silence> {
  const subject = await silenceable(open, typed);
  const duration = parseDuration(lasting);
  if (duration === null || duration > LONGEST) {
    throw new UsageError(`--for "${lasting}" is no time such as 30m, 8h or 2d, up to a year.`);
  }
  const from = systemClock.now();
  const until = plus(from, duration);
  const said = { subject, from, until, because: because ?? 'no reason was given' };
  await open.store.outbox.silence(said);
  return said;
}

/** Ends a silence now. Throws `NotFoundError` when there is none. */
export async function endSilence(open: Asked, typed: string): Promise<Silence> {
  const standing = await silencesNow(open);
  const resolved = open.known.resolve(typed);
  const meant = standing.find(({ subject }) => subject === typed || subject === resolved);
  if (meant === undefined) {
    throw new NotFoundError(
      `No silence holds on ${typed}.`,
      standing.map(({ subject }) => subject),
    );
  }
  const ended = { ...meant, until: systemClock.now() };
  await open.store.outbox.silence(ended);
  return ended;
}

/** What alerts are about: models and products, sources and calendar work by their names, or a pattern over any of these. */
async function silenceable(open: Asked, typed: string): Promise<string> {
  if (typed.includes('*') || typed.startsWith('chore:')) return typed;
  if ((await open.store.targets.get(typed as TargetId)) !== null) return typed;
  return open.known.resolve(typed) ?? subjectNamed(open.known, typed).id;
}
