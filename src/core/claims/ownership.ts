import { isVendorClass, type Publisher } from '../../domain/publisher.ts';
import type { Watcher } from '../../domain/watcher.ts';

/**
 * Whether what a watcher read is the vendor's own channel: a watcher of the vendor's, on a host that the catalogue
 * gives to that vendor. A vendor's page that no such watcher owns, and a channel that answered from another host, are
 * read like anybody's report and prove nothing.
 */
export function isOwnChannel(
  publisher: Pick<Publisher, 'class' | 'vendor'>,
  watcher: Pick<Watcher, 'vendor'>,
): boolean {
  return (
    watcher.vendor !== null && isVendorClass(publisher.class) && publisher.vendor === watcher.vendor
  );
}
