import { listingReport } from '../core/claims/listing-report.ts';
import { isOwnChannel } from '../core/claims/ownership.ts';
import { primaryStatements } from '../core/claims/primary.ts';
import { discoveredSubject } from '../core/names/discovered.ts';
import { compilePublishers } from '../core/publishers.ts';
import { compileLexicon } from '../core/reading/lexicon.ts';
import { readItem } from '../core/reading/read-item.ts';
import type { Catalog } from '../domain/catalog.ts';
import type { Reader } from '../pipeline/line.ts';
import type { NameBook } from './name-book.ts';

/**
 * How items become statements. Names grow while the line runs: what one page reveals, the next is matched against.
 * Vendor items of a vendor's watcher are read for what they prove, rows of somebody
 * else's list for what they report, everything else as anybody's talk.
 */
export function openReader(catalog: Catalog, book: NameBook): Reader {
  const publishers = compilePublishers(catalog.publishers, catalog.subjects);
  const lexicon = compileLexicon(catalog.lexicon);
  return {
    publisherOf: publishers.of,
    statementsOf(item, publisher, watcher, at) {
      const names = book.names();
      if (isOwnChannel(publisher, watcher)) {
        return primaryStatements(item, { names, publisher, watcher, at });
      }
      return item.kind === 'listing'
        ? listingReport(item, { names, publisher, watcher, at })
        : readItem(item, { names, lexicon, publisher, at });
    },
    mentionsOf(item, at) {
      const text = item.text.startsWith(item.title) ? item.text : `${item.title}\n${item.text}`;
      return [
        ...new Set(
          book
            .names()
            .find(text, at)
            .map(({ subject }) => subject),
        ),
      ];
    },
    subject: (id) => book.names().subject(id),
    subjects: () => book.names().subjects(),
    coin(id, discovery) {
      const vendor = catalog.grammars.find(({ ids }) =>
        ids.some((pattern) => fits(pattern, id)),
      )?.vendor;
      return discoveredSubject(id, vendor ?? 'unknown', book.names(), discovery);
    },
    learn: book.learn,
  };
}

function fits(pattern: string, id: string): boolean {
  return new RegExp(`^(?:${pattern})$`, 'u').test(id);
}
