import type { Mention } from '../../names/mention.ts';
import { isOrnament, type Range } from '../../text/characters.ts';

/** A word, a model's name as one piece, or a sign. */
export interface Token extends Range {
  text: string;
  sort: 'word' | 'name' | 'sign';
  /** The model it names. */
  mention: Mention | null;
}

const PIECE = /[$€£]?[\p{L}\p{N}]+(?:[.,'/&-][\p{L}\p{N}]+)*%?|\S/gu;
/** What a contracted ending stands for. */
const ENDINGS: Readonly<Record<string, string>> = {
  "n't": 'not',
  "'s": "'s",
  "'re": 'are',
  "'ve": 'have',
  "'ll": 'will',
  "'d": 'would',
  "'m": 'am',
};
const ENDING = /^(.+?)(n't|'s|'re|'ve|'ll|'d|'m)$/;
const STEMS: Readonly<Record<string, string>> = { ca: 'can', wo: 'will', sha: 'shall' };

/** The tokens of a stretch of folded text, contractions taken apart, each name one token, vendors' words as what they stand for. */
export function tokensIn(
  folded: string,
  { start, end }: Range,
  mentions: readonly Mention[],
  standIn: (word: string) => string,
): readonly Token[] {
  const tokens: Token[] = [];
  let at = start;
  for (const mention of mentions) {
    const [from, to] = mention.span;
    if (from < at) continue;
    pushWords(tokens, folded.slice(at, from), at, standIn);
    tokens.push({ text: folded.slice(from, to), start: from, end: to, sort: 'name', mention });
    at = to;
  }
  pushWords(tokens, folded.slice(at, end), at, standIn);
  return tokens;
}

function pushWords(
  tokens: Token[],
  folded: string,
  from: number,
  standIn: (word: string) => string,
): void {
  for (const match of folded.matchAll(PIECE)) {
    if (isOrnament(match[0])) continue;
    const start = from + match.index;
    for (const piece of takenApart(match[0], start)) {
      tokens.push({ ...piece, text: standIn(piece.text) });
    }
  }
}

function takenApart(text: string, start: number): readonly Token[] {
  const end = start + text.length;
  const hyphened = /^(just|newly|recently|freshly|never|un|soon|now)-([a-z]+ed)$/.exec(text);
  if (hyphened?.[1] !== undefined && hyphened[2] !== undefined) {
    const cut = start + hyphened[1].length;
    return [word(hyphened[1], start, cut), word(hyphened[2], cut + 1, end)];
  }
  if (text === 'cannot') return [word('can', start, start + 3), word('not', start + 3, end)];
  const [, stem, ending] = ENDING.exec(text) ?? [];
  if (stem === undefined || ending === undefined) {
    // "'s" stands alone behind a name.
    const sort = /[\p{L}\p{N}]/u.test(text) ? 'word' : 'sign';
    return [{ text, start, end, sort, mention: null }];
  }
  const cut = start + stem.length;
  return [word(STEMS[stem] ?? stem, start, cut), word(ENDINGS[ending] ?? ending, cut, end)];
}

function word(text: string, start: number, end: number): Token {
  return { text, start, end, sort: 'word', mention: null };
}
