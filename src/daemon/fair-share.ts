import type { Watcher } from '../domain/watcher.ts';

type Watchers = ReadonlyMap<string, Watcher>;

/**
 * Whose share of the room a watcher's checks count to: a vendor with all its channels is one party, and so is each
 * watcher of the talk around vendors. Null where there is one party alone, which may have all of the room.
 */
export function partyOf(watchers: Watchers, id: string): string | null {
  const parties = new Set([...watchers.values()].map(nameOf));
  const watcher = watchers.get(id);
  return watcher === undefined || parties.size < 2 ? null : nameOf(watcher);
}

function nameOf({ id, vendor }: Watcher): string {
  return vendor === null ? `watcher:${id}` : `vendor:${vendor}`;
}

/** The vendors' own channels: of what is due at the same moment, they are read first. */
export function vendorChannels(watchers: Watchers): readonly string[] {
  return [...watchers.values()].filter(({ vendor }) => vendor !== null).map(({ id }) => id);
}

/** The watchers of all but some parties. */
export function watchersBeside(
  watchers: Watchers,
  parties: ReadonlySet<string>,
): readonly string[] {
  const others = [...watchers.values()].filter((watcher) => !parties.has(nameOf(watcher)));
  return others.map(({ id }) => id);
}

/** A quarter of the room is kept from any single party: hosts that answer slowly may fill the rest, and not that. */
const LARGEST_SHARE = 0.75;

/** The parties that have all the checks under way that they may have. */
export function fullParties(underWay: Iterable<string | null>, room: number): ReadonlySet<string> {
  const most = Math.ceil(room * LARGEST_SHARE);
  const counts = new Map<string, number>();
  for (const party of underWay) {
    if (party !== null) counts.set(party, (counts.get(party) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count >= most).map(([party]) => party));
}
