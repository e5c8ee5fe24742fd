import { join } from 'node:path';
import { type LiveDatabase, openLiveDatabase } from '../../src/app/live-database.ts';
import { type ManualClock, manualClock } from '../../src/domain/clock.ts';
import { openLog } from '../../src/log.ts';
import { version } from '../../src/package-root.ts';
import { siteOver } from '../../src/web/site.ts';
import type { SiteOptions } from '../../src/web/site-options.ts';
import { endWithFile } from './endings.ts';
import { writeLaunchDatabase } from './launch-database.ts';
import { PROJECT_ROOT } from './planted-tree.ts';
import { lastingFolder } from './store.ts';

/** An hour after the last capture of the recorded launch. */
export const AFTER_LAUNCH = '2026-05-13T06:00:00.000Z';

export interface LaunchSite {
  /** The database of the replayed launch. */
  path: string;
  live: LiveDatabase;
  clock: ManualClock;
  /** What would answer over HTTP, with a Host header as a browser on this machine sends it. */
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  options: SiteOptions;
}

/** The site over the recorded launch, replayed into a database of its own; for all tests of a file. */
export async function openLaunchSite(over: Partial<SiteOptions> = {}): Promise<LaunchSite> {
  const path = join(lastingFolder(), 'launch.db');
  await writeLaunchDatabase(path);
  const live = await openLiveDatabase({
    ...{ config: join(PROJECT_ROOT, 'config.yaml'), db: path, environment: {} },
    folder: PROJECT_ROOT,
  });
  endWithFile(() => live.close());
  const clock = manualClock(AFTER_LAUNCH);
  const log = await openLog({ level: 'silent' });
  const options: SiteOptions = {
    ...{ live, clock, log, publicUrl: null, hosts: [], isStatic: false, version: version() },
    ...{ limits: null, writing: null, ...over },
  };
  const site = siteOver(options);
  return {
    ...{ path, live, clock, options },
    async get(address, headers = {}) {
      return site.request(address, { headers: { host: 'localhost', ...headers } });
    },
  };
}
