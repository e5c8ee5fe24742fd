import { resolve } from 'node:path';
import { openLiveDatabase } from '../app/live-database.ts';
import { openDatabase } from '../app/open-database.ts';
import { type AppOptions, configFor, publicUrlOf } from '../app/options.ts';
import { type Clock, manualClock, systemClock } from '../domain/clock.ts';
import { closing } from '../domain/closing.ts';
import { UsageError } from '../domain/errors.ts';
import { openLog } from '../log.ts';
import { version } from '../package-root.ts';
import { type Exported, exportSite } from '../web/export-site.ts';
import type { Writing } from '../web/guards.ts';
import { isLoopback, listen } from '../web/server.ts';
import { siteOver } from '../web/site.ts';
import { USUAL_LIMITS } from '../web/site-options.ts';
import { follow, unfollow } from './follow.ts';

export interface ServeOptions extends AppOptions {
  port: number;
  host: string;
  /** Where others reach it; null when it is reached where it listens. */
  publicUrl: string | null;
}

export interface Server {
  port: number;
  url: string;
  close(): Promise<void>;
}

/** The variable that holds the token for writing. */
const TOKEN = 'FIRSTHAND_SERVE_TOKEN';

/** A token shorter than this can be guessed. */
const SHORTEST_TOKEN = 16;

/**
 * Answers over HTTP from the database until it is closed. Throws `UsageError` for an address that cannot be had, and for
 * one that others can reach while no token guards what can be written.
 */
export async function openServer(
  options: ServeOptions,
  clock: Clock = systemClock,
): Promise<Server> {
  const { host, port } = options;
  const token = tokenIn(options);
  if (!isLoopback(host) && token === null) {
    throw new UsageError(
      `${host} can be reached by others: set ${TOKEN} to a secret of ${SHORTEST_TOKEN} characters or more, or leave --host out.`,
    );
  }
  const publicUrl = options.publicUrl === null ? null : publicUrlOf(options.publicUrl);
  const config = await configFor(options);
  const log = await openLog({
    level: config.log.level,
    secrets: [...config.secrets, ...(token === null ? [] : [token])],
  });
  const live = await openLiveDatabase(options, clock);
  try {
    const site = siteOver({
      ...{ live, clock: live.clock, log, publicUrl, isStatic: false, version: version() },
      hosts: publicUrl === null ? [] : [new URL(publicUrl).hostname],
      limits: USUAL_LIMITS,
      writing: token === null ? null : writingWith(options, token),
    });
    const listening = await listen(site, { host, port });
    return {
      port: listening.port,
      url: publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${listening.port}`,
      async close() {
        await listening.close();
        await live.close();
      },
    };
  } catch (thrown) {
    await live.close();
    throw thrown;
  }
}

/** Each write opens the database for itself: what is asked all day only reads. */
function writingWith(options: AppOptions, token: string): Writing {
  const write = async (change: typeof follow, id: string) => {
    return closing(await openDatabase(options), async (open) => {
      const { subject, followed } = await change(open, id);
      return { subject, followed };
    });
  };
  return { token, follow: (id) => write(follow, id), unfollow: (id) => write(unfollow, id) };
}

function tokenIn({ environment }: AppOptions): string | null {
  const token = environment[TOKEN];
  if (token === undefined || token === '') return null;
  if (token.length >= SHORTEST_TOKEN) return token;
  throw new UsageError(`${TOKEN} is too short: a secret has ${SHORTEST_TOKEN} characters or more.`);
}

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
  return closing(await openLiveDatabase(options, clock), async (live) => {
    const site = siteOver({
      // One moment for all files, however long writing them takes.
      ...{ live, clock: manualClock(live.clock.now()), log, publicUrl, version: version() },
      ...{ hosts: [], isStatic: true, limits: null, writing: null },
    });
    return await exportSite(site, resolve(folder, to), publicUrl);
  });
}
