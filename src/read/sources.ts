import * as z from 'zod';
import { NotFoundError } from '../domain/errors.ts';
import type { TargetId } from '../domain/ids.ts';
import { sha256Hex } from '../domain/ids.ts';
import type { SourceKind } from '../domain/source-kind.ts';
import { MOST_UNKNOWN } from '../domain/subject.ts';
import type { TargetState } from '../domain/target.ts';
import { elapsed, type Instant, SECOND } from '../domain/time.ts';
import { changesOf } from './changes.ts';
import type { Known } from './known.ts';
import { type Standing, standings } from './source-trouble.ts';
import { instant } from './surface-view.ts';
import type { SourcesView } from './views.ts';
import { changeRow, sourcesView } from './views.ts';

const ignoredRow = z.strictObject({
  target: z.string(),
  subjects: z.array(z.string()),
  why: z.string(),
});

export type IgnoredRow = z.output<typeof ignoredRow>;

export const sourceView = z.strictObject({
  asOf: instant,
  source: sourcesView.shape.sources.element,
  /** The latest checks, the newest first. */
  checks: z.array(
    z.strictObject({
      at: instant,
      outcome: z.string(),
      failure: z.string().nullable(),
      /** How many known models the answer showed. */
      shows: z.int(),
    }),
  ),
  changes: z.array(changeRow),
  /** Ids that it names and that were made subjects of nothing. */
  ignored: z.array(ignoredRow),
});

export type SourceView = z.output<typeof sourceView>;

/** How many checks and changes of one source are shown. */
const CHECKS = 200;
const CHANGES = 50;

/** One source with its latest checks and changes. Throws `NotFoundError`. */
export async function sourceOf(known: Known, named: string, asOf: Instant): Promise<SourceView> {
  const { sources } = await sourcesOf(known, asOf);
  const source = sources.find(({ target }) => target === named || sourceSlug(target) === named);
  if (source === undefined) throw new NotFoundError(`No source is called ${named}.`);
  const id = source.target as TargetId;
  const [checks, { changes }, ignored] = await Promise.all([
    known.store.checks.list(id, CHECKS),
    changesOf(known, { target: id, until: asOf, includeBaseline: false, limit: CHANGES }),
    ignoredOf(known, [source]),
  ]);
  return {
    asOf,
    source,
    checks: checks
      .filter(({ at }) => at <= asOf)
      .map(({ at, outcome, failure, shows }) => ({
        ...{ at, outcome, shows: shows.length },
        failure: failure === null ? null : failure.message,
      })),
    changes,
    ignored: [...ignored],
  };
}

/** A target's name as one part of an address: readable, and told apart by a hash. */
export function sourceSlug(target: string): string {
  const words = target
    .replace(/https?:\/\//, '')
    .replaceAll(/[^A-Za-z0-9.]+/g, '-')
    .slice(0, 60)
    .replace(/-$/, '');
  return `${words}-${sha256Hex(target).slice(0, 8)}`;
}

/** Every target with how it was doing at a moment: health, last good check, last change. When it is due and how much it
 * holds is kept of now alone: of the past it is said of what was not read since. */
export async function sourcesOf(
  { store, lackOf }: Pick<Known, 'store' | 'lackOf'>,
  asOf: Instant,
): Promise<SourcesView> {
  const targets = await store.targets.list();
  const stood = await standings(store, targets, asOf);
  const standingOf = new Map(stood.map((standing) => [standing.target.id, standing]));
  const isUnchecked = ({ id }: TargetState) => !standingOf.has(id);
  // Its watchers are loaded for this, which takes a moment.
  const lack = targets.some(isUnchecked) ? await lackOf() : () => null;
  const sources = targets.map((target) => {
    const view = viewOf(target, standingOf.get(target.id) ?? null, asOf);
    const reason = isUnchecked(target) ? lack(target) : null;
    return reason === null ? view : { ...view, health: 'off' as const, reason };
  });
  return { asOf, sources: sources.sort((a, b) => (a.target < b.target ? -1 : 1)) };
}

function viewOf(
  target: TargetState,
  standing: Standing | null,
  asOf: Instant,
): SourcesView['sources'][number] {
  const { lastChangeAt, lastCheckAt } = target;
  const isSeenSince = lastCheckAt !== null && lastCheckAt > asOf;
  const lastGoodAt = standing?.lastGoodAt ?? null;
  return {
    target: target.id,
    watcher: target.watcher,
    kind: target.kind,
    url: target.url,
    health: standing?.state ?? 'unchecked',
    since: standing?.since ?? null,
    reason: standing?.reason ?? null,
    lastGoodAt,
    lastGoodAge: lastGoodAt === null ? null : secondsBetween(lastGoodAt, asOf),
    lastCheckAt: standing?.lastCheckAt ?? null,
    lastChangeAt: lastChangeAt !== null && lastChangeAt <= asOf ? lastChangeAt : null,
    nextCheckAt: isSeenSince ? null : target.dueAt,
    items: isSeenSince ? null : target.itemCount,
  };
}

function secondsBetween(since: Instant, until: Instant): number {
  return Math.max(0, Math.round(elapsed(since, until) / SECOND));
}

/** The channels on which others write. */
const OTHERS: ReadonlySet<string> = new Set<SourceKind>([
  ...(['report', 'tracker', 'arena', 'forum', 'social', 'search', 'community'] as const),
]);

/** The ids that pages of others name and that were made subjects of nothing, each with the reason. */
export async function ignoredOf(
  known: Known,
  sources: readonly Pick<SourcesView['sources'][number], 'target' | 'kind'>[],
): Promise<readonly IgnoredRow[]> {
  const rows: IgnoredRow[] = [];
  for (const { target, kind } of sources) {
    if (!OTHERS.has(kind)) continue;
    const items = await known.store.items.current(target as TargetId);
    const named = new Set([...items.values()].flatMap(({ mentions }) => mentions));
    const subjects = [...named].filter((one) => known.subject(one) === null).sort();
    if (subjects.length > 0) rows.push({ target, subjects, why: reason(subjects.length) });
  }
  return rows;
}

function reason(count: number): string {
  return count > MOST_UNKNOWN
    ? `it names ${count} ids that nobody knows, more than ${MOST_UNKNOWN}: none of them is taken`
    : 'nobody follows them, and no second independent voice speaks of them yet';
}
