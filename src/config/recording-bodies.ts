import { createHash } from 'node:crypto';
import { access, constants, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';

/** How to come by a body later, or why it cannot be had. */
type BodySource =
  | { ok: true; read: () => Promise<Uint8Array> }
  | { ok: false; message: string; suggestion: string | null };

/** The bodies of one recording: files are read when they are asked for, inline texts are held packed, once each. */
export interface Bodies {
  file(name: string): Promise<BodySource>;
  text(text: string): Promise<() => Promise<Uint8Array>>;
}

const pack = promisify(deflateRaw);
const unpack = promisify(inflateRaw);

export function bodiesBeside(folder: string): Bodies {
  const files = new Map<string, Promise<BodySource>>();
  const texts = new Map<string, Promise<Uint8Array>>();
  return {
    file(name) {
      const source = files.get(name) ?? fileSource(folder, name);
      files.set(name, source);
      return source;
    },
    async text(text) {
      const hash = createHash('sha256').update(text).digest('base64');
      const packing = texts.get(hash) ?? pack(text);
      texts.set(hash, packing);
      const packed = await packing;
      return () => unpack(packed);
    },
  };
}

export const NO_BODY: () => Promise<Uint8Array> = async () => new Uint8Array();

async function fileSource(folder: string, name: string): Promise<BodySource> {
  const path = resolve(folder, name);
  if (isAbsolute(name) || !isInside(resolve(folder), path)) return outside(name);
  const found = await stat(path).catch(() => null);
  if (found === null) return missing(path, name);
  if (!found.isFile()) return { ok: false, message: `"${name}" is not a file`, suggestion: null };
  // A link may lead out although its own path stays in.
  if (!isInside(await realpath(folder), await realpath(path))) return outside(name);
  const isReadable = await access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
  if (!isReadable) {
    return { ok: false, message: `"${name}" may not be read`, suggestion: 'check its permissions' };
  }
  return { ok: true, read: () => readFile(path) };
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function outside(name: string): BodySource {
  return {
    ok: false,
    message: `"${name}" leaves the folder of the recording`,
    suggestion: 'put the file beside the recording',
  };
}

async function missing(path: string, name: string): Promise<BodySource> {
  const beside = await readdir(dirname(path)).catch(() => []);
  return {
    ok: false,
    message: `"${name}" is not there`,
    suggestion: suggestion(basename(path), beside),
  };
}

/** `did you mean …`, when one of the known words is near enough to have been meant; null otherwise. */
export function suggestion(written: string, known: readonly string[]): string | null {
  const near = known
    .map((word) => ({ word, distance: editDistance(written.toLowerCase(), word.toLowerCase()) }))
    .filter(
      ({ word, distance }) =>
        distance <= Math.max(1, Math.floor(word.length / 3)) || begins(written, word),
    )
    .sort((a, b) => a.distance - b.distance)[0];
  return near === undefined ? null : `did you mean ${near.word}?`;
}

/** Whether one of two words is the other with an ending: `warning`, `monday`. */
function begins(one: string, other: string): boolean {
  const [short = '', long = ''] = [one, other].sort((a, b) => a.length - b.length);
  return short.length > 2 && long.toLowerCase().startsWith(short.toLowerCase());
}

/** How many letters must be added, dropped, changed or swapped with their neighbour to get from one to the other. */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const changed = at(last, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const dropped = at(last, column) + 1;
      const added = at(current, column - 1) + 1;
      const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const swapped = isSwap ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY;
      current.push(Math.min(changed, dropped, added, swapped));
    }
    beforeLast = last;
    last = current;
  }
  return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
