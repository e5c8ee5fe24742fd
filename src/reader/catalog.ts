import { join } from 'node:path';
import { openCatalog } from '../config/compiled-catalog.ts';
import type { Catalog } from '../domain/catalog.ts';
import { packageRoot } from '../package-root.ts';

/** The catalogue of the package, as the build compiled it where that is still true. */
export function catalogOf(): Promise<Catalog> {
  const root = packageRoot();
  return openCatalog(join(root, 'data', 'catalog'), join(root, 'dist', 'catalog.json'));
}
