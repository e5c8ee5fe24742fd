import type { Config } from '../config/config.ts';
import type { Watcher } from '../domain/watcher.ts';
import { headerlessWords } from '../fetch/http.ts';
import { keylessWords } from '../fetch/model-list.ts';

/** What an address lacks in the configuration to be read at all, in words; null where it lacks nothing. */
export function lackIn(
  { fetch, openai }: Pick<Config, 'fetch' | 'openai'>,
  { needs, via }: Pick<Watcher, 'needs' | 'via'>,
  address: string,
): string | null {
  const { host } = new URL(address);
  if (via === 'model-list' && openai.apiKey === undefined) {
    return keylessWords(openai.baseUrl ?? address);
  }
  if (needs === undefined) return null;
  const named = Object.entries(fetch.headers).find(([one]) => one.toLowerCase() === host)?.[1];
  const isSet = Object.entries(named ?? {}).some(
    ([header, value]) => header.toLowerCase() === needs && value !== undefined,
  );
  return isSet ? null : headerlessWords(host, needs);
}
