import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalog } from '../domain/catalog.ts';

/** The catalogue as the build read it, with the digest of the files it was read from. */
export interface CompiledCatalog {
  digest: string;
  catalog: Catalog;
}

/**
 * The catalogue of a folder. What the build compiled is taken while the files are the ones it was compiled from, which
 * spares every command the reading of three YAML files; otherwise they are read. Throws `ConfigError`.
 */
export async function openCatalog(folder: string, compiled: string): Promise<Catalog> {
  const [digest, known] = await Promise.all([digestOf(folder), readCompiled(compiled)]);
  return known !== null && known.digest === digest ? known.catalog : readCatalog(folder);
}

/** Reads and checks the files of a folder; what the build writes down.
 * @public */
export async function compileCatalog(folder: string): Promise<CompiledCatalog> {
  return { digest: await digestOf(folder), catalog: await readCatalog(folder) };
}

async function readCatalog(folder: string): Promise<Catalog> {
  const { loadCatalog } = await import('./catalog.ts');
  return loadCatalog(folder);
}

async function digestOf(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of await filesIn(folder)) {
    hash.update(`${file}\n`).update(await readFile(join(folder, file)).catch(() => ''));
  }
  return hash.digest('hex');
}

/** Every file the catalogue may be read from, those of `vendors/` included, in an order of its own. */
async function filesIn(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  return files.filter((file) => file.endsWith('.yaml')).sort();
}

async function readCompiled(file: string): Promise<CompiledCatalog | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as CompiledCatalog;
  } catch {
    // There is none, or half of one: the files themselves are as good.
    return null;
  }
}
