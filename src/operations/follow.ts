import { followedIn, type OpenDatabase, watchlistOf } from '../app/open-database.ts';
import { parseDuration } from '../core/schedule/timetable.ts';
import type { Silence } from '../domain/alert.ts';
import { systemClock } from '../domain/clock.ts';
import { ConfigError, NotFoundError, UsageError } from '../domain/errors.ts';
import type { TargetId } from '../domain/ids.ts';
import { DAY, type Instant, plus } from '../domain/time.ts';
import { isWatched } from '../pipeline/targets.ts';
import { subjectNamed } from '../read/known.ts';

export interface FollowedSubject {
  subject: string;
  /** The name people know it by; null while nobody has spoken of it. */
  name: string | null;
  /** Who says so: the configuration, or somebody on the command line. */
  by: 'config' | 'command';
  /** Since when, for what the command line says. */
  since: Instant | null;
}

export interface FollowList {
  followed: readonly FollowedSubject[];
  /** Whether what vendors reveal is followed too. */
  discover: boolean;
  /** What vendors revealed so far and is followed by itself. */
  revealed: readonly string[];
  /** What would be followed by itself, and is not wanted. */
  except: readonly string[];
}

type Asked = Pick<OpenDatabase, 'known' | 'store' | 'config' | 'names'>;

/** Who is followed, and who says so. */
export async function followList({ known, store, config, names }: Asked): Promise<FollowList> {
  const { follow, except } = await followedIn(config, store, names.names());
  const said = new Map((await store.follows.list()).map((one) => [one.subject, one]));
  const configured = new Set(configuredIds({ config, names }));
  const watchlist = watchlistOf(config, { follow, except });
  const revealed = known
    .subjects()
    .filter((subject) => !follow.includes(subject.id) && isWatched(subject.id, subject, watchlist));
  return {
    followed: follow.map((subject) => ({
      subject,
      name: known.subject(subject)?.name ?? null,
      by: configured.has(subject) ? 'config' : 'command',
      since: configured.has(subject) ? null : (said.get(subject)?.at ?? null),
    })),
    discover: config.follow.discover,
    revealed: revealed.map(({ id }) => id),
    except,
  };
}

function configuredIds({ config, names }: Pick<Asked, 'config' | 'names'>): readonly string[] {
  return config.follow.subjects.map((typed) => names.names().resolve(typed) ?? typed);
}

export interface Followed {
  subject: string;
  followed: boolean;
  /** Whether anybody has spoken of it yet. */
  known: boolean;
  /** Ids that are known and look alike, when it is not. */
  near: readonly string[];
}

/** Follows a subject from the next pass on. Throws `NotFoundError` for what is neither known nor an id as a vendor makes them. */
export async function follow(open: Asked, typed: string): Promise<Followed> {
  const subject = idMeant(open, typed);
  await open.store.follows.set({ subject, followed: true, at: systemClock.now() });
  return followedAs(open, subject, true);
}

/** Follows a subject no more, nor tells of it. Throws `ConfigError` for one that the configuration follows. */
export async function unfollow(open: Asked, typed: string): Promise<Followed> {
  const subject = idMeant(open, typed);
  const place = configuredIds(open).indexOf(subject);
  if (place !== -1) {
    const path = ['follow', 'subjects', place];
    const message = `follows ${subject}, which the command line cannot undo`;
    throw new ConfigError([open.config.faultAt(path, message, 'remove it there')]);
  }
  await open.store.follows.set({ subject, followed: false, at: systemClock.now() });
  return followedAs(open, subject, false);
}

/** A model may be followed before anybody speaks of it, when its id is one that a vendor would give. */
function idMeant({ known }: Asked, typed: string): string {
  const id = known.resolve(typed);
  if (id !== null) return id;
  throw new NotFoundError(
    `"${typed}" is in no catalogue, and is no id as a vendor makes them.`,
    known.near(typed),
  );
}

function followedAs({ known }: Asked, subject: string, followed: boolean): Followed {
  const isKnown = known.subject(subject) !== null;
  return { subject, followed, known: isKnown, near: isKnown ? [] : known.near(subject) };
}

type Silenceable = Pick<OpenDatabase, 'known' | 'store'>;

/** Longer than this somebody means to unfollow it. */
const LONGEST = 366 * DAY;

/** The silences that hold now. */
export function silencesNow({ store }: Silenceable): Promise<readonly Silence[]> {
  return store.outbox.silences(systemClock.now());
}

/** Mutes alerts on a subject, a source or a pattern for a time. Throws `NotFoundError` or `UsageError`. */
export async function silence(
  open: Silenceable,
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
export async function endSilence(open: Silenceable, typed: string): Promise<Silence> {
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
async function silenceable(open: Silenceable, typed: string): Promise<string> {
  if (typed.includes('*') || typed.startsWith('chore:')) return typed;
  if ((await open.store.targets.get(typed as TargetId)) !== null) return typed;
  return open.known.resolve(typed) ?? subjectNamed(open.known, typed).id;
}
