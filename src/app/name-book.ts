import { buildNames, type Names } from '../core/names/names.ts';
import type { Catalog } from '../domain/catalog.ts';
import type { Subject } from '../domain/subject.ts';

/** The names as they stand now: what one page reveals, the next one is matched against. */
export interface NameBook {
  names(): Names;
  learn(subjects: readonly Subject[]): void;
}

export function openNameBook(catalog: Catalog, discovered: readonly Subject[]): NameBook {
  let names = buildNames([...catalog.subjects, ...discovered], catalog.grammars);
  return {
    names: () => names,
    learn(subjects) {
      if (subjects.length > 0)
        names = buildNames([...names.subjects(), ...subjects], catalog.grammars);
    },
  };
}
