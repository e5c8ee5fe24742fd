import type { VoiceEdge } from '../../domain/evidence.ts';
import type { ItemVersionId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { Fingerprint } from './fingerprint.ts';
import { type Frequency, type Signal, similarityOf } from './similarity.ts';
import { isPlatform } from './sources.ts';

/** A page of a group with its fingerprint. */
export interface PrintedPage {
  item: ItemVersionId;
  group: string;
  print: Fingerprint;
}

/**
 * The edges between two pages, the same whichever is named first. A similarity of their sites joins the groups in all
 * they say; a similarity of the two texts makes each page pass on the other's group, and leaves the rest of both alone.
 */
export function edgesBetween(
  a: PrintedPage,
  b: PrintedPage,
  frequency: Frequency,
  observedAt: Instant,
): readonly VoiceEdge[] {
  if (a.group === b.group) return [];
  const similarity = similarityOf(a.print, b.print, frequency);
  if (similarity === null) return [];
  const signals = similarity.signals.map(signalText);
  const [one, other] = a.group < b.group ? [a, b] : [b, a];
  if (similarity.isHouse) {
    return [{ a: one.group, b: other.group, item: null, observedAt, signals }];
  }
  return [
    { a: one.group, b: other.group, item: other.item, observedAt, signals },
    { a: other.group, b: one.group, item: one.item, observedAt, signals },
  ];
}

/**
 * The edges to whoever a page names as its source. `groupOf` gives the group that speaks at an address, null for one
 * that is no source to be counted: a vendor's own channel proves or not by itself.
 */
export function sourceEdges(
  { item, group, print }: PrintedPage,
  groupOf: (address: string) => string | null,
  observedAt: Instant,
): readonly VoiceEdge[] {
  const edges = new Map<string, VoiceEdge>();
  for (const address of print.sources) {
    const source = isPlatform(address) ? null : groupOf(address);
    if (source === null || source === group || edges.has(source)) continue;
    edges.set(source, {
      a: source,
      b: group,
      item,
      observedAt,
      signals: [`${SOURCE_SIGNAL} ${address} 1.0`],
    });
  }
  return [...edges.values()];
}

const SOURCE_SIGNAL = 'source';

/** Whether a page is joined with a group because it names it as its source, and not by what the two have in common. */
export function isSourceEdge({ signals }: Pick<VoiceEdge, 'signals'>): boolean {
  return signals.some((signal) => signal.startsWith(`${SOURCE_SIGNAL} `));
}

function signalText({ name, weight }: Signal): string {
  return `${name} ${weight.toFixed(1)}`;
}
