/** Beyond this many branches the largest set is only approached. */
const MOST_BRANCHES = 2_000;

type Neighbours = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The largest set of vertices no two of which are neighbours. One more vertex never makes it smaller, and one more edge
 * never larger; that two vertices can stand together is found however large the graph is.
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
