import { createHash } from 'node:crypto';
import { access, constants, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { suggestion } from './recording-nearest.ts';

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
