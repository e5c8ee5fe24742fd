/** What holds no element, whatever stands in it. */
const RAW = /<!--|<(script|style|template|textarea)(?=[\s>/])/gi;

/**
 * The source of a page without its comments and without elements that hold no other; one that never closes is kept from
 * where it opens. Takes time by the length.
 */
export function withoutRawParts(source: string): string {
  const lower = source.toLowerCase();
  const unclosed = new Set<string>();
  let kept = '';
  let at = 0;
  for (const { index, 0: opening, 1: name } of source.matchAll(RAW)) {
    const close = name === undefined ? '-->' : `</${name.toLowerCase()}`;
    if (index < at || unclosed.has(close)) continue;
    const end = lower.indexOf(close, index + opening.length);
    if (end === -1) {
      unclosed.add(close);
      continue;
    }
    kept += source.slice(at, index);
    const bracket = name === undefined ? end + 2 : source.indexOf('>', end);
    at = bracket === -1 ? source.length : bracket + 1;
  }
  return kept + source.slice(at);
}
