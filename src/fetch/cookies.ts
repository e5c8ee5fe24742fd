import type { CookieJar } from 'tough-cookie';

/**
 * The cookies of one fetch: many sites set one and redirect to see whether it comes back. They end with the fetch, so
 * that no site recognises us the next time.
 */
export interface Cookies {
  /** The Cookie header for an address; null for none. */
  headerFor(url: URL): string | null;
  /** Takes what an answer set, as far as it may set it there. */
  take(url: URL, set: readonly string[]): Promise<void>;
}

/** More than this many of one answer are not taken. */
const MOST = 100;

export function openCookies(): Cookies {
  let jar: CookieJar | null = null;
  return {
    headerFor: (url) => jar?.getCookieStringSync(url.href) || null,
    async take(url, set) {
      if (set.length === 0) return;
      if (jar === null) {
        const { CookieJar: Jar } = await import('tough-cookie');
        jar = new Jar(undefined, { looseMode: true });
      }
      for (const cookie of set.slice(0, MOST)) {
        jar.setCookieSync(cookie, url.href, { ignoreError: true });
      }
    },
  };
}
