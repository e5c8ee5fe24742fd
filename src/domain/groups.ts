/** The first of all that have one key, for each key. */
export function firstOfEach<T>(all: Iterable<T>, keyOf: (one: T) => unknown): readonly T[] {
  const firsts = new Map<unknown, T>();
  for (const one of all) {
    const key = keyOf(one);
    if (!firsts.has(key)) firsts.set(key, one);
  }
  return [...firsts.values()];
}

/** What belongs together by a key, in the order of its first; `Map.groupBy` is not in every Node that is served. */
export function groupedBy<T, K>(all: Iterable<T>, keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}
