import type { Mention } from '../../names/mention.ts';
import type { WordLists } from '../cues/word-lists.ts';
import type { ParsedSentence } from '../syntax/parsed-sentence.ts';
import type { Token } from '../syntax/tokens.ts';

/** A figure of what using a model costs, with the model named beside it. */
export interface PriceFigure {
  at: number;
  to: number;
  /** Null where the words name none. */
  mention: Mention | null;
}

const AMOUNT = /^[$€£]\d/;
const CURRENCY = /^(?:dollars?|cents?|euros?|usd|eur)$/;
const PRICING = new Set(
  'cheaper price prices pricing priced rate rates dollar dollars cent cents euro euros usd eur'.split(
    ' ',
  ),
);

/** The prices in a sentence: an amount with a unit of use, beside the model it is the price of. */
export function pricesIn(
  { tokens, words: all, lists }: ParsedSentence,
  isOfVendor: () => boolean,
): readonly PriceFigure[] {
  if (!hasPrice(all)) return [];
  const words = tokens.map(({ text }) => text);
  if (
    words.some((word) => lists['prices.plans'].test(word) || lists['prices.unsure'].test(word)) ||
    isSum(tokens)
  )
    return [];
  const cheaper = tokens.findIndex(({ text }) => text === 'cheaper');
  if (cheaper >= 0 && isOfVendor())
    return [
      { at: cheaper, to: cheaper + 1, mention: nearestBefore(lists, tokens, cheaper, 0) ?? null },
    ];
  const amounts = tokens.flatMap((_, at) => (isAmount(lists, tokens, at) ? [at] : []));
  const [first] = amounts;
  if (first === undefined) return namedPricing(tokens);
  const isUsage =
    words.some((word) => lists['prices.units'].test(word)) ||
    words.some((word) => lists['prices.pricing'].test(word) || /tokens?$/.test(word));
  if (!isUsage) return [];
  const figures: PriceFigure[] = [];
  for (const at of amounts) {
    const named = nearestBefore(lists, tokens, at, figures.at(-1)?.to ?? 0);
    if (named === undefined) continue;
    if (figures.some(({ mention }) => mention !== null && mention.subject === named?.subject))
      continue;
    figures.push({ at, to: at + 1, mention: named });
  }
  return figures;
}

/** Whether a sentence has a word or a figure that may be of a price. */
function hasPrice(words: ReadonlySet<string>): boolean {
  for (const word of words) if (PRICING.has(word) || AMOUNT.test(word)) return true;
  return false;
}

/** "$500 million": what something took to build, or is worth; "per million" is a unit. */
function isSum(tokens: readonly Token[]): boolean {
  return tokens.some(
    ({ text }, k) =>
      /^(?:million|m|bn|billion)$/.test(text) && AMOUNT.test(tokens[k - 1]?.text ?? ''),
  );
}

function isAmount(lists: WordLists, tokens: readonly Token[], at: number): boolean {
  const text = tokens[at]?.text ?? '';
  return (
    AMOUNT.test(text) ||
    (lists['prices.is-amount'].test(text) && CURRENCY.test(tokens[at + 1]?.text ?? ''))
  );
}

/** The name an amount stands behind; null for none, undefined where the amount before it has that name's. */
function nearestBefore(
  lists: WordLists,
  tokens: readonly Token[],
  at: number,
  from: number,
): Mention | null | undefined {
  let crossed = 0;
  for (let k = at - 1; k >= 0; k--) {
    const token = tokens[k];
    if (token?.mention != null)
      return k < from || isCompared(lists, tokens, k) ? undefined : token.mention;
    if (token?.text === ';') crossed++;
  }
  if (from > 0 || crossed > 1) return undefined;
  return tokens.slice(at).find(({ mention }) => mention !== null)?.mention ?? null;
}

function isCompared(lists: WordLists, tokens: readonly Token[], at: number): boolean {
  if (/^(?:price|prices|pricing|cost|costs|rate|rates)$/.test(tokens[at - 2]?.text ?? ''))
    return false;
  return lists['prices.is-compared'].test(tokens[at - 1]?.text ?? '');
}

/** "GPT Image 2 is priced by quality", "pricing for GPT-5.5 matches": priced without a figure. */
function namedPricing(tokens: readonly Token[]): readonly PriceFigure[] {
  const noun = tokens.findIndex(
    ({ text }, k) =>
      /^(?:prices?|pricing|rates?)$/.test(text) && /^(?:of|for)$/.test(tokens[k + 1]?.text ?? ''),
  );
  if (noun >= 0) {
    const k = tokens.findIndex(
      ({ mention }, index) => mention !== null && index > noun && index <= noun + 4,
    );
    const rest = tokens.slice(k + 1, k + 4).map(({ text }) => text);
    const mention = tokens[k]?.mention ?? null;
    if (
      k > 0 &&
      mention !== null &&
      rest.some((text) => /^(?:is|are|depends?|starts?|runs?|stands?|match(?:es)?)$/.test(text))
    )
      return [{ at: noun, to: k + 1, mention }];
  }
  const at = tokens.findIndex(({ text }) => text === 'priced');
  const before = tokens[at - 1]?.text ?? '';
  if (at < 2 || !/^(?:is|are)$/.test(before)) return [];
  const mention = tokens[at - 2]?.mention ?? null;
  return mention === null ? [] : [{ at, to: at + 1, mention }];
}
