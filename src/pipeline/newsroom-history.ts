import { type Carrier, firstCarried, NAME_ALONE } from '../core/claims/first-carried.ts';
import type { ItemVersion } from '../domain/item.ts';
import type { Watcher } from '../domain/watcher.ts';
import type { EntryReading, PipelineContext } from './context.ts';

type History = Pick<PipelineContext, 'store' | 'watchers'>;
type EntryReadings = ReadonlyMap<string, EntryReading>;

/** What the newsrooms of a vendor have carried that names some subjects, or what their ids begin with, whenever that was seen. */
export async function newsroomHistory(
  { store, watchers }: History,
  vendor: Watcher['vendor'],
  subjects: readonly string[],
): Promise<readonly ItemVersion[]> {
  if (subjects.length === 0) return [];
  const newsrooms = new Set(
    [...watchers.values()]
      .filter((watcher) => watcher.kind === 'newsroom' && watcher.vendor === vendor)
      .map(({ id }) => id),
  );
  const targets = (await store.targets.list())
    .filter(({ watcher }) => newsrooms.has(watcher))
    .map(({ id }) => id);
  return store.items.naming(targets, [...new Set(subjects.flatMap(namesakesOf))]);
}

/** `gpt-9` of `gpt-9-astra`: before anybody stated that there is one, "GPT-9 Astra" named GPT-9. */
function namesakesOf(subject: string): readonly string[] {
  const parts = subject.split('-');
  return parts.map((_, index) => parts.slice(0, index + 1).join('-'));
}

/**
 * The readings of a newsroom's answer, less what titles that are names alone say of models it named before: by what is
 * stored, and by the other entries of the answer.
 */
export async function withHistory(
  context: History,
  { kind, vendor }: Pick<Watcher, 'kind' | 'vendor'>,
  versions: readonly ItemVersion[],
  read: EntryReadings,
): Promise<EntryReadings> {
  const entries = new Map(versions.map((version) => [version.item.key, version]));
  const titled = [...read].filter(([, { statements }]) =>
    statements.some(({ rule }) => rule === NAME_ALONE),
  );
  if (kind !== 'newsroom' || titled.length === 0) return read;
  const named = titled.flatMap(([, { statements }]) =>
    statements.map(({ claim }) => claim.subject),
  );
  const stored = await newsroomHistory(context, vendor, [...new Set(named)]);
  const history: readonly Carrier[] = [...stored, ...versions];
  return new Map(
    [...read].map(([key, reading]) => {
      const entry = entries.get(key);
      const { statements } = reading;
      const kept = entry === undefined ? statements : firstCarried(statements, entry, history);
      return [key, { ...reading, statements: kept }];
    }),
  );
}
