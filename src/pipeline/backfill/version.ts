import { readJson } from '../../core/extract/json.ts';
import { changesOf, PackageFiles } from '../../core/extract/package-files.ts';
import { textOf } from '../../core/extract/text.ts';
import type { Capture } from '../../domain/capture.ts';
import { ExtractError } from '../../domain/errors.ts';
import type { SnapshotId } from '../../domain/ids.ts';
import type { Item } from '../../domain/item.ts';
import type { Day } from '../../domain/time.ts';
import type { Watcher } from '../../domain/watcher.ts';
import type { Release } from './plan.ts';

/** One version as it was read. */
export interface VersionRead {
  version: string;
  day: Day | null;
  integrity: string | null;
  /** The entries for the ids it types, by id. */
  typed: ReadonlyMap<string, Item>;
  capture: Omit<Capture, 'body'>;
  /** Null for the newest as it was asked for without its version: it belongs to the live watch. */
  snapshot: SnapshotId | null;
}

export async function versionOf(watcher: Watcher, whole: Capture): Promise<VersionRead> {
  const items = await itemsIn(watcher, whole);
  const { version, integrity } = packageIn(whole);
  const { body: _body, ...capture } = whole;
  const typed = new Map(
    items.flatMap((item) => {
      const id = item.fields['id'];
      return typeof id === 'string' ? [[id, item] as const] : [];
    }),
  );
  const published = items.find(({ fields }) => fields['version'] === version)?.published ?? null;
  return { version, integrity, day: published?.from ?? null, typed, capture, snapshot: null };
}

/** A version from before its types listed models types none. */
async function itemsIn(watcher: Watcher, whole: Capture): Promise<readonly Item[]> {
  try {
    return await watcher.extract(whole);
  } catch (thrown) {
    if (thrown instanceof ExtractError && thrown.kind === 'shape') return [];
    throw thrown;
  }
}

function packageIn({ body, contentType }: Capture): PackageFiles {
  return readJson(textOf(body, contentType), PackageFiles);
}

/**
 * Every published version, with what its change log says of it. Days come from that log: registries give the time at
 * which they took a version in. What a version brought that was never published came with the next one that was.
 */
export function releasesIn(newest: Capture): readonly Release[] {
  const { versions, files } = packageIn(newest);
  const log = files['CHANGELOG.md'] ?? '';
  const published = new Set(versions);
  const releases = new Map<string, Release>();
  let above = '';
  for (const [, version = ''] of log.matchAll(HEADING)) {
    const entry = changesOf(log, version);
    if (published.has(version)) above = version;
    const known = releases.get(above);
    const changes = [known?.changes, entry?.text].filter((text) => text !== undefined).join('\n');
    releases.set(above, { version: above, day: known?.day ?? entry?.day ?? null, changes });
  }
  return versions.map((version) => releases.get(version) ?? { version, day: null, changes: '' });
}

const HEADING = /^#{1,3} \[?v?(\d+\.\d+\.\d+)/gm;
