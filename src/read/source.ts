import { NotFoundError } from '../domain/errors.ts';
import { sha256Hex, type TargetId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import { changesOf } from './changes.ts';
import { ignoredOf } from './ignored.ts';
import type { Known } from './known.ts';
import type { SourceView } from './source-view.ts';
import { sourcesOf } from './sources.ts';

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
