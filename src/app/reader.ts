import { isOwnChannel } from '../core/claims/ownership.ts';
import { primaryStatements } from '../core/claims/primary.ts';
import { discoveredSubject } from '../core/names/discovered.ts';
import { buildNames } from '../core/names/names.ts';
import { compilePublishers } from '../core/publishers.ts';
import { compileLexicon } from '../core/reading/lexicon.ts';
import { readItem } from '../core/reading/read-item.ts';
import type { Catalog } from '../domain/catalog.ts';
import type { Subject } from '../domain/subject.ts';
import type { Reader } from '../pipeline/line.ts';

/**
 * How items become statements. Names grow while the line runs: what one page reveals, the next is matched against.
 * Vendor items of a vendor's watcher are read for what they prove, everything else as anybody's talk.
 */
export function openReader(catalog: Catalog, discovered: readonly Subject[]): Reader {
  let names = buildNames([...catalog.subjects, ...discovered], catalog.grammars);
  const publishers = compilePublishers(catalog.publishers, catalog.subjects);
  const lexicon = compileLexicon(catalog.lexicon);
  return {
    publisherOf: publishers.of,
    statementsOf(item, publisher, watcher, at) {
      return isOwnChannel(publisher, watcher)
        ? primaryStatements(item, { names, publisher, watcher, at })
        : readItem(item, { names, lexicon, publishers, publisher, at });
    },
    mentionsOf(item, at) {
      const text = item.text.startsWith(item.title) ? item.text : `${item.title}\n${item.text}`;
      return [...new Set(names.find(text, at).map(({ subject }) => subject))];
    },
    subject: (id) => names.subject(id),
    subjects: () => names.subjects(),
    coin(id, discovery) {
      const vendor = catalog.grammars.find(({ ids }) =>
        ids.some((pattern) => fits(pattern, id)),
      )?.vendor;
      return discoveredSubject(id, vendor ?? 'unknown', names, discovery);
    },
    learn(subjects) {
      if (subjects.length === 0) return;
      names = buildNames([...names.subjects(), ...subjects], catalog.grammars);
    },
  };
}

function fits(pattern: string, id: string): boolean {
  return new RegExp(`^(?:${pattern})$`, 'u').test(id);
}
