import type { Evidence, VoiceEdge } from '../../domain/evidence.ts';
import { groupedBy } from '../../domain/groups.ts';
import { remembered } from '../../domain/remembered.ts';
import type { Instant } from '../../domain/time.ts';
import { isSourceEdge } from './edges.ts';
import { type Graph, join, largestIndependentSet, openGraph } from './independent-set.ts';

/** What is known at a moment of who speaks with whose voice. */
export interface Origins {
  /** By group, the groups it is one house with. */
  houses: ReadonlyMap<string, readonly Tie[]>;
  /** By item version, the groups whose report the page passes on. */
  passedOn: ReadonlyMap<string, readonly Tie[]>;
}

interface Tie {
  group: string;
  since: Instant;
  /** The page itself names the group as its source. */
  isNamed: boolean;
}

/** The group that counts for a piece of evidence. */
export type Speaking = (evidence: Evidence) => string;

/** Reads the edges seen by `at`. */
export function originsOf(edges: readonly VoiceEdge[], at: Instant): Origins {
  const houses = new Map<string, Tie[]>();
  const passedOn = new Map<string, Tie[]>();
  for (const edge of edges) {
    const { a, b, item, observedAt: since } = edge;
    if (since > at) continue;
    const isNamed = isSourceEdge(edge);
    if (item === null) tie(houses, a, { group: b, since, isNamed });
    if (item === null) tie(houses, b, { group: a, since, isNamed });
    else tie(passedOn, item, { group: a, since, isNamed });
  }
  return { houses, passedOn };
}

function tie(ties: Map<string, Tie[]>, key: string, one: Tie): void {
  const known = ties.get(key);
  if (known === undefined) ties.set(key, [one]);
  else known.push(one);
}

/** A page among those that are counted. */
type Page = Pick<Evidence, 'item' | 'group' | 'knownAt'>;

/**
 * Whose voice each of some pieces of evidence is. The voices are as many pages as can be found no two of which have one
 * origin: two pages of one group, two that are joined by what they share with each other, two that name the same source.
 * A page between two others joins neither with the other, so that one more page never makes fewer voices.
 */
export function speakingOver(pieces: readonly Evidence[], origins: Origins): Speaking {
  const isTied = ({ item, group }: Page) => origins.passedOn.has(item) || origins.houses.has(group);
  if (!pieces.some(isTied)) return ({ group }) => group;
  const pages = pagesOf(pieces);
  const known = voicesKnown(origins);
  // Most claims of a subject are made by the same pages.
  const key = pages.map(({ item, knownAt }) => `${item} ${knownAt}`).join();
  const voices = known.get(key) ?? voicesAmong(pages, origins);
  known.set(key, voices);
  return ({ item, group }) => voices.get(item) ?? group;
}

type Voices = ReadonlyMap<string, string>;

const voicesKnown = remembered((_origins: Origins) => new Map<string, Voices>());

/** By item version, the group that counts for it. */
function voicesAmong(pages: readonly Page[], origins: Origins): Voices {
  const graph = pagesJoined(pages, origins);
  const speakers = [...largestIndependentSet(graph)].sort((a, b) => a - b);
  const groups = new Set(speakers.map((at) => pages[at]?.group));
  return new Map(
    pages.map(({ item, group }, at) => {
      const other = speakers.find((speaker) => graph[at]?.has(speaker)) ?? at;
      return [item, groups.has(group) ? group : (pages[other]?.group ?? group)];
    }),
  );
}

/** How many independent groups speak in some pieces of evidence. A page and what it relays are never two. */
export function countGroups(pieces: readonly Evidence[], origins: Origins): number {
  return new Set(pieces.map(speakingOver(pieces, origins))).size;
}

/** Each page once, from the moment it was first known, in an order that no order of the record changes. */
function pagesOf(pieces: readonly Evidence[]): readonly Page[] {
  const pages = new Map<string, Page>();
  for (const { item, group, knownAt } of pieces) {
    const known = pages.get(item);
    if (known === undefined || knownAt < known.knownAt) pages.set(item, { item, group, knownAt });
  }
  const place = ({ group, item }: Page) => `${group} ${item}`;
  return [...pages.values()].sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

/** Which pages have one origin, found by going along the ties: of most pairs of pages nothing is known. */
function pagesJoined(pages: readonly Page[], origins: Origins): Graph {
  const graph = openGraph(pages.length);
  const ofGroup = groupedBy(pages.keys(), (at) => pages[at]?.group ?? '');
  const naming = new Map<string, number[]>();
  for (const [at, { item, group }] of pages.entries()) {
    const ties = origins.passedOn.get(item) ?? [];
    const near = (ofGroup.get(group) ?? []).filter((other) => other !== at);
    const reached = [...(origins.houses.get(group) ?? []), ...ties].flatMap((tie) =>
      among(ofGroup.get(tie.group), { pages, at, tie }),
    );
    // Two that name one source: the later in order tells since when that is known.
    const beside = ties
      .filter(({ isNamed }) => isNamed)
      .flatMap((tie) => {
        const others = naming.get(tie.group) ?? [];
        naming.set(tie.group, others.at(-1) === at ? others : [...others, at]);
        return among(others, { pages, at, tie });
      });
    for (const other of [...near, ...reached, ...beside]) join(graph, at, other);
  }
  return graph;
}

/** Those whom a tie joins with a page: two that were known and counted apart before it was seen stay apart. */
function among(
  others: readonly number[] = [],
  { pages, at, tie }: { pages: readonly Page[]; at: number; tie: Tie },
): readonly number[] {
  const isKnown = (page: number) => (pages[page]?.knownAt ?? '') >= tie.since;
  return others.filter((other) => other !== at && (isKnown(at) || isKnown(other)));
}
