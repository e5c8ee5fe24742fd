/** A heading that nothing but a fence or raw HTML can hold: it starts its line, and the line before it is empty. */
const HEADING = /^#{1,6}[ \t]/;
const FENCE = /^(`{3,}|~{3,})(.*)$/;
/**
 * What reaches beyond a heading, or may: definitions of links and notes, raw HTML that ends at no empty line, a fence
 * inside a list or quote, line ends that are not those of Unix.
 */
const REACHES_ON =
  /^[ \t>*+\-\d.)]*\[[^\]\n]*\]:|<(?:!|\?|pre\b|script\b|style\b|textarea\b)|^[ \t>*+\-\d.)]+(?:```|~~~)|\r/im;

/**
 * Cuts a Markdown source before its headings, where a parser that is given each part alone says of it what it says
 * within the whole. One part, where that cannot be known.
 */
export function markdownParts(source: string): readonly string[] {
  if (REACHES_ON.test(source)) return [source];
  return cutBefore(source, HEADING);
}

/** Cuts before the lines of a form that stand outside fences, behind an empty line. */
function cutBefore(source: string, form: RegExp): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let at = 0;
  let fence = '';
  let isAfterEmpty = false;
  for (const line of source.split('\n')) {
    if (fence === '' && isAfterEmpty && form.test(line)) {
      parts.push(source.slice(start, at));
      start = at;
    }
    fence = fenceAround(fence, line);
    isAfterEmpty = line.trim() === '';
    at += line.length + 1;
  }
  return [...parts, source.slice(start)];
}

/** The fence that is open behind a line; none where none is. */
export function fenceAround(open: string, line: string): string {
  const mark = FENCE.exec(line);
  return mark === null ? open : fenceBehind(open, mark[1] ?? '', mark[2] ?? '');
}

/** The fence that is open behind a line with a fence. A line with a backtick behind its backticks is running text. */
function fenceBehind(open: string, mark: string, rest: string): string {
  if (open === '') return mark.startsWith('`') && rest.includes('`') ? '' : mark;
  const closes = mark[0] === open[0] && mark.length >= open.length && rest.trim() === '';
  return closes ? '' : open;
}

/** What is no front matter, closes every list and quote before it, and begins a block of its own behind an empty line. */
const AT_MARGIN = /^(?:[\p{L}`(["'|$“‘]|\*\*[\p{L}\p{N}]|<\/?[A-Za-z]|#{1,6}[ \t])/u;

const OPENER_OR_CLOSER = /<\/?(?:[A-Za-z][^<>]*)?>|[{}]/g;
/** More stretches than a component holds that is worth looking for. */
const MOST_SHARED = 100;

/** Cuts a part before lines that begin at the margin behind an empty line: these are blocks, each of which a parser knows alone. */
export function markdownUnits(part: string): readonly string[] {
  if (REACHES_ON.test(part) || /^(?:---|\+\+\+)/.test(part)) return [part];
  return cutBefore(part, AT_MARGIN);
}

/** The units of a part of MDX; one with a component that it does not close goes on to where it is closed. */
export function mdxUnits(part: string): readonly string[] {
  const cut = markdownUnits(part);
  const units: string[] = [];
  for (let at = 0; at < cut.length; ) {
    const end = closedFrom(cut, at);
    units.push(cut.slice(at, end).join(''));
    at = end;
  }
  return units;
}

/**
 * Where a component is closed that is opened in a stretch, by counts of tags and braces; right behind the stretch where it
 * is not. Where that is wrong, the parser says so.
 */
export function closedFrom(stretches: readonly string[], from: number): number {
  let open = 0;
  for (let at = from; at < Math.min(stretches.length, from + MOST_SHARED); at += 1) {
    open += openedIn(stretches[at] ?? '');
    if (open === 0) return at + 1;
  }
  return from + 1;
}

function openedIn(stretch: string): number {
  let open = 0;
  for (const [sign] of stretch.matchAll(OPENER_OR_CLOSER)) {
    if (sign === '}' || sign.startsWith('</')) open -= 1;
    else if (!sign.endsWith('/>')) open += 1;
  }
  return open;
}
