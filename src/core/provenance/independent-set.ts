import { TypedFastBitSet } from 'typedfastbitset';

/** By vertex, those it is joined with; each edge stands at both of its ends. */
export type Graph = readonly TypedFastBitSet[];

/** A graph of so many vertices without an edge. */
export function openGraph(size: number): Graph {
  return Array.from({ length: size }, () => new TypedFastBitSet());
}

export function join(graph: Graph, one: number, other: number): void {
  graph[one]?.add(other);
  graph[other]?.add(one);
}

/** Beyond so many branches the largest set is only approached. A branch looks at each vertex: of many vertices there are fewer. */
const MOST_BRANCHES = 2_000;
const MOST_LOOKS = 200_000;

const ALONE = new TypedFastBitSet();

/** What is left of a graph. */
interface Rest {
  open: TypedFastBitSet;
  /** Those of them whose neighbours are not known to be strangers to each other: others were looked at already. */
  unsure: TypedFastBitSet;
}

/**
 * The largest set of vertices no two of which are neighbours. One more vertex never makes it smaller, and one more edge
 * never larger; that two vertices can stand together is found however large the graph is.
 */
export function largestIndependentSet(graph: Graph): readonly number[] {
  const branches = Math.min(MOST_BRANCHES, Math.floor(MOST_LOOKS / graph.length));
  const all = new TypedFastBitSet(graph.keys());
  return solve({ open: all, unsure: all.clone() }, graph, { branches });
}

function solve(rest: Rest, graph: Graph, budget: { branches: number }): readonly number[] {
  const taken: number[] = [];
  function take(vertex: number): void {
    taken.push(vertex);
    leave(rest, [vertex, ...neighbours(vertex, rest.open, graph).array()], graph);
  }
  for (;;) {
    // Whoever's neighbours are all neighbours of each other stands in one of the largest sets.
    const sure = firstSimplicial(rest, graph);
    if (sure !== null) {
      take(sure);
      continue;
    }
    const { least, most } = byDegree(rest.open, graph);
    if (least === null || most === null) return taken;
    budget.branches -= 1;
    if (budget.branches < 0) {
      take(least);
      continue;
    }
    const beside = { open: rest.open.clone(), unsure: rest.unsure.clone() };
    leave(beside, [most, ...neighbours(most, rest.open, graph).array()], graph);
    const among = [most, ...solve(beside, graph, budget)];
    leave(rest, [most], graph);
    const apart = solve(rest, graph, budget);
    return [...taken, ...(apart.length > among.length ? apart : among)];
  }
}

function neighbours(vertex: number, open: TypedFastBitSet, graph: Graph): TypedFastBitSet {
  return open.new_intersection(graph[vertex] ?? ALONE);
}

/** Takes vertices out: those around them must be looked at again. */
function leave({ open, unsure }: Rest, vertices: readonly number[], graph: Graph): void {
  for (const vertex of vertices) {
    open.remove(vertex);
    unsure.union(graph[vertex] ?? ALONE);
  }
  unsure.intersection(open);
}

function firstSimplicial({ open, unsure }: Rest, graph: Graph): number | null {
  for (const vertex of unsure.array()) {
    const near = neighbours(vertex, open, graph);
    // Of those near, each lacks none among its own neighbours but itself.
    if (near.array().every((one) => near.difference_size(graph[one] ?? ALONE) === 1)) {
      return vertex;
    }
    unsure.remove(vertex);
  }
  return null;
}

/** The first vertex with the fewest open neighbours, and the last with the most; null when none is open. */
function byDegree(
  open: TypedFastBitSet,
  graph: Graph,
): { least: number | null; most: number | null } {
  let least: number | null = null;
  let most: number | null = null;
  let [fewest, highest] = [Number.POSITIVE_INFINITY, -1];
  for (const vertex of open.array()) {
    const degree = open.intersection_size(graph[vertex] ?? ALONE);
    if (degree < fewest) [least, fewest] = [vertex, degree];
    if (degree >= highest) [most, highest] = [vertex, degree];
  }
  return { least, most };
}
