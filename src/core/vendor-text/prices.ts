import type { Frame } from '../language/frame.ts';
import type { ReadSentence } from '../language/read-sentence.ts';
import { isAsserted, isPlain } from './assertion.ts';
import { modelsIn } from './named-models.ts';
import { quoteOf, saidBy } from './quotes.ts';
import type { Reading } from './reading.ts';
import { type PrimaryStatement, type Said, statementOf } from './statement.ts';

/** A sum of money. */
export const FIGURE = /[$€£]\s?\d/;
/** "and `x` at $2", ", `x` $2": the verb of a price is not said again. */
const JOINED = /(?:\b(?:and|or)|[,;:])\s+$/;
const PRICED = /^\s*(?:(?:at|for|costs)\s+)?[$€£]\s?\d/;
/** "$2 for x": behind the figure, with its unit between. */
const FOR = /[$€£]\s?\d[^,;$€£]{0,40}\bfor\s+$/;

/** A figure said of a model itself: "GPT-9 is priced at $5", "costs $2 / $10 per million tokens". */
export function priceStatements(reading: Reading): readonly PrimaryStatement[] {
  const { item } = reading;
  const said = reading.acts
    .filter(
      ({ frame, sentence }) =>
        (frame.category === 'price' ? isSaid(frame) : isAsserted(frame) && frame.context.priced) &&
        FIGURE.test(item.text.slice(sentence.start, sentence.end)),
    )
    .flatMap((act) => [
      ...act.about.map((one) => saidBy(reading, act, one)),
      ...(act.frame.category === 'price' ? pricedBeside(reading, act.sentence) : []),
    ]);
  const listed = reading.body
    .filter(({ phrases, isQuestion }) => {
      const [first] = phrases.chunks;
      const head = phrases.list[first?.to ?? 0] ?? '';
      return !isQuestion && phrases.words.is(head, 'price-nouns', 'priced-things');
    })
    .flatMap((sentence) => pricedBeside(reading, sentence));
  return [...said, ...listed].map((one) => statementOf(item, { ...one, facet: 'priced' }));
}

/** "X costs $1 and Y $2", "Prices: $1 for X and $2 for Y": each with a figure of its own, and the figure is the rule. */
function pricedBeside(reading: Reading, sentence: ReadSentence): readonly Omit<Said, 'facet'>[] {
  const { text } = reading.item;
  return modelsIn(reading, sentence)
    .filter(({ span: [start, end] }) => {
      const before = text.slice(sentence.start, start);
      const behind = text.slice(end, sentence.end);
      return FOR.test(before) || (JOINED.test(before) && PRICED.test(behind));
    })
    .map(({ subject, claimed }) => ({
      ...{ subject, aliasClaimed: claimed, rule: 'price.beside-name' },
      span: quoteOf(reading, sentence),
    }));
}

function isSaid(frame: Frame): boolean {
  return isPlain(frame.context) && frame.context.polarity === 'affirmed';
}
