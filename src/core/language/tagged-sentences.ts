import model from 'wink-eng-lite-web-model';
import winkNLP from 'wink-nlp';
import { foldText, isOrnament, type Range } from '../text/characters.ts';
import type { Aside, PartOfSpeech, Sentence, Tagger, Token } from './sentence-parts.ts';

/** Stands for a protected name: a proper noun to the tagger, whatever the name's own signs are. */
const STAND_IN = 'Zeppelin';
/** A run without a blank longer than any word is data. The library needs quadratic time for it. */
const LONGEST_WORD = 60;
const LONG_RUN = new RegExp(`\\S{${LONGEST_WORD},}`, 'g');
/** "sora.com": one word, whose dot ends no sentence. */
const HOST = /(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:ai|app|com|dev|io|net|org)(?:\/[\w/-]*)?(?![\w-])/g;
/** More words than any sentence has: what is longer is read in pieces, so that the cost stays linear. */
const LONGEST_SENTENCE = 200;

/** One for the process: the library turns its model into ever longer text each time it is opened. */
let shared: ReturnType<typeof winkNLP> | null = null;

/**
 * The tagger of wink-nlp: pure, linear, part of speech and sentence bounds. Its model takes a third of a second to unpack, and
 * pages by others never ask for it: it is opened for the first sentence.
 */
export function openTagger(): Tagger {
  return (line, names) => {
    shared ??= winkNLP(model, ['sbd', 'pos']);
    const nlp = shared;
    const { its } = nlp;
    const masked = mask(line, names);
    const document = nlp.readDoc(masked.text);
    // All at once: asked token by token, the library makes an object for each.
    const words = document.tokens().out(its.value) as string[];
    const tags = document.tokens().out(its.pos) as PartOfSpeech[];
    const spans = document.sentences().out(its.span) as unknown as [number, number][];
    const sentences: Token[][] = [];
    let at = 0;
    for (const [first, last] of spans) {
      const tokens: Token[] = [];
      for (let index = first; index <= last; index++) {
        const word = words[index] ?? '';
        const start = masked.text.indexOf(word, at);
        if (start < 0) continue;
        at = start + word.length;
        tokens.push(tokenOf(line, masked, start, at, tags[index] ?? 'X'));
      }
      const spoken = tokens.filter(({ word }) => !isOrnament(word));
      for (let from = 0; from < spoken.length; from += LONGEST_SENTENCE) {
        sentences.push(spoken.slice(from, from + LONGEST_SENTENCE));
      }
    }
    return sentences;
  };
}

interface Masked {
  text: string;
  /** Where stand-ins begin in the masked text, with what they stand for. */
  masks: readonly { at: number; original: Range; mention: number | null }[];
}

function mask(line: string, names: readonly Range[]): Masked {
  const runs = [LONG_RUN, HOST]
    .flatMap((form) => [...line.matchAll(form)])
    .map((run) => ({
      start: run.index,
      end: run.index + run[0].length,
      mention: null,
    }));
  const spans = names.map(({ start, end }, mention) => ({ start, end, mention }));
  const all = [...spans, ...runs].sort((a, b) => a.start - b.start);
  const masks: { at: number; original: Range; mention: number | null }[] = [];
  let text = '';
  let from = 0;
  let wordAt = 0;
  for (const { start, end, mention } of all) {
    if (start < from || end > line.length) continue;
    // Names with nothing between them are words of their own.
    const between = start === from && masks.length > 0 ? ' ' : line.slice(from, start);
    text += between;
    // So are names by the hundred with no blank between them.
    const isLong = text.length - wordAt > LONGEST_WORD && !/\s/.test(between);
    if (isLong) text += ' ';
    if (isLong || /\s/.test(between)) wordAt = text.length;
    masks.push({ at: text.length, original: { start, end }, mention });
    text += STAND_IN;
    from = end;
  }
  // "2026:OpenAI" holds an emoticon to the tagger.
  return { text: (text + line.slice(from)).replace(/:(?=\p{Lu})/gu, '—'), masks };
}

/** A word that is as it is when folded. */
const PLAIN_WORD = /^[a-z\d]+$/;
const CAPITAL = /^\p{Lu}/u;

function tokenOf(
  line: string,
  { masks }: Masked,
  start: number,
  end: number,
  pos: PartOfSpeech,
): Token {
  const index = lastAtOrBefore(masks, start);
  const last = masks[index];
  const isName = last !== undefined && last.at === start && end === start + STAND_IN.length;
  const shift = last === undefined ? 0 : last.original.end - (last.at + STAND_IN.length);
  const place = isName ? last.original : { start: start + shift, end: end + shift };
  const written = line.slice(place.start, place.end);
  return {
    start: place.start,
    end: place.end,
    word: PLAIN_WORD.test(written) ? written : foldText(written),
    pos: isName ? 'PROPN' : pos,
    capital: CAPITAL.test(written),
    mention: isName ? last.mention : null,
    quoted: false,
  };
}

function lastAtOrBefore(masks: Masked['masks'], offset: number): number {
  let low = 0;
  let high = masks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((masks[middle]?.at ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

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
    if (!token.capital || index === 0 || !MAY_BE_NAMES.has(token.pos)) return token;
    const opens = /^[.!?:;•—"-]$/.test(tokens[index - 1]?.word ?? '');
    return opens ? token : { ...token, pos: 'PROPN' as const };
  });
}

const MAY_BE_NAMES: ReadonlySet<PartOfSpeech> = new Set([
  ...(['CCONJ', 'VERB', 'ADP', 'ADV', 'ADJ', 'NOUN', 'X'] as const),
]);

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
