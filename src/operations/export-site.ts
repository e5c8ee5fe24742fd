import { resolve } from 'node:path';
import { openLiveDatabase } from '../app/live-database.ts';
import { type AppOptions, configFor } from '../app/options.ts';
import { type Clock, manualClock } from '../domain/clock.ts';
import { openLog } from '../log.ts';
import { version } from '../package-root.ts';
import { type Exported, exportSite } from '../web/export-site.ts';
import { siteOver } from '../web/site.ts';

export interface ExportOptions extends AppOptions {
  /** Where the files go; a file of the same name there is replaced, and no other is touched. */
  to: string;
  /** Where the files will be served, without a slash at the end. */
  publicUrl: string;
}

/** Writes board, feeds, badges, calendar and answers of the API as plain files. */
export async function runExportSite(options: ExportOptions, clock: Clock): Promise<Exported> {
  const { to, publicUrl, folder } = options;
  const config = await configFor(options);
  const log = await openLog({ level: config.log.level, secrets: config.secrets });
  const live = await openLiveDatabase(options, clock);
  try {
    const site = siteOver({
      // One moment for all files, however long writing them takes.
      ...{ live, clock: manualClock(live.clock.now()), log, publicUrl, version: version() },
      ...{ hosts: [], isStatic: true, limits: null, writing: null },
    });
    return await exportSite(site, resolve(folder, to), publicUrl);
  } finally {
    await live.close();
  }
}
