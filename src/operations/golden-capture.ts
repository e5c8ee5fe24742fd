import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { PrimaryContext, PrimaryStatement } from '../core/vendor-text/statement.ts';
import { primaryStatements } from '../core/vendor-text/vendor-statements.ts';
import type { Capture } from '../domain/capture.ts';
import { facetLabel } from '../domain/claim.ts';
import { asError, UsageError } from '../domain/errors.ts';
import { type Item, keptItem } from '../domain/item.ts';
import type { Watcher } from '../domain/watcher.ts';

/** Where the golden captures of a watcher lie in the sources. */
export function goldenFolder(root: string, watcher: string): string {
  return join(root, 'test', 'fixtures', 'watchers', watcher);
}

/** A statement as one line of a review: what is claimed, how firmly, and the words. */
export function statementLine(said: PrimaryStatement): string {
  const { claim, polarity, force, evidentiality, validTime, artefact, aliasClaimed, quote } = said;
  const sign = polarity === 'deny' ? ' denied' : '';
  const when = validTime === null ? '' : ` from ${validTime.from}`;
  const alias = aliasClaimed ? ' (unverified alias)' : '';
  const proof = evidentiality === 'primary_artefact' ? `${artefact}` : `${evidentiality}, no proof`;
  return `${claim.subject} ${facetLabel(claim)}${when}${sign} [${force}, ${proof}]${alias}: ${quote}`;
}

/** What a watcher must make of a capture: the items, and the statements a vendor's items come to, by key. */
export function expectedText(items: readonly Item[], context: PrimaryContext): string {
  const statements = items.flatMap((item) => {
    const lines = primaryStatements(item, context).map(statementLine);
    return lines.length === 0 ? [] : [[item.key, lines] as const];
  });
  return `${JSON.stringify({ items: items.map(keptItem), statements: Object.fromEntries(statements) }, null, 2)}\n`;
}

const EXTENSIONS: readonly (readonly [RegExp, string])[] = [
  [/html/, '.html'],
  [/markdown/, '.md'],
  [/atom/, '.atom'],
  [/xml/, '.xml'],
  [/json/, '.json'],
];

/** The name a capture gets: the end of its address, with the extension of what it is. */
export function captureName({
  finalUrl,
  contentType,
}: Pick<Capture, 'finalUrl' | 'contentType'>): string {
  const path = new URL(finalUrl).pathname.replace(/\/+$/, '');
  const last = path.slice(path.lastIndexOf('/') + 1).replace(/[^\w.@-]+/g, '-') || 'index';
  const wanted = EXTENSIONS.find(([pattern]) => pattern.test(contentType))?.[1] ?? '.txt';
  return extname(last) === wanted ? last : `${last}${wanted}`;
}

export interface GoldenCapture {
  name: string;
  capture: Capture;
  /** Null when the capture is kept as one that must not be read. */
  expected: string | null;
  /** The kind of error it must give; null when it is read. */
  fails: string | null;
}

/** A line of `cases.json`. */
interface GoldenEntry {
  url: string;
  at?: string;
  contentType?: string;
  fails?: string;
  trap: string;
}

/** Writes a capture beside the others of its watcher, with what it must give; returns the files written. */
export async function writeGoldenCapture(
  root: string,
  watcher: Pick<Watcher, 'id'>,
  { name, capture, expected, fails }: GoldenCapture,
): Promise<readonly string[]> {
  const folder = goldenFolder(root, watcher.id);
  await mkdir(folder, { recursive: true });
  const files = [join(folder, name), join(folder, 'cases.json')];
  const cases = await casesIn(join(folder, 'cases.json'));
  const { url, fetchedAt, contentType } = capture;
  const at = `${fetchedAt.slice(0, 19)}Z`;
  const trap = cases[name]?.trap ?? 'saved by try; say here what makes it worth keeping';
  cases[name] = { url, at, contentType, ...(fails === null ? {} : { fails }), trap };
  await writeFile(join(folder, name), capture.body);
  await writeFile(join(folder, 'cases.json'), `${JSON.stringify(cases, null, 2)}\n`);
  if (expected === null) return files;
  const beside = join(folder, `${name}.expected.json`);
  await writeFile(beside, expected);
  return [...files, beside];
}

async function casesIn(file: string): Promise<Record<string, GoldenEntry>> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  try {
    return JSON.parse(text) as Record<string, GoldenEntry>;
  } catch (cause) {
    throw new UsageError(`${file} is not JSON (${asError(cause).message}). Mend it first.`, {
      cause,
    });
  }
}
