import type { WordListName } from '../../../domain/word-lists.ts';
import type { Mention } from '../../names/mention.ts';
import type { ParsedSentence } from '../syntax/clauses.ts';

/** A figure of what using a model costs, with the model named beside it. */
export interface PriceFigure {
  at: number;
  to: number;
  /** Null where the words name none. */
  mention: Mention | null;
}

const AMOUNT = /^[$€£]\d/;
/** "$500 million": what something took to build, or is worth; "per million" is a unit. */
const SUM = /^(?:million|m|bn|billion)$/;
const CURRENCY = /^(?:dollars?|cents?|euros?|usd|eur)$/;
const PRICING = new Set(
  'cheaper price prices pricing priced rate rates dollar dollars cent cents euro euros usd eur'.split(
    ' ',
  ),
);

/** The prices in a sentence: an amount with a unit of use, beside the model it is the price of. */
export function pricesIn(
  parsed: ParsedSentence,
  isOfVendor: () => boolean,
): readonly PriceFigure[] {
  if (![...parsed.words].some((word) => PRICING.has(word) || AMOUNT.test(word))) return [];
  const isAny = (...names: readonly WordListName[]) =>
    names.some((name) => parsed.tokens.some((_, at) => parsed.is(name, at)));
  if (isAny('prices.plans', 'prices.unsure')) return [];
  const cheaper = parsed.tokens.findIndex(({ text }) => text === 'cheaper');
  if (cheaper >= 0 && isOfVendor())
    return [{ at: cheaper, to: cheaper + 1, mention: nearestBefore(parsed, cheaper, 0) ?? null }];
  const amounts = parsed.tokens.flatMap((_, at) => (isAmount(parsed, at) ? [at] : []));
  const [first] = amounts;
  if (first === undefined) return namedPricing(parsed);
  const isOfTokens = parsed.tokens.some(({ text }) => /tokens?$/.test(text));
  if (!isOfTokens && !isAny('prices.units', 'prices.pricing')) return [];
  const figures: PriceFigure[] = [];
  for (const at of amounts) {
    const named = nearestBefore(parsed, at, figures.at(-1)?.to ?? 0);
    const isKnown = figures.some(({ mention }) => mention && mention.subject === named?.subject);
    if (named !== undefined && !isKnown) figures.push({ at, to: at + 1, mention: named });
  }
  return figures;
}

function isAmount(parsed: ParsedSentence, at: number): boolean {
  const next = parsed.word(at + 1);
  if (AMOUNT.test(parsed.word(at))) return !SUM.test(next);
  return parsed.is('prices.is-amount', at) && CURRENCY.test(next);
}

/** The name an amount stands behind; null for none, undefined where the amount before it has that name's. */
function nearestBefore(
  parsed: ParsedSentence,
  at: number,
  from: number,
): Mention | null | undefined {
  let crossed = 0;
  for (let k = at - 1; k >= 0; k--) {
    const token = parsed.tokens[k];
    if (token?.mention != null)
      return k < from || isCompared(parsed, k) ? undefined : token.mention;
    if (token?.text === ';') crossed++;
  }
  if (from > 0 || crossed > 1) return undefined;
  return parsed.tokens.slice(at).find(({ mention }) => mention !== null)?.mention ?? null;
}

function isCompared(parsed: ParsedSentence, at: number): boolean {
  if (/^(?:price|prices|pricing|cost|costs|rate|rates)$/.test(parsed.word(at - 2))) return false;
  return parsed.is('prices.is-compared', at - 1);
}

/** "GPT Image 2 is priced by quality", "pricing for GPT-5.5 matches": priced without a figure. */
function namedPricing(parsed: ParsedSentence): readonly PriceFigure[] {
  const noun = parsed.tokens.findIndex(
    ({ text }, k) =>
      /^(?:prices?|pricing|rates?)$/.test(text) && /^(?:of|for)$/.test(parsed.word(k + 1)),
  );
  if (noun >= 0) {
    const k = parsed.tokens.findIndex(
      ({ mention }, index) => mention !== null && index > noun && index <= noun + 4,
    );
    const rest = parsed.tokens.slice(k + 1, k + 4).map(({ text }) => text);
    const mention = parsed.name(k);
    if (
      k > 0 &&
      mention !== null &&
      rest.some((text) => /^(?:is|are|depends?|starts?|runs?|stands?|match(?:es)?)$/.test(text))
    )
      return [{ at: noun, to: k + 1, mention }];
  }
  const at = parsed.tokens.findIndex(({ text }) => text === 'priced');
  const before = parsed.word(at - 1);
  if (at < 2 || !/^(?:is|are)$/.test(before)) return [];
  const mention = parsed.name(at - 2);
  return mention === null ? [] : [{ at, to: at + 1, mention }];
}
