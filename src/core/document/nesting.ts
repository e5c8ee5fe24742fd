import { ExtractError } from '../../domain/errors.ts';

/** Elements open inside one another beyond this were never written by anybody. */
const DEEPEST = 5_000;
/** Elements that hold nothing, or that the next of their kind closes: they nest nothing by being left open. */
const FLAT =
  /^(area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|dt|dd|option|optgroup|tr|td|th|thead|tbody|tfoot|colgroup|rt|rp|path|circle|rect|line|use)$/i;
const TAG = /<(\/?)([A-Za-z][\w:-]*)/g;

/** Whether a character stands in a text more often than that: most pages have too few tags to nest so deep. */
function holdsMore(source: string, character: string, often: number): boolean {
  let count = 0;
  for (let at = source.indexOf(character); at !== -1; at = source.indexOf(character, at + 1)) {
    count += 1;
    if (count > often) return true;
  }
  return false;
}

/**
 * Throws an `ExtractError` for markup nested thousands deep. A parser takes time by the square of the depth, so such a
 * body must be refused before it is parsed; the count takes time by its length.
 */
export function refuseDeepNesting(source: string): void {
  if (!holdsMore(source, '<', DEEPEST)) return;
  let depth = 0;
  for (const [, closing, name = ''] of source.matchAll(TAG)) {
    if (FLAT.test(name)) continue;
    if (closing === '/') depth = Math.max(0, depth - 1);
    else depth += 1;
    if (depth > DEEPEST) {
      throw new ExtractError(
        'malformed',
        `The markup nests more than ${DEEPEST} elements: no page is written so.`,
      );
    }
  }
}
