import { fenceAround } from './markdown-parts.ts';

/** A line beyond this was never written by anybody. */
const LONG_LINE = /^(.{50000}).+$/gm;
const DEEP_INDENT = /^([ \t]{200})[ \t]+/gm;
/** Containers within one another beyond this were never written by anybody, and would exhaust the call stack. */
const DEEPEST = 100;
const MARKERS = new RegExp(`^(?:[ \\t]*(?:>|[-+*]|\\d{1,9}[.)])[ \\t]?){${DEEPEST},}`, 'gm');

/** Signs each of which a parser holds against every one before it in the same paragraph. */
const SIGNS = /[\]*_~]|<!/g;
/** A paragraph has fewer of them. */
const MOST_SIGNS = 2000;
/** A table may have more: each of its cells is a paragraph of its own. */
const MOST_SIGNS_OF_TABLE = 20_000;
/** A quote or an item goes on for fewer lines that do not say so. */
const MOST_LAZY_LINES = 500;
const CONTAINER = /^[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])/;
const DELIMITERS = /^(?=.*\|)(?=.*-)[\s|:>-]+$/;

/** A source without what no person wrote, so that a parser takes time in proportion to its length. */
export function withinLimits(source: string): string {
  const short = source.replace(MARKERS, '').replace(LONG_LINE, '$1').replace(DEEP_INDENT, '$1');
  return short.length > MOST_LAZY_LINES ? withBreaks(short) : short;
}

/** Parts paragraphs that heap up signs or lines, by an empty line. */
function withBreaks(source: string): string {
  const kept: string[] = [];
  let fence = '';
  let signs = 0;
  let lazy = 0;
  let isContained = false;
  let most = MOST_SIGNS;
  const restart = () => {
    [signs, lazy, isContained, most] = [0, 0, false, MOST_SIGNS];
  };
  for (const line of source.split('\n')) {
    const before = fence;
    fence = fenceAround(fence, line);
    if (before !== '' || fence !== '' || line.trim() === '') {
      restart();
      kept.push(line);
      continue;
    }
    const own = line.match(SIGNS)?.length ?? 0;
    if (DELIMITERS.test(line)) most = MOST_SIGNS_OF_TABLE;
    const isMarked = CONTAINER.test(line);
    isContained ||= isMarked;
    if (isContained && !isMarked && !/^[ \t]{2}/.test(line)) lazy += 1;
    if (signs + own > most || lazy > MOST_LAZY_LINES) {
      restart();
      kept.push('');
    }
    signs += own;
    kept.push(own > most ? parted(line) : line);
  }
  return kept.join('\n');
}

/** A line that has more signs than a paragraph, as several paragraphs. */
function parted(line: string): string {
  let count = 0;
  return line.replace(SIGNS, (sign) => {
    count += 1;
    return count % MOST_SIGNS === 0 ? `${sign}\n\n` : sign;
  });
}
