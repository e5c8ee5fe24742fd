const FENCE = /^[ \t]{0,12}(`{3,}|~{3,})/;
/** A component, an attribute as React has them, a comment in braces, or code of the module: plain Markdown has none. */
const MDX =
  /^[ \t]*(?:<[a-z][\w-]*\s[^<>\n]{0,300}?(?:\bclassName=|=\{)|<[A-Z][\w.]*(?:[\s/>]|$)|import\s[^\n]{0,500}?\bfrom\s+["']|export\s+(?:const|default|function)\s)|\{\/\*/m;

/** Whether a source is MDX rather than Markdown. */
export function isMdx(source: string): boolean {
  return MDX.test(source);
}

/**
 * A source made fit for a parser of MDX: comments of HTML, which MDX does not know, and the imports and exports of the
 * module are blanked out. Samples between fences stay as they are.
 */
export function mdxSource(source: string): string {
  const kept: string[] = [];
  let fence = '';
  let isComment = false;
  let isModule = false;
  for (const line of source.split(/\r\n|\n|\r/)) {
    const mark = FENCE.exec(line)?.[1];
    if (!isComment && mark !== undefined) fence = fenceAfter(fence, mark, line);
    if (fence !== '' || (mark !== undefined && !isComment)) {
      kept.push(line);
      continue;
    }
    const rest = withoutComments(line, isComment);
    isComment = rest.isOpen;
    isModule = opensModule(rest.text) || (isModule && rest.text.trim() !== '');
    kept.push(isModule ? '' : rest.text);
  }
  return kept.join('\n');
}

function opensModule(line: string): boolean {
  return /^(?:import\s.{0,500}?\bfrom\s+["']|import\s*[{"']|export\s+(?:const|default|function|let)\s)/.test(
    line,
  );
}

/** The fence that is open behind a line with a fence; none when it closed the one before it. */
function fenceAfter(open: string, mark: string, line: string): string {
  if (open === '') return mark;
  const closes = mark[0] === open[0] && mark.length >= open.length && line.trim() === mark;
  return closes ? '' : open;
}

/** A line without the comments in it, unless they stand in a code span. */
function withoutComments(line: string, isInside: boolean): { text: string; isOpen: boolean } {
  let text = '';
  let at = 0;
  let isOpen = isInside;
  while (at < line.length) {
    const next = line.indexOf(isOpen ? '-->' : '<!--', at);
    if (next === -1) break;
    if (!isOpen) text += line.slice(at, next);
    if (!isOpen && isInCode(text)) {
      text += '<!--';
      at = next + 4;
      continue;
    }
    at = next + (isOpen ? 3 : 4);
    isOpen = !isOpen;
  }
  return { text: isOpen ? text : text + line.slice(at), isOpen };
}

function isInCode(before: string): boolean {
  return (before.split('`').length - 1) % 2 === 1;
}

/** Where a parser of MDX gave up, and which part of it did. */
interface Failure {
  source?: string;
  reason?: string;
  place?: { line?: number; start?: { line?: number }; end?: { line?: number } } | null;
}

/** Whether nothing, or a tag without its fellow, is in the way: all signs of the source were read before the tags were matched. */
export function isOfTags(thrown: unknown): boolean {
  return thrown === null || (thrown as Failure).source === 'mdast-util-mdx-jsx';
}

/** Whether a tag closes what was never opened: nothing that follows mends that. */
export function isSettled(thrown: unknown): boolean {
  if (thrown === null || !isOfTags(thrown)) return false;
  return (thrown as Failure).reason?.startsWith('Unexpected closing') === true;
}

/** A source with the markup of the lines a parser could not read escaped; null when it did not say which. */
export function withoutLine(source: string, thrown: unknown): string | null {
  const { place } = thrown as Failure;
  const first = place?.start?.line ?? place?.line;
  if (first === undefined) return null;
  const last = place?.end?.line ?? first;
  const lines = source.split('\n');
  let isChanged = false;
  for (let at = first - 1; at < Math.min(last, lines.length); at += 1) {
    const line = lines[at] ?? '';
    const escaped = line.replace(/(?<!\\)[<{]/g, '\\$&');
    isChanged ||= escaped !== line;
    lines[at] = escaped;
  }
  return isChanged ? lines.join('\n') : null;
}
