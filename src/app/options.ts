import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, type ConfigPart, loadConfig } from '../config/config.ts';
import type { Environment } from '../config/secrets.ts';
import { millisecondsIn } from '../core/schedule/duration.ts';
import { packageRoot } from '../package-root.ts';

/** What every command may be told. */
export interface AppOptions {
  /** A config file; otherwise config.yaml here, then the one in the package. */
  config: string | null;
  /** Where the database is; otherwise what the config says. */
  db: string | null;
  environment: Environment;
  /** The folder relative paths start from. */
  folder: string;
}

/** The config, with the faults of the given parts among its own. Throws `ConfigError`. */
export async function configFor(
  options: AppOptions,
  parts: readonly ConfigPart[] = [],
): Promise<Config> {
  return loadConfig(configFile(options), options.environment, parts);
}

/** Where the database is. */
export function storeUrl({ db }: AppOptions, { store }: Config): string {
  return db ?? store;
}

function configFile({ config, folder }: AppOptions): string {
  if (config !== null) return config;
  const here = join(folder, 'config.yaml');
  return existsSync(here) ? here : join(packageRoot(), 'config.yaml');
}

export interface Limits {
  concurrency: number;
  /** In milliseconds, like all that follows. */
  deadline: number;
  drain: number;
}

/** The limits of checking that a config sets. */
export function limitsOf({ daemon }: Pick<Config, 'daemon'>): Limits {
  const { concurrency, deadline, drain } = daemon;
  return { concurrency, deadline: millisecondsIn(deadline), drain: millisecondsIn(drain) };
}
