import { randomInt } from 'node:crypto';
import { hostname } from 'node:os';
import { COOL_DOWN } from '../core/alerts/tell.ts';
import { parseDuration } from '../core/schedule/next-check.ts';
import { DEFAULT_POLICY } from '../core/verdict/policy.ts';
import { systemClock } from '../domain/clock.ts';
import { Bug } from '../domain/errors.ts';
import type { Watcher } from '../domain/watcher.ts';
import type { Fetcher } from '../fetch/fetcher.ts';
import { type Logger, openLog } from '../log.ts';
import { watchersFolder } from '../package-root.ts';
import type { Line } from '../pipeline/line.ts';
import type { Watchlist } from '../pipeline/targets.ts';
import { openRegistry, type Registry } from '../watch/registry.ts';
import { routesOf } from './channels.ts';
import type { AppOptions } from './options.ts';
import { openReader } from './reader.ts';
import { type OpenRecord, openRecord } from './record.ts';

/** Everything of the line but where captures come from and what time it is. */
export interface OpenLine extends OpenRecord {
  line: Omit<Line, 'fetcher' | 'clock'>;
  registry: Registry;
  watchlist: Watchlist;
  log: Logger;
}

/** Opens the line over the record. Throws `ConfigError` with the faults of config, catalogue and watchers. */
export async function openLine(options: AppOptions): Promise<OpenLine> {
  const record = await openRecord(options);
  const { config, catalog, store, known } = record;
  const registry = await openRegistry(watchersFolder());
  const routes = routesOf(config);
  const log = await openLog({ level: config.log.level, secrets: config.secrets });
  const reader = openReader(catalog, record.names);
  const watchers = new Map(
    registry.watchers
      .filter(({ id }) => config.watchers[id]?.off !== true)
      .map((watcher) => [watcher.id, watcher]),
  );
  const line: OpenLine['line'] = {
    store,
    log,
    policy: DEFAULT_POLICY,
    reader,
    telling: { routes, coolDown: COOL_DOWN, nameOf: known.publisherName },
    watchers,
    every: (watcher) => cadenceOf(watcher, config.watchers[watcher.id]?.every),
    jitter: () => randomInt(2 ** 32) / 2 ** 32,
    owner: `${hostname()}:${process.pid}`,
  };
  const watchlist: Watchlist = {
    follow: known.follow,
    discover: config.follow.discover,
    pagesOf: (watcher) => config.watchers[watcher]?.pages ?? [],
  };
  return { ...record, line, registry, watchlist, log };
}

function cadenceOf(watcher: Watcher, configured: string | undefined): number {
  const every = parseDuration(configured ?? watcher.every);
  if (every === null)
    throw new Bug(`${watcher.id} has the cadence "${configured ?? watcher.every}".`);
  return every;
}

/** The line on the live web. */
export function liveLine({ line }: OpenLine, fetcher: Fetcher): Line {
  return { ...line, fetcher, clock: systemClock };
}
