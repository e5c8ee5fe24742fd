import type { LookupAddress, LookupAllOptions } from 'node:dns';
import pTimeout from 'p-timeout';

export type Address = LookupAddress;

export type ResolveName = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Where names lie that a proxy resolves for itself, as far as that can be told from here. */
export interface Names {
  /** Empty when the name is not known here, or nobody says so in time. */
  addresses(host: string): Promise<readonly Address[]>;
}

/** How long a resolver may take, in milliseconds. */
const TIMEOUT = 3000;
/** How long a name that was not known is not asked for again: where there is no resolver, one wait has to do. */
const ASK_AGAIN = 600_000;
const MOST_KEPT = 1000;

export function openNames(resolve: ResolveName): Names {
  const unknown = new Map<string, number>();

  function ask(host: string): Promise<readonly Address[]> {
    return new Promise((resolved) => {
      resolve(host, { all: true }, (error, found = []) => resolved(error ? [] : found));
    });
  }

  return {
    async addresses(host) {
      const asked = unknown.get(host);
      if (asked !== undefined && performance.now() - asked < ASK_AGAIN) return [];
      const found = await pTimeout(ask(host), { milliseconds: TIMEOUT, fallback: () => [] });
      if (found.length > 0) return found;
      if (unknown.size >= MOST_KEPT) unknown.clear();
      unknown.set(host, performance.now());
      return [];
    },
  };
}
