import type { Capture } from './capture.ts';
import type { Facet } from './facet.ts';
import type { Item } from './item.ts';
import type { SourceKind } from './source-kind.ts';
import type { Subject } from './subject.ts';
import type { Vendor } from './vendor.ts';

export type Via = 'http' | 'browser' | 'model-list' | 'npm';

/** `5m`, `6h`, `1d`, or a cron expression. */
export type Cadence = string;

/** What a watcher may know when it says which addresses it reads. */
export interface TargetContext {
  /** The subjects that are followed, and those discovered first-hand. */
  subjects: readonly Subject[];
  /** Their siblings, whose pages serve as controls; nobody asked for news of them. */
  controls: readonly Subject[];
  /** The vendors that are watched, as the catalogue knows them. */
  vendors: readonly Vendor[];
  /** The addresses the config lists for this watcher. */
  pages: readonly string[];
}

/** What a healthy answer holds. Controls are known siblings and a share of the last good count, never a fixed floor. */
export interface MinimumShape {
  /** Patterns of the layout, each of which must occur in the body. */
  landmarks: readonly RegExp[];
  /** The least share of the last good number of items, 0 to 1; below it the answer is held as suspect. */
  share: number;
}

/** What a file in watchers/ promises. Its id is its file name. */
export interface Watcher {
  id: string;
  /** Raised when extract changes meaning: stored snapshots are then read again, quietly. */
  version: number;
  /** One sentence: what this channel is and what it proves. */
  about: string;
  kind: SourceKind;
  /** The vendor whose channel it is; null for the talk around vendors. */
  vendor: string | null;
  /** What it may be authority for; policy still decides. */
  facets: readonly Facet[];
  every: Cadence;
  via: Via;
  /** A request header without which the host answers nobody; the channel is off until the config brings it. */
  needs?: string;
  /**
   * The parameter by which the next page of a JSON list is asked for, with the id of the last entry: a list that says
   * `has_more` is fetched to its end.
   */
  pages?: string;
  /**
   * Whether an answer holds all there is (`complete`: what is missing is gone), a window that rolls on (`rolling`:
   * absence says nothing), or one page (`single`).
   */
  coverage: 'complete' | 'rolling' | 'single';
  /** A good answer may hold no items at all. */
  mayBeEmpty: boolean;
  shape: MinimumShape;
  targets(context: TargetContext): readonly { url: string; subject?: string }[];
  /** Another address of the same page, asked when the first one gives no answer that can be read; null for none. */
  twin?(url: URL): string | null;
  /** Which captures are its own, by pattern; a vendor page nobody owns is read as a report and never as primary. */
  owns(url: URL): boolean;
  /** Pure. Throws `ExtractError` when the body cannot be what it should be. */
  extract(capture: Capture): Promise<readonly Item[]>;
}

/**
 * The name under which what a watcher read is recorded: its id and version, and those of the model that had a part in it
 * (`reports@1+gpt-5.4-mini@1`).
 */
export function extractorOf(
  watcher: Pick<Watcher, 'id' | 'version'>,
  model: string | null = null,
): string {
  const own = `${watcher.id}@${watcher.version}`;
  return model === null ? own : `${own}+${model}`;
}

const RULES = 'rules+';

/** The name of a reader that had a part in what the rules read. */
export function withRules(model: string): string {
  return `${RULES}${model}`;
}

/**
 * The watcher and the model in the name under which something was read, and whether the model read it alone: what the
 * rules read too is marked so.
 */
export function readersIn(extractor: string): {
  watcher: string;
  model: string | null;
  isAlone: boolean;
} {
  const at = extractor.indexOf('+');
  if (at < 0) return { watcher: extractor, model: null, isAlone: false };
  const model = extractor.slice(at + 1);
  const isAlone = !model.startsWith(RULES);
  const named = isAlone ? model : model.slice(RULES.length);
  return { watcher: extractor.slice(0, at), model: named, isAlone };
}

/** Whether only a model read it: such evidence decides nothing by itself. */
export function isReadByModelAlone({ extractor }: { extractor: string }): boolean {
  return readersIn(extractor).isAlone;
}

/** The watcher that reads anybody's pages. */
export const REPORTS = 'reports';
