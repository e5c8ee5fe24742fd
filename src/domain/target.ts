import type { Validators } from './capture.ts';
import type { BodyHash, TargetId } from './ids.ts';
import type { SourceKind } from './source-kind.ts';
import type { Instant } from './time.ts';

export type HealthState = 'ok' | 'failing' | 'blocked' | 'drifted' | 'suspect' | 'off';

/** How well a target answers, since when, and why when it does not. */
export interface Health {
  state: HealthState;
  since: Instant;
  reason: string | null;
}

/** The entry of a feed that led to a page: nobody listed the page, and it is let go after some weeks. */
export interface LinkOrigin {
  from: TargetId;
  /** The feed was seen for the first time: what it led to was there before, and is no news. */
  baseline: boolean;
}

/** One address a watcher reads. */
export interface Target {
  id: TargetId;
  watcher: string;
  /** The kind of channel it belongs to, as its watcher says. */
  kind: SourceKind;
  url: string;
  /** The subject an exact-id page is about; null for pages about many. */
  subject: string | null;
  /** Set for what an entry of a feed led to; absent for what the config or a followed subject names. */
  linkedFrom?: LinkOrigin;
}

/** A target with what is known of it between two checks. */
export interface TargetState extends Target {
  createdAt: Instant;
  dueAt: Instant;
  lastCheckAt: Instant | null;
  lastGoodAt: Instant | null;
  lastChangeAt: Instant | null;
  /** When the baseline was taken; null before the first good answer. */
  baselineAt: Instant | null;
  health: Health | null;
  /** Consecutive checks that were not good. */
  failures: number;
  validators: Validators | null;
  /** When the page was last had in full; asking only whether it changed trusts the far side. */
  fullAt: Instant | null;
  /** The extractor that read the body the validators belong to; another one must read afresh. */
  readBy: string | null;
  bodyHash: BodyHash | null;
  itemCount: number | null;
  /** The body of a list that lost too much at once, held until a later poll repeats it. */
  suspectHash: BodyHash | null;
  /** Something listed waits for a second poll, so an unchanged answer must be counted as a sighting. */
  awaitsRepeat: boolean;
}

/** The host of an address; the address itself where it has none, as that of a package. */
export function hostOfAddress(url: string): string {
  return (URL.canParse(url) && new URL(url).host) || url;
}

/** How many of some addresses there are at each host. */
export function addressesByHost(urls: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const url of urls) {
    const host = hostOfAddress(url);
    counts.set(host, (counts.get(host) ?? 0) + 1);
  }
  return counts;
}

/** A reason without the host it happened at and without when it was tried: the same for one cause. */
export function causeOf(reason: string, host: string): string {
  return reason.replaceAll(host, '').replace(/ That was tried (?:just now|\d+ s ago)\.$/, '');
}
