import type { Evidence, VoiceEdge } from '../../domain/evidence.ts';
import type { Instant } from '../../domain/time.ts';
import { isSourceEdge } from './edges.ts';

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
  const neighbours = neighboursAmong(pages, origins);
  const chosen = largestIndependentSet(neighbours);
  const speakers = pages.filter(({ item }) => chosen.has(item));
  const groups = new Set(speakers.map(({ group }) => group));
  const voices = new Map<string, string>();
  for (const { item, group } of pages) {
    const near = neighbours.get(item);
    const other = speakers.find((one) => near?.has(one.item));
    voices.set(item, groups.has(group) ? group : (other?.group ?? group));
  }
  return ({ item, group }) => voices.get(item) ?? group;
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

function neighboursAmong(
  pages: readonly Page[],
  origins: Origins,
): ReadonlyMap<string, ReadonlySet<string>> {
  const neighbours = new Map(pages.map(({ item }) => [item as string, new Set<string>()]));
  for (const [at, one] of pages.entries()) {
    for (const other of pages.slice(at + 1)) {
      if (!haveOneOrigin(one, other, origins)) continue;
      neighbours.get(one.item)?.add(other.item);
      neighbours.get(other.item)?.add(one.item);
    }
  }
  return neighbours;
}

/** Two pages that were known and counted apart before an edge was found stay apart: a level once reached is kept. */
function haveOneOrigin(one: Page, other: Page, { houses, passedOn }: Origins): boolean {
  if (one.group === other.group) return true;
  const later = one.knownAt > other.knownAt ? one.knownAt : other.knownAt;
  const reaches = (ties: readonly Tie[] | undefined, group: string) =>
    ties?.some((known) => known.group === group && known.since <= later) ?? false;
  const ofOne = passedOn.get(one.item);
  const ofOther = passedOn.get(other.item);
  if (reaches(houses.get(one.group), other.group)) return true;
  if (reaches(ofOne, other.group) || reaches(ofOther, one.group)) return true;
  const named = ofOther?.filter(({ isNamed }) => isNamed) ?? [];
  return ofOne?.some(({ isNamed, group }) => isNamed && reaches(named, group)) ?? false;
}

/** Beyond this many branches the largest set is only approached. */
const MOST_BRANCHES = 2_000;

type Neighbours = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The largest set of vertices no two of which are neighbours. One more vertex never makes it smaller, and one more edge
 * never larger; that two vertices can stand together is found however large the graph is.
 * @public
 */
export function largestIndependentSet(neighbours: Neighbours): ReadonlySet<string> {
  const budget = { branches: MOST_BRANCHES };
  return new Set(solve(new Set(neighbours.keys()), neighbours, budget));
}

function solve(
  vertices: ReadonlySet<string>,
  neighbours: Neighbours,
  budget: { branches: number },
): readonly string[] {
  const open = new Set(vertices);
  const taken: string[] = [];
  function take(vertex: string): void {
    taken.push(vertex);
    for (const one of neighbours.get(vertex) ?? []) open.delete(one);
    open.delete(vertex);
  }
  for (;;) {
    // Whoever's neighbours are all neighbours of each other stands in one of the largest sets.
    const sure = [...open].find((vertex) => isSimplicial(vertex, open, neighbours));
    if (sure !== undefined) {
      take(sure);
      continue;
    }
    if (open.size === 0) return taken;
    const sorted = [...open].sort((a, b) => degree(a) - degree(b));
    budget.branches -= 1;
    if (budget.branches >= 0) return [...taken, ...branched(sorted.at(-1) ?? '')];
    take(sorted[0] ?? '');
  }
  function degree(vertex: string): number {
    return openNeighbours(vertex, open, neighbours).length;
  }
  function branched(vertex: string): readonly string[] {
    const without = new Set(open);
    without.delete(vertex);
    const beside = new Set(without);
    for (const one of neighbours.get(vertex) ?? []) beside.delete(one);
    const among = [vertex, ...solve(beside, neighbours, budget)];
    const apart = solve(without, neighbours, budget);
    return apart.length > among.length ? apart : among;
  }
}

function isSimplicial(vertex: string, open: ReadonlySet<string>, neighbours: Neighbours): boolean {
  const near = openNeighbours(vertex, open, neighbours);
  return near.every((one, at) =>
    near.slice(at + 1).every((other) => neighbours.get(one)?.has(other)),
  );
}

function openNeighbours(
  vertex: string,
  open: ReadonlySet<string>,
  neighbours: Neighbours,
): readonly string[] {
  return [...(neighbours.get(vertex) ?? [])].filter((one) => open.has(one));
}
