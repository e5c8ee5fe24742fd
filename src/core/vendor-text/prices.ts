import type { Frame } from '../language/frames.ts';
import { isAsserted, isOwnWord } from './assertion.ts';
import { quoteOf, type Reading } from './reading.ts';
import { type PrimaryStatement, type Said, statementOf } from './statement.ts';

const FIGURE = /[$€£]\s?\d/;

/** A figure said of a model itself: "GPT-9 is priced at $5", "costs $2 / $10 per million tokens". */
export function priceStatements(
  reading: Reading,
  artefact: Said['artefact'],
): readonly PrimaryStatement[] {
  const { item } = reading;
  return reading.acts
    .filter(
      ({ frame, sentence }) =>
        (frame.category === 'price' ? isSaid(frame) : isAsserted(frame) && frame.context.priced) &&
        FIGURE.test(item.text.slice(sentence.start, sentence.end)),
    )
    .flatMap(({ about, sentence }) =>
      about.map(({ subject, claimed }) =>
        statementOf(item, {
          subject,
          facet: 'priced',
          artefact,
          span: quoteOf(reading, sentence),
          aliasClaimed: claimed,
        }),
      ),
    );
}

function isSaid(frame: Frame): boolean {
  return isOwnWord({ ...frame, agent: null }) && frame.context.polarity === 'affirmed';
}
