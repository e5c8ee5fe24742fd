import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { AppOptions } from '../../src/app/options.ts';
import type { Environment } from '../../src/config/secrets.ts';
import { runCheck } from '../../src/operations/check.ts';
import type { CheckSummary } from '../../src/operations/check-pass.ts';
import { type HttpSite, openSite } from './http-site.ts';

/** A folder with a config and a record, and a local site that stands in for the hosts it names. */
export interface PassOverSite {
  folder: string;
  site: HttpSite;
  app: AppOptions;
  /** One pass of the command `check`; of the given watchers, or of all. */
  pass(...watchers: string[]): Promise<CheckSummary>;
  /** Writes the config anew, with other settings. */
  configure(changed: Readonly<Record<string, unknown>>): Promise<void>;
  close(): Promise<void>;
}

export interface PassOptions {
  /** Hosts the site stands in for. */
  hosts: readonly string[];
  /** What the config says beside. */
  config?: Readonly<Record<string, unknown>>;
  environment?: Environment;
}

export async function passOverSite(options: PassOptions): Promise<PassOverSite> {
  const { hosts, config = {}, environment = {} } = options;
  const folder = await mkdtemp(join(tmpdir(), 'firsthand-pass-'));
  const site = await openSite();
  const fetching = { ...(config['fetch'] as object), hosts: site.standingFor(...hosts) };
  const settings = { log: { level: 'silent' }, ...config, fetch: fetching };
  const configure = (changed: object) =>
    writeFile(join(folder, 'config.yaml'), stringify({ ...settings, ...changed }));
  await configure({});
  const app = {
    ...{ config: join(folder, 'config.yaml'), db: join(folder, 'firsthand.db') },
    ...{ environment, folder },
  };
  return {
    folder,
    site,
    app,
    configure,
    pass(...watchers) {
      const { signal } = new AbortController();
      return runCheck(app, { watchers, due: false, signal, onChecked: () => undefined });
    },
    async close() {
      await site.abandon();
      await rm(folder, { recursive: true });
    },
  };
}
