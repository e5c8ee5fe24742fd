import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Config,
  type ConfigPart,
  type Draft,
  draftConfig,
  loadConfig,
} from '../config/config.ts';
import type { Environment } from '../config/secrets.ts';
import { millisecondsIn } from '../core/schedule/timetable.ts';
import { UsageError } from '../domain/errors.ts';
import { packageRoot } from '../package-root.ts';
import { isServerUrl, type OpenOptions } from '../store/open.ts';

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

/** The config. Throws `ConfigError`. */
export async function configFor(options: AppOptions): Promise<Config> {
  return loadConfig(configFile(options), options.environment);
}

/** The config as far as it can be used, with all its faults and those of the given parts. */
export async function draftFor(options: AppOptions, parts: readonly ConfigPart[]): Promise<Draft> {
  return draftConfig(configFile(options), options.environment, parts);
}

/** Where the database is. */
export function storeUrl({ db }: Pick<AppOptions, 'db'>, { store }: Pick<Config, 'store'>): string {
  return db ?? store;
}

/** Where database and bodies are, as the store is opened with. */
export function storePlaces(
  options: Pick<AppOptions, 'db'>,
  config: Pick<Config, 'store' | 'bodies' | 's3'>,
): Pick<OpenOptions, 'url' | 'bodies'> {
  const { bodies: address, s3 } = config;
  const url = storeUrl(options, config);
  return address === undefined ? { url } : { url, bodies: { address, ...s3 } };
}

/** The same for what only reads and may lag behind: the server that follows the other, where the config names one. */
export function readingPlaces(
  options: Pick<AppOptions, 'db'>,
  config: Pick<Config, 'store' | 'storeRead' | 'bodies' | 's3'>,
): ReturnType<typeof storePlaces> {
  const places = storePlaces(options, config);
  const { storeRead } = config;
  if (options.db !== null || storeRead === undefined) return places;
  if (isServerUrl(storeRead)) return { ...places, url: storeRead };
  throw new UsageError(
    'storeRead names no server: write postgres://user@host/name, or leave it out.',
  );
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

/** A web address without a slash at its end. Throws `UsageError` for anything else. */
export function publicUrlOf(typed: string): string {
  const url = URL.canParse(typed) ? new URL(typed) : null;
  if (url !== null && /^https?:$/.test(url.protocol)) return url.href.replace(/\/$/, '');
  throw new UsageError(`--public-url "${typed}" is no web address.`);
}
