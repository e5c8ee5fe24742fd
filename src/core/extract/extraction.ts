import type { Capture } from '../../domain/capture.ts';
import { asError, type Block, ExtractError, FetchError } from '../../domain/errors.ts';
import { type BodyHash, canonicalJson, sha256Hex } from '../../domain/ids.ts';
import type { Item } from '../../domain/item.ts';
import type { TargetState } from '../../domain/target.ts';
import type { Watcher } from '../../domain/watcher.ts';
import { blockOf } from './blocked.ts';
import { refuseCutOff } from './cut-off.ts';
import { checkShape } from './shape.ts';
import { textOf } from './text.ts';

/** What the last good answer held, and which shrunken list waits to be repeated. */
export type LastCount = Pick<TargetState, 'itemCount' | 'suspectHash'>;

/** The first answer of anything. */
export const NO_COUNT: LastCount = { itemCount: null, suspectHash: null };

/** What reading an answer came to: items, or the reason why there are none. */
export type Extraction =
  | { kind: 'items'; items: readonly Item[] }
  | { kind: 'unreadable'; error: FetchError | ExtractError; suspect: BodyHash | null };

/**
 * Reads an answer into items. A page that stands in the way, an unknown layout, a list that shrank too much at once:
 * each is a reason of its own, and none of them says that anything was withdrawn.
 */
export async function extract(
  watcher: Watcher,
  capture: Capture,
  target: LastCount,
): Promise<Extraction> {
  const block = blockOf(capture);
  if (block !== null)
    return { kind: 'unreadable', error: blockedError(capture, block), suspect: null };
  const stranger = misrouted(watcher, capture);
  if (stranger !== null) return { kind: 'unreadable', error: stranger, suspect: null };
  let items: readonly Item[] = [];
  try {
    const text = textOf(capture.body, capture.contentType);
    refuseCutOff(text);
    items = await watcher.extract(capture);
    checkShape(watcher, { text, items: items.length, lastItems: target.itemCount });
  } catch (thrown) {
    const error = unreadable(watcher, thrown);
    if (error.kind !== 'shrunk') return { kind: 'unreadable', error, suspect: null };
    const once = fingerprint(items);
    const twice = sha256Hex(`repeated ${once}`) as BodyHash;
    // What two later polls repeat was no accident.
    if (target.suspectHash === twice) return { kind: 'items', items };
    return { kind: 'unreadable', error, suspect: target.suspectHash === once ? twice : once };
  }
  return { kind: 'items', items };
}

/**
 * A vendor's channel has exact addresses of its own. What answered from elsewhere, an issue anybody may open or a chat
 * anybody may share, is evidence of nothing (docs/verdicts.md).
 */
function misrouted({ id, vendor, owns }: Watcher, { url, finalUrl }: Capture): FetchError | null {
  if (vendor === null || (URL.canParse(finalUrl) && owns(new URL(finalUrl)))) return null;
  const led = finalUrl === url ? url : `${url} led to ${finalUrl}, which`;
  const message = `${led} is no address of ${id}: nothing there is taken as the vendor's word.`;
  return new FetchError('misrouted', message);
}

export function blockedError({ url, status }: Capture, block: Block): FetchError {
  const message = `${url} answered with a wall (${block}) instead of the page.`;
  return new FetchError('blocked', message, { status, block });
}

/** An extractor that throws anything else has met a page nobody thought of: that is drift, not a crash. */
function unreadable(watcher: Watcher, thrown: unknown): ExtractError {
  if (thrown instanceof ExtractError) return thrown;
  const cause = asError(thrown);
  const message = `${watcher.id} could not read the answer: ${cause.message}`;
  return new ExtractError('malformed', message, { cause });
}

/** Which entries a shrunken list still holds; a page around them may differ from poll to poll. */
function fingerprint(items: readonly Item[]): BodyHash {
  return sha256Hex(canonicalJson(items.map(({ key }) => key).sort())) as BodyHash;
}
