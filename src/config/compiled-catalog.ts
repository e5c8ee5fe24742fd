import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalog } from '../domain/catalog.ts';

/** The catalogue as the build read it, with the digest of the files it was read from. */
export interface CompiledCatalog {
  digest: string;
  catalog: Catalog;
}

/** The last one that was opened: as long as its files are the same, what was compiled of it is as well. */
let opened: CompiledCatalog | null = null;

/**
 * The catalogue of a folder. What this process opened or the build compiled is taken while the files are the ones it was
 * made from, which spares every command the reading of YAML files; otherwise they are read. Throws `ConfigError`.
 */
export async function openCatalog(folder: string, compiled: string): Promise<Catalog> {
  const digest = await digestOfFiles(folder, '.yaml');
  if (opened?.digest !== digest) {
    const known = await readCompiled(compiled);
    opened = known?.digest === digest ? known : { digest, catalog: await readCatalog(folder) };
  }
  return opened.catalog;
}

/** Reads and checks the files of a folder; what the build writes down.
 * @public */
export async function compileCatalog(folder: string): Promise<CompiledCatalog> {
  return { digest: await digestOfFiles(folder, '.yaml'), catalog: await readCatalog(folder) };
}

async function readCatalog(folder: string): Promise<Catalog> {
  const { loadCatalog } = await import('./catalog.ts');
  return loadCatalog(folder);
}

/** A hash of every file that ends so in a folder and those in it, by name and content. */
export async function digestOfFiles(folder: string, ending: string): Promise<string> {
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  const hash = createHash('sha256');
  for (const file of files.filter((one) => one.endsWith(ending)).sort()) {
    hash.update(`${file}\n`).update(await readFile(join(folder, file)).catch(() => ''));
  }
  return hash.digest('hex');
}

async function readCompiled(file: string): Promise<CompiledCatalog | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as CompiledCatalog;
  } catch {
    // There is none, or half of one: the files themselves are as good.
    return null;
  }
}
