import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { asError, Bug, ConfigError, type Fault } from '../domain/errors.ts';
import { REPORTS, type Watcher } from '../domain/watcher.ts';
import { faultsOf } from './declaration.ts';
import { importWatcher } from './watcher-module.ts';

/** The watchers of a folder, ready for use. */
export interface Registry {
  /** All of them, by id. */
  readonly watchers: readonly Watcher[];
  get(id: string): Watcher | null;
  /**
   * The watcher whose own an address is; null when none says so. A vendor's page without an owner is read as a report,
   * and is never primary.
   */
  ownerOf(address: string | URL): Watcher | null;
}

/**
 * Imports every watcher of a folder (`watchers`, or `dist/watchers` when compiled); the id of each is its file name.
 * Throws a `ConfigError` with the faults of all files at once.
 */
export async function openRegistry(folder: string): Promise<Registry> {
  const faults: Fault[] = [];
  const watchers: Watcher[] = [];
  for (const file of await watcherFiles(folder)) {
    const path = join(folder, file);
    const id = watcherOf(file);
    const declared = await importDefault(path, faults);
    const wrong = declared === undefined ? [] : faultsOf(id, declared);
    faults.push(...wrong.map((fault) => ({ ...fault, file: path })));
    if (declared !== undefined && wrong.length === 0) {
      watchers.push(Object.freeze({ ...(declared as Omit<Watcher, 'id'>), id }));
    }
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return registryOf(watchers);
}

function registryOf(watchers: readonly Watcher[]): Registry {
  const sorted = [...watchers].sort((a, b) => (a.id < b.id ? -1 : 1));
  const byId = new Map(sorted.map((watcher) => [watcher.id, watcher]));
  return {
    watchers: sorted,
    get: (id) => byId.get(id) ?? null,
    ownerOf(address) {
      if (typeof address === 'string' && !URL.canParse(address)) return null;
      const url = new URL(address);
      return sorted.find((watcher) => watcher.owns(url)) ?? null;
    },
  };
}

/** The files of a folder that declare a watcher, each named by its id. */
export async function watcherFiles(folder: string): Promise<readonly string[]> {
  try {
    const files = await readdir(folder);
    return files.filter((file) => /\.(ts|js)$/.test(file) && !file.endsWith('.d.ts')).sort();
  } catch (cause) {
    const fault = { file: folder, path: '', line: null, suggestion: null };
    throw new ConfigError([{ ...fault, message: 'The folder of watchers cannot be read.' }], {
      cause,
    });
  }
}

export function watcherOf(file: string): string {
  return file.replace(/\.[^.]+$/, '');
}

async function importDefault(path: string, faults: Fault[]): Promise<unknown> {
  const fault = { file: path, path: '', line: null };
  try {
    const module = await importWatcher(path);
    if (module.default !== undefined) return module.default;
    faults.push({
      ...fault,
      message: 'has no default export',
      suggestion: 'export default defineWatcher({ … })',
    });
  } catch (thrown) {
    faults.push({
      ...fault,
      message: `cannot be loaded: ${asError(thrown).message}`,
      suggestion: null,
    });
  }
  return undefined;
}

/** The watcher an address belongs to: its owner, or the one that reads anybody's pages. */
export function ownerIn({ registry }: { registry: Registry }, url: string): Watcher {
  const watcher = registry.ownerOf(url) ?? registry.get(REPORTS);
  if (watcher === null) throw new Bug(`There is no watcher named ${REPORTS}.`);
  return watcher;
}
