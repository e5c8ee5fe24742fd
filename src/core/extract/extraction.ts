import type { Capture } from '../../domain/capture.ts';
import { asError, type Block, ExtractError, FetchError } from '../../domain/errors.ts';
import { type BodyHash, canonicalJson, sha256Hex } from '../../domain/ids.ts';
import type { Item } from '../../domain/item.ts';
import type { TargetState } from '../../domain/target.ts';
import type { Watcher } from '../../domain/watcher.ts';
import { withoutRawParts } from '../document/source.ts';
import { blockOf } from './blocked.ts';
import { unreadable } from './failure.ts';
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
  const refused = block === null ? misrouted(watcher, capture) : blockedError(capture, block);
  if (refused !== null) return { kind: 'unreadable', error: refused, suspect: null };
  let items: readonly Item[] = [];
  try {
    const text = textOf(capture.body, capture.contentType);
    refuseCutOff(text);
    items = await watcher.extract(capture);
    checkShape(watcher, { text, items: items.length, lastItems: target.itemCount });
  } catch (thrown) {
    const error = asExtractError(watcher, thrown);
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
function asExtractError(watcher: Watcher, thrown: unknown): ExtractError {
  if (thrown instanceof ExtractError) return thrown;
  const cause = asError(thrown);
  const message = `${watcher.id} could not read the answer: ${cause.message}`;
  return new ExtractError('malformed', message, { cause });
}

/** Which entries a shrunken list still holds; a page around them may differ from poll to poll. */
function fingerprint(items: readonly Item[]): BodyHash {
  return sha256Hex(canonicalJson(items.map(({ key }) => key).sort())) as BodyHash;
}

/** How far into a page its markup must have begun. */
const HEAD = 4_000;
const OPENS = /<(?:html|body)[\s>]/i;
const CLOSES = /<\/(?:html|body)\s*>/i;
/** Elements that no tool that makes pages smaller may leave open. */
const MUST_CLOSE = ['main', 'article', 'section', 'div', 'table', 'ul'] as const;

/**
 * Throws an `ExtractError` when a page of markup ends in the middle: it closes neither its body nor itself, and a tag
 * or an element that must be closed is open at its end. What it lacks was not taken back by anybody.
 * @public
 */
export function refuseCutOff(text: string): void {
  if (!OPENS.test(text.slice(0, HEAD)) || CLOSES.test(text)) return;
  const markup = withoutRawParts(text);
  const isInside = /<(?:!--|[a-z/][^<>]*$|(?:script|style)\b)/i.test(markup);
  if (isInside || MUST_CLOSE.some((name) => isLeftOpen(name, markup))) {
    throw unreadable(
      'malformed',
      'The page ends in the middle: it closes neither itself nor what it opened. Nothing is taken as withdrawn.',
    );
  }
}

function isLeftOpen(name: string, markup: string): boolean {
  const count = (pattern: string) => markup.match(new RegExp(pattern, 'gi'))?.length ?? 0;
  return count(`<${name}[\\s>]`) > count(`</${name}\\s*>`);
}

/**
 * Throws an `ExtractError` when an answer has lost the shape a watcher knows: of kind `shape` when a landmark is
 * missing or nothing was read (the source has drifted), of kind `shrunk` when it lost too much at once (it is held
 * until later polls repeat it).
 * @public
 */
export function checkShape(
  watcher: Pick<Watcher, 'id' | 'shape' | 'mayBeEmpty'>,
  { text, items, lastItems }: { text: string; items: number; lastItems: number | null },
): void {
  const missing = watcher.shape.landmarks.find((landmark) => !landmark.test(text));
  if (missing !== undefined) {
    throw unreadable(
      'shape',
      `The answer lacks ${String(missing)}, which every healthy answer of ${watcher.id} holds. Its layout may have changed.`,
    );
  }
  if (items === 0 && !watcher.mayBeEmpty) {
    throw unreadable(
      'shape',
      `The answer is well-formed and holds nothing, which ${watcher.id} never does. Nothing is taken as withdrawn.`,
    );
  }
  if (items < (lastItems ?? 0) * watcher.shape.share) {
    throw unreadable(
      'shrunk',
      `The answer holds ${items} entries; the last good one held ${lastItems}. It is held until two later checks repeat it.`,
    );
  }
}
