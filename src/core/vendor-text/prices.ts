import type { Frame } from '../language/frame.ts';
import { isAsserted, isPlain } from './assertion.ts';
import { isOfModel } from './named-models.ts';
import { groundsOf, quoteOf } from './quotes.ts';
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
export function priceStatements(
  reading: Reading,
  artefact: Said['artefact'],
): readonly PrimaryStatement[] {
  const { item } = reading;
  const said = reading.acts
    .filter(
      ({ frame, sentence }) =>
        (frame.category === 'price' ? isSaid(frame) : isAsserted(frame) && frame.context.priced) &&
        FIGURE.test(item.text.slice(sentence.start, sentence.end)),
    )
    .flatMap(({ about, sentence, frame }) => [
      ...about.map((one) => ({
        ...one,
        sentence,
        grounds: groundsOf(reading, frame, one.subject),
      })),
      ...(frame.category === 'price' ? pricedBeside(reading, sentence) : []),
    ]);
  const listed = reading.body
    .filter(({ phrases, isQuestion }) => {
      const [first] = phrases.chunks;
      const head = phrases.list[first?.to ?? 0] ?? '';
      return !isQuestion && phrases.words.is(head, 'price-nouns', 'priced-things');
    })
    .flatMap((sentence) => pricedBeside(reading, sentence));
  return [...said, ...listed].map(({ subject, claimed, sentence, grounds }) =>
    statementOf(item, {
      ...{ subject, facet: 'priced', artefact },
      ...grounds,
      span: quoteOf(reading, sentence),
      aliasClaimed: claimed,
    }),
  );
}

/** The figure beside the name is the rule. */
const BESIDE: Pick<Said, 'rule' | 'marks'> = { rule: 'price.beside-name' };

type ReadSentence = Reading['body'][number];

/** "X costs $1 and Y $2", "Prices: $1 for X and $2 for Y": each with a figure of its own. */
function pricedBeside({ item, mentions, context }: Reading, sentence: ReadSentence) {
  return mentions
    .filter((one) => {
      const [start, end] = one.span;
      if (start < sentence.start || end > sentence.end || !isOfModel(one, context)) return false;
      const before = item.text.slice(sentence.start, start);
      const behind = item.text.slice(end, sentence.end);
      return FOR.test(before) || (JOINED.test(before) && PRICED.test(behind));
    })
    .map(({ subject, claimed }) => ({ subject, claimed, sentence, grounds: BESIDE }));
}

function isSaid(frame: Frame): boolean {
  return isPlain(frame.context) && frame.context.polarity === 'affirmed';
}
