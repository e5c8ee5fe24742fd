import { Parser, type ReadEntry } from 'tar';
import { FetchError } from '../domain/errors.ts';

/** Which files of a package are kept as text. */
export interface KeptFiles {
  /** Of the path inside the package, `CHANGELOG.md`. */
  path: RegExp;
  /** What the text must hold to be worth keeping. */
  holding?: RegExp;
}

export interface PackageFiles {
  /** Text by path. */
  files: Readonly<Record<string, string>>;
  /** Paths that would have been kept and were too large. */
  leftOut: readonly string[];
}

export interface PackageLimits {
  /** Of one kept file, in bytes. */
  file: number;
  /** Of all kept files together, in bytes. */
  kept: number;
  /** Of everything in the package, unpacked, in bytes. */
  unpacked: number;
}

const MEGABYTE = 1024 * 1024;

export const USUAL_PACKAGE_LIMITS: PackageLimits = {
  file: 2 * MEGABYTE,
  kept: 8 * MEGABYTE,
  unpacked: 250 * MEGABYTE,
};

/** A quoted name of small letters, a hyphen and a digit somewhere: how every vendor writes the ids of its models. */
const QUOTED_ID = /['"`](?=[a-z0-9.-]*\d)[a-z][a-z0-9.]*-[a-z0-9.-]+['"`]/;

/** The change log, and the type definitions that hold something like a model id; not their twins for other loaders. */
export const USUAL_FILES: readonly KeptFiles[] = [
  { path: /^CHANGELOG\.md$/i },
  { path: /^(?!src\/).*\.d\.ts$/, holding: QUOTED_ID },
];

/** Reads the wanted files out of a package as it streams by. Throws `FetchError` when it unpacks to too much. */
export function readPackage(
  tarball: NodeJS.ReadableStream,
  wanted: readonly KeptFiles[],
  limits: PackageLimits,
): Promise<PackageFiles> {
  const shelf = openShelf(wanted, limits);
  let unpacked = 0;
  return new Promise((resolve, reject) => {
    const parser: Parser = new Parser({
      onReadEntry(entry): void {
        unpacked += entry.size;
        if (unpacked <= limits.unpacked) shelf.offer(entry);
        else parser.abort(unpacksTooFar(limits));
      },
    });
    tarball.once('error', reject);
    parser.once('error', reject);
    parser.once('end', () => resolve(shelf.content()));
    tarball.pipe(parser);
  });
}

function unpacksTooFar(limits: PackageLimits): FetchError {
  const message = `The package unpacks to more than ${limits.unpacked} bytes.`;
  return new FetchError('too-large', message);
}

interface Shelf {
  offer(entry: ReadEntry): void;
  content(): PackageFiles;
}

/** Keeps what is wanted and fits, and lists what is wanted and does not. */
function openShelf(wanted: readonly KeptFiles[], limits: PackageLimits): Shelf {
  const texts = new Map<string, string>();
  const leftOut: string[] = [];
  let kept = 0;

  function keep(path: string, rule: KeptFiles, body: Uint8Array): void {
    const text = new TextDecoder().decode(body);
    if (rule.holding !== undefined && !rule.holding.test(text)) return;
    kept += body.length;
    if (kept > limits.kept) leftOut.push(path);
    else texts.set(path, text);
  }

  return {
    offer(entry) {
      // Everything in a package lies in one folder, whatever its name.
      const path = entry.path.replace(/^[^/]*\//, '');
      const rule = entry.type === 'File' ? wanted.find((one) => one.path.test(path)) : undefined;
      if (rule === undefined) entry.resume();
      else if (entry.size <= limits.file) collect(entry, (body) => keep(path, rule, body));
      else {
        leftOut.push(path);
        entry.resume();
      }
    },
    content: () => ({ files: Object.fromEntries(texts), leftOut: leftOut.sort() }),
  };
}

function collect(entry: ReadEntry, done: (body: Uint8Array) => void): void {
  const chunks: Uint8Array[] = [];
  entry.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  entry.once('end', () => done(Buffer.concat(chunks)));
}
