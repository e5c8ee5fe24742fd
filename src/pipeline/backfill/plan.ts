import type { Day } from '../../domain/time.ts';

/** One published version as the newest change log tells of it. */
export interface Release {
  version: string;
  /** The day in its heading; null when the log has no entry of it. */
  day: Day | null;
  changes: string;
}

/** The ids that each version that was read types, by version. */
export type TypedIn = ReadonlyMap<string, ReadonlySet<string>>;

/** Where in the history an id was typed for the first time. */
export interface FirstTyped {
  id: string;
  version: string;
  /** The last version read before it that lacks the id; null when the first version read has it. */
  absentIn: string | null;
  /** How many published versions lie between `absentIn` and `version`; none was read, and each may be the first; 0 without `absentIn`. */
  unread: number;
  /** The last version read that still has it, when a later one lacks it. */
  goneAfter: string | null;
}

/** The published versions from the last one before a day on, the oldest first. Versions before a release proper are left out. */
export function releasesSince(releases: readonly Release[], since: Day): readonly Release[] {
  const proper = releases.filter(({ version }) => /^\d+\.\d+\.\d+$/.test(version));
  const sorted = [...proper].sort((a, b) => compareVersions(a.version, b.version));
  const first = sorted.findIndex(({ day }) => day !== null && day >= since);
  return first === -1 ? sorted.slice(-1) : sorted.slice(Math.max(0, first - 1));
}

export function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  const at = left.findIndex((part, index) => part !== right[index]);
  return at === -1 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}

/** Neighbours among the versions read, with the ids that the later one has and the earlier one lacks. */
interface Gap {
  from: number;
  to: number;
  added: readonly string[];
}

/**
 * The version to read next: the ends first, then, in stretches that are known to have added ids, the version whose entry
 * in the change log fits them best; once all are explained so, the ones before them, to make sure. Null when every
 * addition is pinned to its version.
 */
export function nextToRead(releases: readonly Release[], typed: TypedIn): string | null {
  const ends = [releases.at(0), releases.at(-1)];
  const end = ends.find((one) => one !== undefined && !typed.has(one.version));
  if (end !== undefined) return end.version;
  const common = commonWords(typed);
  const splits = gapsIn(releases, typed)
    .filter(({ from, to, added }) => to - from > 1 && added.length > 0)
    .map((gap) => splitOf(releases, gap, common));
  const [first] = splits.sort((a, b) => b.need - a.need || b.width - a.width || a.at - b.at);
  return first === undefined ? null : (releases[first.at]?.version ?? null);
}

function gapsIn(releases: readonly Release[], typed: TypedIn): Gap[] {
  const read = releases.flatMap(({ version }, index) => {
    const ids = typed.get(version);
    return ids === undefined ? [] : [{ index, ids }];
  });
  return read.slice(1).map((later, place) => {
    const earlier = read[place];
    const added = [...later.ids].filter((id) => earlier?.ids.has(id) !== true);
    return { from: earlier?.index ?? 0, to: later.index, added };
  });
}

/** Where to read in a gap, and how much it needs it: 2 an entry fits, 1 none does, 0 the one found is only made sure of. */
interface Split {
  at: number;
  need: number;
  width: number;
}

/** An entry that fits the ids this well is taken to be the one that brought them. */
const FITS = 0.6;
/** The first version on or after the day in an id's name: most came out on that day. */
const LAUNCH = 0.75;

function splitOf(
  releases: readonly Release[],
  { from, to, added }: Gap,
  common: ReadonlySet<string>,
): Split {
  const width = to - from;
  const inside = releases.slice(from + 1, to + 1);
  const homes = added.map((id) => homeOf(id, inside, common)).filter(({ fit }) => fit >= FITS);
  const [home] = homes
    .filter(({ place }) => place < inside.length - 1)
    .sort((a, b) => b.fit - a.fit || a.place - b.place);
  if (home !== undefined) return { at: from + 1 + home.place, need: 2, width };
  // What is explained by its entry is only made sure of; what came along with it is not looked for elsewhere.
  if (homes.length > 0) return { at: to - 1, need: 0, width };
  return { at: middleOf(releases, from, to), need: 1, width };
}

