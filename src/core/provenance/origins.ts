import type { Evidence, VoiceEdge } from '../../domain/evidence.ts';
import type { Instant } from '../../domain/time.ts';
import { fewestSources } from './minimum-source-cover.ts';

/** What is known at a moment of who speaks with whose voice. */
export interface Origins {
  /** The house a group belongs to: groups joined in all they say are one. */
  house: (group: string) => string;
  /** By item version, the houses whose report the page passes on. */
  passedOn: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The group that counts for a piece of evidence. */
export type Speaking = (evidence: Evidence) => string;

/** Reads the edges seen by `at`. */
export function originsOf(edges: readonly VoiceEdge[], at: Instant): Origins {
  const known = edges.filter(({ observedAt }) => observedAt <= at);
  const house = housesOf(known.filter(({ item }) => item === null));
  const passedOn = new Map<string, Set<string>>();
  for (const { a, b, item } of known) {
    const source = house(a);
    if (item === null || source === house(b)) continue;
    const sources = passedOn.get(item);
    if (sources === undefined) passedOn.set(item, new Set([source]));
    else sources.add(source);
  }
  return { house, passedOn };
}

/** Finds each group's representative among the groups joined with it. */
function housesOf(edges: readonly VoiceEdge[]): Origins['house'] {
  const parents = new Map<string, string>();
  function root(group: string): string {
    let current = group;
    for (let up = parents.get(current); up !== undefined; up = parents.get(current)) current = up;
    return current;
  }
  for (const edge of edges) {
    const a = root(edge.a);
    const b = root(edge.b);
    if (a === b) continue;
    // The first in the alphabet represents both, so that the order of edges changes nothing.
    if (a < b) parents.set(b, a);
    else parents.set(a, b);
  }
  return root;
}

/**
 * Whose voice each of some pieces of evidence is. A house all of whose pages among them pass on the report of one
 * other is no voice beside that one, whether we captured the other or only know it as the source; several such houses
 * that share a source are one voice. More pages never make fewer voices, and more edges never make more.
 */
export function speakingOver(pieces: readonly Evidence[], origins: Origins): Speaking {
  const { house, passedOn } = origins;
  if (!pieces.some(({ item }) => passedOn.has(item))) return ({ group }) => house(group);
  const voices = fewestSources(sourcesByHouse(pieces, origins));
  return ({ group }) => voices.get(house(group)) ?? house(group);
}

/** How many independent groups speak in some pieces of evidence. A page and what it relays are never two. */
export function countGroups(pieces: readonly Evidence[], origins: Origins): number {
  return new Set(pieces.map(speakingOver(pieces, origins))).size;
}

/** For each house that speaks, the houses that every one of its pages passes on. */
function sourcesByHouse(
  pieces: readonly Evidence[],
  { house, passedOn }: Origins,
): ReadonlyMap<string, ReadonlySet<string>> {
  const common = new Map<string, ReadonlySet<string>>();
  for (const { group, item } of pieces) {
    const speaker = house(group);
    const sources = passedOn.get(item) ?? new Set<string>();
    const known = common.get(speaker);
    common.set(
      speaker,
      known === undefined ? sources : new Set([...known].filter((one) => sources.has(one))),
    );
  }
  return common;
}
