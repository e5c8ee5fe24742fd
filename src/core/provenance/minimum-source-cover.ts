/** Beyond this many sources that nobody captured the fewest are only approached. */
const MOST_TRIED = 12;

type Sources = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The voice of each speaker, given whose reports each passes on. A voice is a source: the voices are the fewest
 * sources from which every speaker can have what it says, directly or through others. Speakers that pass on nothing
 * are sources themselves, and so are speakers that only pass each other on, together.
 */
export function fewestSources(sources: Sources): ReadonlyMap<string, string> {
  const voices = new Map<string, string>();
  const uncaptured = new Map<string, readonly string[]>();
  for (const speaker of [...sources.keys()].sort()) {
    const ends = endsOf(speaker, sources);
    const spoken = ends.filter((end) => sources.has(end));
    if (spoken[0] === undefined) uncaptured.set(speaker, ends);
    else voices.set(speaker, spoken[0]);
  }
  const chosen = fewestCover(uncaptured);
  const named = new Map<string, string>();
  for (const [speaker, ends] of uncaptured) {
    const end = ends.find((one) => chosen.has(one)) ?? speaker;
    // A source nobody captured is called by the first speaker that we did capture.
    const voice = named.get(end) ?? speaker;
    named.set(end, voice);
    voices.set(speaker, voice);
  }
  return voices;
}

/** Where what a speaker says may come from in the end, in order; a circle of speakers is known by its first. */
function endsOf(speaker: string, sources: Sources): readonly string[] {
  const ends = new Set<string>();
  for (const one of reachedFrom(speaker, sources)) {
    const beyond = reachedFrom(one, sources);
    const isEnd = [...beyond].every((other) => reachedFrom(other, sources).has(one));
    if (isEnd) ends.add([...beyond].sort()[0] ?? one);
  }
  return [...ends].sort();
}

function reachedFrom(start: string, sources: Sources): ReadonlySet<string> {
  const reached = new Set([start]);
  // A set's iterator also visits what is added on the way.
  for (const one of reached) for (const next of sources.get(one) ?? []) reached.add(next);
  return reached;
}

/** The fewest ends of which each speaker has one, the first in the alphabet where several would do. */
function fewestCover(ends: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const needs = [...ends.values()].map((some) => new Set(some));
  const candidates = undominated(ends);
  if (candidates.length > MOST_TRIED) return greedyCover(candidates, needs);
  for (let size = 0; size < candidates.length; size += 1) {
    const cover = coverOf(size, candidates, needs);
    if (cover !== null) return new Set(cover);
  }
  return new Set(candidates);
}

/** Ends that serve somebody whom no other single end serves as well. */
function undominated(ends: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const serves = new Map<string, Set<string>>();
  for (const [speaker, some] of ends) {
    for (const end of some) serves.set(end, (serves.get(end) ?? new Set()).add(speaker));
  }
  const kept: string[] = [];
  const largestFirst = [...serves].sort(([a, x], [b, y]) => y.size - x.size || (a < b ? -1 : 1));
  for (const [end, speakers] of largestFirst) {
    const isServed = kept.some((one) =>
      [...speakers].every((speaker) => serves.get(one)?.has(speaker)),
    );
    if (!isServed) kept.push(end);
  }
  return kept.sort();
}

function coverOf(
  size: number,
  candidates: readonly string[],
  needs: readonly ReadonlySet<string>[],
): readonly string[] | null {
  if (needs.length === 0) return [];
  if (size === 0) return null;
  for (const [index, candidate] of candidates.entries()) {
    const open = needs.filter((need) => !need.has(candidate));
    const rest = coverOf(size - 1, candidates.slice(index + 1), open);
    if (rest !== null) return [candidate, ...rest];
  }
  return null;
}

function greedyCover(
  candidates: readonly string[],
  needs: readonly ReadonlySet<string>[],
): ReadonlySet<string> {
  const cover = new Set<string>();
  let open = needs;
  while (open.length > 0) {
    const count = (end: string) => open.filter((need) => need.has(end)).length;
    const best = candidates.reduce((a, b) => (count(b) > count(a) ? b : a));
    cover.add(best);
    open = open.filter((need) => !need.has(best));
  }
  return cover;
}
