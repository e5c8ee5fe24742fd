import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Config } from '../config/config.ts';
import { fits } from '../core/alerts/route.ts';
import type { Names } from '../core/names/names.ts';
import { timetableOf } from '../core/schedule/timetable.ts';
import type { Catalog } from '../domain/catalog.ts';
import { asError, ConfigError, type Fault } from '../domain/errors.ts';
import { FACETS } from '../domain/facet.ts';
import type { Route } from '../domain/route.ts';
import { isServerUrl, sqlitePath } from '../store/open.ts';

/** What only shows when the parts of a config are put together, each fault with its line; nothing is thrown. */
export async function faultsOfAll(works: readonly (() => unknown)[]): Promise<readonly Fault[]> {
  const faults = new Map<string, Fault>();
  for (const work of works) {
    for (const fault of await faultsOf(work)) {
      faults.set(`${fault.line} ${fault.path} ${fault.message}`, fault);
    }
  }
  return [...faults.values()].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

async function faultsOf(work: () => unknown): Promise<readonly Fault[]> {
  try {
    await work();
    return [];
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown.faults;
    throw thrown;
  }
}

/** Throws `ConfigError` with every calendar time that never comes. */
export function refuseIdleCalendar(config: Config): void {
  const { alerts, retention, daemon } = config;
  const cadences = [
    { path: ['alerts', 'heartbeat'], cadence: alerts.heartbeat },
    { path: ['retention', 'every'], cadence: retention.every },
    { path: ['retention', 'backup', 'every'], cadence: retention.backup?.every },
  ];
  refuse(
    cadences.flatMap(({ path, cadence }) =>
      cadence === undefined || timetableOf(cadence, daemon.zone) !== null
        ? []
        : [config.faultAt(path, `"${cadence}" never comes`, CADENCE)],
    ),
  );
}

/** What may be written where something is to happen again and again. */
export const CADENCE = 'a duration such as 5m, or minute hour day month weekday: 0 9 * * mon-fri';

/** Throws `ConfigError` when the database cannot be where the config says it is. */
export function refuseOddStore(config: Config): void {
  const fault = oddStore(config.store);
  if (fault !== null) {
    const suggestion = 'write sqlite:PATH or postgres://USER@HOST/NAME';
    refuse([config.faultAt(['store'], fault, suggestion)]);
  }
  if (isServerUrl(config.store) && config.retention.backup !== undefined) {
    const message = 'copies a file, and the database is on a server';
    refuse([config.faultAt(['retention', 'backup'], message, 'leave it out and use pg_dump')]);
  }
}

function oddStore(store: string): string | null {
  if (isServerUrl(store)) return URL.canParse(store) ? null : 'is no address of a server';
  try {
    const path = sqlitePath(store);
    return path === ':memory:' ? null : oddFile(path);
  } catch (thrown) {
    return `names no database that there is: ${asError(thrown).message}`;
  }
}

const SQLITE = 'SQLite format 3\0';

function oddFile(path: string): string | null {
  const found = existsSync(path) ? statSync(path) : null;
  if (found === null) {
    const near = nearestAbove(path);
    return statSync(near).isDirectory() ? null : `cannot lie in ${near}, which is no folder`;
  }
  if (found.isDirectory()) return `is a folder (${path}), and a file is wanted`;
  if (!found.isFile()) return `is no file (${path})`;
  const start = firstBytes(path, SQLITE.length);
  return start === '' || start === SQLITE ? null : `is a file that SQLite did not write (${path})`;
}

function nearestAbove(path: string): string {
  const above = dirname(path);
  return above === path || existsSync(above) ? above : nearestAbove(above);
}

function firstBytes(path: string, count: number): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(count);
    return bytes.toString('latin1', 0, readSync(file, bytes, 0, count, 0));
  } finally {
    closeSync(file);
  }
}

export interface Matchable {
  catalog: Pick<Catalog, 'subjects' | 'vendors'>;
  names: Pick<Names, 'resolve' | 'near'>;
  followed: readonly string[];
}

/** Throws `ConfigError` with every route that asks for what no alert will ever be about. */
export function refuseIdleRoutes(
  config: Config,
  routes: readonly Route[],
  { catalog, names, followed }: Matchable,
): void {
  const vendors = new Set([
    ...catalog.vendors.map(({ vendor }) => vendor),
    ...catalog.subjects.map(({ vendor }) => vendor),
  ]);
  const among = (known: Iterable<string>, what: string) => (pattern: string) => {
    const all = [...known];
    const bare = pattern.replace(/[:@].*$/s, '');
    if (all.some((one) => fits(one, pattern) || fits(one, bare))) return null;
    return { message: `"${pattern}" is no ${what}`, suggestion: `known: ${all.join(', ')}` };
  };
  const subject = (pattern: string) => {
    const id = names.resolve(pattern);
    if (pattern.includes('*') || followed.includes(pattern) || id === pattern) return null;
    if (id !== null) {
      return { message: `"${pattern}" is a name of ${id}`, suggestion: `write ${id}` };
    }
    const near = names.near(pattern).slice(0, 3).join(', ');
    const suggestion = near === '' ? 'follow it, or use * in a pattern' : `perhaps ${near}`;
    return { message: `"${pattern}" is nothing that is known or followed`, suggestion };
  };
  const asked = { vendor: among(vendors, 'vendor'), facet: among(FACETS, 'facet'), subject };
  refuse(
    routes.flatMap(({ match }, index) =>
      Object.entries(asked).flatMap(([key, faultWith]) => {
        const written = match[key as keyof typeof asked];
        return listOf(written).flatMap(({ pattern, at }): Fault[] => {
          const fault = faultWith(pattern);
          const path = ['routes', index, 'match', key, ...at];
          return fault === null ? [] : [config.faultAt(path, fault.message, fault.suggestion)];
        });
      }),
    ),
  );
}

function listOf(
  written: string | readonly string[] | undefined,
): readonly { pattern: string; at: readonly number[] }[] {
  if (written === undefined) return [];
  if (typeof written === 'string') return [{ pattern: written, at: [] }];
  return written.map((pattern, index) => ({ pattern, at: [index] }));
}

function refuse(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new ConfigError(faults);
}
