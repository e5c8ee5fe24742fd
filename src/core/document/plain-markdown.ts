/** The first sign of running text that can begin no other block. */
const OPENING = /^(?!\d{1,9}[.)](?:\s|$))(?!```)[\p{L}\p{N}`("'$“‘]|^\[(?!\^)|^\*\*[\p{L}\p{N}]/u;
/** Text without any mark of Markdown, HTML or MDX, and an underscore, tilde, ampersand or exclamation mark where it is none. */
const WORDS =
  /(?:[^\p{Cc}\\`*_~[\]<&!|{}@]|(?<=[\p{L}\p{N}])_(?=[\p{L}\p{N}])|(?<!~)~(?!~)|&(?= )|!(?!\[))+/uy;
const CODE = /(?<!`)`(?! )([^`\p{Cc}|]*[^`\p{Cc}| ])`(?!`)/uy;
const STRONG = /(?<![^\s(])\*\*(?=[\p{L}\p{N}])([^*[\]]*[^*[\]\s])\*\*(?=$|[\s.,;:!?)])/uy;
const LINK = /\[(?!\^)([^[\]*]+)\]\(([A-Za-z0-9/:.#?=_+,-]+)\)/y;
/** What a parser makes a link of without being told. */
const ADDRESS = /:\/\/|www\./i;
const HEADING = /^(#{1,6}) (?=\S)(.*[^#\s])$/;
const FENCE = /^(`{3,}|~{3,})([\w-]*)$/;
const BULLET = /^[-*] (.*)$/;
const DELIMITERS = /^\|(?: ?:?-+:? ?\|)+$/;
/** Signs that a parser replaces or drops. */
const ODD = /[\0\r\uFEFF]/;

/**
 * The page that a stretch of plain Markdown becomes: headings, paragraphs, samples, flat lists and tables of words, code,
 * bold words and links, as most of a page is. Null where anything else stands in it: that is left to the parser, which
 * says the same of what is plain, and takes many times as long.
 */
export function plainPage(source: string): string | null {
  if (ODD.test(source)) return null;
  const lines = source.split('\n');
  const blocks: string[] = [];
  let at = 0;
  let isBehindList = false;
  while (at < lines.length) {
    if (lines[at] === '') at += 1;
    else {
      const block = blockAt(lines, at);
      if (block === null || (block.isList && isBehindList)) return null;
      blocks.push(block.html);
      at = block.end;
      isBehindList = block.isList;
    }
  }
  return blocks.join('\n');
}

interface PlainBlock {
  html: string;
  /** The line behind it. */
  end: number;
  isList: boolean;
}

function blockAt(lines: readonly string[], at: number): PlainBlock | null {
  const line = lines[at] ?? '';
  const heading = HEADING.exec(line);
  if (heading !== null) {
    const name = `h${heading[1]?.length}`;
    return blockOf(elementOf(name, runOf(heading[2] ?? '')), at + 1);
  }
  const fence = FENCE.exec(line);
  if (fence !== null) return sampleAt(lines, at, fence[1] ?? '', fence[2] ?? '');
  const found = lines.indexOf('', at);
  const end = found === -1 ? lines.length : found;
  const group = lines.slice(at, end);
  if (line.startsWith('|')) return blockOf(tableOf(group), end);
  if (BULLET.test(line)) {
    const list = listOf(group);
    return list === null ? null : { html: list, end, isList: true };
  }
  return blockOf(paragraphOf(group), end);
}

function blockOf(html: string | null, end: number): PlainBlock | null {
  return html === null ? null : { html, end, isList: false };
}

function elementOf(name: string, inside: string | null): string | null {
  return inside === null ? null : `<${name}>${inside}</${name}>`;
}

function sampleAt(
  lines: readonly string[],
  at: number,
  fence: string,
  language: string,
): PlainBlock | null {
  const end = lines.findIndex((line, index) => index > at && line.trimStart().startsWith(fence));
  if (end === -1 || lines[end] !== fence) return null;
  const value = lines.slice(at + 1, end).join('\n');
  const name = language === '' ? '' : ` class="language-${language}"`;
  const text = value === '' ? '' : `${escaped(value)}\n`;
  return blockOf(`<pre><code${name}>${text}</code></pre>`, end + 1);
}

function paragraphOf(lines: readonly string[]): string | null {
  const runs = lines.map((line) => (OPENING.test(line) ? runOf(line) : null));
  return runs.includes(null) ? null : elementOf('p', runs.join('\n'));
}

function listOf(lines: readonly string[]): string | null {
  const marker = lines[0]?.[0] ?? '';
  const items = lines.map((line) => {
    const text = BULLET.exec(line)?.[1] ?? '';
    return line.startsWith(marker) && OPENING.test(text) ? elementOf('li', runOf(text)) : null;
  });
  return items.includes(null) ? null : elementOf('ul', `\n${items.join('\n')}\n`);
}

function tableOf(lines: readonly string[]): string | null {
  const [head, delimiters, ...rows] = lines;
  if (head === undefined || delimiters === undefined || !DELIMITERS.test(delimiters)) return null;
  const count = delimiters.split('|').length;
  const written = [rowOf(head, 'th', count), ...rows.map((row) => rowOf(row, 'td', count))];
  if (written.includes(null)) return null;
  const body = written.length > 1 ? `<tbody>\n${written.slice(1).join('\n')}\n</tbody>\n` : '';
  return elementOf('table', `\n<thead>\n${written[0]}\n</thead>\n${body}`);
}

/** Null for a row that is not written out between bars, with as many cells as the table has columns. */
function rowOf(line: string, name: 'th' | 'td', count: number): string | null {
  const cells = line.split('|');
  if (cells.length !== count || cells[0] !== '' || cells.at(-1) !== '') return null;
  const written = cells.slice(1, -1).map((cell) => elementOf(name, cellOf(cell)));
  return written.includes(null) ? null : elementOf('tr', `\n${written.join('\n')}\n`);
}

function cellOf(cell: string): string | null {
  const text = cell.replace(/^ +| +$/g, '');
  return text === '' ? '' : runOf(text);
}

/** A line of running text; null where more than words, code, bold words and links stand in it. */
function runOf(line: string): string | null {
  if (line.endsWith(' ')) return null;
  return inlineOf(line, [LINK, STRONG, CODE, WORDS]);
}

function inlineOf(text: string, forms: readonly RegExp[]): string | null {
  let html = '';
  let at = 0;
  while (at < text.length) {
    const found = firstOf(text, at, forms);
    if (found === null) return null;
    const written = writtenOut(found.form, found.match);
    if (written === null) return null;
    html += written;
    at += found.match[0].length;
  }
  return html;
}

function firstOf(
  text: string,
  at: number,
  forms: readonly RegExp[],
): { form: RegExp; match: RegExpExecArray } | null {
  for (const form of forms) {
    form.lastIndex = at;
    const match = form.exec(text);
    if (match !== null) return { form, match };
  }
  return null;
}

function writtenOut(
  form: RegExp,
  [whole, inside = '', address = '']: RegExpExecArray,
): string | null {
  switch (form) {
    case CODE:
      return `<code>${escaped(inside)}</code>`;
    case STRONG:
      return elementOf('strong', inlineOf(inside, [CODE, WORDS]));
    case LINK: {
      const label = inlineOf(inside, [CODE, WORDS]);
      return label === null ? null : `<a href="${address}">${label}</a>`;
    }
    default:
      return ADDRESS.test(whole) ? null : whole;
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
