import type { CheckReport } from '../domain/check-report.ts';
import type { Item } from '../domain/item.ts';
import type { Target } from '../domain/target.ts';
import type { Day } from '../domain/time.ts';
import type { Watcher } from '../domain/watcher.ts';
import type { PipelineContext } from '../pipeline/context.ts';
import type { Store } from '../store/store.ts';

/** What the newest version of a published package types, as the database has it. */
export interface PackageReport {
  package: string;
  version: string;
  /** The day in the package's own change log. */
  day: Day | null;
  integrity: string | null;
  models: readonly string[];
  /** Of the models, those that no catalogue held: the package itself revealed them. */
  discovered: readonly string[];
  /** This check found it changed. */
  isNew: boolean;
}

/** The packages among what was just checked well. */
export async function packageReport(
  { store, reader, watchers }: Pick<PipelineContext, 'store' | 'reader' | 'watchers'>,
  reports: readonly CheckReport[],
): Promise<readonly PackageReport[]> {
  const found: PackageReport[] = [];
  for (const { target, error, changes } of reports) {
    const watcher = watchers.get(target.watcher);
    if (error !== null || watcher?.via !== 'npm') continue;
    const items = await lastRead(store, target, watcher);
    const version = items.find(({ fields }) => fields['version'] !== undefined);
    if (version === undefined) continue;
    const models = items.flatMap((item) => fieldOf(item, 'id') ?? []).sort();
    found.push({
      package: version.key.replace(/@[^@]*$/, ''),
      version: fieldOf(version, 'version') ?? '',
      day: version.published?.from.slice(0, 10) ?? null,
      integrity: fieldOf(version, 'integrity'),
      models,
      discovered: models.filter((id) => reader.subject(id)?.discovered != null),
      isNew: changes.length > 0,
    });
  }
  return found;
}

/** What the last answer holds; the database keeps what rolled off as it was last seen, so it is read from the bytes. */
async function lastRead(
  { snapshots }: Pick<Store, 'snapshots'>,
  { id, url }: Target,
  watcher: Watcher,
): Promise<readonly Item[]> {
  const kept = await snapshots.list(id);
  const last = kept.findLast(({ capture }) => capture.url === url);
  const body = last === undefined ? null : await snapshots.body(last.capture.bodyHash);
  if (last === undefined || body === null) return [];
  return watcher.extract({ ...last.capture, body });
}

function fieldOf({ fields }: Item, name: string): string | null {
  const value = fields[name];
  return typeof value === 'string' ? value : null;
}