/** The entry that fits an id best; of entries that fit alike the first, because later ones often speak of it again. */
function homeOf(
  id: string,
  inside: readonly Release[],
  common: ReadonlySet<string>,
): { place: number; fit: number } {
  const day = /\d{4}-\d{2}-\d{2}$/.exec(id)?.[0];
  const launch = day === undefined ? -1 : inside.findIndex((one) => (one.day ?? '') >= day);
  const fits = inside.map((one, place) =>
    Math.max(fitOf(one, id, common), place === launch ? LAUNCH : 0),
  );
  const fit = Math.max(...fits);
  return { place: fits.indexOf(fit), fit };
}

/** The middle one of the versions between that brought something to the API; the middle of all when none says so. */
function middleOf(releases: readonly Release[], from: number, to: number): number {
  const inside = releases
    .slice(from + 1, to)
    .map(({ changes }, place) => ({ changes, at: from + 1 + place }));
  const likely = inside.filter(({ changes }) => FEATURE.test(changes));
  const middle = likely[Math.floor(likely.length / 2)];
  return middle?.at ?? Math.floor((from + to) / 2);
}

/** What a change log says where the API itself grew. */
const FEATURE = /^\s*\* \*\*api:\*\*/m;

/** Of fewer ids than this, what they share says nothing. */
const ENOUGH_IDS = 4;

/** The words that most ids of a package hold: they tell none apart. */
function commonWords(typed: TypedIn): ReadonlySet<string> {
  const ids = new Set([...typed.values()].flatMap((those) => [...those]));
  if (ids.size < ENOUGH_IDS) return new Set();
  const counts = new Map<string, number>();
  for (const word of [...ids].flatMap((id) => [...new Set(withoutDay(id).split('-'))])) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count > ids.size / 2).map(([word]) => word));
}

/** How well an entry fits an id it may have brought: the share of the words of the id that it holds, numbers by half. */
function fitOf({ changes }: Release, id: string, common: ReadonlySet<string>): number {
  const text = ` ${spelled(changes.replace(LINKS, ' '))} `;
  const words = withoutDay(id)
    .split('-')
    .filter((word) => !common.has(word))
    .map(spelled);
  const held = words.filter((word) =>
    text.includes(isLong(word) ? ` ${word.slice(0, STEM)}` : ` ${word} `),
  );
  return weightOf(held) / Math.max(0.5, weightOf(words));
}

/** Enough letters to know `transcription` by `transcribe`. */
const STEM = 6;

function isLong(word: string): boolean {
  return word.length > STEM;
}

function weightOf(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + (/[a-z]/.test(word) ? 1 : 0.5), 0);
}

/** Addresses, numbers of requests and commits hold digits that name nothing. */
const LINKS = /\[[^\]]*\]\([^)]*\)|\bv?\d+\.\d+\.\d+\b/g;

function withoutDay(id: string): string {
  return id.replace(/-\d{4}-\d{2}-\d{2}$/, '');
}

function spelled(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** For every id in the versions read, where it was first typed, the oldest first. */
export function firstTyped(releases: readonly Release[], typed: TypedIn): readonly FirstTyped[] {
  const read = releases.filter(({ version }) => typed.has(version));
  const found = new Map<string, FirstTyped>();
  for (const [place, { version }] of read.entries()) {
    for (const id of typed.get(version) ?? []) {
      if (found.has(id)) continue;
      const absentIn = read[place - 1]?.version ?? null;
      const unread = absentIn === null ? 0 : between(releases, absentIn, version);
      found.set(id, { id, version, absentIn, unread, goneAfter: lastWith(read, typed, id) });
    }
  }
  return [...found.values()];
}

function between(releases: readonly Release[], from: string, to: string): number {
  const indexOf = (version: string) => releases.findIndex((one) => one.version === version);
  return indexOf(to) - indexOf(from) - 1;
}

function lastWith(read: readonly Release[], typed: TypedIn, id: string): string | null {
  const last = read.findLastIndex(({ version }) => typed.get(version)?.has(id) === true);
  return last === read.length - 1 ? null : (read[last]?.version ?? null);
}
