import { type Interest, modelOf } from '../core/stories/family.ts';
import { type TargetId, targetId } from '../domain/ids.ts';
import type { Subject } from '../domain/subject.ts';
import type { Target, TargetState } from '../domain/target.ts';
import { DAY, elapsed, type Instant, MINUTE, plus } from '../domain/time.ts';
import type { TargetContext, Watcher } from '../domain/watcher.ts';
import type { Lease } from '../store/ports/work.ts';
import type { PipelineContext } from './context.ts';

/** Who is watched: which subjects a person follows, and which pages the config lists for which watcher. */
export interface Watchlist {
  follow: readonly string[];
  /** Subjects that would be followed by themselves and are not wanted. */
  except: readonly string[];
  /** Whether subjects that primaries reveal are watched too. */
  discover: boolean;
  pagesOf(watcher: string): readonly string[];
}

/** Whether a person follows a subject, or it was revealed first-hand and nobody minds. */
export function isWatched(
  id: string,
  subject: Subject | null,
  watchlist: Pick<Watchlist, 'follow' | 'except' | 'discover'>,
): boolean {
  return watchlist.follow.includes(id) || (subject !== null && isRevealed(subject, watchlist));
}

/**
 * How much somebody wants to hear of a subject. A dated snapshot is followed with its model. Who follows what vendors
 * reveal hears of the launch and the end of every model, whether the catalogue knew it before or not.
 */
export function interestIn(
  id: string,
  subjectOf: (id: string) => Subject | null,
  watchlist: Pick<Watchlist, 'follow' | 'except' | 'discover'>,
): Interest {
  const model = modelOf(id);
  if (watchlist.except.includes(id) || watchlist.except.includes(model)) return 'none';
  const isFollowed = [id, model].some((one) => isWatched(one, subjectOf(one), watchlist));
  if (isFollowed) return 'followed';
  return watchlist.discover ? 'listed' : 'none';
}

function isRevealed(
  { id, discovered }: Subject,
  { discover, except }: Pick<Watchlist, 'except' | 'discover'>,
): boolean {
  return discover && discovered?.firstHand === true && !except.includes(id);
}

export type Watched = Pick<TargetContext, 'subjects' | 'controls' | 'vendors'>;

/**
 * The followed subjects and those revealed first-hand, the newest of them first, and the siblings whose pages serve as their
 * controls. Searches ask about the first so many: which these are must not hang on the order in which pages were read.
 */
export function watchedSubjects(
  reader: Pick<PipelineContext['reader'], 'subjects' | 'vendors'>,
  watchlist: Pick<Watchlist, 'follow' | 'except' | 'discover'>,
): Watched {
  const all = reader.subjects();
  const byId = new Map(all.map((subject) => [subject.id, subject]));
  const wanted = new Set(watchlist.follow);
  const revealed = all.filter((subject) => isRevealed(subject, watchlist)).sort(newestFirst);
  for (const { id } of revealed) wanted.add(id);
  const controls = new Set([...wanted].flatMap((id) => byId.get(id)?.controls ?? []));
  const known = (ids: Iterable<string>) => [...ids].flatMap((id) => byId.get(id) ?? []);
  return {
    subjects: known(wanted),
    controls: known([...controls].filter((id) => !wanted.has(id))),
    vendors: reader.vendors(),
  };
}

function newestFirst(a: Subject, b: Subject): number {
  const [one = '', other = ''] = [a.discovered?.at, b.discovered?.at];
  if (one !== other) return one > other ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** Every address the watchers read for these subjects and pages. */
export function targetsOf(
  watchers: Iterable<Watcher>,
  watched: Watched,
  watchlist: Pick<Watchlist, 'pagesOf'>,
): readonly Target[] {
  const targets: Target[] = [];
  for (const watcher of watchers) {
    const pages = watchlist.pagesOf(watcher.id);
    for (const { url, subject } of watcher.targets({ ...watched, pages })) {
      targets.push({
        id: targetId(watcher.id, url),
        watcher: watcher.id,
        kind: watcher.kind,
        url,
        subject: subject ?? null,
      });
    }
  }
  return targets;
}

const UNLISTED = 'Neither the config nor a followed subject names it any more.';

/** How long a target rests that nobody wants read; a config that names it again wakes it at once. */
const REST = 7 * DAY;

export interface Listed {
  /** Everything that is to be read now. */
  wanted: ReadonlySet<TargetId>;
  /** What was not known before. */
  added: readonly TargetState[];
}

/** How long a page stays watched that an entry of a feed led to. */
const LEAD_WATCHED = 30 * DAY;

/** Whether a target is read: because the config or a followed subject names it, or an entry led to it not long ago. */
export function isWanted(
  { id, linkedFrom: lead, createdAt }: TargetState,
  wanted: ReadonlySet<TargetId>,
  now: Instant,
): boolean {
  return wanted.has(id) || (lead !== undefined && elapsed(createdAt, now) < LEAD_WATCHED);
}

/**
 * Registers what is to be read and not yet known, and wakes what rested and is wanted again. What this process has
 * registered `before` need not be registered again: no target is ever removed.
 */
export async function registerTargets(
  context: Pick<PipelineContext, 'reader' | 'watchers' | 'store' | 'clock' | 'owner'>,
  watchlist: Watchlist,
  before: ReadonlySet<TargetId> = new Set(),
): Promise<Listed> {
  const { targets: known } = context.store;
  const watched = watchedSubjects(context.reader, watchlist);
  const targets = targetsOf(context.watchers.values(), watched, watchlist);
  const wanted = new Set(targets.map(({ id }) => id));
  const fresh = targets.filter(({ id }) => !before.has(id));
  const added = await known.register(fresh, context.clock.now());
  for (const { id, health } of await known.list({ off: true })) {
    if (!wanted.has(id) || health?.reason !== UNLISTED) continue;
    const now = context.clock.now();
    const lease = await known.lease(id, now, plus(now, MINUTE), context.owner);
    if (lease !== null) await known.settle(id, lease.owner, { dueAt: now, health: null });
  }
  return { wanted, added };
}

/** Ends the lease of a target that nobody wants read; what it proved stays. */
export async function suspend(
  { store, clock }: Pick<PipelineContext, 'store' | 'clock'>,
  lease: Lease,
): Promise<void> {
  const now = clock.now();
  await store.targets.settle(lease.target.id, lease.owner, {
    dueAt: plus(now, REST),
    health: { state: 'off', since: now, reason: UNLISTED },
  });
}
