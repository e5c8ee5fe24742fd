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
  const parts: string[] = [];
  let start = 0;
  let at = 0;
  let fence = '';
  let isAfterEmpty = false;
  for (const line of source.split('\n')) {
    const mark = FENCE.exec(line);
    if (mark !== null) fence = fenceBehind(fence, mark[1] ?? '', mark[2] ?? '');
    else if (fence === '' && isAfterEmpty && HEADING.test(line)) {
      parts.push(source.slice(start, at));
      start = at;
    }
    isAfterEmpty = line.trim() === '';
    at += line.length + 1;
  }
  return [...parts, source.slice(start)];
}

/** The fence that is open behind a line with a fence. A line with a backtick behind its backticks is running text. */
function fenceBehind(open: string, mark: string, rest: string): string {
  if (open === '') return mark.startsWith('`') && rest.includes('`') ? '' : mark;
  const closes = mark[0] === open[0] && mark.length >= open.length && rest.trim() === '';
  return closes ? '' : open;
}
