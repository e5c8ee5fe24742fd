import { join } from 'node:path';
import { openCatalog } from '../config/compiled-catalog.ts';
import { buildNames, type Names } from '../core/names/names.ts';
import type { Catalog } from '../domain/catalog.ts';
import type { Subject } from '../domain/subject.ts';
import { packageRoot } from '../package-root.ts';

/** The catalogue of the package, as the build compiled it where that is still true. */
export function catalogOf(): Promise<Catalog> {
  const root = packageRoot();
  return openCatalog(join(root, 'data', 'catalog'), join(root, 'dist', 'catalog.json'));
}

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
      const known = new Map(learned.map((subject) => [subject.id, subject]));
      const news = subjects.filter((subject) => isNews(subject, known.get(subject.id)));
      if (news.length === 0) return;
      const anew = new Set(news.map(({ id }) => id));
      learned = [...learned.filter(({ id }) => !anew.has(id)), ...news];
      names = buildNames([...catalog.subjects, ...learned], catalog);
    },
  };
}

/** Of two checks that find a model at once the first counts, as in the database, and what a vendor names before what others do. */
function isNews({ discovered }: Subject, known: Subject | undefined): boolean {
  if (known === undefined) return true;
  return known.discovered?.firstHand === false && discovered?.firstHand === true;
}
