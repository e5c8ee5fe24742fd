import model from 'wink-eng-lite-web-model';
import winkNLP, { type ItemSentence } from 'wink-nlp';
import { foldText } from '../text/fold.ts';
import type { Range } from '../text/range.ts';
import type { PartOfSpeech, Tagger, Token } from './tokens.ts';

/** Stands for a protected name: a proper noun to the tagger, whatever the name's own signs are. */
const STAND_IN = 'Zeppelin';
/** A run without a blank longer than any word: data. The library needs quadratic time for it. */
const LONG_RUN = /\S{60,}/g;
/** "sora.com": one word, whose dot ends no sentence. */
const HOST = /(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:ai|app|com|dev|io|net|org)(?:\/[\w/-]*)?(?![\w-])/g;
/** More words than any sentence has: what is longer is read in pieces, so that the cost stays linear. */
const LONGEST_SENTENCE = 200;

/** One for the process: the library turns its model into ever longer text each time it is opened. */
let shared: ReturnType<typeof winkNLP> | null = null;

/** The tagger of wink-nlp: pure, linear, part of speech and sentence bounds. */
export function openTagger(): Tagger {
  shared ??= winkNLP(model, ['sbd', 'pos']);
  const nlp = shared;
  const { its } = nlp;
  return (line, names) => {
    const masked = mask(line, names);
    const document = nlp.readDoc(masked.text);
    const sentences: Token[][] = [];
    let at = 0;
    document.sentences().each((sentence: ItemSentence) => {
      const words = sentence.tokens().out(its.value) as string[];
      const tags = sentence.tokens().out(its.pos) as PartOfSpeech[];
      const tokens: Token[] = [];
      for (const [index, word] of words.entries()) {
        const start = masked.text.indexOf(word, at);
        if (start < 0) continue;
        at = start + word.length;
        tokens.push(tokenOf(line, masked, start, at, tags[index] ?? 'X'));
      }
      for (let from = 0; from < tokens.length; from += LONGEST_SENTENCE) {
        sentences.push(tokens.slice(from, from + LONGEST_SENTENCE));
      }
    });
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
  for (const { start, end, mention } of all) {
    if (start < from || end > line.length) continue;
    // Names with nothing between them are words of their own.
    text += start === from && masks.length > 0 ? ' ' : line.slice(from, start);
    masks.push({ at: text.length, original: { start, end }, mention });
    text += STAND_IN;
    from = end;
  }
  // "2026:OpenAI" holds an emoticon to the tagger.
  return { text: (text + line.slice(from)).replace(/:(?=\p{Lu})/gu, '—'), masks };
}

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
    ...place,
    word: foldText(written),
    pos: isName ? 'PROPN' : pos,
    capital: /^\p{Lu}/u.test(written),
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
