import { buildNames, type Names } from '../core/names/names.ts';
import type { Catalog } from '../domain/catalog.ts';
import type { Subject } from '../domain/subject.ts';

/** The names as they stand now: what one page reveals, the next one is matched against. */
export interface SubjectIndex {
  names(): Names;
  /** What is known beyond the catalogue. It only grows. */
  learned(): readonly Subject[];
  learn(subjects: readonly Subject[]): void;
}

export function openSubjectIndex(catalog: Catalog, discovered: readonly Subject[]): SubjectIndex {
  let learned = discovered;
  let names = buildNames([...catalog.subjects, ...learned], catalog);
  return {
    names: () => names,
    learned: () => learned,
    learn(subjects) {
      if (subjects.length === 0) return;
      const anew = new Set(subjects.map(({ id }) => id));
      learned = [...learned.filter(({ id }) => !anew.has(id)), ...subjects];
      names = buildNames([...catalog.subjects, ...learned], catalog);
    },
  };
}
