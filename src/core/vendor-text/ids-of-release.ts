import { isDenied, isPlanned } from './assertion.ts';
import { isOfModel } from './named-models.ts';
import { quoteOf } from './quotes.ts';
import type { Reading } from './reading.ts';
import { type PrimaryStatement, statementOf } from './statement.ts';

const RULE = 'changelog.id-of-release';

/**
 * "Veo 4 is here. `veo-4-preview` makes …", "Use it with the model name `rerank-v4.5`": the one id that an entry gives of the
 * model it releases is in the API, where nothing is said against it.
 */
export function idOfRelease(
  reading: Reading,
  released: readonly string[],
): readonly PrimaryStatement[] {
  const [only] = released;
  if (only === undefined || released.length > 1) return [];
  const ids = reading.mentions.filter(
    (one) =>
      isOfModel(one, reading.context) &&
      one.text === one.subject &&
      /[\d-]/.test(one.subject) &&
      isIdOf(one.subject, only) &&
      // A dated copy of a model is no other name of it.
      reading.context.names.dated(one.subject) === null,
  );
  const [first] = ids;
  if (first === undefined) return [];
  const sentence = reading.body.find(
    ({ start, end }) => start <= first.span[0] && first.span[1] <= end,
  );
  if (sentence === undefined || sentence.isQuestion || sentence.isWithheld) return [];
  // Of several, one may be what the others replace: but where one sentence gives them as ids.
  const isOne = ids.every(({ subject }) => subject === first.subject);
  const areGiven = ids.every(({ span }) => span[1] <= sentence.end);
  const { list, words } = sentence.phrases;
  const isLed = list.some((word) => words.is(word, 'id-words', 'model'));
  if (!isOne && !(areGiven && isLed)) return [];
  const isEnded = sentence.frames.some(
    (frame) =>
      frame.category === 'retire' ||
      frame.category === 'deprecate' ||
      isDenied(frame) ||
      isPlanned(frame) ||
      frame.context.extent === 'limited' ||
      frame.context.condition ||
      frame.context.quotation,
  );
  const isOfOthers = reading.mentions.some(
    ({ span, subject }) =>
      span[0] >= sentence.start &&
      span[1] <= sentence.end &&
      subject !== only &&
      !ids.some((one) => one.subject === subject),
  );
  const isOpen = list.some((word) => words.is(word, 'future', 'modals', 'conditionals'));
  if (isEnded || isOfOthers || isOpen) return [];
  return ids.map(({ subject, span }) =>
    statementOf(reading.item, {
      ...{ subject, facet: 'api_listed', rule: RULE },
      marks: [{ part: 'model', span }],
      span: quoteOf(reading, sentence),
    }),
  );
}

/** The name's own id, or one that goes on behind it; a `v` before the version changes nothing. */
function isIdOf(id: string, name: string): boolean {
  const [own, released] = [id, name.replace(/-preview$/, '')].map((one) =>
    one.replaceAll(/-v(?=\d)/g, '-'),
  );
  return id !== name && (own === released || own?.startsWith(`${released}-`) === true);
}
