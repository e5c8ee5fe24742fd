import { edgesBetween, type PrintedPage, sourceEdges } from '../core/voices/edges.ts';
import { fingerprintOf } from '../core/voices/fingerprint.ts';
import type { Frequency } from '../core/voices/likeness.ts';
import { countedMarks, lookupMarks, marksOf } from '../core/voices/marks.ts';
import type { VoiceEdge } from '../domain/evidence.ts';
import type { ItemVersion } from '../domain/item.ts';
import { isVendorClass, type Publisher } from '../domain/publisher.ts';
import type { Store } from '../store/store.ts';
import type { Line } from './line.ts';
import type { Reading } from './reading.ts';

/** Pages that are compared with one new page, at most. */
const MOST_COMPARED = 24;

/**
 * Finds out, inside a write, with whose voice the new pages of a reading speak: keeps their marks, compares them with
 * the pages that share some, and keeps the edges. Returns the subjects of which groups speak that are now joined.
 */
export async function joinVoices(
  { reader }: Pick<Line, 'reader'>,
  tx: Store,
  finalUrl: string,
  { diff, at }: Pick<Reading, 'diff' | 'at'>,
): Promise<readonly string[]> {
  const publisher = reader.publisherOf(finalUrl);
  if (!isIndependent(publisher)) return [];
  const subjects = new Set<string>();
  for (const version of diff.added.filter(isTalk)) {
    const page = printed(version, publisher.group);
    const { item, group, print } = page;
    await tx.voices.keep({ item, group, marks: marksOf(print) });
    const alike = await tx.voices.addEdges(await edgesOf(tx, page, at));
    for (const { a, b } of alike) {
      for (const subject of await tx.voices.subjectsBetween([a, b])) subjects.add(subject);
    }
    await tx.voices.addEdges(
      sourceEdges(page, (address) => groupAt(reader.publisherOf(address)), at),
    );
  }
  return [...subjects].sort();
}

/** Pages of others that speak of a model; what speaks of none is nobody's voice on anything. */
function isTalk({ item, mentions }: ItemVersion): boolean {
  return item.kind === 'page' && mentions.length > 0;
}

/** A vendor or partner speaks for itself, and popularity is no voice. */
function isIndependent({ class: publisherClass }: Publisher): boolean {
  return !isVendorClass(publisherClass) && publisherClass !== 'Q' && publisherClass !== 'X';
}

function groupAt(publisher: Publisher): string | null {
  return isIndependent(publisher) ? publisher.group : null;
}

function printed({ id, item }: ItemVersion, group: string): PrintedPage {
  return { item: id, group, print: fingerprintOf(item, item.url) };
}

async function edgesOf(tx: Store, page: PrintedPage, at: string): Promise<readonly VoiceEdge[]> {
  const found = await tx.voices.sharing(lookupMarks(page.print), page.group, MOST_COMPARED);
  if (found.length === 0) return [];
  const frequency = await frequencyOf(tx, page);
  const edges: VoiceEdge[] = [];
  for (const { item, group } of found) {
    const version = await tx.items.get(item);
    if (version === null) continue;
    edges.push(...edgesBetween(page, printed(version, group), frequency, at));
  }
  return edges;
}

async function frequencyOf(tx: Store, { print }: PrintedPage): Promise<Frequency> {
  const carried = await tx.voices.spread(countedMarks(print));
  return { groups: await tx.voices.groups(), of: (mark) => carried.get(mark) ?? 1 };
}
