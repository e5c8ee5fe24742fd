import { edgesBetween, type PrintedPage, sourceEdges } from '../core/provenance/edges.ts';
import { fingerprintOf } from '../core/provenance/fingerprint.ts';
import {
  countedMarks,
  type Frequency,
  lookupMarks,
  marksOf,
} from '../core/provenance/similarity.ts';
import type { VoiceEdge } from '../domain/evidence.ts';
import type { ItemVersionId } from '../domain/ids.ts';
import type { Item, ItemVersion } from '../domain/item.ts';
import { isVendorClass, type Publisher } from '../domain/publisher.ts';
import type { Instant } from '../domain/time.ts';
import type { Store } from '../store/store.ts';
import type { PageSource, PipelineContext } from './context.ts';
import type { Interpretation } from './interpret-items.ts';

/** Pages that are compared with one new page, at most. */
const MOST_COMPARED = 24;

/** A new page of somebody else with its fingerprint, ready to be compared. */
export interface TalkPage extends PrintedPage {
  /** What its markup showed of where it comes from. */
  origin: Item['fields'];
}

/** Fingerprints the new pages of a reading that speak of a model; what speaks of none is nobody's voice on anything. */
export async function talkPages(
  { reader }: Pick<PipelineContext, 'reader'>,
  capture: PageSource,
  { diff }: Pick<Interpretation, 'diff'>,
): Promise<readonly TalkPage[]> {
  const talk = diff.added.filter(
    ({ item, mentions }) => item.kind === 'page' && mentions.length > 0,
  );
  const publisher = reader.publisherOf(capture.finalUrl);
  if (talk.length === 0 || !isIndependent(publisher)) return [];
  const origin = await reader.originOf(capture);
  return talk.map((version) => ({ ...printed(version, publisher.group, origin), origin }));
}

/**
 * Finds out, inside a write, with whose voice new pages speak: keeps their marks, compares them with the pages that
 * share some, and keeps the edges, found when the pages were read. Returns the subjects of which groups speak that are
 * now joined.
 */
export async function joinVoices(
  { reader }: Pick<PipelineContext, 'reader'>,
  tx: Store,
  pages: readonly TalkPage[],
  at: Instant,
): Promise<readonly string[]> {
  const subjects = new Set<string>();
  for (const page of pages) {
    const { item, group, print, origin } = page;
    await tx.voices.keep({ item, group, origin, marks: marksOf(print) });
    const alike = await tx.voices.addEdges(await edgesOf(tx, page, at));
    for (const { a, b } of alike) {
      for (const subject of await tx.voices.subjectsBetween([a, b])) subjects.add(subject);
    }
    const groupOf = (address: string) => groupAt(reader.publisherOf(address));
    await tx.voices.addEdges(sourceEdges(page, groupOf, at));
  }
  return [...subjects].sort();
}

/** A vendor or partner speaks for itself, and popularity is no voice. */
function isIndependent({ class: publisherClass }: Publisher): boolean {
  return !isVendorClass(publisherClass) && publisherClass !== 'Q' && publisherClass !== 'X';
}

function groupAt(publisher: Publisher): string | null {
  return isIndependent(publisher) ? publisher.group : null;
}

function printed(
  { id, item }: Pick<ItemVersion, 'id' | 'item'>,
  group: string,
  origin: Item['fields'],
): PrintedPage {
  const whole = { ...item, fields: { ...origin, ...item.fields } };
  return { item: id, group, print: fingerprintOf(whole, item.url) };
}

async function edgesOf(tx: Store, page: TalkPage, at: Instant): Promise<readonly VoiceEdge[]> {
  const found = await tx.voices.sharing(lookupMarks(page.print), page.group, MOST_COMPARED);
  if (found.length === 0) return [];
  const frequency = await frequencyOf(tx, page);
  const edges: VoiceEdge[] = [];
  for (const { item, group, origin } of found) {
    const other = await storedPage(tx, item, group, origin);
    if (other !== null) edges.push(...edgesBetween(page, other, frequency, at));
  }
  return edges;
}

async function storedPage(
  tx: Store,
  id: ItemVersionId,
  group: string,
  origin: Item['fields'],
): Promise<PrintedPage | null> {
  const version = await tx.items.get(id);
  return version === null ? null : printed(version, group, origin);
}

async function frequencyOf(tx: Store, { print }: PrintedPage): Promise<Frequency> {
  const carried = await tx.voices.spread(countedMarks(print));
  return { groups: await tx.voices.groups(), of: (mark) => carried.get(mark) ?? 1 };
}
