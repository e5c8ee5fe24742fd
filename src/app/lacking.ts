import type { Config } from '../config/config.ts';
import type { Target } from '../domain/target.ts';
import type { Watcher } from '../domain/watcher.ts';
import { hostKey } from '../fetch/connect.ts';
import { headerlessWords } from '../fetch/http.ts';
import { keylessWords } from '../fetch/model-list.ts';
import { watchersFolder } from '../package-root.ts';
import { openRegistry } from '../watch/registry.ts';

/** What an address lacks in the configuration to be read at all, in words; null where it lacks nothing. */
export function lackIn(
  { fetch, openai }: Pick<Config, 'fetch' | 'openai'>,
  { needs, via }: Pick<Watcher, 'needs' | 'via'>,
  address: string,
): string | null {
  if (via === 'model-list' && openai.apiKey === undefined) {
    return keylessWords(openai.baseUrl ?? address);
  }
  if (needs === undefined) return null;
  const { host } = new URL(address);
  const named = Object.entries(fetch.headers).find(([one]) => hostKey(one) === host)?.[1];
  const isSet = Object.entries(named ?? {}).some(
    ([header, value]) => header.toLowerCase() === needs && value !== undefined,
  );
  return isSet ? null : headerlessWords(host, needs);
}

/** The same of any target: null too where its watcher is none of this program. */
export async function lacksIn(
  config: Config,
): Promise<(target: Pick<Target, 'watcher' | 'url'>) => string | null> {
  const registry = await openRegistry(watchersFolder());
  return ({ watcher, url }) => {
    const reading = registry.get(watcher);
    return reading === null ? null : lackIn(config, reading, url);
  };
}
