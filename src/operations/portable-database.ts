import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { type AppOptions, configFor, storePlaces } from '../app/options.ts';
import { asError, NotFoundError, StoreError, UsageError } from '../domain/errors.ts';
import { openStore } from '../store/open.ts';
import type { PortableSummary } from '../store/ports/pages.ts';

export interface Carried extends PortableSummary {
  file: string;
  bytes: number;
}

/** Writes the whole database into one file that any kind of database takes in. */
export async function runExportDatabase(options: AppOptions, to: string): Promise<Carried> {
  const file = resolve(options.folder, to);
  if (existsSync(file)) throw new UsageError(`${file} is there already: name another file.`);
  const store = await openStore(storePlaces(options, await configFor(options)));
  const unfinished = `${file}.${randomUUID().slice(0, 8)}.part`;
  try {
    const packed = createGzip();
    const written = finished(packed.pipe(createWriteStream(unfinished)));
    const summary = await store.portable.write(async (line) => {
      if (!packed.write(`${line}\n`)) await Promise.race([once(packed, 'drain'), written]);
    });
    packed.end();
    await written;
    renameSync(unfinished, file);
    return { ...summary, file, bytes: statSync(file).size };
  } finally {
    rmSync(unfinished, { force: true });
    await store.close();
  }
}

/** Fills a new database from such a file, and makes its tables first. */
export async function runImportDatabase(options: AppOptions, from: string): Promise<Carried> {
  const file = resolve(options.folder, from);
  if (!existsSync(file)) throw new NotFoundError(`There is no file ${file}.`);
  const places = storePlaces(options, await configFor(options));
  const store = await openStore({ ...places, migrates: true });
  try {
    const summary = await store.portable.read(() => linesOf(file));
    return { ...summary, file, bytes: statSync(file).size };
  } finally {
    await store.close();
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const unpacked = pipeline(createReadStream(file), createGunzip(), () => undefined);
  let rest = '';
  try {
    for await (const chunk of unpacked.setEncoding('utf8')) {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (thrown) {
    throw damaged(file, asError(thrown));
  }
}

function damaged(file: string, cause: Error): StoreError {
  const message = `${file} is cut off or damaged: export it again (${cause.message})`;
  return new StoreError('corrupt', message, { cause });
}
