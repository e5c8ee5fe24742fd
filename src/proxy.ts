import process from 'node:process';
import { getProxyForUrl } from 'proxy-from-env';
import { UsageError } from './domain/errors.ts';

/**
 * The proxy that the environment names for an address (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY); null for none.
 * One without a scheme is an http proxy, as for curl. Throws `UsageError` for what is no address of a proxy.
 */
export function proxyFor(address: string): URL | null {
  const found = getProxyForUrl(address);
  if (found === '') return null;
  const bare = found.replace(/^[a-z][a-z\d+.-]*:\/\//i, '');
  // The library puts the scheme of the address before what has none.
  return proxyAddress(isWritten(bare) ? bare : found);
}

function isWritten(proxy: string): boolean {
  return Object.entries(process.env).some(
    ([name, value]) => /_proxy$/i.test(name) && value?.trim() === proxy,
  );
}

function proxyAddress(written: string): URL {
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(written) ? written : `http://${written}`;
  const proxy = URL.canParse(text) ? new URL(text) : null;
  if (proxy !== null && /^https?:$/.test(proxy.protocol) && proxy.hostname !== '') return proxy;
  throw new UsageError(
    `The proxy of the environment (${written.replace(/^.*@/, '')}) cannot be used: write http://host:port, or https:// for one that speaks TLS.`,
  );
}

/** The proxies that undici's own agent for the environment would read, each with its scheme. Throws `UsageError`. */
export function proxySettings(): { httpProxy?: string; httpsProxy?: string } {
  const { env } = process;
  const http = env['http_proxy'] ?? env['HTTP_PROXY'] ?? '';
  const https = env['https_proxy'] ?? env['HTTPS_PROXY'] ?? '';
  return {
    ...(http !== '' && { httpProxy: proxyAddress(http).href }),
    ...(https !== '' && { httpsProxy: proxyAddress(https).href }),
  };
}
