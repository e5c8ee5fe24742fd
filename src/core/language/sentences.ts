import type { Range } from '../text/range.ts';
import type { Aside, Sentence, Tagger, Token } from './tokens.ts';

/** A longer quotation is somebody's words, a shorter one a term. */
const LONGEST_TERM = 3;
const LINE = /[^\n]+/g;
/** More than any paragraph has: the rest of a longer line is data, and no prose. */
const LONGEST_LINE = 20_000;

/** A line with the names in it, as ranges of the line. */
export interface NamedLine {
  line: string;
  names: readonly Range[];
  /** Where it begins in its text. */
  start: number;
  /** Index of its first name among those of the text. */
  first: number;
}

/** The lines of a text that hold something. Names are given as ranges of the text, in order. */
export function* namedLines(text: string, names: readonly Range[]): Generator<NamedLine> {
  let next = 0;
  for (const { 0: whole, index: start } of text.matchAll(LINE)) {
    const line = whole.slice(0, LONGEST_LINE);
    const end = start + line.length;
    while ((names[next]?.start ?? end) < start) next++;
    const first = next;
    while ((names[next]?.end ?? end + 1) <= end) next++;
    const here = names.slice(first, next);
    const local = here.map((name) => ({ start: name.start - start, end: name.end - start }));
    yield { line, names: local, start, first };
  }
}

/** The sentences of a line, with places and names counted from its start; a line always ends one. */
export function sentencesOf(
  { line, names }: Pick<NamedLine, 'line' | 'names'>,
  tag: Tagger,
): readonly Sentence[] {
  return tag(line, names).flatMap((tokens) => sentenceOf(tokens) ?? []);
}

function sentenceOf(tokens: readonly Token[]): Sentence | null {
  const first = tokens[0];
  const last = tokens.at(-1);
  if (first === undefined || last === undefined) return null;
  const { plain, asides } = withoutAsides(withQuotes(withProperNouns(tokens)));
  const isQuestion = tokens.slice(-3).some(({ word }) => word === '?');
  return { start: first.start, end: last.end, tokens: plain, asides, isQuestion };
}

/** Mid-sentence, a capital makes a name of any word ("Plus", "Go"); in a heading every word has one. */
function withProperNouns(tokens: readonly Token[]): readonly Token[] {
  const words = tokens.filter(({ word, mention }) => mention === null && /^[a-z]{2}/.test(word));
  const isHeading = words.filter(({ capital }) => capital).length * 2 > words.length;
  if (isHeading) return tokens;
  return tokens.map((token, index) => {
    const isOdd =
      token.capital &&
      index > 0 &&
      ['CCONJ', 'VERB', 'ADP', 'ADV', 'ADJ', 'NOUN', 'X'].includes(token.pos);
    const opens = /^[.!?:;•—"-]$/.test(tokens[index - 1]?.word ?? '');
    return isOdd && !opens ? { ...token, pos: 'PROPN' as const } : token;
  });
}

/** Marks what stands between quotation marks as quoted, and drops the marks. */
function withQuotes(tokens: readonly Token[]): readonly Token[] {
  const marked: Token[] = [];
  let open: number | null = null;
  for (const token of tokens) {
    if (token.word !== '"') {
      marked.push(token);
      continue;
    }
    if (open === null) open = marked.length;
    else {
      quote(marked, open);
      open = null;
    }
  }
  // A quotation that is never closed goes on: what follows it is not the speaker's own.
  if (open !== null) quote(marked, open);
  return marked;
}

function quote(tokens: Token[], from: number): void {
  if (tokens.length - from <= LONGEST_TERM) return;
  for (let index = from; index < tokens.length; index++) {
    const token = tokens[index];
    if (token !== undefined) tokens[index] = { ...token, quoted: true };
  }
}

function withoutAsides(tokens: readonly Token[]): {
  plain: readonly Token[];
  asides: readonly Aside[];
} {
  const plain: Token[] = [];
  const asides: Aside[] = [];
  let open: Token[] | null = null;
  for (const token of tokens) {
    if (token.word === '(' || token.word === '[') open ??= [];
    else if (token.word === ')' || token.word === ']') {
      if (open !== null) asides.push({ after: plain.length - 1, tokens: open });
      open = null;
    } else if (open !== null) open.push(token);
    // Marks of code and emphasis are no words.
    else if (!/^['*_]+$/.test(token.word)) plain.push(token);
  }
  if (open !== null) plain.push(...open);
  return { plain, asides };
}
