import process from 'node:process';
import { getProxyForUrl } from 'proxy-from-env';
import { FetchError } from '../domain/errors.ts';

/**
 * The proxy that the environment names for an address (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY); null for none.
 * One without a scheme is an http proxy, as for curl. Throws `FetchError` of kind connect for what is no address.
 */
export function proxyFor(address: string): URL | null {
  const found = getProxyForUrl(address);
  if (found === '') return null;
  const bare = found.replace(/^[a-z][a-z\d+.-]*:\/\//i, '');
  // The library puts the scheme of the address before what has none.
  const text = isWritten(bare) ? `http://${bare}` : found;
  const proxy = URL.canParse(text) ? new URL(text) : null;
  if (proxy !== null && /^https?:$/.test(proxy.protocol) && proxy.hostname !== '') return proxy;
  throw new FetchError(
    'connect',
    `The proxy of the environment (${bare.replace(/^.*@/, '')}) cannot be used: write http://host:port, or https:// for one that speaks TLS.`,
  );
}

function isWritten(proxy: string): boolean {
  return Object.entries(process.env).some(
    ([name, value]) => /_proxy$/i.test(name) && value?.trim() === proxy,
  );
}
